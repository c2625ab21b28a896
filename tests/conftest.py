"""What all tests share: the policies, compiled once; each answer of the calculator is held against its schema."""

import json
import shutil
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest

import mingbai_calculator
from mingbai.checks.policies import compiled_bundle
from mingbai.core.cache import FOLDER, Cache

ROOT = Path(__file__).parent.parent
POLICIES = ROOT / "policies"
MADE_UP = ROOT / "tests/policies/places"


def pytest_configure() -> None:
    """Let every test that imports the calculator get answers that fit the schema, to requests that fit it."""
    module = sys.modules["mingbai_calculator.estimate"]
    estimate = module.estimate

    def held(bundle: dict[str, Any], request: object) -> dict[str, Any]:
        result: dict[str, Any] = estimate(bundle, request)
        household = "members" in result
        fits("HouseholdRequest" if household else "EstimateRequest", request)
        fits("HouseholdResult" if household else "EstimateResult", result)
        return result

    vars(module)["estimate"] = vars(mingbai_calculator)["estimate"] = held  # `estimate_json` calls it too


def fits(name: str, value: object) -> None:
    """Raise an exception if a value does not fit a definition of the schema of requests and results."""
    _validator(name)(value)


@cache
def _validator(name: str) -> Any:  # noqa: ANN401 - a function that is made of the schema
    schema = json.loads((ROOT / "generator/mingbai/schema/estimate.schema.json").read_text(encoding="utf-8"))
    whole = {"$schema": schema["$schema"], "$ref": f"#/definitions/{name}", "definitions": schema["definitions"]}
    return fastjsonschema.compile(whole)


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
