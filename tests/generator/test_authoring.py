"""The author's commands: begin, revise, correct, lock, compare - on copies of the real files."""

import re
import shutil
from collections.abc import Callable
from contextlib import chdir
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mingbai.authoring.boundaries import list_boundary_cases
from mingbai.authoring.copy import make_new_version
from mingbai.authoring.correct import add_correction, lock_new_versions
from mingbai.authoring.skeleton import make_policy_skeleton
from mingbai.checks.lock import hashes
from mingbai.checks.policies import check_policies
from mingbai.cli.main import main
from mingbai.core.cache import Cache
from mingbai.core.file_set import write_together
from mingbai.diagnostics.errors import CallError
from mingbai.loader.snapshot import LOCK
from mingbai.pages.policy.policy import describe_backdating, make_policy_page
from mingbai.pages.wording.language import make_language
from mingbai.syntax.edits import append_to
from mingbai_calculator.law.kinds import BILL_PAYING_KINDS, KINDS
from tests.conftest import POLICIES, in_turn
from tests.quick import thinned

VERSIONS = sorted((POLICIES / "gaotai").glob("*/*.yaml"))
INPATIENT = "gaotai/inpatient/2016-01-01"
REVIEW = "  # 待核对 TO REVIEW"

type Run = Callable[..., Result]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which all tests of this module work, one after the other: what is kept in .cache goes by path."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def checked(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gaotai and the places that it lies in, where one stands beside them, and what a check of them keeps."""
    folder = home / "policies"
    place: str | None = "gaotai"
    while place is not None:
        shutil.copytree(POLICIES / place, folder / place)
        parent = re.search(r"^parent: (\S+)", (folder / place / "place.yaml").read_text(encoding="utf-8"), re.MULTILINE)
        place = None if parent is None else parent[1]
    for file in POLICIES.glob("*.yaml"):
        shutil.copy(file, folder)
    with chdir(home):
        leave_examples_out(Path("policies/gaotai"))
        assert check_policies(Path("policies"), cache=Cache())[1].found == []
    return Path(shutil.copytree(home, tmp_path_factory.mktemp("checked") / "home"))


def leave_examples_out(place: Path) -> None:
    """Keep one example of each policy that no test here names: half of the time of a check is theirs."""
    named = Path(__file__).read_text(encoding="utf-8")
    for file in place.glob("*/*.yaml"):
        text = file.read_text(encoding="utf-8")
        head, mark, examples = text.partition("examples:\n")
        parts = re.split(r"(?m)^(?=  - id: )", examples)
        if mark and file.parent.name not in named:
            file.write_text(head + mark + "".join(parts[:2]), encoding="utf-8")
    for problem in check_policies(place.parent)[1].found:  # a number that only the other examples guard
        shutil.copy(POLICIES / problem.file.relative_to(place.parent), problem.file)


