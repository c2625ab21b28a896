"""What all tests share: the repository's own policies and the made-up ones, compiled once."""

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from mingbai.checks.policies import compiled_bundle
from mingbai.core.cache import FOLDER, Cache

ROOT = Path(__file__).parent.parent
POLICIES = ROOT / "policies"
MADE_UP = ROOT / "tests/policies/places"


@pytest.fixture(scope="session")
def bundle() -> dict[str, Any]:
    return compiled_bundle(POLICIES, cache=Cache())  # `make test` has just built a site


@pytest.fixture(scope="session")
def kinds_bundle(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Made-up places in which every kind of policy and every feature is there, with the real vocabulary."""
    policies = tmp_path_factory.mktemp("kinds") / "policies"
    shutil.copytree(MADE_UP, policies)
    for name in ("facts.yaml", "terms.yaml", "sources.yaml"):
        shutil.copy(POLICIES / name, policies)
    return compiled_bundle(policies)


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
