"""Files that change while they are read: what is cached, and what is published, is of one reading of each file.

An audit hook makes an edit (or checks out another branch) just before a file is opened or a folder is listed, and
undoes it before a later one. Whatever the run in between has read, the next one must say what a run with an empty
cache says.
"""

import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from mingbai.cache import Cache
from mingbai.problems import Problem
from mingbai.site import check_policies
from tests.conftest import ROOT

GOOD = ROOT / "tests/policies/good"
INPATIENT = "testland/inpatient/initial.yaml"
LOCK_OF_FLOOR = "testland/floor/2016-01-01"

type Outcome = tuple[dict[str, Any], list[Problem]]

_LISTENERS: list[Callable[[str, str], None]] = []
"""Told of each event of reading and its path. An audit hook cannot be removed, so there is one for all tests."""


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if _LISTENERS and event in {"open", "os.scandir", "os.listdir"} and isinstance(arguments[0], str | bytes):
        path = arguments[0]
        for listener in _LISTENERS[:]:
            listener(event, path if isinstance(path, str) else path.decode(errors="replace"))


sys.addaudithook(_audit)


@contextmanager
def listening(folder: Path, listener: Callable[[str, str], None]) -> Iterator[None]:
    """Tell `listener` of each reading inside a folder: the event, and the path inside the folder."""
    inside = f"{folder}/"

    def told(event: str, path: str) -> None:
        if path == str(folder) or path.startswith(inside):
            listener(event, path.removeprefix(inside))

    _LISTENERS.append(told)
    try:
        yield
    finally:
        _LISTENERS.remove(told)


class Edit(NamedTuple):
    """A change of a file that can be undone."""

    file: str
    old: str
    new: str

    def do(self, folder: Path) -> None:
        replace(folder / self.file, self.old, self.new)

    def undo(self, folder: Path) -> None:
        replace(folder / self.file, self.new, self.old)


class Checkout(NamedTuple):
    """Another branch: `edit` is made in a copy of the folder that takes the folder's place, and gives it back."""

    edit: Edit

    def do(self, folder: Path) -> None:
        other = folder.with_name("other-branch")
        if not other.exists():
            shutil.copytree(folder, other)
            self.edit.do(other)
        swap(folder, other)

    def undo(self, folder: Path) -> None:
        swap(folder, folder.with_name("other-branch"))


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, file
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def swap(one: Path, other: Path) -> None:
    between = one.with_name("between-branches")
    one.rename(between)
    other.rename(one)
    between.rename(other)