@pytest.fixture(scope="module")
def recorded(home: Path, checked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after `check --lock`; the law is locked as it was before there was a second entry."""
    begin_again(home, checked)
    with chdir(home):
        lock_new_versions(Path("policies"), check_policies(Path("policies"), cache=Cache())[0])
        done = CliRunner().invoke(main, ["check", "--lock", "--lang", "en"])
        assert done.exit_code == 0, done.output
    return Path(shutil.copytree(home, tmp_path_factory.mktemp("recorded") / "home"))


def begin_again(home: Path, state: Path) -> None:
    for path in home.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(state, home, dirs_exist_ok=True)


@pytest.fixture
def policies(home: Path, checked: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    begin_again(home, checked)
    monkeypatch.chdir(home)
    return home / "policies"


@pytest.fixture
def run(home: Path) -> Run:
    def call(*words: str, lang: str = "en") -> Result:
        assert (home / "policies").is_dir()
        return CliRunner().invoke(main, [*words, "--lang", lang])

    return call


@pytest.fixture
def locked(home: Path, recorded: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    begin_again(home, recorded)
    monkeypatch.chdir(home)
    return home / "policies"


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, (old, text.count(old))
    file.write_text(text.replace(old, new), encoding="utf-8")


def fill_in_revisions(policies: Path, line: int) -> None:
    """Fill in the draft that `revise` writes into the file of revisions, with a line of f0."""
    file = policies / "gaotai/revisions.yaml"
    text = (
        file.read_text(encoding="utf-8")
        .replace(REVIEW, "")
        .replace("{id: TO FILL, lines: TO FILL}", f"{{id: f0, lines: {line}}}")
    )
    file.write_text(
        text.replace("{zh: 待填, en: TO FILL}", "{zh: 数变了。, en: The figures changed.}"), encoding="utf-8"
    )


def codes(policies: Path) -> set[str]:
    return {problem.code for problem in check_policies(policies, cache=Cache())[1].found if problem.severity == "error"}


# --- new


def test_a_new_place_says_only_what_is_left_to_fill_in(policies: Path, run: Run) -> None:
    done = run("new", "place", "xin-xian", "--name-zh", "新县", "--name-en", 'Xin: "the County" # 1')
    assert done.exit_code == 0
    assert codes(policies) == {"to-fill"}
    assert "policies/xin-xian/place.yaml:8:13: error to-fill: about.zh: not filled in yet" in done.output
    bundle, _ = check_policies(policies)
    assert bundle["places"]["xin-xian"]["name"]["en"] == 'Xin: "the County" # 1'


@pytest.mark.sampled(4)
@pytest.mark.parametrize(("kind", "effective"), in_turn(KINDS, (None, "2018-07-01")))
def test_a_new_policy_says_only_what_is_left(policies: Path, run: Run, kind: str, effective: str | None) -> None:
    words = [] if effective is None else ["--effective", effective]
    done = run("new", "policy", "gaotai/extra", "--kind", kind, *words)
    assert done.exit_code == 0, done.output
    text = (policies / f"gaotai/extra/{effective or 'initial'}.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../../schema/policy.schema.json\n")
    assert codes(policies) == ({"to-fill", "to-review"} if kind in BILL_PAYING_KINDS else {"to-fill"})


def test_a_new_bill_policy_comes_last_in_the_order_of_paying(policies: Path, run: Run) -> None:
    before = (policies / "gaotai/place.yaml").read_text(encoding="utf-8").splitlines()
    run("new", "policy", "gaotai/extra", "--kind", "share")
    after = (policies / "gaotai/place.yaml").read_text(encoding="utf-8").splitlines()
    (added,) = [line for line in after if line not in before]
    assert added.startswith("  - extra  # 待核对 TO REVIEW")
    assert [line for line in after if line != added] == before
    assert after[after.index(added) - 1].startswith("  - ")


@pytest.mark.parametrize(
    ("text", "gives"),
    [
        ("order: [a, b] # c\nx: 1\n", "order: [a, b, new] # c\nx: 1\n"),
        ("order: []    # c\nx: 1\n", "order: [new]    # c\nx: 1\n"),
        ("order:\nx: 1\n", "order: [new]\nx: 1\n"),
        ("x: 1", "x: 1\norder: [new]\n"),
        (
            "order:\n- a\n- first_of: [b, c] # d\n\n# e\nx: 1\n",
            "order:\n- a\n- first_of: [b, c] # d\n- new\n\n# e\nx: 1\n",
        ),
        ("order:\r\n  - a\r\nx: 1\r\n", "order:\r\n  - a\r\n  - new\r\nx: 1\r\n"),
        ("order:\n  - first_of:\n      - a\n      - b\n", "order:\n  - first_of:\n      - a\n      - b\n  - new\n"),
    ],
)
def test_an_order_is_added_to_however_it_is_written(text: str, gives: str) -> None:
    changed, index = append_to(text, "place.yaml", "order", "new")
    assert changed == gives
    assert changed[index:].startswith("new")


def test_a_skeleton_that_is_filled_in_passes_the_check(policies: Path, run: Run) -> None:
    run("new", "policy", "gaotai/extra", "--kind", "service", "--effective", "2018-07-01")
    file = policies / "gaotai/extra/2018-07-01.yaml"
    text = file.read_text(encoding="utf-8").replace("{zh: 待填, en: TO FILL}", "{zh: 每年一次, en: Once a year}")
    text = text.replace("topic: TO FILL", "topic: prevention").replace("covers: [TO FILL]", "covers: [gt-x]")
    text = text.replace("{certainty: TO FILL}", "{certainty: stated}")
    text = text.replace("document: TO FILL, lines: TO FILL", "document: f0, lines: 1")
    *head, body = text.split("\n", 3)
    assert all(line.startswith("#") for line in head)
    file.write_text(body, encoding="utf-8")
    assert codes(policies) == set()


# --- revise


@pytest.mark.sampled(4)
@pytest.mark.parametrize("file", VERSIONS, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_revision_keeps_every_byte_but_days_and_marks(file: Path) -> None:
    text = file.read_bytes().decode("utf-8")
    copy = make_new_version(text, file.name, file.stem, date(2031, 7, 1))
    kept = [re.sub(r"date: [\d-]+", "date:", line) for line in copy.replace(REVIEW, "").split("\n")]
    assert kept == [re.sub(r"date: [\d-]+", "date:", line) for line in without_earlier(text, file.stem).split("\n")]
    days = re.findall(r"^\s+date: ([\d-]+)", copy, re.MULTILINE)
    assert set(days) <= {"2031-07-01"}
    assert copy.count(REVIEW) >= len(days) + 1


def without_earlier(text: str, first: str) -> str:
    """Return a version's text without the examples of days before its first one."""
    head, mark, examples = text.partition("examples:\n")
    parts = re.split(r"(?m)^(?=  - id: )", examples)
    days = [re.search(r"(?m)^    date: ([\d-]+)", part) for part in parts]
    gone = [day is not None and first != "initial" and day[1] < first for day in days]
    return head + mark + "".join(part for part, each in zip(parts, gone, strict=True) if not each)


@pytest.mark.parametrize(
    ("examples", "left"),
    [
        ("examples: [{date: 2015-01-01}, {date: 2016-01-01}]\n", "examples: [{date: 2027-01-01}]\n"),
        ("examples: [{date: 2016-01-01}, {date: 2015-01-01}] # a\n", "examples: [{date: 2027-01-01}] # a\n"),
        ("examples: [{date: 2015-01-01}]\n", ""),
        ("examples:\n- date: 2015-01-01\n", ""),
        ("examples:\n- date: 2015-01-01\n\n- date: 2016-01-01\n", "examples:\n\n- date: 2027-01-01\n"),
        ("examples:\n- date: 2016-01-01\n- id: x\n  date: 2015-01-01", "examples:\n- date: 2027-01-01\n"),
    ],
)
def test_examples_of_the_time_before_the_copied_version_stay_there(examples: str, left: str) -> None:
    copy = make_new_version(f"title: x\n{examples}", "x.yaml", "2016-01-01", date(2027, 1, 1))
    assert copy.replace(REVIEW, "") == f"title: x\n{left}"


def test_after_a_revision_only_what_is_left_is_listed(policies: Path, run: Run) -> None:
    """Somebody is older on the new day, or the policy began on the old one: no example may fail, no lint may speak."""
    for policy in thinned(("family-planning", "inpatient", "village-doctor", "women-screening"), every=4):
        done = run("revise", f"gaotai/{policy}", "--effective", "2027-07-01")
        said = [line for line in done.output.splitlines() if line.startswith("policies/")]
        assert said
        assert [line for line in said if not re.search(r": error (to-review|to-fill): ", line)] == []
    assert codes(policies) <= {"to-review", "to-fill"}


def test_what_comes_out_differently_on_the_new_day_is_left_to_fill_in(policies: Path, run: Run) -> None:
    done = run("revise", "gaotai/family-planning", "--effective", "2027-07-01")
    text = (policies / "gaotai/family-planning/2027-07-01.yaml").read_text(encoding="utf-8")
    assert "TO FILL" in text
    assert done.output.count("error to-fill: examples[") == text.count("TO FILL")


def test_a_revision_is_listed_for_review_and_passes_when_reviewed(policies: Path, run: Run) -> None:
    done = run("revise", "gaotai/inpatient", "--effective", "2018-07-01")
    file = policies / "gaotai/inpatient/2018-07-01.yaml"
    assert done.exit_code == 0
    assert codes(policies) == {"to-review", "to-fill"}
    assert "2018-07-01.yaml:11:11: error to-review" in done.output
    fill_in_revisions(policies, 173)
    text = file.read_text(encoding="utf-8").replace(REVIEW, "").replace("2016-12-31", "2018-12-31")
    file.write_text(text, encoding="utf-8")
    assert codes(policies) == set()
    edit(file, "deductible: 350, rate: 85%", "deductible: 300, rate: 85%")
    assert codes(policies) == {"example-fails"}


def test_windows_line_ends_survive() -> None:
    text = VERSIONS[0].read_text(encoding="utf-8").replace("\n", "\r\n")
    copy = make_new_version(text, "x.yaml", VERSIONS[0].stem, date(2031, 7, 1))
    assert copy.count("\n") == copy.count("\r\n") == text.count("\n")


def test_a_correction_stays_with_the_version_that_it_mends() -> None:
    text = (POLICIES / f"{INPATIENT}.yaml").read_text(encoding="utf-8")
    corrected = add_correction(text, "x.yaml", "2017-01-02", {"zh": "错", "en": "wrong"})
    corrected = add_correction(corrected, "x.yaml", "2017-01-03", {"zh": "又错", "en": 'wrong: "again" # x'})
    assert corrected.startswith(text)
    assert corrected.count("  - {on: 2017") == 2
    assert make_new_version(corrected, "x.yaml", "2016-01-01", date(2018, 7, 1)) == make_new_version(
        text, "x.yaml", "2016-01-01", date(2018, 7, 1)
    )


def marked(text: str) -> list[str]:
    """Return what begins the lines that are marked for review."""
    return [line.split("#")[0].strip()[:40] for line in text.splitlines() if "TO REVIEW" in line]


def test_all_that_may_no_longer_hold_is_marked() -> None:
    """The doubts, the reason for the first day, readings, lines, titles: what was true of 2016 is not said of 2027."""
    text = (POLICIES / f"{INPATIENT}.yaml").read_text(encoding="utf-8")
    marks = marked(make_new_version(text, "x.yaml", "2016-01-01", date(2027, 1, 1)))
    assert sum(mark.startswith(("- trap: ", "- reading: ")) for mark in marks) == 7
    assert sum(mark.startswith("title: ") for mark in marks) == text.count("\n    title: ")
    assert sum(mark.startswith("- {document: ") for mark in marks) == 2
    for start in ("start:", "because:", "confirmed_until: 2016-12-31", "readings: [R2, R4, R5, R12]"):
        assert start in marks
    assert not any(mark.startswith("- {id: ") for mark in marks)  # figures: the second entry asks for them


def test_a_revision_is_told_to_residents_in_the_order_of_time(policies: Path, run: Run) -> None:
    file = policies / "gaotai/revisions.yaml"
    before = file.read_text(encoding="utf-8")
    done = run("revise", "gaotai/inpatient", "--effective", "2018-07-01", "--role", "entry")
    assert "written: policies/gaotai/revisions.yaml" in done.output
    assert "`mingbai confirm gaotai --role JOB`" in done.output
    first = file.read_text(encoding="utf-8")
    assert first.startswith(before)
    assert first.endswith("  policies: [inpatient]\n")
    run("revise", "gaotai/cataract", "--effective", "2018-07-01")  # by the same notice
    assert file.read_text(encoding="utf-8") == first.removesuffix("]\n") + ", cataract]\n"
    run("revise", "gaotai/folic-acid", "--effective", "2017-07-01")
    days = re.findall(r"^- date: (\S+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert days == sorted(days)
    assert days[-2:] == ["2017-07-01", "2018-07-01"]


def test_a_version_before_the_newest_one_goes_on_record(locked: Path, run: Run) -> None:
    words = ["revise", "gaotai/inpatient", "--effective", "2015-06-01"]
    assert run(*words).exit_code == 2
    assert run(*words, "--because", " ").exit_code == 2
    assert run("revise", "gaotai/inpatient", "--effective", "2016-01-01", "--because", "x").exit_code == 2
    done = run(*words, "--because", "通知来晚了", "--role", "entry")
    assert done.exit_code == 0, done.output
    file = locked / "gaotai/inpatient/2015-06-01.yaml"
    assert re.search(
        r'backdated: \{on: \S+, because: \{zh: "通知来晚了", en: "TO FILL"\}\}\n$', file.read_text(encoding="utf-8")
    )
    assert "deductible: 150" in file.read_text(encoding="utf-8")  # a copy of the version of that time, not of 2016
    text = file.read_text(encoding="utf-8").replace("TO FILL", "The notice came late")
    file.write_text(text, encoding="utf-8")
    version = {
        "start": "2015-06-01",
        "backdated": {"on": "2026-12-01", "because": {"zh": "晚了", "en": "It came late."}},
    }
    page = describe_backdating(version, make_language(check_policies(locked)[0], "en"))
    assert page == (
        "We put this in on December 1, 2026, after a later version. "
        "For stays from June 1, 2015 on we now say what stands here. It came late."
    )


def test_a_policy_ends_by_a_version_of_its_own(policies: Path, run: Run) -> None:
    done = run("end", "gaotai/cataract", "--from", "2019-01-01", "--role", "entry")
    assert done.exit_code == 0, done.output
    file = policies / "gaotai/cataract/2019-01-01.yaml"
    text = file.read_text(encoding="utf-8")
    assert "\nends: true\n" in text
    assert not re.search(r"^(confirmed_until|doubts|readings):", text, re.MULTILINE)
    assert set(re.findall(r"expect: (.*)", text)) == {"{applies: false}"}
    assert codes(policies) == {"to-fill", "to-review"}
    fill_in_revisions(policies, 2)
    text = text.replace(REVIEW, "").replace("{document: TO FILL, lines: TO FILL}", "{document: f0, lines: 2}")
    file.write_text(text.replace("{zh: 待填, en: TO FILL}", "{zh: 停了。, en: It ended.}"), encoding="utf-8")
    assert codes(policies) == set()
    again = run("end", "gaotai/cataract", "--from", "2020-01-01")
    assert (again.exit_code, "has ended on 2019-01-01 already" in again.stderr) == (2, True)


def test_boundary_cases_have_empty_results(policies: Path, run: Run) -> None:
    run("revise", "gaotai/inpatient", "--effective", "2018-07-01")
    file = policies / "gaotai/inpatient/2018-07-01.yaml"
    edit(file, "deductible: 350, rate: 85%}", "deductible: 300, rate: 85%, limit: 10000}")
    before = file.read_text(encoding="utf-8")
    done = run("examples", "gaotai/inpatient")
    assert done.exit_code == 0, done.output
    text = file.read_text(encoding="utf-8")
    assert text.startswith(before.rstrip("\n"))
    added = text.removeprefix(before.rstrip("\n"))
    for case in (
        "poor-county-deductible-at",
        "poor-county-deductible-over",
        "poor-county-limit-at",
        "county-deductible-over",
    ):
        assert f"- id: {case}\n" in added
    assert "- id: county-deductible-at\n" not in added  # there is such an example
    facts = dict(re.findall(r"- id: (\S+)\n.*\n.*\n    facts: (.*)\n", added))
    assert facts["poor-county-limit-at"] == (
        "{insured: true, visit: inpatient, hospital_level: county, registered_poor: true, total_cost: 12064.71}"
    )
    assert "registered_poor: false" in facts["county-deductible-over"]
    assert set(re.findall(r"expect: (.*)", added)) == {"{self_pays: TO FILL, line: TO FILL}"}
    assert codes(policies) <= {"to-fill", "to-review"}
    again = run("examples", "gaotai/inpatient")
    assert again.output == "gaotai/inpatient: every boundary of its figures has an example already.\n"


@pytest.mark.parametrize(
    ("version", "cases"),
    [
        (
            {"kind": "cash", "who": {"age": {"at_least": "80"}}, "amounts": [{"id": "grant", "amount": "50"}]},
            {"grant-case": {"age": 80}, "age-80-in": {"age": 80}, "age-79-out": {"age": 79}},
        ),
        (
            {"kind": "right", "who": {"disabled": True, "age": {"under": "7"}}},
            {"all-case": {"disabled": True, "age": 6}, "age-6-in": {"disabled": True, "age": 6},
             "age-7-out": {"disabled": True, "age": 7}},
        ),
        (
            {"kind": "share", "deductible": "100", "rate": "50%", "brackets": [{"above": "1000", "rate": "60%"}]},
            {"all-deductible-at": {"total_cost": "100.00"}, "all-deductible-over": {"total_cost": "100.01"},
             "all-bracket-1-at": {"total_cost": "1100.00"}, "all-bracket-1-over": {"total_cost": "1100.01"}},
        ),
        (
            {"kind": "ceiling", "table": [{"id": "poor", "for": {"registered_poor": True}, "amount": "3000"}]},
            {"poor-amount-at": {"registered_poor": True, "total_cost": "3000.00"},
             "poor-amount-over": {"registered_poor": True, "total_cost": "3000.01"}},
        ),
    ],
)  # fmt: skip
def test_boundaries_are_on_a_figure_and_just_beside_it(version: dict[str, object], cases: dict[str, object]) -> None:
    assert {case.id: case.facts for case in list_boundary_cases(version)} == cases


# --- the lock


def test_the_lock_of_the_repository_holds_gaotai() -> None:
    lines = (POLICIES / LOCK).read_text(encoding="utf-8").splitlines()
    names = {line.split()[0] for line in lines if not line.startswith("#")}
    assert {f"gaotai/{file.parent.name}/{file.stem}" for file in VERSIONS} <= names


def test_the_lock_is_added_to_and_never_changed(locked: Path, run: Run) -> None:
    before = (locked / LOCK).read_text(encoding="utf-8")
    assert run("check", "--lock").exit_code == 0
    assert (locked / LOCK).read_text(encoding="utf-8") == before
    edit(locked / f"{INPATIENT}.yaml", "deductible: 2000, rate: 65%", "deductible: 2000, rate: 66%")
    assert run("check", "--lock").exit_code == 1
    assert (locked / LOCK).read_text(encoding="utf-8") == before


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("confirmed_until: 2016-12-31", "confirmed_until: 2017-12-31", "dates"),
        ("who: {insured: true}", "who: {insured: true, rural: true}", "for whom"),
        ("hospital_level: [township, county, city]}", "hospital_level: [township, county]}", "when"),
        ("payer: basic_insurance", "payer: combined_funds", "the rule and its numbers"),
        ("table:\n", "limit: 100000\ntable:\n", "the rule and its numbers"),
    ],
)
def test_a_change_of_published_law_is_an_error(locked: Path, run: Run, old: str, new: str, part: str) -> None:
    edit(locked / f"{INPATIENT}.yaml", old, new)
    done = run("check")
    assert done.exit_code == 1
    assert "published-law-changed" in done.output
    assert f"({part})" in done.output


