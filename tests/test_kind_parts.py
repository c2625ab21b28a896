"""Every kind of promise has its part in every layer; a kind without one is named with the part and its file.

The list of a kind's parts is made here, from the tables by kind in the program and from the files that hold texts by
kind; CONTRIBUTING.md has the same list.
"""

import json
import os
import pickle
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from mingbai.authoring.skeleton import make_policy_skeleton
from mingbai.bundle.routes import GUIDE_FOLDER
from mingbai.cards.content.entitlements import EntitlementWriter
from mingbai.cards.content.household_card import LABEL_ORDER
from mingbai.cards.content.kinds import CARDS
from mingbai.checks.policies import check_policies
from mingbai.diagnostics.errors import describe_missing_part
from mingbai.i18n.catalogue import Catalogue
from mingbai.model.kinds import MODELS
from mingbai.pages.guide.fields import fill_in_fields, list_own_fields
from mingbai.pages.make import make_pages
from mingbai.pages.policy.kinds import describe_heading
from mingbai.pages.wording.language import LANGUAGES, PREFIXES, make_language
from mingbai.schema.json_schema import field_words
from mingbai_calculator import estimate
from mingbai_calculator.core.facts import Facts
from mingbai_calculator.engine.ruleset import make_ruleset
from mingbai_calculator.kinds.claim import Payment
from mingbai_calculator.law.conditions import ALWAYS
from mingbai_calculator.law.kinds import RESULT_LISTS, KindTable, MissingPartError
from mingbai_calculator.law.laws import CashLaw, PlainLaw
from mingbai_calculator.law.version import PolicyVersion
from mingbai_calculator.result.classify import LIST_NAMES
from mingbai_calculator.result.payment_sentences import explain_payment
from tests.conftest import MADE_UP, POLICIES, ROOT

type Json = dict[str, Any]

PACKAGES = {"mingbai_calculator": "calculator", "mingbai": "generator"}


class Part(NamedTuple):
    """A part that each kind needs: its name in the catalogue, its file, whether a kind has it, which kinds need it."""

    name: str
    file: str
    has: Callable[[str], bool]
    lists: tuple[str, ...] = LIST_NAMES


@cache
def find_tables() -> list[KindTable[Any]]:
    """Return every table by kind in the program."""
    found: list[KindTable[Any]] = []
    for package, folder in PACKAGES.items():
        for file in sorted((ROOT / folder / package).rglob("*.py")):
            count = file.read_text(encoding="utf-8").count("KindTable(")
            if count:
                own = str(file.relative_to(ROOT))
                name = own.removeprefix(f"{folder}/").removesuffix(".py").removesuffix("/__init__")
                module = import_module(name.replace("/", "."))
                tables = [
                    value for value in vars(module).values() if isinstance(value, KindTable) and value.file == own
                ]
                assert len(tables) == count, f"a table of {own} names another file"
                found += tables
    return found


def has_words_in_editors(kind: str) -> bool:
    try:
        return all(field_words(MODELS[kind], field.alias or name) for name, field in MODELS[kind].model_fields.items())
    except (KeyError, MissingPartError):
        return False


def has_heading(lang: str, kind: str) -> bool:
    return f"how_much_{kind}" in Catalogue(lang).part("policy")


def has_words_in_guide(lang: str, kind: str) -> bool:
    fields = Catalogue(lang).part("authors.fields")
    return kind in MODELS and all(
        name in fields.get(owner, ()) for name, owner in list_own_fields(MODELS[kind]).items()
    )


def name_guide_page(kind: str) -> str:
    return f"kind-{kind.replace('_', '-')}"


def read_guide(lang: str, page: str) -> str:
    file = ROOT / f"docs/{PREFIXES[lang]}{GUIDE_FOLDER}{page}.md"
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def has_guide_page(lang: str, kind: str) -> bool:
    return bool(read_guide(lang, name_guide_page(kind)))


def has_link(lang: str, kind: str) -> bool:
    return f'href="{name_guide_page(kind)}/"' in read_guide(lang, "index")


