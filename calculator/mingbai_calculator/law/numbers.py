"""Numbers of a policy, compiled to functions of the facts: printed or open, with adjustments for some people.

In the bundle a number is a whole number (fen or basis points), or a map (`codec` reads and writes it):
``{"value": n}`` (`PrintedNumber`) or ``{"open": key}`` (`OpenNumber`: not printed in the source; `Facts` contain it
under `key`, or it is missing), with ``"adjust": [{"if": condition, "times": bp, "plus": bp, "at_most": n}, ...]``
applied in order; ``"more": key`` is an open number added to `plus`, of which the source names the least only.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import cast

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.money import FULL_RATE, Exact, divide
from mingbai_calculator.core.record import Record
from mingbai_calculator.law.conditions import Condition, resolve_statuses

type NumberFunction = Callable[[Facts], Exact]


class Adjustment(Record):
    """For whom a number is multiplied (`times`, basis points), raised (`plus`, basis points), capped (`at_most`).

    `more`: the open number added to `plus` where the source says "so many points or more".
    """

    __slots__ = ("at_most", "condition", "more", "plus", "times")

    def __init__(
        self,
        condition: Condition,
        times: int | None = None,
        plus: int | None = None,
        at_most: int | None = None,
        more: str | None = None,
    ) -> None:
        """Store the condition and the steps; None: no such step."""
        self.condition, self.times, self.plus, self.at_most, self.more = condition, times, plus, at_most, more


class PrintedNumber(Record):
    """A number that the source prints (fen or basis points), adjusted for some people."""

    __slots__ = ("adjust", "value")

    def __init__(self, value: int, adjust: Iterable[Adjustment] = ()) -> None:
        """Store the number and its adjustments."""
        self.value, self.adjust = value, tuple(adjust)


class OpenNumber(Record):
    """A number that the source does not print: `key` is its name among the facts."""

    __slots__ = ("adjust", "key")

    def __init__(self, key: str, adjust: Iterable[Adjustment] = ()) -> None:
        """Store the key and the adjustments."""
        self.key, self.adjust = key, tuple(adjust)


type Number = int | PrintedNumber | OpenNumber


def iter_numbers(law: object, field: str = "") -> Iterator[tuple[str, PrintedNumber | OpenNumber]]:
    """Yield each number of a law, of a row or of a tuple of rows that is no plain whole number, behind its field."""
    if isinstance(law, (PrintedNumber, OpenNumber)):
        yield field, law
    elif isinstance(law, tuple):
        for item in law:
            yield from iter_numbers(item, field)
    elif isinstance(law, Record):
        for name in law.list_fields():
            yield from iter_numbers(getattr(law, name), name)


def list_adjustments(number: Number | None) -> tuple[Adjustment, ...]:
    """Return the adjustments of a number."""
    return () if number is None or isinstance(number, int) else number.adjust


def get_printed_value(number: Number | None) -> int | None:
    """Return the number that the source prints, before adjustments; None for an open one, and without a number."""
    if isinstance(number, PrintedNumber):
        return number.value
    return number if isinstance(number, int) else None


def resolve_number[T: Number | None](number: T, statuses: Mapping[str, Condition]) -> T:
    """Return the number with the statuses in its adjustments replaced by their conditions."""
    if number is None or isinstance(number, int) or not number.adjust:
        return number
    adjust = [
        Adjustment(resolve_statuses(step.condition, statuses), step.times, step.plus, step.at_most, step.more)
        for step in number.adjust
    ]
    if isinstance(number, PrintedNumber):
        return cast("T", PrintedNumber(number.value, adjust))
    return cast("T", OpenNumber(number.key, adjust))


def compile_number(number: Number) -> NumberFunction:
    """Return the function of the facts that returns the number (fen or basis points), not rounded."""
    if isinstance(number, int):
        return lambda _: number
    if isinstance(number, OpenNumber):
        key = number.key

        def get_base(facts: Facts) -> Exact:
            number: int = facts[key]
            return number
    else:
        value = number.value

        def get_base(facts: Facts) -> Exact:  # noqa: ARG001 - same signature as for an open number
            return value

    adjustments = [_compile_adjustment(adjustment) for adjustment in number.adjust]
    if not adjustments:
        return get_base

    def get_adjusted(facts: Facts) -> Exact:
        result = get_base(facts)
        for adjust in adjustments:
            result = adjust(facts, result)
        return result

    return get_adjusted


def compile_optional_number(number: Number | None) -> NumberFunction | None:
    """Return the function of a number that may be missing; None if it is."""
    return None if number is None else compile_number(number)


def _compile_adjustment(adjustment: Adjustment) -> Callable[[Facts, Exact], Exact]:
    applies = adjustment.condition.holds
    times = FULL_RATE if adjustment.times is None else adjustment.times
    least, at_most, more = adjustment.plus or 0, adjustment.at_most, adjustment.more
    # Basis points are added to a rate only, and a rate never exceeds 100% (reading R8).
    ceiling = at_most if at_most is not None or not least else FULL_RATE

    def adjust(facts: Facts, number: Exact) -> Exact:
        if not applies(facts):
            return number
        plus = least if more is None else least + facts[more]
        product = number * times
        if isinstance(product, int) and product % FULL_RATE == 0:
            exact: Exact = product // FULL_RATE + plus  # faster than a Fraction
        else:
            exact = divide(product, FULL_RATE) + plus
        if ceiling is not None and exact > ceiling:
            return ceiling
        if exact < 0:  # what is taken off a rate never makes anybody pay
            return 0
        return int(exact) if exact.denominator == 1 else exact

    return adjust