def test_words_examples_and_layout_are_no_law(locked: Path) -> None:
    file = locked / f"{INPATIENT}.yaml"
    edit(file, "报得更多。", "还报得更多。")
    edit(file, "Where a list of figures and a percentage differ", "Where figures and a percentage differ")
    edit(
        file, "payer: basic_insurance\nbase: eligible_remaining\n", "base: eligible_remaining\npayer: basic_insurance\n"
    )
    edit(file, "rate: 95%}", "rate: 95.00%}")
    assert codes(locked) == set()


def test_a_published_version_cannot_vanish(locked: Path) -> None:
    shutil.rmtree(locked / "gaotai/health-kit")
    assert "published-gone" in codes(locked)


def test_an_option_more_in_the_vocabulary_changes_no_law() -> None:
    def law(options: list[str]) -> dict[str, object]:
        version = dict.fromkeys(("start", "ends", "confirmed_until", "unit", "kind", "law", "numbers"))
        return {**version, "id": "v", "who": ["all", ["in", "visit", options]], "when": ["all"]}

    def of(options: list[str], also: dict[str, str]) -> object:
        facts = {"visit": {"options_are": also}}
        return hashes({"facts": facts, "places": {"p": {"policies": {"q": [law(options)]}}}})

    more = of(["inpatient", "surgery"], {"surgery": "inpatient"})
    assert of(["inpatient"], {}) == more
    assert of(["surgery"], {"surgery": "inpatient"}) != more