CHANGES: dict[str, Edit | Checkout] = {
    "word": Edit(INPATIENT, "rate: 90%", "rate: 80%"),
    "misspelt-key": Edit(INPATIENT, "topic: illness", "topik: illness"),
    "place": Edit("testland/place.yaml", "readings: [R1]", "readings: [R9]"),
    "terms": Edit("terms.yaml", "illness:", "sickness:"),
    "sources": Edit("sources.yaml", "notice:", "letter:"),
    "aliases": Edit("aliases.yaml", "testland/inpatient", "testland/outpatient"),
    "lock": Edit("published.lock", "rule=", "rule=0"),
    "addresses": Edit("published-addresses.txt", "/testland/floor/", "/testland/ceiling/"),
    "branch": Checkout(Edit(INPATIENT, "rate: 90%", "rate: 80%")),
    "branch-of-words": Checkout(Edit("terms.yaml", "illness:", "sickness:")),
}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small good library, as it looks after it was published and one page has moved."""
    policies = tmp_path_factory.mktemp("one-reading") / "policies"
    shutil.copytree(GOOD, policies)
    (policies / "aliases.yaml").write_text("old-inpatient: testland/inpatient\n", encoding="utf-8")
    (policies / "published-addresses.txt").write_text("2020-01-01 /testland/floor/\n", encoding="utf-8")
    bundle, problems = check_policies(policies)
    assert problems.found == []
    from mingbai.authoring.lock import Lock, hashes  # noqa: PLC0415 - for this folder only

    (policies / "published.lock").write_text(Lock(hashes(bundle), {}).text(), encoding="utf-8")
    return policies


@pytest.fixture
def policies(published: Path, tmp_path: Path) -> Path:
    shutil.copytree(published, tmp_path / "policies")
    return tmp_path / "policies"


def checked(policies: Path, cache: Cache | None = None, jobs: int = 1) -> Outcome:
    bundle, problems = check_policies(policies, cache=cache, jobs=jobs)
    return bundle, problems.sorted()


def steps(policies: Path, run: Callable[[], object]) -> list[tuple[str, str]]:
    """Return what a run reads in a folder, in order."""
    found: list[tuple[str, str]] = []
    with listening(policies, lambda event, path: found.append((event, path))):
        run()
    return found


class Race(NamedTuple):
    """A run in which `change` is made before the step `first` and undone before the step `last` (or at the end)."""

    folder: Path
    change: Edit | Checkout
    first: int
    last: int

    def run[Made](self, work: Callable[[], Made]) -> Made:
        count, active, changed = 0, True, False

        def listener(_event: str, _path: str) -> None:
            nonlocal count, active, changed
            if not active:
                return
            active = False  # what the change itself reads is no step
            if count == self.first:
                self.change.do(self.folder)
                changed = True
            elif count == self.last and changed:
                self.change.undo(self.folder)
                changed = False
            count += 1
            active = True

        with listening(self.folder, listener):
            made = work()
        if changed:
            self.change.undo(self.folder)
        return made


def race_check(policies: Path, change: Edit | Checkout, good: Outcome, every: int, spans: tuple[int, ...]) -> int:
    """Check with the change at each step, from an empty cache and from one that knows the folder; return how often."""
    total = len(steps(policies, lambda: checked(policies)))
    before = Cache(policies.parent / "before")
    checked(policies, before)
    change.do(policies)
    other = checked(policies)
    change.undo(policies)
    count = 0
    for first in range(0, total, every):
        for span in spans:
            for known in (False, True):
                folder = policies.parent / f"cache-{count}"
                if known:
                    shutil.copytree(before.folder, folder)
                cache, race = Cache(folder), Race(policies, change, first, first + span)
                said = race.run(lambda cache=cache: checked(policies, cache))  # type: ignore[misc]
                if isinstance(change, Edit):  # of one file there are two readings, and no third one
                    assert said in (good, other), (first, span, known)
                assert checked(policies, cache) == good, (first, span, known)
                count += 1
    return count


@pytest.mark.parametrize("name", CHANGES)
def test_an_edit_that_is_undone_during_a_check_leaves_nothing_behind(policies: Path, name: str) -> None:
    good = checked(policies)
    assert good[1] == []
    start = list(CHANGES).index(name) % 3  # the edits take turns at the steps; `make soak` tries each with each
    assert race_check(policies, CHANGES[name], good, every=3 + start, spans=(1, 1000)) > 0


@pytest.mark.soak
@pytest.mark.parametrize("name", CHANGES)
def test_an_edit_at_every_step_undone_at_every_later_one(policies: Path, name: str) -> None:
    good = checked(policies)
    assert race_check(policies, CHANGES[name], good, every=1, spans=(*range(1, 16), 1000)) > 0


@pytest.mark.parametrize("name", ["word", "misspelt-key", "terms", "lock"])
def test_an_edit_that_stays_is_seen_by_the_next_check(policies: Path, name: str) -> None:
    change = CHANGES[name]
    total = len(steps(policies, lambda: checked(policies)))
    change.do(policies)
    edited = checked(policies)
    change.undo(policies)
    for first in range(0, total, 4):
        cache = Cache(policies.parent / f"cache-{first}")
        Race(policies, change, first, 1_000_000).run(lambda cache=cache: checked(policies, cache))  # type: ignore[misc]
        change.do(policies)
        assert checked(policies, cache) == edited, first
        change.undo(policies)


def test_a_check_opens_each_file_once(policies: Path) -> None:
    replace(policies / INPATIENT, "rate: 90%", "rate: 90%  # TO REVIEW")
    replace(policies / "aliases.yaml", "testland/inpatient", "testland/gone")
    replace(policies / "testland/place.yaml", "level: county", "level: county\nparent: nowhere")
    for cache in (None, Cache(policies.parent / "cache")):
        for _ in range(2):
            read = Counter(steps(policies, lambda cache=cache: checked(policies, cache)))  # type: ignore[misc]
            assert read[("open", INPATIENT)] == 1
            assert {step: count for step, count in read.items() if count > 1} == {}
