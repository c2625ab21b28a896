"""The quick answer: its breakpoints are the engine's, and what is wrong is not published."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import brotli
import pytest

from mingbai.assets.web_files import web_files
from mingbai.core.cache import Cache
from mingbai.i18n.catalogue import Catalogue
from mingbai.quick import table_cache
from mingbai.quick.affine import Affine
from mingbai.quick.affine import ExecutionPath as Way
from mingbai.quick.bill_profile import SELF, BillProfile, TooComplexError
from mingbai.quick.choices import ILLNESS, ORDINARY_ILLNESS, make_facts
from mingbai.quick.curves import MAX_COST, find_pieces, interpolate, make_curves
from mingbai.quick.proof import WrongTableError, prove
from mingbai.quick.table import QuickAnswer, make_quick_answer
from mingbai.quick.table_cache import TOO_MANY, QuickAnswerError, drop_unused_answers, make_quick_answers
from mingbai_calculator import estimate
from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.money import apply_rate, format_yuan, parse_yuan, round_half_up
from mingbai_calculator.engine.ruleset import make_ruleset
from mingbai_calculator.law.codec import encode_condition

type Json = dict[str, Any]

ROOT = Path(__file__).parents[2]
WITH_A_BILL = {
    "chuzhou", "gansu", "gaotai", "heze", "houma-fengcheng", "jinkouhe",
    "national", "qingchuan", "qingzhen", "qiyang", "tongbai", "yaan-xian",
}  # fmt: skip
COSTS = (1, 99_99, 350_00, 8_000_00, 20_000_00, 123_456_78, 2_000_000_00)
BUDGET = 10_000
"""Bytes, compressed: script, style, words and table."""


def quick_of(bundle: Json, place: str) -> QuickAnswer:
    found = make_quick_answer(bundle, bundle["places"][place])
    assert found is not None
    return found


def as_facts(conditions: list[Any]) -> Json:
    """Return facts as a caller would give them: the first value of each condition."""
    return {fact: values if kind == "has" else values[0] for kind, fact, values in conditions}


# along the cost


def test_what_the_engine_rounds_is_exact_along_the_cost() -> None:
    scenario = Way(1_000, MAX_COST)
    cost: Any = scenario.cost()
    rounded: Any = apply_rate(8_500, cost)
    assert isinstance(rounded, Affine)
    assert rounded.evaluate(10_001) * 100 == 10_001 * 85
    as_it_was: Any = round_half_up(cost)
    assert as_it_was.evaluate(7) == 7
    assert 10_000 - cost > 0
    assert scenario.end == 10_000
    lower: Any = min(cost, 50_000)
    assert lower.evaluate(3) == 3
    assert scenario.end == 10_000


def test_a_comparison_is_decided_just_above_the_start() -> None:
    scenario = Way(5_000, MAX_COST)
    cost: Any = scenario.cost()
    assert cost > 5_000
    assert cost != 5_000
    assert scenario.end == MAX_COST
    assert cost - cost == 0


# the tables


def test_every_place_that_settles_bills_has_an_answer(answers: dict[str, Json]) -> None:
    assert set(answers) == WITH_A_BILL


def test_the_choices_of_gaotai(answers: dict[str, Json]) -> None:
    gaotai = answers["gaotai"]
    assert gaotai["day"] == "2016-01-01"
    assert [as_facts(told) for told in gaotai["who"]] == [
        {"registered_poor": True, "insured": True},
        {"registered_poor": False, "insured": True},
        {"insured": False},
    ]
    assert [as_facts(told) for told in gaotai["where"]] == [
        {"hospital_level": "township"},
        {"hospital_level": "county"},
        {"hospital_level": "city"},
    ]
    assert gaotai["absent"] == [["in", "hospital_level", ["village", "province"]]]


@pytest.mark.parametrize(
    ("who", "where", "cost", "low", "high"),
    [
        (0, 1, 8_000_00, 1_497_50, 1_497_50),  # gaotai/inpatient county-8000
        (1, 1, 8_000_00, 2_000_00, 2_000_00),
        (3, 1, 8_000_00, 1_497_50, 8_000_00),  # not sure: perhaps not insured
        (0, 2, 20_000_00, 3_000_00, 7_050_00),  # city-20000-rate-unknown
        (1, 2, 20_000_00, 5_000_00, 8_300_00),
        (0, 0, 99_99, 99_99, 99_99),
        (2, 2, 20_000_00, 20_000_00, 20_000_00),
    ],
)
def test_the_worked_examples_of_gaotai(bundle: Json, who: int, where: int, cost: int, low: int, high: int) -> None:  # noqa: PLR0913, PLR0917
    quick = quick_of(bundle, "gaotai")
    own = quick.tables[quick.use[who][where]].curves[SELF]
    assert [abs(interpolate(points, cost) - end) < 1 for points, end in zip(own, (low, high), strict=True)] == [
        True,
        True,
    ]


@pytest.mark.sampled(4)
@pytest.mark.parametrize("place", sorted(WITH_A_BILL))
def test_a_table_says_what_the_estimator_says(bundle: Json, place: str) -> None:
    quick = quick_of(bundle, place)
    for row, told in enumerate([*quick.who, []]):
        for column, event in enumerate(quick.where):
            facts = as_facts([encode_condition(condition) for condition in (*told, *event, *quick.scope)])
            facts.setdefault(ILLNESS, [ORDINARY_ILLNESS])
            own = quick.tables[quick.use[row][column]].curves[SELF]
            for cost in COSTS if len(quick.why[row][column]) < 3 else COSTS[3:4]:
                given = {**facts, quick.bill: format_yuan(cost)}
                request: Json = {"place": place, "date": quick.day.isoformat(), "facts": given}
                result = estimate(bundle, request)["self_pays"]
                for points, end in zip(own, ("low", "high"), strict=True):
                    said = parse_yuan(result[end])
                    assert said is not None
                    assert abs(interpolate(points, cost) - said) <= 100, (facts, cost)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("place", sorted(WITH_A_BILL))
def test_a_sample_of_the_proof(bundle: Json, place: str) -> None:
    for table in quick_of(bundle, place).tables:
        prove(table.curves, table.profiles, place, random_costs=60)


@pytest.mark.soak
@pytest.mark.parametrize("place", sorted(WITH_A_BILL))
def test_the_whole_proof(bundle: Json, place: str) -> None:
    quick_of(bundle, place).prove()


@pytest.mark.parametrize("place", ["everykind-ceiling", "everykind-year", "everykind-fees", "everykind-companion"])
def test_made_up_places_are_proven_too(kinds_bundle: Json, place: str) -> None:
    for table in quick_of(kinds_bundle, place).tables:
        prove(table.curves, table.profiles, place, random_costs=60)


def test_what_leaves_too_much_open_has_no_quick_answer(kinds_bundle: Json) -> None:
    with pytest.raises(TooComplexError):
        make_quick_answer(kinds_bundle, kinds_bundle["places"]["everykind-many"])
    many = {**kinds_bundle, "places": {"everykind-many": kinds_bundle["places"]["everykind-many"]}}
    assert make_quick_answers(many)["everykind-many"].items() >= TOO_MANY.items()  # its page says so


def test_a_jump_is_between_the_two_fen_where_the_engine_has_it(bundle: Json) -> None:
    ruleset = make_ruleset(bundle, "qiyang", date(2017, 1, 1))
    open_numbers = {
        "qiyang/inpatient.base_rate": 6_000,
        "qiyang/inpatient.base_deductible": 500_00,
        "qiyang/serious-illness.base_deductible": 13_000_00,
        "qiyang/serious-illness.rate": 5_555,
    }
    person = {"registered_poor": True, "insured": True, "supplementary_insured": True}
    known = Facts({**make_facts(ruleset), **person, **open_numbers, "visit": "inpatient"})
    case = BillProfile(ruleset, "total_cost", known)
    pieces = find_pieces(case)
    found = make_curves(case, pieces)
    jumps = [
        before
        for before, after in zip(found[SELF][0], found[SELF][0][1:], strict=False)
        if after[0] - before[0] == 1 and abs(after[1] - before[1]) > 100_00
    ]
    assert len(jumps) == 1
    prove(found, [(case, pieces)], "qiyang", random_costs=500)


# what is wrong


def test_a_wrong_table_is_refused_with_the_place_the_bill_and_both_amounts(bundle: Json) -> None:
    table = quick_of(bundle, "gaotai").tables[0]
    low, high = table.curves[SELF]
    for at in range(1, len(high)):
        bent = (*high[:at], (high[at][0], high[at][1] + 250), *high[at + 1 :])
        with pytest.raises(
            WrongTableError, match=r"gaotai is wrong for a bill of .* by the table and .* by the engine"
        ):
            prove({**table.curves, SELF: (low, bent)}, table.profiles, "gaotai", random_costs=0)


def test_a_table_that_lacks_a_payer_is_refused(bundle: Json) -> None:
    table = quick_of(bundle, "gaotai").tables[0]
    without = {payer: both for payer, both in table.curves.items() if payer != "basic_insurance"}
    with pytest.raises(WrongTableError, match="basic_insurance"):
        prove(without, table.profiles, "gaotai", random_costs=0)


def test_a_proof_that_fails_stops_the_build(bundle: Json, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: QuickAnswer) -> None:
        raise WrongTableError("here")

    monkeypatch.setattr(QuickAnswer, "prove", fails)
    with pytest.raises(QuickAnswerError, match="here"):
        make_quick_answers(bundle, proven=True)


def test_what_was_proven_is_not_proven_again(bundle: Json, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuickAnswer, "prove", lambda _: None)
    cache = Cache(tmp_path / "cache")
    first = make_quick_answers(bundle, cache, proven=True)
    monkeypatch.setattr(table_cache, "make_quick_answer", None)
    assert make_quick_answers(bundle, cache, proven=True) == first
    place = bundle["places"]["gaotai"]
    changed = {**bundle, "places": {**bundle["places"], "gaotai": {**place, "level": "another"}}}
    with pytest.raises(TypeError):
        make_quick_answers(changed, cache, proven=True)


def test_places_with_the_same_law_share_one_proof(
    bundle: Json, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And each has what it would have alone: the names of its own numbers are what a range depends on."""
    monkeypatch.setattr(QuickAnswer, "prove", lambda _: None)
    place = bundle["places"]["chuzhou"]
    renamed = json.loads(json.dumps(place).replace("chuzhou", "other-xian"))
    other = {**bundle, "places": {"other-xian": renamed | {"parent": None, "code": "999999"}}}
    alone = make_quick_answers(other, Cache(tmp_path / "other"), proven=True)
    assert "other-xian/inpatient.rate" in json.dumps(alone)
    cache = Cache(tmp_path / "cache")
    make_quick_answers({**bundle, "places": {"chuzhou": place}}, cache, proven=True)
    monkeypatch.setattr(table_cache, "make_quick_answer", None)
    assert make_quick_answers(other, cache, proven=True) == alone
    drop_unused_answers(other, cache, "another site")
    assert make_quick_answers(other, cache, proven=True) == alone
    drop_unused_answers({**bundle, "places": {}}, cache, "")
    with pytest.raises(TypeError):
        make_quick_answers(other, cache, proven=True)