# --- correct


def test_a_mistake_is_mended_on_the_record(locked: Path, run: Run) -> None:
    file, lock = locked / "gaotai/village-doctor/2016-01-01.yaml", locked / LOCK
    edit(file, "confirmed_until: 2016-12-31", "confirmed_until: 2017-12-31")
    words = ["gaotai/village-doctor/2016-01-01", "--because", "年份抄错了", "--on", "2017-02-03"]
    done = run("correct", *words, "--translation", "The year was copied wrongly")
    assert done.exit_code == 0, done.output
    assert file.read_text(encoding="utf-8").endswith(
        'corrections:\n  - {on: 2017-02-03, because: {zh: "年份抄错了", en: "The year was copied wrongly"}}\n'
    )
    assert lock.read_text(encoding="utf-8").count("gaotai/village-doctor/2016-01-01 ") == 1
    bundle, problems = check_policies(locked)
    assert not problems.errors
    page = make_policy_page(bundle, bundle["places"]["gaotai"], "village-doctor", make_language(bundle, "zh"))
    assert page["versions"][0]["corrections"] == ["2017年2月3日：年份抄错了"]
    assert "same mistake" not in done.output  # there is no other version
    again = run("correct", *words)
    assert (again.exit_code, len(again.stderr.splitlines())) == (2, 1)


