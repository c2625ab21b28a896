"""Planted mistakes in revisions of real policies: none gets to be locked.

Each row is a notice (what it changes in the newest version of a policy) and a slip of whoever enters it. The second
person reads the notice; what the slip changed is either not the same as theirs, or a finding of the law group.
"""

import re
import shutil
import stat
from contextlib import chdir
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mingbai.authoring.confirming.confirm import list_asked
from mingbai.authoring.confirming.second_entry import SecondEntry, make_second_entry
from mingbai.authoring.copy import make_new_version
from mingbai.authoring.correct import lock_new_versions
from mingbai.checks.lints.changes.jumps import jumps
from mingbai.checks.lints.shared.figures import Figure, list_figures
from mingbai.checks.policies import check_policies
from mingbai.cli.main import main
from mingbai.core.cache import Cache
from mingbai.diagnostics.problem import Problems
from mingbai.files.source_file import SourceFile
from mingbai.syntax.parser import parse_document
from tests.conftest import POLICIES
from tests.quick import thinned

type Figures = dict[str, Figure]
type Edits = tuple[tuple[str, str], ...]

INPATIENT = "gaotai/inpatient/2016-01-01"
SERIOUS = "gaotai/serious-illness/2016-01-01"
GRANT = "gaotai/family-planning/2015-01-01"
CEILING = "chuzhou/ceiling/2016-09-28"
DELIVERY = "jinkouhe/delivery/2016-01-01"
UNTIL = ("confirmed_until: 2016-12-31", "confirmed_until: 2027-12-31")
START = "2027-01-01"

NOTICES: dict[str, Edits] = {
    INPATIENT: (("deductible: 350, rate: 85%", "deductible: 300, rate: 88%"), UNTIL),
    SERIOUS: (("deductible: 3000}", "deductible: 2500}"), UNTIL),
    GRANT: (("only_child: died}, amount: 600}", "only_child: died}, amount: 720}"), UNTIL),
    CEILING: (("amount: 3000}", "amount: 2800}"), ("amount: 10000}", "amount: 9000}"), UNTIL),
    DELIVERY: (("limit: 3500", "limit: 4000"), UNTIL),
}
"""By newest version: what the notice of 2027 changes."""

MISTAKES = {
    "a rate, its digits swapped": (INPATIENT, "deductible: 300, rate: 88%", "deductible: 300, rate: 58%"),
    "a rate by one point": (INPATIENT, "deductible: 300, rate: 88%", "deductible: 300, rate: 89%"),
    "a deductible without a digit": (INPATIENT, "deductible: 300, rate: 88%", "deductible: 30, rate: 88%"),
    "a deductible with a digit doubled": (INPATIENT, "deductible: 300, rate: 88%", "deductible: 3300, rate: 88%"),
    "the figure of another row": (INPATIENT, "deductible: 1500, rate: 70%", "deductible: 1500, rate: 65%"),
    "the payer": (INPATIENT, "payer: basic_insurance", "payer: medical_assistance"),
    "a group dropped": (INPATIENT, "who: {insured: true}", "who: {}"),
    "a row dropped": (
        INPATIENT,
        "  - {id: poor-city, for: {registered_poor: true, hospital_level: city}, deductible: 1500, rate: 70%}\n",
        "",
    ),
    "a condition of a row": (INPATIENT, "{registered_poor: true, hospital_level: city}", "{hospital_level: city}"),
    "a level of hospital": (INPATIENT, "[township, county, city]}\nreadings", "[township, county]}\nreadings"),
    "the last day": (INPATIENT, "confirmed_until: 2027-12-31", "confirmed_until: 2072-12-31"),
    "per stay for per year": (SERIOUS, "deductible_per: year", "deductible_per: stay"),
    "a sum in fen for yuan": (SERIOUS, "deductible: 2500}", "deductible: 250000}"),
    "bounds of an open number": (SERIOUS, "at_least: 0%", "at_least: 50%"),
    "an amount of last year": (GRANT, "only_child: died}, amount: 720}", "only_child: died}, amount: 600}"),
    "the year's sum for the month's": (GRANT, "only_child: died}, amount: 720}", "only_child: died}, amount: 8640}"),
    "the period": (GRANT, "per: month", "per: year"),
    "the unit": (GRANT, "unit: couple", "unit: person"),
    "an age": (GRANT, "{age: 49, of: wife}", "{age: 46, of: wife}"),
    "a grade": (GRANT, "{at_most: 3}", "{at_most: 2}"),
    "two figures swapped": (CEILING, "amount: 2800}", "amount: 9000}"),
    "in the county turned round": (CEILING, "{in_county: true}", "{in_county: false}"),
    "a ceiling per stay": (CEILING, "per: year", "per: stay"),
    "a limit without a digit": (DELIVERY, "limit: 4000", "limit: 400"),
    "a limit left out": (DELIVERY, "limit: 4000\nlimit_per: stay\n", ""),
}  # fmt: skip


@pytest.fixture(scope="module")
def entry(bundle: dict[str, Any]) -> SecondEntry:
    return make_second_entry(bundle)


def read(text: str, version: str) -> Figures:
    document = parse_document(SourceFile(Path("x.yaml"), stat.S_IFREG, len(text), text.encode()), Problems())
    assert document is not None
    return list_figures(version, document.value)