def test_what_was_not_proven_is_not_kept(bundle: Json, tmp_path: Path) -> None:
    make_quick_answers({**bundle, "places": {"heze": bundle["places"]["heze"]}}, Cache(tmp_path / "cache"))
    assert not (tmp_path / "cache").exists()


# the pages


def test_pages_that_the_answer_counts_have_the_block_and_no_others(
    bundle: Json, pages: dict[str, str], answers: dict[str, Json]
) -> None:
    for place in bundle["places"].values():
        paying = answers[place["id"]]["paying"] if place["id"] in WITH_A_BILL else []
        for folder in ("", "en/"):
            assert ('class="mbq"' in pages[f"{folder}{place['id']}/index.md"]) == (place["id"] in WITH_A_BILL)
            for policy in place["policies"]:
                assert ('class="mbq"' in pages[f"{folder}{place['id']}/{policy}.md"]) == (policy in paying)
    assert answers["gaotai"]["paying"] == ["inpatient", "serious-illness"]  # not what an ordinary illness never gets


def test_script_style_and_table_are_small(pages: dict[str, str], answers: dict[str, Json]) -> None:
    made = web_files(ROOT)
    files = sum(len(brotli.compress(made[f"assets/quick/{name}"].encode())) for name in ("start.js", "quick.css"))
    blocks = [
        match[0]
        for page in pages.values()
        for match in re.findall(r'(<section class="mbq".*?</section>)()', page, re.DOTALL)
    ]
    largest = max(len(brotli.compress(block.encode())) for block in blocks)
    assert files + largest <= BUDGET
    tables = (json.dumps(answer).encode() for answer in answers.values())
    assert max(len(brotli.compress(table)) for table in tables) <= 1_000


def test_scripts_are_old_enough_for_old_phones() -> None:
    shared = [ROOT / "calculator/web/shared" / name for name in ("dom.js", "numbers.js", "read-number.js")]
    newer = r"\?\.(?!\d)|\?\?|\|\|=|&&=|\.at\(|replaceAll|structuredClone|\bstatic\b|\d_\d"
    for file in [*(ROOT / "docs/assets/quick").glob("*.js"), *shared]:
        lines = [line.partition("//")[0] for line in file.read_text(encoding="utf-8").splitlines()]
        assert [line for line in lines if re.search(newer, line)] == [], file.name
    assert not re.search(newer, web_files(ROOT)["assets/quick/start.js"])


def test_sentences_are_short() -> None:
    for lang, most in (("zh", 35), ("en", 120)):
        texts = [text for text in Catalogue(lang).part("quick").values() if isinstance(text, str)]
        longest = max((sentence for text in texts for sentence in re.split(r"[。？！.?!]", text)), key=len)
        assert len(longest) <= most, longest
