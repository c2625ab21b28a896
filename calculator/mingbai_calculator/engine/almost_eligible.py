"""Almost eligible: the only condition that fails is one that the person can still come to meet."""

from collections.abc import Mapping
from typing import cast

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.law.conditions import Condition, evaluate_condition

type ReadOnlyDefinitions = Mapping[str, Mapping[str, object]]
"""The vocabulary; its ``may_come`` says how a fact may change: ``on_request`` or ``with_time``."""


def is_almost_eligible(failing: list[Condition], facts: Facts, definitions: ReadOnlyDefinitions) -> bool:
    """Tell whether exactly one part is known to fail, and it may still come to hold for this person."""
    return len(failing) == 1 and _can_come(failing[0], facts, definitions)


def _can_come(condition: Condition, facts: Facts, definitions: ReadOnlyDefinitions) -> bool:
    kind, inner = condition[0], cast("list[Condition]", condition[1:])
    if kind == "any":
        return any(_can_come(part, facts, definitions) for part in inner)
    if kind == "all":
        return all(
            evaluate_condition(part, facts) is not False or _can_come(part, facts, definitions) for part in inner
        )
    fact = cast("str", condition[1])
    may_come = definitions[fact].get("may_come") if kind in ("in", "range") else None
    if kind == "in":
        return may_come == "on_request" and condition[2] == [True]
    if kind == "range" and may_come == "with_time":
        low = cast("int | None", condition[2])
        return low is not None and cast("int", facts[fact]) < low
    return False