def list_parts() -> list[Part]:
    """Return every part that a kind needs."""
    catalogues = "generator/mingbai/i18n/catalogues"
    parts = [
        Part(table.part, table.file, table.__contains__, tuple(table.lists) or LIST_NAMES) for table in find_tables()
    ]
    parts.append(Part("schema", "generator/mingbai/schema/fields.yaml", has_words_in_editors))
    parts.append(
        Part(
            "label",
            "generator/mingbai/cards/content/household_card.py",
            lambda kind: kind not in CARDS or CARDS[kind].label in LABEL_ORDER,
        )
    )
    for lang in LANGUAGES:
        guide = f"docs/{PREFIXES[lang]}{GUIDE_FOLDER}"
        parts += [
            Part("heading", f"{catalogues}/pages.{lang}.yaml", partial(has_heading, lang)),
            Part("guide", f"{guide}kind-….md", partial(has_guide_page, lang)),
            Part("link", f"{guide}index.md", partial(has_link, lang)),
            Part("fields", f"{catalogues}/authors.{lang}.yaml", partial(has_words_in_guide, lang)),
        ]
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    words = re.findall(r"`(\w+)`", page.split("| kind |")[1].split("\n")[0])
    parts.append(Part("word", "ARCHITECTURE.md", words.__contains__))
    texts = [file.read_text(encoding="utf-8") for file in MADE_UP.glob("*/*/*.yaml")]
    made_up = {kind for text in texts for kind in re.findall(r"^kind: (\w+)$", text, re.MULTILINE)}
    parts.append(Part("example", "tests/policies/places/", made_up.__contains__))
    return parts


def list_missing() -> list[str]:
    """Return a line for each part that a kind lacks."""
    parts = list_parts()
    return [
        describe_missing_part(
            MissingPartError(kind, part.name, part.file.replace("kind-…", name_guide_page(kind))), "en"
        )
        for kind, result_list in RESULT_LISTS.items()
        for part in parts
        if result_list in part.lists and not part.has(kind)
    ]


def test_no_kind_lacks_a_part() -> None:
    missing = list_missing()
    assert not missing, "\n" + "\n".join(missing)


def test_every_kind_comes_to_a_list_of_the_result() -> None:
    assert set(RESULT_LISTS.values()) <= set(LIST_NAMES) - {"undecided", "not_eligible", "needs", "missing"}


def test_no_table_has_other_kinds() -> None:
    assert len(find_tables()) > 9
    for table in find_tables():
        assert {RESULT_LISTS[kind] for kind in table} == (set(table.lists) or set(RESULT_LISTS.values())), table.file


IN_EVERY_LAYER = ["law", "model", "compile", "page", "lints", "skeleton", "schema"]
IN_EVERY_LAYER += [part for part in ("heading", "guide", "link", "fields") for _ in LANGUAGES]
IN_EVERY_LAYER += ["example", "word"]


@pytest.mark.parametrize(
    ("result_list", "more"),
    [
        ("lines", ["card", "evaluation", "sentences"]),
        ("cash", ["card", "evaluation"]),
        ("subsidies", ["card", "evaluation"]),
        ("services", ["card"]),
        ("may_also_help", ["card"]),
        ("statuses", []),
    ],
)
def test_every_missing_part_of_a_new_kind_is_named_at_once(
    monkeypatch: pytest.MonkeyPatch, result_list: str, more: list[str]
) -> None:
    monkeypatch.setitem(RESULT_LISTS, "toy", result_list)
    words = Catalogue("en").part("commands.kind_parts")
    pattern = re.compile("the kind “toy” lacks (.+); write it in (.+)")
    found = [match for line in list_missing() if (match := pattern.fullmatch(line))]
    assert sorted(match[1] for match in found) == sorted(words[part] for part in IN_EVERY_LAYER + more)
    for match in found:
        assert (ROOT / match[2]).exists() or match[2].endswith("/kind-toy.md"), match[2]


def test_contributing_lists_every_part() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = page.split("## A kind of promise\n")[1].split("\n## ")[0]
    words = Catalogue("en").part("commands.kind_parts")
    expected: dict[str, list[str]] = {}
    for part in list_parts():
        files = expected.setdefault(words[part.name], [])
        files += [part.file] if part.file not in files else []
    rows = re.findall(r"^\| (.+?) \| (`.+`) \|$", section, re.MULTILINE)
    listed = {what: re.findall("`(.+?)`", files) for what, files in rows}
    assert listed == expected
    assert set(words) == {part.name for part in list_parts()}


