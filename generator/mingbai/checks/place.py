"""Checking the shared vocabulary, and each place by itself.

Places do not depend on each other, only on the vocabulary. So each is checked by itself, several at a time, and
its result can be kept until one of its files, the vocabulary or the program changes.
"""

import json
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from mingbai.checks import fingerprint
from mingbai.checks.cited_figures import check_cited_figures, check_figure_lists, check_revision_lines
from mingbai.checks.examples import check_audiences, check_examples
from mingbai.checks.lints import run_error_lints, run_warning_lints
from mingbai.checks.lock import Lock, check_lock
from mingbai.checks.placeholders import check_unfilled
from mingbai.compile import compile_bundle
from mingbai.core.cache import Cache
from mingbai.diagnostics.problem import Problem, Problems
from mingbai.files.source_file import SourceFile
from mingbai.loader.library import Library, load_place, load_shared
from mingbai.loader.snapshot import Snapshot, read_place
from mingbai.syntax.document_cache import KeptDocuments

type Json = dict[str, Any]

DOCUMENTS = "documents"
WORTH_A_PROCESS = 6
"""As many places take longer to check than another Python takes to start."""


def check_place(bundle: Json, library: Library, lock: Lock, files: Snapshot, problems: Problems) -> None:
    """Find what is wrong with a place that could be compiled; `bundle` and `library` hold this place alone.

    `lock` is the lock of the place, `files` the snapshot of its files. What is found here is kept by content: it may
    depend on nothing but the place's files, the shared vocabulary, the lock and the code; not on other places, and not
    on the day. What looks at several places belongs into `check_policies`.
    """
    if not problems.errors:
        run_error_lints(bundle, library, problems)
    if not problems.errors:
        check_examples(bundle, library, problems)
    if not problems.errors:
        run_warning_lints(bundle, library, problems, frozenset(lock.versions), lock.entered())
    check_lock(bundle, library, lock, files, problems)
    check_cited_figures(library, problems)
    check_revision_lines(library, problems)


@dataclass(frozen=True, slots=True)
class PlaceTask:
    """A place to be checked: the snapshot of its files, its lock, and the key of the result in the cache."""

    files: Snapshot
    lock: Lock
    key: str

    @property
    def folder(self) -> Path:
        """The folder of the place."""
        return self.files.folder


@dataclass(slots=True)
class Work:
    """Checks the shared vocabulary and the places of a folder, or takes the results that were kept.

    `files` is the snapshot of the shared files, `lock` the lock of each place. `sources` holds the file ``place.yaml``
    of each place that was checked.
    """

    files: Snapshot
    cache: Cache | None
    lock: dict[str, Lock]
    library: Library | None = None
    key: str = ""
    sources: dict[str, SourceFile] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        """The folder of the policies."""
        return self.files.folder

    def shared(self) -> Json:
        """Return the part of the bundle that all places share, and what is wrong with it."""
        kept = None
        if self.cache is not None:
            self.key = fingerprint.of_shared(self.files)
            kept = self.cache.get(_name(self.root), self.key)
        if kept is not None:
            return _json(kept)
        problems = Problems()
        self.library = shared_library(self.files, problems, self.cache)
        bundle = {}
        if _usable(self.library):
            bundle = {
                key: value
                for key, value in compile_bundle(self.library, problems).items()
                if key not in ("places", "revision")
            }
            check_audiences(bundle, self.library, problems)
            check_figure_lists(self.library, problems)
        check_unfilled(self.files, problems)
        terms = self.library.terms
        result = _result(problems, bundle=bundle, recheck_days=0 if terms is None else terms.recheck_days)
        if self.cache is not None:
            self.cache.put(_name(self.root), self.key, result)
        return result

    def places(self, folders: list[Path], jobs: int) -> Iterator[tuple[Path, Json]]:
        """Yield each place's compiled form (None where it has none) and what is wrong with it, as they are done."""
        left: list[PlaceTask] = []
        for folder in folders:
            task = self._task(folder)
            if self.cache is not None:
                kept = self.cache.get(_name(self.root, folder.name), task.key)
                if kept is not None:
                    yield folder, _json(kept)
                    continue
            left.append(task)
        for task, result in self._checked(left, jobs):
            if self.cache is not None:
                self.cache.put(_name(self.root, task.folder.name), task.key, result)
            yield task.folder, result

    def forget_other_places(self) -> None:
        """Remove the results of places that were not checked now: their folders are gone."""
        if self.cache is not None:
            names = [_name(self.root, name, part) for name in ["", *self.sources] for part in ("", DOCUMENTS)]
            self.cache.keep_only(names, of=str(self.root.resolve()))

    def _task(self, folder: Path) -> PlaceTask:
        files, lock = read_place(folder), self.lock.get(folder.name, Lock({}, {}))
        self.sources[folder.name] = files.source(folder / "place.yaml")
        return PlaceTask(files, lock, "" if self.cache is None else fingerprint.of_place(files, self.key, lock))

    def _checked(self, tasks: list[PlaceTask], jobs: int) -> Iterator[tuple[PlaceTask, Json]]:
        if jobs > 1 and len(tasks) >= WORTH_A_PROCESS:
            context = multiprocessing.get_context("spawn")  # the others do not go with threads
            given = (self.files, self.cache)
            with ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=given) as pool:
                waiting = {pool.submit(_check_there, task): task for task in tasks}
                for future in as_completed(waiting):
                    yield waiting[future], _json(json.loads(future.result()))
            return
        if tasks and self.library is None:
            self.library = shared_library(self.files, Problems(), self.cache)
        for task in tasks:
            if self.library is not None:
                yield task, _check(self.library, task, self.cache)


