"""Requests and results of the calculator, checked against their JSON Schema, which is published and written by hand."""

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import fastjsonschema

import mingbai_calculator

SCHEMA = Path(__file__).parents[1] / "generator/mingbai/schema/estimate.schema.json"


def check_every_answer() -> None:
    """Make the calculator check each request that it answers and its result, for modules that import it later."""
    module = sys.modules["mingbai_calculator.estimate"]  # the package's attribute of this name is the function
    estimate = module.estimate

    def checked_estimate(bundle: dict[str, Any], request: object) -> dict[str, Any]:
        result: dict[str, Any] = estimate(bundle, request)
        is_household = "members" in result
        require_schema("HouseholdRequest" if is_household else "EstimateRequest", request)
        require_schema("HouseholdResult" if is_household else "EstimateResult", result)
        return result

    vars(module)["estimate"] = vars(mingbai_calculator)["estimate"] = checked_estimate  # `estimate_json` calls it too


def require_schema(definition: str, value: object) -> None:
    """Raise `fastjsonschema.JsonSchemaValueException` if a JSON value does not fit a definition of the schema."""
    _compile_validator(definition)(value)


@cache
def _compile_validator(definition: str) -> Any:  # noqa: ANN401 - a function without types
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    one = {"$schema": schema["$schema"], "$ref": f"#/definitions/{definition}", "definitions": schema["definitions"]}
    return fastjsonschema.compile(one)