# --- a kind that is half made


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Policies of a made-up place with every kind that pays no bill."""
    folder = tmp_path_factory.mktemp("kinds") / "policies"
    shutil.copytree(MADE_UP / "everykind-lists", folder / "everykind-lists")
    for name in ("facts.yaml", "terms.yaml", "sources.yaml"):
        shutil.copy(POLICIES / name, folder)
    return folder


STAY = {"registered_poor": True, "visit": "inpatient", "hospital_level": "county", "designated": True}
STAY |= {"items": [{"category": "inpatient_bed", "amount": "100"}]}
CASES: dict[str, tuple[str, Json]] = {
    "fee": ("everykind-fees", STAY),
    "cash": ("everykind-lists", {}),
    "premium": ("everykind-lists", {"tekun": True, "premium": "100", "registered_poor": True, "disabled": True}),
    "in_kind": ("everykind-lists", {"rural": True, "household_income": "1", "own_eligible_payments_12m": "0"}),
}
"""Place and facts of somebody for whom a policy of the kind is evaluated."""


def use(part: str, kind: str, policies: Path, bundle: Json) -> None:
    """Do what needs a part of a kind."""
    if part == "skeleton":
        make_policy_skeleton(kind, None)
    elif part == "page":
        make_pages(bundle)
    elif part in ("evaluation", "sentences", "card"):
        place, facts = CASES[kind]
        day = date(2018, 12, 1)
        result = estimate(bundle, {"place": place, "date": day.isoformat(), "facts": facts})
        writer = EntitlementWriter(make_ruleset(bundle, place, day), make_language(bundle, "zh"))
        writer.list_entitlements(result, Facts())
    else:
        check_policies(policies)


@pytest.fixture
def small_bundle(kinds_bundle: Json) -> Json:
    """A copy of two places: nothing is prepared for it yet."""
    places = {name: kinds_bundle["places"][name] for name in ("everykind-fees", "everykind-lists")}
    copied: Json = json.loads(json.dumps({**kinds_bundle, "places": places}))
    return copied


@pytest.mark.parametrize("table", find_tables(), ids=lambda table: f"{table.part}-{next(reversed(table))}")
def test_a_half_made_kind_ends_in_a_message(
    monkeypatch: pytest.MonkeyPatch, policies: Path, small_bundle: Json, table: KindTable[Any]
) -> None:
    kind = next(reversed(table))
    monkeypatch.delitem(table, kind)
    with pytest.raises(MissingPartError) as error:
        use(table.part, kind, policies, small_bundle)
    assert (error.value.kind, error.value.part, error.value.file) == (kind, table.part, table.file)
    assert str(pickle.loads(pickle.dumps(error.value))) == str(error.value)  # noqa: S301 - from a worker process


def test_a_kind_without_its_words_ends_in_a_message(monkeypatch: pytest.MonkeyPatch, kinds_bundle: Json) -> None:
    words = Catalogue("zh")
    language = make_language(kinds_bundle, "zh")
    monkeypatch.delitem(words.part("policy"), "how_much_floor")
    with pytest.raises(MissingPartError, match=r"floor lacks its part “heading”.*pages\.zh\.yaml"):
        describe_heading("floor", language)
    monkeypatch.delitem(words.part("authors.fields.Floor"), "counted")
    with pytest.raises(MissingPartError, match=r"floor lacks its part “fields”.*authors\.zh\.yaml"):
        fill_in_fields(read_guide("zh", "kind-floor"), "authors/kind-floor.md", "zh")
    payment = Payment("help", "fund", 1, "topped_up", {"share": 8000, "eligible": 1, "paid": 0})
    with pytest.raises(MissingPartError, match="floor lacks its part “sentences”"):
        explain_payment("floor", payment, {}, "")


def test_a_kind_with_the_law_of_another_ends_in_a_message() -> None:
    version = PolicyVersion("here", "help", "initial", "cash", None, False, None, ALWAYS, ALWAYS, PlainLaw())  # noqa: FBT003
    with pytest.raises(MissingPartError, match="cash lacks its part “law”"):
        version.get_law(CashLaw)


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("zh", "种类“toy”还缺模型（政策文件里的字段），请写在 generator/mingbai/model/kinds.py\n"),
        (
            "en",
            "the kind “toy” lacks its model: the keys of a policy file; write it in generator/mingbai/model/kinds.py\n",
        ),
    ],
)
def test_the_command_line_says_which_part_is_missing(tmp_path: Path, policies: Path, lang: str, says: str) -> None:
    """A copy of the program whose calculator lists one kind more."""
    for package, folder in PACKAGES.items():
        shutil.copytree(ROOT / folder / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    kinds = tmp_path / "mingbai_calculator/law/kinds.py"
    edit(kinds, '    "status":', '    "toy": "services",\n    "status":')
    copied = tmp_path / "policies"
    shutil.copytree(policies, copied)
    service = next(file for file in copied.glob("*/*/*.yaml") if "kind: service" in file.read_text("utf-8"))
    edit(service, "kind: service", "kind: toy")
    for command in (["check", "--no-cache"], ["estimate", "everykind-lists", "--date", "2018-12-01", "--facts", "-"]):
        done = subprocess.run(
            [sys.executable, "-m", "mingbai", *command, "--policies", str(copied), "--lang", lang],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
            input="{}",
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert (done.returncode, done.stderr.splitlines(keepends=True)[-1:]) == (2, [says]), done.stderr
