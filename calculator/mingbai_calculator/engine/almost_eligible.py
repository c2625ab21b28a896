"""What a person does not get now, but may get: where the only thing that is missing can still come."""

from collections.abc import Mapping
from typing import cast

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.law.conditions import Condition, holds

type Definitions = Mapping[str, Mapping[str, object]]
"""The vocabulary; its ``may_come`` says what a person who lacks a fact now may still get."""


def is_near(failing: list[Condition], facts: Facts, definitions: Definitions) -> bool:
    """Tell whether one part alone is known to fail, and could still come to hold for this person."""
    return len(failing) == 1 and _can_come(failing[0], facts, definitions)


def _can_come(condition: Condition, facts: Facts, definitions: Definitions) -> bool:
    kind, inner = condition[0], cast("list[Condition]", condition[1:])
    if kind == "any":
        return any(_can_come(part, facts, definitions) for part in inner)
    if kind == "all":
        return all(holds(part, facts) is not False or _can_come(part, facts, definitions) for part in inner)
    fact = cast("str", condition[1])
    may_come = definitions[fact].get("may_come") if kind in ("in", "range") else None
    if kind == "in":
        return may_come == "on_request" and condition[2] == [True]
    if kind == "range" and may_come == "with_time":
        low = cast("int | None", condition[2])
        return low is not None and cast("int", facts[fact]) < low
    return False
