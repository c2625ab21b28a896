"""Files that change while they are read: what is cached, and what is published, is of one reading of each file.

An audit hook makes an edit (or checks out another branch) just before a file is opened or a folder is listed, and
undoes it before a later one. Whatever the run in between has read, the next one must say what a run with an empty
cache says.
"""

import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from mingbai.build import mkdocs_plugin, site_build, site_files
from mingbai.build.atomic_build import build_site
from mingbai.checks.lock import Lock, hashes
from mingbai.checks.place import WORTH_A_PROCESS
from mingbai.checks.policies import check_policies
from mingbai.cli import serve
from mingbai.core.cache import Cache
from mingbai.diagnostics.problem import Problem
from mingbai.loader.library import Library
from mingbai.quick.table import QuickAnswer
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
def listening(folder: Path, listener: Callable[[str, str], None], under: tuple[str, ...] = ("",)) -> Iterator[None]:
    """Tell `listener` of each reading inside a folder: the event, and the path inside the folder."""
    inside = f"{folder}/"

    def told(event: str, path: str) -> None:
        path = os.path.abspath(path)  # noqa: PTH100 - as it is called, wherever links lead
        if path == str(folder) or path.startswith(inside):
            path = path.removeprefix(inside)
            if path.startswith(under):
                listener(event, path)

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
    (policies / "published.lock").write_text(Lock(hashes(bundle), {}).text(), encoding="utf-8")
    return policies


@pytest.fixture
def policies(published: Path, tmp_path: Path) -> Path:
    shutil.copytree(published, tmp_path / "policies")
    return tmp_path / "policies"


def checked(policies: Path, cache: Cache | None = None, jobs: int = 1) -> Outcome:
    bundle, problems = check_policies(policies, cache=cache, jobs=jobs)
    return bundle, problems.sorted()


def steps(folder: Path, run: Callable[[], object], under: tuple[str, ...] = ("",)) -> list[tuple[str, str]]:
    """Return what a run reads in a folder, below paths that begin with one of `under`, in order."""
    found: list[tuple[str, str]] = []
    with listening(folder, lambda event, path: found.append((event, path)), under):
        run()
    return found


class Race(NamedTuple):
    """A run in which `change` is made before the step `first` and undone before the step `last` (or at the end)."""

    folder: Path
    change: Edit | Checkout
    first: int
    last: int
    under: tuple[str, ...] = ("",)

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

        try:
            with listening(self.folder, listener, self.under):
                return work()
        finally:
            if changed:
                self.change.undo(self.folder)


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


@pytest.mark.sampled(4)
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


def test_processes_that_help_are_handed_what_was_read(tmp_path: Path) -> None:
    policies = tmp_path / "policies"
    for number in range(WORTH_A_PROCESS):
        shutil.copytree(GOOD / "testland", policies / f"testland-{number}")
        replace(policies / f"testland-{number}/place.yaml", "id: testland", f"id: testland-{number}")
    for file in GOOD.glob("*.yaml"):
        shutil.copy(file, policies)
    good, cache = checked(policies), Cache(tmp_path / "cache")
    read = steps(policies, lambda: checked(policies))
    branch = Checkout(Edit("testland-0/inpatient/initial.yaml", "rate: 90%", "rate: 80%"))
    assert Race(policies, branch, len(read) - 1, len(read)).run(lambda: checked(policies, cache, 2)) == good
    assert checked(policies, cache) == good


# The site: the same for templates, further catalogues, and the words of the search.

SITE_CHANGES: dict[str, Edit] = {
    "policy": Edit(f"policies/{INPATIENT}", "title: {zh: ", "title: {zh: 新"),
    "search": Edit("policies/search.yaml", "住院", "坐院"),
    "template": Edit("docs/overrides/main.html", 'class="mb-skip"', 'class="mb-skip mb-other"'),
    "catalogue": Edit("languages/pages.ug.yaml", "home: باش بەت", "home: باش"),
}
SEARCH = "stop: [能报多少]\ngroups:\n  - {says: [住院], means: [住院]}\n"
_READ = ("policies/", "docs/overrides/", "languages/")


