"""Checking the shared vocabulary, and each place by itself.

Places do not depend on each other, only on the vocabulary. So each is checked by itself, several at a time, and
its result can be kept until one of its files, the vocabulary or the program changes.
"""

import json
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mingbai.checks.examples import check_audiences, check_examples
from mingbai.checks.lints import run_error_lints, run_warning_lints
from mingbai.checks.lock import LOCK, check_lock
from mingbai.checks.placeholders import check_unfilled
from mingbai.compile import compile_bundle
from mingbai.core.cache import Cache
from mingbai.diagnostics.problem import Problem, Problems
from mingbai.loader import fingerprint
from mingbai.loader.library import Library, load_place, load_shared
from mingbai.syntax.document_cache import KeptDocuments

type Json = dict[str, Any]

DOCUMENTS = "documents"
WORTH_A_PROCESS = 6
"""As many places take longer to check than another Python takes to start."""


def check_place(bundle: Json, library: Library, problems: Problems) -> None:
    """Find what is wrong with a place that could be compiled; `bundle` and `library` hold this place alone.

    What is found here is kept by content: it may depend on nothing but the place's files, the shared vocabulary,
    the lock and the code; not on other places, and not on the day. What looks at several places belongs into
    `check_policies`.
    """
    if not problems.errors:
        run_error_lints(bundle, library, problems)
    if not problems.errors:
        check_examples(bundle, library, problems)
    if not problems.errors:
        run_warning_lints(bundle, library, problems)
    check_lock(bundle, library, problems)


@dataclass(slots=True)
class Work:
    """Checks the shared vocabulary and the places of a folder, or takes the results that were kept."""

    root: Path
    cache: Cache | None
    library: Library | None = None
    key: str = ""

    def shared(self) -> Json:
        """Return the part of the bundle that all places share, and what is wrong with it."""
        kept = None
        if self.cache is not None:
            self.key = fingerprint.of_shared(self.root)
            kept = self.cache.get(_name(self.root), self.key)
        if kept is not None:
            return _json(kept)
        problems = Problems()
        self.library = shared_library(self.root, problems, self.cache)
        bundle = {}
        if _usable(self.library):
            bundle = {
                key: value
                for key, value in compile_bundle(self.library, problems).items()
                if key not in ("places", "revision")
            }
            check_audiences(bundle, self.library, problems)
        check_unfilled(self.root, problems, ("*.yaml",))
        result = _result(problems, bundle=bundle)
        if self.cache is not None:
            self.cache.put(_name(self.root), self.key, result)
        return result

    def places(self, folders: list[Path], jobs: int) -> Iterator[tuple[Path, Json]]:
        """Yield each place's compiled form (None where it has none) and what is wrong with it, as they are done."""
        keys: dict[str, str] = {}
        left, lock = [], _lines(self.root / LOCK)
        for folder in folders:
            if self.cache is not None:
                keys[folder.name] = fingerprint.of_place(folder, self.key, lock)
                kept = self.cache.get(_name(self.root, folder.name), keys[folder.name])
                if kept is not None:
                    yield folder, _json(kept)
                    continue
            left.append(folder)
        for folder, result in self._checked(left, jobs):
            if self.cache is not None:
                self.cache.put(_name(self.root, folder.name), keys[folder.name], result)
            yield folder, result
        if self.cache is not None:
            names = [_name(self.root, name, part) for name in ["", *keys] for part in ("", DOCUMENTS)]
            self.cache.keep_only(names, of=str(self.root.resolve()))

    def _checked(self, folders: list[Path], jobs: int) -> Iterator[tuple[Path, Json]]:
        if jobs > 1 and len(folders) >= WORTH_A_PROCESS:
            context = multiprocessing.get_context("spawn")  # the others do not go with threads
            given = (self.root, self.cache)
            with ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=given) as pool:
                waiting = {pool.submit(_check_there, folder): folder for folder in folders}
                for future in as_completed(waiting):
                    yield waiting[future], _json(json.loads(future.result()))
            return
        if folders and self.library is None:
            self.library = shared_library(self.root, Problems(), self.cache)
        for folder in folders:
            if self.library is not None:
                yield folder, _check(self.library, folder, self.cache)


def _name(root: Path, place: str = "", part: str = "") -> str:
    """Return the name under which a place's result (or its documents) are kept; the first line is the folder's."""
    return f"{root.resolve()}\n{place}\n{part}"


def shared_library(root: Path, problems: Problems, cache: Cache | None) -> Library:
    """Read what all places of a folder share; with a `cache`, what has not changed is not parsed again."""
    if cache is None:
        return load_shared(root, problems)
    documents = KeptDocuments(cache, _name(root, part=DOCUMENTS))
    library = load_shared(root, problems, documents.read)
    documents.keep()
    return library


def _check(shared: Library, folder: Path, cache: Cache | None) -> Json:
    """Read, compile and check one place."""
    problems = Problems()
    library = Library(shared.root, shared.facts, shared.terms, shared.sources, documents=shared.documents)
    if cache is None:
        load_place(library, folder, problems)
    else:
        documents = KeptDocuments(cache, _name(shared.root, folder.name, DOCUMENTS))
        load_place(library, folder, problems, documents.read)
        documents.keep()
    compiled = None
    if library.places and _usable(library):
        bundle = compile_bundle(library, problems)
        compiled = bundle["places"][folder.name]
        check_place(bundle, library, problems)
    check_unfilled(folder, problems, ("*.yaml", "*/*.yaml"))
    return _result(problems, place=compiled)


_HELPER: list[tuple[Library, Cache | None]] = []
"""In a process that helps: the shared vocabulary, read once, and the cache."""


def _start(root: Path, cache: Cache | None) -> None:
    _HELPER[:] = [(shared_library(root, Problems(), cache), cache)]


def _check_there(folder: Path) -> str:
    library, cache = _HELPER[0]
    return json.dumps(_check(library, folder, cache))


def _lines(file: Path) -> list[str]:
    try:
        return file.read_bytes().decode("utf-8", "replace").splitlines()
    except OSError:
        return []


def _usable(library: Library) -> bool:
    return library.terms is not None and bool(library.facts) and bool(library.sources)


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
