"""Numbers of a policy: printed, asked for, or between bounds; adjusted for some people.

In the bundle a number is a whole number (fen or basis points), or a map: ``{"value": n}`` or
``{"open": key}`` (the source does not print it: the world holds it under `key`, or it is unknown),
with ``"adjust": [{"if": condition, "times": bp, "plus": bp, "at_most": n}, ...]`` applied in turn.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import cast

from mingbai_calculator.core.json_value import Json
from mingbai_calculator.core.money import ALL
from mingbai_calculator.core.world import World
from mingbai_calculator.law.conditions import Condition, compile_condition

type Exact = int | Fraction
type Number = Callable[[World], Exact]


def compile_number(number: Json) -> Number:
    """Return the function that gives the number in a world, exactly: fen or basis points."""
    if isinstance(number, int):
        return lambda _: number
    law = cast("dict[str, Json]", number)
    if "open" in law:
        key = cast("str", law["open"])

        def start(world: World) -> Exact:
            return cast("int", world[key])
    else:
        value = cast("int", law["value"])

        def start(world: World) -> Exact:  # noqa: ARG001 - the same shape as the open one
            return value

    adjustments = [_adjustment(cast("dict[str, Json]", step)) for step in cast("list[Json]", law.get("adjust", []))]
    if not adjustments:
        return start

    def adjusted(world: World) -> Exact:
        result = start(world)
        for adjust in adjustments:
            result = adjust(world, result)
        return result

    return adjusted


def _adjustment(step: dict[str, Json]) -> Callable[[World, Exact], Exact]:
    applies = compile_condition(cast("Condition", step["if"]))
    times, plus = cast("int", step.get("times", ALL)), cast("int", step.get("plus", 0))
    at_most = cast("int | None", step.get("at_most"))
    # Points are added to a rate only, and a rate never exceeds all of it (reading R8).
    ceiling = at_most if at_most is not None or not plus else ALL

    def adjust(world: World, number: Exact) -> Exact:
        if not applies(world):
            return number
        product = number * times
        if isinstance(product, int) and product % ALL == 0:
            exact: Exact = product // ALL + plus  # a fraction takes its time
        else:
            exact = Fraction(product, ALL) + plus
        if ceiling is not None and exact > ceiling:
            return ceiling
        return int(exact) if exact.denominator == 1 else exact

    return adjust
