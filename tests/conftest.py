"""What all tests share: the repository's own policies and the made-up ones, compiled once, and the pages of them.

It takes half a minute to make and is kept in .cache/tests from one run to the next, see `kept`.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from mingbai.checks.policies import compiled_bundle
from mingbai.core.cache import FOLDER, Cache, add
from mingbai.files.program import code_stamp
from mingbai.i18n.languages import SITE
from mingbai.i18n.translate import add_languages
from mingbai.pages.make import make_pages
from mingbai.quick.table_cache import make_quick_answers
from tests.quick import (
    pytest_addoption,
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_sessionfinish,
    pytest_terminal_summary,
    pytest_testnodedown,
)

__all__ = [
    "pytest_addoption",
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_sessionfinish",
    "pytest_terminal_summary",
    "pytest_testnodedown",
]

ROOT = Path(__file__).parent.parent
POLICIES = ROOT / "policies"
MADE_UP = ROOT / "tests/policies/places"
MADE_FROM = ("policies", "tests/policies/places", "docs", "mkdocs.yml", "requirements/site.txt", "tests/conftest.py")
"""What the shared results are made from, beside the program itself and Python."""


def kept[Value](name: str, make: Callable[[], Value]) -> Value:
    """Return a result (any JSON value) from .cache/tests, or make it and keep it there for the next run.

    Its key is the digest of everything that it is made from, the program and this file included: so `make` must be
    written in this file, and read nothing but `MADE_FROM`. Of several processes one makes it, the others wait.
    """
    folder = ROOT / ".cache/tests"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    results, key = Cache(folder), _digest()
    with FileLock(folder / f"{name}.lock"):
        found: Value | None = results.get(name, key)
        if found is None:
            found = make()
            if _digest() == key:  # no file was edited in between
                results.put(name, key, found)
        return found


def _digest() -> str:
    digest = hashlib.sha256(code_stamp().encode())
    for name in MADE_FROM:
        path = ROOT / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                add(digest, str(file.relative_to(ROOT)), file.read_bytes())
    return digest.hexdigest()


@pytest.fixture(scope="session")
def built_site() -> Path:
    """The site that `make test` builds; a test that uses it is not in the quick run."""
    folder = Path(os.environ.get("MINGBAI_TEST_SITE") or ROOT / "build/test-site")
    if not (folder / "estimator" / "index.html").is_file():
        pytest.fail(f"there is no built site in {folder}: `make test` builds it")
    return folder


def real_bundle() -> dict[str, Any]:
    """Return the compiled policies of this repository."""
    return kept("bundle", lambda: compiled_bundle(POLICIES, cache=Cache()))


@pytest.fixture(scope="session")
def bundle() -> dict[str, Any]:
    return real_bundle()


@pytest.fixture(scope="session")
def kinds_bundle() -> dict[str, Any]:
    """Made-up places in which every kind of policy and every feature is there, with the real vocabulary."""

    def make() -> dict[str, Any]:
        with tempfile.TemporaryDirectory() as folder:
            policies = Path(folder) / "policies"
            shutil.copytree(MADE_UP, policies)
            for name in ("facts.yaml", "terms.yaml", "sources.yaml"):
                shutil.copy(POLICIES / name, policies)
            return compiled_bundle(policies)

    return kept("kinds", make)


@pytest.fixture(scope="session")
def answers(bundle: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The quick answer of each place."""
    return kept("answers", lambda: make_quick_answers(bundle))


@pytest.fixture(scope="session")
def pages(bundle: dict[str, Any]) -> dict[str, str]:
    """The Markdown of every page in the languages that are written, by its path."""
    return kept("pages", lambda: make_pages(bundle))


@pytest.fixture(scope="session")
def pages_of_site(bundle: dict[str, Any]) -> dict[str, str]:
    """The same in every language of the site."""
    return kept("pages of the site", lambda: make_pages(add_languages(bundle, SITE), SITE))


def share_kept(folder: Path) -> None:
    """Give a project what earlier builds compressed and compiled: it takes half a minute and is the same."""
    kept = folder / FOLDER
    kept.mkdir(mode=0o700, parents=True)
    for group in ("compressed", "bytecode"):
        (ROOT / FOLDER / group).mkdir(mode=0o700, parents=True, exist_ok=True)
        (kept / group).symlink_to(ROOT / FOLDER / group)


def sample(values: Iterable[Any], *kept: object) -> list[Any]:
    """Return parameters of a test: `kept` are tried by `make test`, the others by `make soak`."""
    return [value if value in kept else _in_soak(value) for value in values]


def in_turn(firsts: Iterable[Any], seconds: Sequence[Any]) -> list[Any]:
    """Return pairs as parameters: `make test` tries each first with one second, in turn; `make soak` all the others."""
    return [
        (first, second) if place == number % len(seconds) else _in_soak((first, second))
        for number, first in enumerate(firsts)
        for place, second in enumerate(seconds)
    ]


def _in_soak(value: Any) -> Any:  # noqa: ANN401 - any parameter
    return pytest.param(*(value if isinstance(value, tuple) else (value,)), marks=pytest.mark.soak)