def edit(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, (old, text.count(old))
    return text.replace(old, new)


@cache
def enter(version: str) -> tuple[Figures, str]:
    """The figures of the newest version, and the text of the right revision."""
    old = (POLICIES / f"{version}.yaml").read_text(encoding="utf-8")
    name = version.rpartition("/")[2]
    text = make_new_version(old, "x.yaml", name, date.fromisoformat(START))
    for pair in NOTICES[version]:
        text = edit(text, *pair)
    return read(old, name), text


def answer(notice: Figures, key: str) -> str:
    """What somebody types who reads the notice."""
    if key not in notice:
        return "see the notice" if any(each.startswith(f"{key}.") for each in notice) else "-"
    value = notice[key].value
    if isinstance(value, bool):
        return "是" if value else "否"
    return "，".join(map(str, value)) if isinstance(value, list) else str(value)


def differ(entry: SecondEntry, before: Figures, notice: Figures, entered: Figures) -> list[str]:
    """The figures that a second person would type otherwise: those asked for, and those that the notice changes."""
    told = [entered[each.key] for each in list_asked(before, notice) if each.key in entered]
    compared = {figure.key: figure for figure in (*list_asked(before, entered), *told)}
    return [key for key, figure in compared.items() if entry.compare(figure, answer(notice, key)) != "same"]


def test_every_figure_of_the_policies_can_be_confirmed(entry: SecondEntry) -> None:
    """Typed as the file has it, each is the same; none is the same as nothing, or as another word."""
    for file in thinned(sorted(POLICIES.glob("*/*/*.yaml")), every=10):
        figures = read(file.read_text(encoding="utf-8"), file.stem)
        for key, figure in figures.items():
            assert figure.value == "initial" or entry.compare(figure, answer(figures, key)) == "same", (file, key)
            assert entry.compare(figure, "-") == "not_same"
            assert entry.compare(figure, "see the notice") in {"not_same", "not_understood"}


@pytest.mark.parametrize("version", NOTICES)
def test_what_was_entered_as_the_notice_says_is_confirmed(entry: SecondEntry, version: str) -> None:
    before, text = enter(version)
    right = read(text, START)
    assert len(list_asked(before, right)) == len(NOTICES[version]) + (2 if version == INPATIENT else 1)
    assert differ(entry, before, right, right) == []
    assert not [key for key, each in right.items() if key in before and jumps(before[key].value, each.value)]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_planted_mistake_is_not_the_same_as_the_second_entry(entry: SecondEntry, mistake: str) -> None:
    version, right, wrong = MISTAKES[mistake]
    before, text = enter(version)
    assert differ(entry, before, read(text, START), read(edit(text, right, wrong), START))


@pytest.mark.parametrize("version", NOTICES)
def test_a_wrong_first_day_is_not_the_same_as_the_second_entry(entry: SecondEntry, version: str) -> None:
    before, text = enter(version)
    assert differ(entry, before, read(text, START), read(text, "2027-01-11")) == ["effective"]


def test_digits_left_out_doubled_or_swapped_are_findings_without_a_second_entry() -> None:
    for mistake in ("digits swapped", "without a digit", "digit doubled", "in fen for yuan", "year's sum"):
        for version, right, wrong in (each for name, each in MISTAKES.items() if mistake in name):
            before, text = enter(version)
            entered = read(edit(text, right, wrong), START)
            assert any(key in before and jumps(before[key].value, each.value) for key, each in entered.items()), mistake


@pytest.mark.parametrize(
    ("edits", "code"),
    [
        ((("  - {id: county, for: {hospital_level: county}, deductible: 500, rate: 80%}\n", ""), (
            "table:\n", "table:\n  - {id: county, for: {hospital_level: county}, deductible: 500, rate: 80%}\n"
        )), "row-unreachable"),
        ((("deductible: 350, rate: 85%", "deductible: 30, rate: 85%"),), "figure-jumps"),
        ((("deductible: 350, rate: 85%", "deductible: 450, rate: 85%"),), "somebody-loses"),
        ((), "changes-nothing"),
    ],
)  # fmt: skip
def test_check_refuses_to_lock_a_finding_about_the_law(gaotai: Path, edits: Edits, code: str) -> None:
    """The order of rows, a figure that jumps, a loser, a version that is like the one before."""
    file = gaotai / "policies/gaotai/inpatient/2027-01-01.yaml"
    text = make_new_version(
        (POLICIES / f"{INPATIENT}.yaml").read_text(encoding="utf-8"), "x.yaml", "2016-01-01", date(2027, 1, 1)
    )
    text = edit(re.sub(" *# 待核对 TO REVIEW", "", text), *UNTIL)
    for pair in edits:
        text = edit(text, *pair)
    file.write_text(re.sub("(?s)^examples:.*", "", text, flags=re.MULTILINE), encoding="utf-8")
    with chdir(gaotai):
        done = CliRunner().invoke(main, ["check", "--lock", "--lang", "en"])
    file.unlink()
    assert done.exit_code == 1
    assert re.search(rf"2027-01-01.yaml:\d+:\d+: error {code}: ", done.output), done.output


@pytest.fixture(scope="module")
def gaotai(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the inpatient policy of Gaotai is published, and what it needs."""
    home = tmp_path_factory.mktemp("gaotai")
    for place in ("gaotai", "gansu", "national"):
        shutil.copytree(POLICIES / place, home / "policies" / place)
    (home / "policies/gaotai/revisions.yaml").unlink()
    for file in POLICIES.glob("*.yaml"):
        shutil.copy(file, home / "policies")
    with chdir(home):
        lock_new_versions(Path("policies"), check_policies(Path("policies"), cache=Cache())[0])
    return home