@pytest.fixture(scope="module")
def template_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of the small good library, with a look and a language of its own."""
    project = tmp_path_factory.mktemp("site") / "template"
    shutil.copytree(GOOD, project / "policies")
    (project / "policies/search.yaml").write_text(SEARCH, encoding="utf-8")
    shutil.copytree(ROOT / "docs", project / "docs")
    shutil.copytree(ROOT / "tests/languages", project / "languages")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    with_language = re.sub(r"languages: \[.*?\]", "languages: [zh, ug]\n      catalogues: languages", config)
    (project / "mkdocs.yml").write_text(with_language, encoding="utf-8")
    for name in ("calculator", "node_modules", "schema"):
        (project / name).symlink_to(ROOT / name)
    return project


@pytest.fixture
def project(template_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it to stand in, and a build without what has nothing to do with policies and pages."""
    project = tmp_path / "project"
    shutil.copytree(template_project, project, symlinks=True)
    monkeypatch.chdir(project)
    monkeypatch.setattr(QuickAnswer, "prove", lambda _quick: None)  # half a minute
    for name in ("write_runtime", "write_offline_list"):
        monkeypatch.setattr(site_files, name, lambda *_given: None)
    monkeypatch.setattr(site_files, "write_schemas", _write_library)
    monkeypatch.setattr(site_build, "describe_toolchain", lambda: "")
    monkeypatch.setattr(mkdocs_plugin, "find_missing_requirement", lambda: "")
    return project


def _write_library(library: Library, folder: Path) -> None:
    """Write what JSON Schemas are made from, in less than their second."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "library.txt").write_text(f"{library.facts} {library.terms} {library.search}", encoding="utf-8")


def built(_project: Path) -> dict[str, bytes]:
    shutil.rmtree("site", ignore_errors=True)
    build_site(Path("policies"), Path("site"))
    return content(Path("site"))


def served(project: Path) -> dict[str, bytes]:
    """Return what `mingbai serve` shows after a change."""
    serve._rebuild(Path("policies"), project / "preview", (), "", "en")  # what it does when a file has changed
    return content(Path("preview"))


def content(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def read_in(project: Path, run: Callable[[], object]) -> list[str]:
    """Return the files that a run opens, in order; the empty text for every other step."""
    return [path if event == "open" else "" for event, path in steps(project, run, _READ)]


@pytest.mark.site
@pytest.mark.parametrize("make", [built, pytest.param(served, marks=pytest.mark.soak)])
def test_what_is_published_is_of_one_reading(project: Path, make: Callable[[Path], dict[str, bytes]]) -> None:
    good = make(project)
    shutil.rmtree(".cache")
    read = read_in(project, lambda: make(project))
    assert [change.file for change in SITE_CHANGES.values() if read.count(change.file) != 1] == []
    for change in SITE_CHANGES.values():
        shutil.rmtree(".cache")
        race = Race(project, change, read.index(change.file) + 1, 1_000_000, _READ)
        assert differing(race.run(lambda: make(project)), good) == [], change  # it was edited too late for this run
        assert differing(make(project), good) == [], change


@pytest.mark.site
def test_a_site_that_is_served_follows_each_change(project: Path) -> None:
    first = before = served(project)
    for change in SITE_CHANGES.values():
        change.do(project)
        after = served(project)
        assert differing(after, before) != [], change
        before = after
    shutil.rmtree(".cache")
    assert differing(served(project), before) == []
    for change in SITE_CHANGES.values():
        change.undo(project)
    assert differing(served(project), first) == []


@pytest.mark.soak
@pytest.mark.site
@pytest.mark.parametrize("make", [built, served])
@pytest.mark.parametrize("name", SITE_CHANGES)
def test_an_edit_at_every_step_of_a_build(project: Path, name: str, make: Callable[[Path], dict[str, bytes]]) -> None:
    change = SITE_CHANGES[name]
    good = make(project)
    shutil.rmtree(".cache")
    read = read_in(project, lambda: make(project))
    change.do(project)
    other = make(project)
    change.undo(project)
    for first in range(len(read)):
        for span in (1, 3, 1_000_000):
            shutil.rmtree(".cache")
            race = Race(project, change, first, first + span, _READ)
            assert race.run(lambda: make(project)) in (good, other), (first, span)
            assert differing(make(project), good) == [], (first, span)
