"""What a person does not get now, but may get: where the only thing that is missing can still come."""

from typing import cast

from mingbai_calculator.conditions import Condition, compile_condition
from mingbai_calculator.world import Unknown, World

_COMES_WITH_TIME = frozenset(["age", "age_months", "wife_age"])
_CAN_BE_HAD = frozenset(
    [
        "registered_poor",
        "insured",
        "supplementary_insured",
        "dibao",
        "tekun",
        "safety_net",
        "low_income_family",
        "difficult_family",
        "only_child_certificate",
    ]
)
"""Facts that an office gives: one can join, or ask to be put on a list."""


def is_near(failing: list[Condition], world: World) -> bool:
    """Tell whether one part alone is known to fail, and could still come to hold for this person."""
    return len(failing) == 1 and _can_come(failing[0], world)


def _can_come(condition: Condition, world: World) -> bool:
    kind, inner = condition[0], cast("list[Condition]", condition[1:])
    if kind == "any":
        return any(_can_come(part, world) for part in inner)
    if kind == "all":
        return all(_holds_or_may(part, world) or _can_come(part, world) for part in inner)
    fact = cast("str", condition[1])
    if kind == "in":
        return fact in _CAN_BE_HAD and condition[2] == [True]
    if kind == "range" and fact in _COMES_WITH_TIME:
        low = cast("int | None", condition[2])
        return low is not None and cast("int", world[fact]) < low
    return False


def _holds_or_may(condition: Condition, world: World) -> bool:
    try:
        return compile_condition(condition)(world)
    except Unknown:
        return True
