"""Numbers of a policy: printed, asked for, or between bounds; adjusted for some people.

In the bundle a number is a whole number (fen or basis points), or a map: ``{"value": n}`` or
``{"open": key}`` (the source does not print it: the world holds it under `key`, or it is unknown),
with ``"adjust": [{"if": condition, "times": bp, "plus": bp, "at_most": n}, ...]`` applied in turn.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import cast

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.json_value import Json
from mingbai_calculator.core.money import ALL
from mingbai_calculator.law.conditions import Condition, compile_condition

type Exact = int | Fraction
type Number = Callable[[Facts], Exact]


def compile_number(number: Json) -> Number:
    """Return the function that gives the number in a world, exactly: fen or basis points."""
    if isinstance(number, int):
        return lambda _: number
    law = cast("dict[str, Json]", number)
    if "open" in law:
        key = cast("str", law["open"])

        def start(facts: Facts) -> Exact:
            return cast("int", facts[key])
    else:
        value = cast("int", law["value"])

        def start(facts: Facts) -> Exact:  # noqa: ARG001 - the same shape as the open one
            return value

    adjustments = [
        _adjustment(cast("dict[str, Json]", adjustment)) for adjustment in cast("list[Json]", law.get("adjust", []))
    ]
    if not adjustments:
        return start

    def adjusted(facts: Facts) -> Exact:
        result = start(facts)
        for adjust in adjustments:
            result = adjust(facts, result)
        return result

    return adjusted


def _adjustment(adjustment: dict[str, Json]) -> Callable[[Facts, Exact], Exact]:
    applies = compile_condition(cast("Condition", adjustment["if"]))
    times, plus = cast("int", adjustment.get("times", ALL)), cast("int", adjustment.get("plus", 0))
    at_most = cast("int | None", adjustment.get("at_most"))
    # Points are added to a rate only, and a rate never exceeds all of it (reading R8).
    ceiling = at_most if at_most is not None or not plus else ALL

    def adjust(facts: Facts, number: Exact) -> Exact:
        if not applies(facts):
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
