"""Numbers of a policy, compiled to functions of the facts: printed or open, with adjustments for some people.

In the bundle a number is a whole number (fen or basis points), or a map: ``{"value": n}`` or
``{"open": key}`` (not printed in the source: `Facts` contain it under `key`, or it is missing),
with ``"adjust": [{"if": condition, "times": bp, "plus": bp, "at_most": n}, ...]`` applied in order.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import cast

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.json_value import Json
from mingbai_calculator.core.money import FULL_RATE
from mingbai_calculator.law.conditions import Condition, compile_condition

type Exact = int | Fraction
type NumberFunction = Callable[[Facts], Exact]


def compile_number(number: Json) -> NumberFunction:
    """Return the function of the facts that returns the number (fen or basis points), not rounded."""
    if isinstance(number, int):
        return lambda _: number
    definition = cast("dict[str, Json]", number)
    if "open" in definition:
        key = cast("str", definition["open"])

        def get_base(facts: Facts) -> Exact:
            return cast("int", facts[key])
    else:
        value = cast("int", definition["value"])

        def get_base(facts: Facts) -> Exact:  # noqa: ARG001 - same signature as for an open number
            return value

    adjustments = [
        _compile_adjustment(cast("dict[str, Json]", adjustment))
        for adjustment in cast("list[Json]", definition.get("adjust", []))
    ]
    if not adjustments:
        return get_base

    def get_adjusted(facts: Facts) -> Exact:
        result = get_base(facts)
        for adjust in adjustments:
            result = adjust(facts, result)
        return result

    return get_adjusted


def _compile_adjustment(adjustment: dict[str, Json]) -> Callable[[Facts, Exact], Exact]:
    applies = compile_condition(cast("Condition", adjustment["if"]))
    times, plus = cast("int", adjustment.get("times", FULL_RATE)), cast("int", adjustment.get("plus", 0))
    at_most = cast("int | None", adjustment.get("at_most"))
    # Basis points are added to a rate only, and a rate never exceeds 100% (reading R8).
    ceiling = at_most if at_most is not None or not plus else FULL_RATE

    def adjust(facts: Facts, number: Exact) -> Exact:
        if not applies(facts):
            return number
        product = number * times
        if isinstance(product, int) and product % FULL_RATE == 0:
            exact: Exact = product // FULL_RATE + plus  # faster than a Fraction
        else:
            exact = Fraction(product, FULL_RATE) + plus
        if ceiling is not None and exact > ceiling:
            return ceiling
        return int(exact) if exact.denominator == 1 else exact

    return adjust