def test_several_versions_are_mended_at_once(locked: Path, run: Run) -> None:
    names = ["gaotai/village-doctor/2016-01-01", "gaotai/delivery-aid/2016-01-01"]
    for name in names:
        edit(locked / f"{name}.yaml", "confirmed_until: 2016-12-31", "confirmed_until: 2017-12-31")
    words = ["--because", "年份抄错了", "--on", "2017-02-03", "--translation", "The year was copied wrongly"]
    assert run("correct", names[0], *words).exit_code == 1, (
        "the other changed version is an error as long as it is not named"
    )
    done = run("correct", *names, *words)
    assert done.exit_code == 0, done.output
    assert all("corrections:" in (locked / f"{name}.yaml").read_text(encoding="utf-8") for name in names)
    assert not check_policies(locked)[1].errors


def test_a_missing_translation_of_a_reason_is_left_to_fill_in(locked: Path, run: Run) -> None:
    edit(locked / "gaotai/village-doctor/2016-01-01.yaml", "confirmed_until: 2016-12-31", "confirmed_until: 2017-12-31")
    done = run("correct", "gaotai/village-doctor/2016-01-01", "--because", "a slip", "--on", "2017-02-03")
    assert done.exit_code == 0
    assert "to-fill: corrections[1].because.zh" in done.output


