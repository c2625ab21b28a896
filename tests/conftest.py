"""Fixtures of all tests: bundles of the real policies and of the made-up ones, their quick answers and pages.

They take half a minute to make and are cached in .cache/tests from one run to the next, see `load_or_make`. Every
answer that a test gets from the calculator is checked against its JSON Schema (tests/estimate_schema.py).
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
from tests.estimate_schema import check_every_answer
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
CACHE_INPUTS = ("policies", "tests/policies/places", "docs", "mkdocs.yml", "requirements/site.txt", "tests/conftest.py")
"""Files and folders that the cached results are made from, beside the program itself and Python."""


def load_or_make[Value](name: str, make: Callable[[], Value]) -> Value:
    """Return a result (any JSON value) from .cache/tests, or make it and cache it there for the next run.

    The key is the digest of everything that the result is made from, the program and this file included: so `make`
    must be written in this file and read nothing but `CACHE_INPUTS`. One process makes it, any others wait for it.
    """
    folder = ROOT / ".cache/tests"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    results, key = Cache(folder), _digest()
    with FileLock(folder / f"{name}.lock"):
        result: Value | None = results.get(name, key)
        if result is None:
            result = make()
            if _digest() == key:  # no file was edited in between
                results.put(name, key, result)
        return result


def _digest() -> str:
    """Return the hash of the program and of all `CACHE_INPUTS`, in hexadecimal digits."""
    digest = hashlib.sha256(code_stamp().encode())
    for name in CACHE_INPUTS:
        path = ROOT / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                add(digest, str(file.relative_to(ROOT)), file.read_bytes())
    return digest.hexdigest()


@pytest.fixture(scope="session")
def built_site() -> Path:
    """The folder of the site that `make test` builds; a test that uses it is not in the quick run."""
    folder = Path(os.environ.get("MINGBAI_TEST_SITE") or ROOT / "build/test-site")
    if not (folder / "estimator" / "index.html").is_file():
        pytest.fail(f"there is no built site in {folder}: `make test` builds it")
    return folder


def real_bundle() -> dict[str, Any]:
    """Return the compiled policies of this repository."""
    return load_or_make("bundle", lambda: compiled_bundle(POLICIES, cache=Cache()))


def pytest_sessionstart() -> None:
    check_every_answer()


@pytest.fixture(scope="session")
def bundle() -> dict[str, Any]:
    return real_bundle()


@pytest.fixture(scope="session")
def kinds_bundle() -> dict[str, Any]:
    """Bundle of made-up places with every kind of policy and every feature, with the real vocabulary."""

    def make() -> dict[str, Any]:
        with tempfile.TemporaryDirectory() as folder:
            policies = Path(folder) / "policies"
            shutil.copytree(MADE_UP, policies)
            for name in ("facts.yaml", "terms.yaml", "sources.yaml"):
                shutil.copy(POLICIES / name, policies)
            return compiled_bundle(policies)

    return load_or_make("kinds", make)


@pytest.fixture(scope="session")
def answers(bundle: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The quick answers, by place."""
    return load_or_make("answers", lambda: make_quick_answers(bundle))


@pytest.fixture(scope="session")
def pages(bundle: dict[str, Any]) -> dict[str, str]:
    """The Markdown of every page in the written languages (Chinese and English), by path."""
    return load_or_make("pages", lambda: make_pages(bundle))


@pytest.fixture(scope="session")
def pages_of_site(bundle: dict[str, Any]) -> dict[str, str]:
    """The Markdown of every page in all languages of the site, by path."""
    return load_or_make("pages of the site", lambda: make_pages(add_languages(bundle, SITE), SITE))


def share_caches(folder: Path) -> None:
    """Link the repository's caches of compressed files and bytecode into a project: making them takes half a minute."""
    cache_folder = folder / FOLDER
    cache_folder.mkdir(mode=0o700, parents=True)
    for group in ("compressed", "bytecode"):
        (ROOT / FOLDER / group).mkdir(mode=0o700, parents=True, exist_ok=True)
        (cache_folder / group).symlink_to(ROOT / FOLDER / group)


def sample(values: Iterable[Any], *selected: object) -> list[Any]:
    """Return parameters of a test: `make test` runs the `selected` ones, `make soak` the others."""
    return [value if value in selected else _in_soak(value) for value in values]


def in_turn(firsts: Iterable[Any], seconds: Sequence[Any]) -> list[Any]:
    """Return pairs as parameters: `make test` runs each first with one second, in turn; `make soak` all other pairs."""
    return [
        (first, second) if column == row % len(seconds) else _in_soak((first, second))
        for row, first in enumerate(firsts)
        for column, second in enumerate(seconds)
    ]


def _in_soak(value: Any) -> Any:  # noqa: ANN401 - any parameter
    return pytest.param(*(value if isinstance(value, tuple) else (value,)), marks=pytest.mark.soak)
