"""What is kept from one run to the next changes nothing but the time."""

import json
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from mingbai.checks import place
from mingbai.checks.policies import check_policies
from mingbai.core.cache import Cache
from mingbai.diagnostics.problem import Problem
from mingbai.files import program
from mingbai.loader.snapshot import LOCK
from tests.conftest import POLICIES, ROOT

GOOD = ROOT / "tests/policies/good"
INPATIENT = "testland/inpatient/initial.yaml"


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    shutil.copytree(GOOD, tmp_path / "policies")
    return tmp_path / "policies"


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def checked(policies: Path, cache: Cache | None) -> tuple[dict[str, Any], list[Problem]]:
    bundle, problems = check_policies(policies, cache=cache)
    return bundle, problems.sorted()


def edit(policies: Path, file: str, old: str, new: str) -> None:
    text = (policies / file).read_text(encoding="utf-8")
    assert old in text
    (policies / file).write_text(text.replace(old, new), encoding="utf-8")


def test_the_second_run_says_the_same_and_reads_nothing(
    policies: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(policies, INPATIENT, "topic: illness", "topic: ilness")
    first = checked(policies, cache)
    assert first == checked(policies, None)
    monkeypatch.setattr(place, "load_shared", None)
    monkeypatch.setattr(place, "load_place", None)
    assert checked(policies, cache) == first
    assert [problem.code for problem in first[1]] == ["unknown-topic"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (INPATIENT, "rate: 90%", "rate: 80%"),
        ("testland/place.yaml", "readings: [R1]", "readings: [R9]"),
        ("terms.yaml", "illness:", "sickness:"),
        ("sources.yaml", "notice:", "letter:"),
    ],
)
def test_an_edit_is_seen(policies: Path, cache: Cache, file: str, old: str, new: str) -> None:
    before = checked(policies, cache)
    edit(policies, file, old, new)
    after = checked(policies, cache)
    assert after != before
    assert after == checked(policies, None)
    edit(policies, file, new, old)
    assert checked(policies, cache) == before


def test_files_that_come_and_go_are_seen(policies: Path, cache: Cache) -> None:
    before = checked(policies, cache)
    (policies / "testland/inpatient/2017-01-01.yml").touch()
    assert [problem.code for problem in checked(policies, cache)[1]] == ["misplaced-file"]
    (policies / "testland/inpatient/2017-01-01.yml").unlink()
    (policies / INPATIENT).rename(policies / "testland/inpatient/2015-01-01.yaml")
    assert "2015-01-01" in {
        each["id"] for each in checked(policies, cache)[0]["places"]["testland"]["policies"]["inpatient"]
    }
    (policies / "testland/inpatient/2015-01-01.yaml").rename(policies / INPATIENT)
    assert checked(policies, cache) == before


def test_a_damaged_cache_is_made_anew(policies: Path, cache: Cache) -> None:
    first = checked(policies, cache)
    for file in sorted(cache.folder.iterdir()):
        for damage in (b"", b"{}", file.read_bytes()[:-3], file.read_bytes().replace(b"town", b"tone"), b"\xff" * 99):
            file.write_bytes(damage)
            assert checked(policies, cache) == first


def test_a_cache_that_cannot_be_written_does_no_harm(policies: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("no folder")
    assert checked(policies, Cache(tmp_path / "cache")) == checked(policies, None)


def test_it_is_not_larger_than_what_is_checked(policies: Path, cache: Cache) -> None:
    checked(policies, cache)
    files = len(list(cache.folder.iterdir()))
    for number in range(3):
        edit(policies, INPATIENT, "readings: [R2]", f"readings: [R2]  # {number}")
        checked(policies, cache)
        edit(policies, INPATIENT, f"readings: [R2]  # {number}", "readings: [R2]")
    assert len(list(cache.folder.iterdir())) == files
    shutil.copytree(policies / "testland", policies / "otherland")
    checked(policies, cache)
    assert len(list(cache.folder.iterdir())) == files + 2
    shutil.rmtree(policies / "otherland")
    checked(policies, cache)
    assert len(list(cache.folder.iterdir())) == files


def test_nothing_is_kept_of_a_program_that_has_changed_since_it_began(
    policies: Path, cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "module.py"
    module.write_text("before", encoding="utf-8")
    monkeypatch.setattr(program, "_paths", lambda: [str(module)])
    checked(policies, cache)
    assert not cache.folder.exists()
    checked(policies, Cache(cache.folder, since=time.time() + 1))
    assert list(cache.folder.iterdir()) != []


def test_a_file_of_the_program_is_read_once(tmp_path: Path) -> None:
    template = tmp_path / "page.j2"
    template.write_text("before", encoding="utf-8")
    assert program.program_file(template) == b"before"
    template.write_text("after", encoding="utf-8")
    assert program.program_file(template) == b"before"


def test_a_line_of_the_lock_is_named_as_it_stands_now(policies: Path, cache: Cache) -> None:
    gone = f"testland/inpatient/2015-01-01 rule={'0' * 16}\n"
    (policies / LOCK).write_text(gone, encoding="utf-8")
    assert [problem.line for problem in checked(policies, cache)[1]] == [1]
    (policies / LOCK).write_text(f"# A line more.\n{gone}", encoding="utf-8")
    assert [problem.line for problem in checked(policies, cache)[1]] == [2]


def test_several_processes_find_the_same_as_one(tmp_path: Path, cache: Cache) -> None:
    policies = tmp_path / "policies"
    for name in ("dongpo", "gansu", "gaotai", "kangle", "qingzhen", "taijiang"):
        shutil.copytree(POLICIES / name, policies / name)
    for file in POLICIES.glob("*.yaml"):
        shutil.copy(file, policies)
    told: list[tuple[int, int]] = []
    bundle, problems = check_policies(policies, cache=cache, jobs=2, progress=lambda *each: told.append(each))
    assert told == [(number, 6) for number in range(1, 7)]
    alone, found = check_policies(policies)
    assert json.dumps(bundle, sort_keys=True) == json.dumps(alone, sort_keys=True)
    assert problems.sorted() == found.sorted()