def test_nothing_is_recorded_while_something_else_is_wrong(locked: Path, run: Run) -> None:
    file = locked / f"{INPATIENT}.yaml"
    edit(file, "deductible: 350, rate: 85%", "deductible: 300, rate: 85%")
    before = snapshot(locked)
    done = run("correct", INPATIENT, "--because", "a slip", "--on", "2017-02-03")
    assert done.exit_code == 1
    assert "example-fails" in done.stderr
    assert "Work each out by hand from the notice" in done.stderr
    assert "1540" not in done.stderr  # what comes out is not told
    assert snapshot(locked) == before


# --- diff


def test_diff_says_what_changed_and_who_gains(run: Run) -> None:
    english, chinese = run("diff", "gaotai/inpatient"), run("diff", "gaotai/inpatient", lang="zh")
    assert english.exit_code == chinese.exit_code == 0
    assert "150 yuan -> 100 yuan" in english.output
    assert "pays: 2,000 yuan -> 1,497.50 yuan\n    better off by 502.50 yuan" in english.output
    assert "自己付：2,000 元 -> 1,497.50 元\n    好处：多得或少付 502.50 元" in chinese.output


def test_diff_of_a_draft(policies: Path, run: Run) -> None:
    run("revise", "gaotai/inpatient", "--effective", "2018-07-01")
    file = policies / "gaotai/inpatient/2018-07-01.yaml"
    edit(file, "deductible: 350, rate: 85%", "deductible: 450, rate: 85%")
    edit(file, "who: {insured: true}", "who: {insured: true, rural: true}")
    done = run("diff", "gaotai/inpatient")
    assert "350 yuan -> 450 yuan" in done.output
    assert "For whom\n  + new: " in done.output
    edit(file, ", rural: true", "")
    assert "worse off by 85 yuan" in run("diff", "gaotai/inpatient").output


