"""Blind second entry: what is asked, how answers are read, what the lock records, what `check --lock` refuses."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mingbai.authoring.confirming.checked import mark_checked
from mingbai.authoring.correct import lock_new_versions
from mingbai.checks.entries import Confirmed, Entered, Records, parse_records
from mingbai.checks.lints.changes.jumps import jumps
from mingbai.checks.lock import read_lock
from mingbai.checks.policies import check_policies
from mingbai.cli.main import main
from mingbai.diagnostics.problem import Problems
from mingbai.loader.snapshot import LOCK
from mingbai.pages.place.place import make_place_page
from mingbai.pages.policy.policy import make_policy_page
from mingbai.pages.wording.language import make_language
from tests.conftest import ROOT

GOOD = ROOT / "tests/policies/good"
NAME = "testland/inpatient/2017-01-01"
REVIEW = re.compile(r" *# 待核对 TO REVIEW.*")


@pytest.fixture
def policies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(GOOD, tmp_path / "policies")
    return tmp_path / "policies"


def run(*words: str, lang: str = "en", stdin: str = "") -> Result:
    return CliRunner().invoke(main, [*words, "--lang", lang], input=stdin)


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, (old, text.count(old))
    file.write_text(text.replace(old, new), encoding="utf-8")


def revise(policies: Path, role: str = "entry") -> Path:
    """A new version of a published policy: 95% instead of 90%, by line 9 of the notice."""
    assert lock_all(policies).exit_code == 0
    assert run("revise", "testland/inpatient", "--effective", "2017-01-01", "--role", role).exit_code == 0
    file = policies / f"{NAME}.yaml"
    file.write_text(REVIEW.sub("", file.read_text(encoding="utf-8")), encoding="utf-8")
    edit(file, "rate: 90%", "rate: 95%")
    edit(file, "lines: 3-4", "lines: 9")
    edit(file, "{self_pays: 200, line: 900}", "{self_pays: 150, line: 950}")
    revisions = policies / "testland/revisions.yaml"
    revisions.unlink(missing_ok=True)
    return file


def lock_all(policies: Path) -> Result:
    """Lock the law as it is, as before there was a second entry."""
    lock_new_versions(policies, check_policies(policies)[0])
    return run("check", "--lock")


def answer(answers: object, *words: str, name: str = "testland", lang: str = "en") -> Result:
    Path("answers.json").write_text(json.dumps(answers, ensure_ascii=False), encoding="utf-8")
    words = words or ("--role", "check")
    return run("confirm", name, *words, "--answers", "answers.json", lang=lang)


RIGHT = {NAME: {"table.town.rate": "九成五", "effective": "2017年1月1日"}}


def test_a_new_version_is_locked_only_after_a_second_entry(policies: Path) -> None:
    revise(policies)
    before = (policies / LOCK).read_text(encoding="utf-8")
    refused = run("check", "--lock")
    assert (refused.exit_code, "not-confirmed" in refused.output) == (1, True)
    assert (policies / LOCK).read_text(encoding="utf-8") == before
    done = answer(RIGHT)
    assert done.exit_code == 0, done.output
    assert "all 2 figures are the same" in done.output
    assert run("check", "--lock").exit_code == 0
    records = read_lock(policies, Problems()).records[NAME]
    assert (records.entered and records.entered.by, records.confirmed and records.confirmed.by) == ("entry", "check")
    lines = (policies / LOCK).read_text(encoding="utf-8").splitlines()
    assert [line for line in before.splitlines() if line not in lines] == [
        line for line in before.splitlines() if NAME in line
    ]


def test_the_page_says_that_a_second_person_confirmed(policies: Path) -> None:
    file = revise(policies)
    answer(RIGHT)
    bundle, problems = check_policies(policies)
    assert problems.found == []
    assert bundle["sources"]["notice"]["checked"]["by"] == "check"

    def said() -> list[str]:
        place = check_policies(policies)[0]["places"]["testland"]
        page = make_policy_page(bundle, place, "inpatient", make_language(bundle, "en"))
        return [version["second_person"] for version in page["versions"] if version["second_person"]]

    assert [text.partition(" on ")[0] for text in said()] == ["Confirmed by a second person (check)"]
    edit(file, "rate: 95%", "rate: 96%")
    assert said() == []


@pytest.mark.parametrize(
    ("answers", "open_figures"),
    [
        ({"table.town.rate": "59%", "effective": "2017-01-01"}, {"table.town.rate": "not the same"}),
        ({"table[1].rate": "95", "effective": "2017-01-01"}, {}),
        ({"table[1].rate": "95", "effective": "2017-01-11"}, {"effective": "not the same"}),
        ({"table[1].rate": "95"}, {"effective": "not answered"}),
        ({"table[1].rate": "95", "effective": "2017-01-01", "table.town.deductible": "100"}, {}),
        (
            {"table[1].rate": "95", "effective": "2017-01-01", "table.town.deductible": "120"},  # not asked for
            {"table.town.deductible": "not the same"},
        ),
        ({"table[1].rate": "nine", "effective": "2017-01-01"}, {"table.town.rate": "not understood"}),
        ({"table[1].rate": "-", "effective": "2017-01-01"}, {"table.town.rate": "not the same"}),
        ({}, {"effective": "not answered", "table.town.rate": "not answered"}),
    ],
)
def test_figures_that_differ_are_told_with_their_line_and_never_shown(
    policies: Path, answers: dict[str, str], open_figures: dict[str, str]
) -> None:
    file = revise(policies)
    done = answer({NAME: answers})
    assert done.exit_code == (1 if open_figures else 0), done.output
    told = dict(re.findall(r"yaml:\d+: (\S+): (.*)", done.output))
    assert told == open_figures
    assert "95" not in done.output
    rates = [at for at, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if "rate: 95%" in line]
    assert "table.town.rate" not in told or f"2017-01-01.yaml:{rates[0]}: table.town.rate" in done.output
    confirmed = read_lock(policies, Problems()).records[NAME].confirmed
    assert (confirmed is None) == bool(open_figures)


def test_at_a_terminal_each_figure_is_asked_for_without_its_value(policies: Path) -> None:
    revise(policies)
    done = run("confirm", NAME, "--role", "check", stdin="2017-01-01\n95%\n")
    assert done.exit_code == 0, done.output
    assert "Test notice, line 9" in done.output
    assert done.output.index("effective: ") < done.output.index("table.town.rate: ")


def test_what_is_gone_is_asked_for_too(policies: Path) -> None:
    file = revise(policies)
    edit(file, "  - {id: county, for: {level: county}, deductible: 500, rate: {ask: rate}}\n", "")
    file.write_text(re.sub(r"asks:\n.*\n", "", file.read_text(encoding="utf-8")), encoding="utf-8")
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"(?s)  - id: county-1500.*", "", text), encoding="utf-8")
    edit(file, "level: [town, county]", "level: [town]")
    told = answer({NAME: {}})
    assert set(re.findall(r"yaml:\d+: (\S+): not answered", told.output)) == {
        "effective",
        "when.level",
        "table.town.rate",
        "table.county",
        "asks",
    }
    right = RIGHT[NAME] | {"when.level": "town", "table.county": "-", "asks": "-"}
    assert answer({NAME: right | {"table.county": "500"}}).exit_code == 1
    assert answer({NAME: right}).exit_code == 0


def test_the_same_role_confirms_only_with_a_reason(policies: Path) -> None:
    revise(policies, role="office")
    refused = answer(RIGHT, "--role", " office ")
    assert (refused.exit_code, len(refused.stderr.splitlines())) == (2, 1)
    assert answer(RIGHT, "--role", "office", "--because", "there is nobody else").exit_code == 0
    confirmed = read_lock(policies, Problems()).records[NAME].confirmed
    assert confirmed is not None
    assert confirmed.because == "there is nobody else"


def test_a_confirmed_version_that_changes_waits_again(policies: Path) -> None:
    file = revise(policies)
    assert answer(RIGHT).exit_code == 0
    edit(file, "rate: 95%", "rate: 96%")
    edit(file, "{self_pays: 150, line: 950}", "{self_pays: 140, line: 960}")
    refused = run("check", "--lock")
    assert "not-confirmed" in refused.output
    assert answer(RIGHT).exit_code == 1


def test_a_correction_waits_for_a_second_entry_of_the_part_that_changed(policies: Path) -> None:
    assert lock_all(policies).exit_code == 0
    name = "testland/pension/2016-01-01"
    file = policies / f"{name}.yaml"
    text = file.read_text(encoding="utf-8")
    assert "confirmed_until" not in text
    file.write_text(f"confirmed_until: 2016-12-31\n{text}", encoding="utf-8")
    done = run(
        "correct", name, "--because", "漏了", "--translation", "left out", "--role", "entry", "--on", "2017-01-02"
    )
    assert done.exit_code == 0, done.output
    assert "not-confirmed" in run("check", "--lock").output
    assert answer({name: {"confirmed_until": "2016-12-31"}}, name=name).exit_code == 0
    assert run("check", "--lock").exit_code == 0


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"testland/inpatient/2018-01-01": {}}, "does not wait for a second person here; testland was asked for"),
        ({"testland/floor/2016-01-01": {}}, "does not wait for a second person here"),
        ({NAME: {"table.town.rat": "95%"}}, "did you mean “table.town.rate”?"),
        ({NAME: {"table.town.rate": ["95%"]}}, "write the answers as JSON"),
        ({NAME: "95%"}, "write the answers as JSON"),
        ([], "write the answers as JSON"),
    ],
)
def test_wrong_answers_are_told_in_one_line_and_record_nothing(policies: Path, answers: object, says: str) -> None:
    revise(policies)
    before = (policies / LOCK).read_bytes()
    done = answer(answers)
    assert (done.exit_code, len(done.stderr.splitlines()), done.stdout) == (2, 1, "")
    assert says in done.stderr
    assert (policies / LOCK).read_bytes() == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["confirm", "testland"], "--role is needed"),
        (["confirm", "testlnd", "--role", "x"], "did you mean “testland”?"),
        (["confirm", "testland/inpatient", "--role", "x"], "write PLACE/POLICY/VERSION"),
        (["confirm", "testland/inpatient/2016-01-01", "--role", "x"], "has no version"),
        (["confirm", "testland", "--role", " "], "cannot be a role"),
        (["confirm", "testland", "--role", "x", "--because", ""], "cannot be a reason"),
        (["confirm", "testland", "--role", "x", "--answers", "nothing.json"], "nothing.json"),
        (["revise", "testland/inpatient", "--effective", "2017-01-01", "--role", "a\nb"], "cannot be a role"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(policies: Path, words: list[str], says: str) -> None:
    done = run(*words)
    assert (done.exit_code, len(done.stderr.splitlines()), done.stdout) == (2, 1, "")
    assert says in done.stderr
    assert not (policies / LOCK).exists()


def test_law_that_was_locked_before_waits_for_nothing(policies: Path) -> None:
    assert lock_all(policies).exit_code == 0
    assert run("confirm", "testland", "--role", "check").output == "testland: nothing waits for a second person.\n"


ENTERED = Entered("2026-12-01", '录入" x', ("dates", "rule"))


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ('entered=2026-12-01 parts=dates,rule by="录入\\" x"', Records(ENTERED)),
        ('confirmed=2026-12-01 law=ab-cd by=""', Records(None, Confirmed("2026-12-01", "", "ab-cd"))),
        (
            'entered=2026-12-01 parts=dates,rule by="录入\\" x" confirmed=2026-12-01 law=ab by="x" because="y"',
            Records(ENTERED, Confirmed("2026-12-01", "x", "ab", "y")),
        ),
        ('entered=2026-12-01 parts=rule by="\\q"', None),
        ("entered=2026-12-01", None),
    ],
)
def test_records_are_read_as_they_are_written(text: str, records: Records | None) -> None:
    assert parse_records(text) == records
    if records is not None:
        assert " ".join(records.words()) == text


@pytest.mark.parametrize(
    ("old", "new", "far"),
    [
        ("85%", "95%", False), ("85%", "95.01%", True), ("85%", "58%", True), ("5%", "11%", True), ("300", "30", True),
        ("300", "600", False), ("300", "600.01", True), ("300", "149.99", True), ("0", "1", True), ("0", "0", False),
        ("85%", "85", False), ("town", "county", False), (True, False, False),
    ],
)  # fmt: skip
def test_a_figure_jumps_by_more_than_ten_points_or_twice(old: object, new: object, far: object) -> None:
    assert jumps(old, new) is far


@pytest.mark.parametrize(
    ("text", "gives"),
    [
        ("a: {title: x, lines: 3}\nb: {c: d}\n", "a: {title: x, lines: 3, checked: C}\nb: {c: d}\n"),
        (
            "a:\n  title: x\n  lines: 3 # n\n\nb: {c: d}\n",
            "a:\n  title: x\n  lines: 3 # n\n  checked: C\n\nb: {c: d}\n",
        ),
        ("a: {checked: {on: 2017-01-01}, lines: 3}\n", "a: {checked: C, lines: 3}\n"),
        ("a:\r\n  title: x", "a:\r\n  title: x\r\n  checked: C"),
        ("b: {c: d}\n", "b: {c: d}\n"),
    ],
)
def test_a_check_is_written_however_a_document_is(text: str, gives: str) -> None:
    written = mark_checked(text, ["a"], "2026-12-01", "office")
    assert re.sub(r"\{on: 2026-12-01, by: \"office\", how: \{.*?\}\}", "C", written) == gives


def test_check_reminds_of_sources_that_nobody_looked_at_for_long(policies: Path) -> None:
    edit(
        policies / "sources.yaml",
        "lines: 20",
        "lines: 20, checked: {on: 2026-06-01, by: x, how: {zh: 问过, en: asked}}",
    )
    assert "check-too-old" not in run("check", "--as-of", "2026-11-28").output
    late = run("check", "--as-of", "2026-11-29")
    assert late.exit_code == 0
    assert (
        "warning check-too-old: notice.checked.on: last checked on 2026-06-01, 181 days ago, more than 180"
        in late.output
    )
    assert "check-too-old" not in run("check").output  # nothing here knows a later day
    assert (run("check", "--as-of", "soon").exit_code, run("check", "--lock", "--as-of", "2027-01-01").exit_code) == (
        2,
        1,
    )
    terms = policies / "terms.yaml"
    terms.write_text(f"recheck_days: 400\n{terms.read_text(encoding='utf-8')}", encoding="utf-8")
    assert "check-too-old" not in run("check", "--as-of", "2026-11-29").output


def test_the_age_of_checks_stands_on_pages(policies: Path) -> None:
    """A place whose papers were never looked at is history; else the oldest day is told."""
    bundle = check_policies(policies)[0]
    english = make_language(bundle, "en")
    assert make_place_page(bundle, bundle["places"]["testland"], english)["checked"].startswith(
        "Nobody checks any more"
    )
    revision = bundle["revision"]
    edit(
        policies / "sources.yaml",
        "lines: 20",
        "lines: 20, checked: {on: 2026-06-01, by: x, how: {zh: 问过, en: asked}}",
    )
    bundle = check_policies(policies)[0]
    assert bundle["revision"] != revision  # a document of the policies changed, on the record
    said = make_place_page(bundle, bundle["places"]["testland"], english)["checked"]
    assert said == "On June 1, 2026 somebody last looked whether this still holds."
    page = make_policy_page(bundle, bundle["places"]["testland"], "pension", english)
    assert page["versions"][0]["checked"] == said