def _name(root: Path, place: str = "", part: str = "") -> str:
    """Return the name under which a place's result (or its documents) are kept; the first line is the folder's."""
    return f"{root.resolve()}\n{place}\n{part}"


def shared_library(files: Snapshot, problems: Problems, cache: Cache | None) -> Library:
    """Load what all places of a folder share; with a `cache`, what has not changed is not parsed again."""
    if cache is None:
        return load_shared(files.folder, problems, files)
    documents = KeptDocuments(cache, _name(files.folder, part=DOCUMENTS))
    library = load_shared(files.folder, problems, files, documents.parse)
    documents.keep()
    return library


def _check(shared: Library, task: PlaceTask, cache: Cache | None) -> Json:
    """Load, compile and check one place."""
    problems, folder = Problems(), task.folder
    library = Library(
        shared.root,
        shared.facts,
        shared.terms,
        shared.sources,
        figures=shared.figures,
        sources_read=shared.sources_read,
        documents=shared.documents,
    )
    if cache is None:
        load_place(library, folder, problems, task.files)
    else:
        documents = KeptDocuments(cache, _name(shared.root, folder.name, DOCUMENTS))
        load_place(library, folder, problems, task.files, documents.parse)
        documents.keep()
    compiled = None
    if library.places and _usable(library):
        bundle = compile_bundle(library, problems)
        compiled = bundle["places"][folder.name]
        check_place(bundle, library, task.lock, task.files, problems)
    check_unfilled(task.files, problems)
    return _result(problems, place=compiled)


_HELPER: list[tuple[Library, Cache | None]] = []
"""In a worker process: the shared vocabulary, and the cache. It opens no policy file: it gets their bytes."""


def _start(files: Snapshot, cache: Cache | None) -> None:
    _HELPER[:] = [(shared_library(files, Problems(), cache), cache)]


def _check_there(task: PlaceTask) -> str:
    library, cache = _HELPER[0]
    return json.dumps(_check(library, task, cache))


def _usable(library: Library) -> bool:
    return library.terms is not None and bool(library.facts) and library.sources_read


def _result(problems: Problems, **parts: Any) -> Json:  # noqa: ANN401 - JSON values
    """Return a result as plain JSON, the same whether it is new or was kept."""
    found = [{**asdict(problem), "file": str(problem.file)} for problem in problems.found]
    return _json(json.loads(json.dumps({**parts, "problems": found}, ensure_ascii=False)))


def problems_of(result: Json) -> list[Problem]:
    """Return the problems that stand in a result."""
    return [
        Problem(**{**each, "file": Path(each["file"]), "expected": tuple(each["expected"])})
        for each in result["problems"]
    ]


def _json(value: Any) -> Json:  # noqa: ANN401 - what json.loads returns
    kept: Json = value
    return kept