def test_every_case_is_counted_once(run: Run) -> None:
    output = run("diff", "gaotai/inpatient").output
    (cases,) = re.findall(r"\((\d+) examples\)", output)
    (counted,) = re.findall(r"Better off: (\d+). Worse off: (\d+). The same: (\d+). Cannot be said: (\d+).", output)
    assert sum(map(int, counted)) == int(cases)


def test_the_same_person_in_both_versions_is_counted_once(policies: Path, run: Run) -> None:
    """A revision lists the old examples again, on its own day."""
    run("revise", "gaotai/village-doctor", "--effective", "2018-07-01")
    before = (policies / "gaotai/village-doctor/2016-01-01.yaml").read_text(encoding="utf-8")
    output = run("diff", "gaotai/village-doctor").output
    (cases,) = re.findall(r"\((\d+) examples?\)", output)
    later = [day for day in re.findall(r"(?m)^    date: ([\d-]+)", before) if day >= "2016-01-01"]
    assert int(cases) <= len(re.findall(r"(?m)^    date: ", before))
    titles = re.findall(r"(?m)^  (\S.*)$", output)
    assert later
    assert len(titles) == len(set(titles))


def test_diff_by_day(run: Run) -> None:
    newest = run("diff", "gaotai/inpatient").output
    assert run("diff", "gaotai/inpatient", "--from", "2015-06-01", "--to", "2016-06-01").output == newest
    same = run("diff", "gaotai/inpatient", "--from", "2016-02-01", "--to", "2016-06-01")
    assert (same.exit_code, same.output) == (0, "gaotai/inpatient has no two different versions to compare.\n")
    assert run("diff", "gaotai/health-kit").exit_code == 0


def test_an_amount_that_ends_is_gone_and_costs_money(policies: Path, run: Run) -> None:
    run("revise", "gaotai/family-planning", "--effective", "2018-07-01")
    file = policies / "gaotai/family-planning/2018-07-01.yaml"
    edit(file, "amount: 600}", "amount: 700}")
    done = run("diff", "gaotai/family-planning")
    assert "600 yuan -> 700 yuan" in done.output
    assert "gets: 14,400 yuan -> 16,800 yuan\n    better off by 2,400 yuan" in done.output


