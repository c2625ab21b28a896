"""What all tests share: the repository's own policies and the made-up ones, compiled once."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from mingbai.cache import Cache
from mingbai.site import compiled_bundle

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


def sample(values: Iterable[Any], *kept: object) -> list[Any]:
    """Return parameters of a test: `kept` are tried by `make test`, the others by `make soak`."""
    return [
        value
        if value in kept
        else pytest.param(*(value if isinstance(value, tuple) else (value,)), marks=pytest.mark.soak)
        for value in values
    ]