# --- wrong calls


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["new", "place", "Xin_Xian", "--name-zh", "a", "--name-en", "b"], "did you mean “xin-xian”?"),
        (["new", "place", "../x", "--name-zh", "a", "--name-en", "b"], "“../x” cannot be an id"),
        (["new", "place", "sources", "--name-zh", "a", "--name-en", "b"], "“sources” is the name of a page"),
        (["new", "policy", "gaotai/changes", "--kind", "share"], "“changes” is the name of a page"),
        (["new", "policy", "gaotai/x", "--kind", "share", "--effective", "1800-01-01"], "is not a date from 1900 to"),
        (["new", "place", "gaotai", "--name-zh", "a", "--name-en", "b"], "“gaotai” is there already"),
        (["new", "place", "xin", "--name-zh", "a\nb", "--name-en", "b"], "“a?b” cannot be a name"),
        (["new", "place", "xin", "--name-zh", "a"], "--name-en is needed"),
        (["new", "place"], "ID is needed"),
        (["new", "plcae"], "did you mean “place”?"),
        (["new", "policy", "gaotai/x", "--kind", "shar"], "did you mean “share”?"),
        (["new", "policy", "gaotia/x", "--kind", "share"], "did you mean “gaotai”?"),
        (["new", "policy", "gaotai", "--kind", "share"], "write PLACE/POLICY"),
        (["new", "policy", "gaotai/..", "--kind", "share"], "cannot be an id"),
        (["new", "policy", "gaotai/floor", "--kind", "share"], "use `mingbai revise`"),
        (["new", "policy", "gaotai/x", "--kind", "share", "--effective", "2018-2-1"], "“2018-2-1” is not a date"),
        (["revise", "gaotai/inpatint", "--effective", "2018-01-01"], "did you mean “inpatient”?"),
        (["revise", "gaotai/inpatient", "--effective", "2016-01-01"], "not later than the newest version, 2016-01-01"),
        (["revise", "gaotai/inpatient", "--effective", "2018-02-30"], "“2018-02-30” is not a date"),
        (["revise", "gaotai/inpatient"], "--effective is needed"),
        (["end", "gaotai/inpatient"], "--from is needed"),
        (["examples", "gaotai/inpatint"], "did you mean “inpatient”?"),
        (["end", "gaotai/inpatient", "--from", "2015-01-01"], "not later than the newest version, 2016-01-01"),
        (["end", "gaotai/inpatint", "--from", "2018-01-01"], "did you mean “inpatient”?"),
        (["revise", "gaotai/health-kit", "--effective", "2010-01-01", "--because", "x"], "before the first version"),
        (["revise", "nowhere/inpatient", "--effective", "2018-01-01"], "there is no place “nowhere”"),
        (["revise", "gaotai/inpatient", "--efective", "2018-01-01"], "did you mean “--effective”?"),
        (["correct", "gaotai/inpatient", "--because", "x", "--on", "2018-01-01"], "write PLACE/POLICY/VERSION"),
        (
            ["correct", "gaotai/inpatient/2016-01-02", "--because", "x", "--on", "2018-01-01"],
            "did you mean “2016-01-01”?",
        ),
        (["correct", INPATIENT, "--because", " ", "--on", "2018-01-01"], "cannot be a reason"),
        (["correct", INPATIENT, "--because", "x", "--on", "today"], "“today” is not a date"),
        (["correct", INPATIENT, "--because", "x", "--on", "2018-01-01"], "is not published yet"),
        (["diff", "gaotai/inpatint"], "did you mean “inpatient”?"),
        (["diff", "gaotia/inpatient"], "did you mean “gaotai”?"),
        (["diff", "gaotai/inpatient", "--from", "x"], "“x” is not a date"),
        (["diff", "gaotai/inpatient", "--from", "2016-05-01", "--to", "2015-05-01"], "is later than --to"),
        (["diff", "gaotai/health-kit", "--from", "2010-01-01"], "its first version begins on 2016-01-01"),
        (["diff", "gaotai/inpatient", "--policies", "nowhere"], "no folder of policy files at “nowhere”"),
    ],
)
def test_a_wrong_call_is_told_in_one_line_and_writes_nothing(
    policies: Path, run: Run, words: list[str], says: str
) -> None:
    before = snapshot(policies)
    done = run(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert says in done.stderr
    assert snapshot(policies) == before


def test_two_files_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    old, there = tmp_path / "old.yaml", tmp_path / "there"
    old.write_text("old", encoding="utf-8")
    there.mkdir()
    with pytest.raises(CallError):
        write_together({tmp_path / "a/b/new.yaml": "new"}, {old: "changed", there: "not a file"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old.yaml", "there"]
    assert old.read_text(encoding="utf-8") == "old"
    with pytest.raises(CallError, match="exists"):
        write_together({old: "new"})
    assert old.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("kind", KINDS)
def test_skeletons_speak_both_languages(kind: str) -> None:
    text = make_policy_skeleton(kind, None)
    assert "待填" in text
    assert "TO FILL" in text
    assert all(len(line) <= 130 for line in text.splitlines())
