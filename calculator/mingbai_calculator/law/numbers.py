"""Numbers of a policy, compiled to functions of the facts: printed or open, with adjustments for some people.

In the bundle a number is a whole number (fen or basis points), or a map (`codec` reads and writes it):
``{"value": n}`` (`PrintedNumber`) or ``{"open": key}`` (`OpenNumber`: not printed in the source; `Facts` contain it
under `key`, or it is missing), with ``"adjust": [{"if": condition, "times": bp, "plus": bp, "at_most": n}, ...]``
applied in order; ``"more": key`` is an open number added to `plus`, of which the source names the least only;
``"each": {"of": fact, "amount": n, "above": n, "up_to": n}`` adds an amount for each unit.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import cast

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.money import FULL_RATE, Exact, divide
from mingbai_calculator.core.record import Record
from mingbai_calculator.law.conditions import Condition, resolve_statuses

type NumberFunction = Callable[[Facts], Exact]


class Each(Record):
    """An amount (fen) for each unit that the fact `of` counts, above the unit `above` and up to `up_to` (None: all)."""

    __slots__ = ("above", "amount", "of", "up_to")

    def __init__(self, of: str, amount: int, above: int = 0, up_to: int | None = None) -> None:
        """Store the fields."""
        self.of, self.amount, self.above, self.up_to = of, amount, above, up_to

    def sum_up(self, units: int) -> int:
        """Return what so many units come to (fen)."""
        counted = units if self.up_to is None or units <= self.up_to else self.up_to
        return max(0, counted - self.above) * self.amount


class Adjustment(Record):
    """For whom a number is multiplied (`times`, basis points), raised (`plus`, basis points), capped (`at_most`).

    `more`: the open number added to `plus` where the source says "so many points or more". `each`: raised by an amount
    for each unit.
    """

    __slots__ = ("at_most", "condition", "each", "more", "plus", "times")

    def __init__(  # noqa: PLR0913, PLR0917 - one argument for each field
        self,
        condition: Condition,
        times: int | None = None,
        plus: int | None = None,
        at_most: int | None = None,
        more: str | None = None,
        each: Each | None = None,
    ) -> None:
        """Store the condition and the steps; None: no such step."""
        self.condition, self.times, self.plus, self.at_most = condition, times, plus, at_most
        self.more, self.each = more, each


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


def list_units(law: object) -> list[Each]:
    """Return the amounts for each unit in all numbers of a law."""
    numbers = (number for _, number in iter_numbers(law))
    return [step.each for number in numbers for step in number.adjust if step.each is not None]


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
        Adjustment(
            resolve_statuses(step.condition, statuses), step.times, step.plus, step.at_most, step.more, step.each
        )
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
    least, at_most, more, each = adjustment.plus or 0, adjustment.at_most, adjustment.more, adjustment.each
    # Basis points are added to a rate only, and a rate never exceeds 100% (reading R8).
    ceiling = at_most if at_most is not None or not least else FULL_RATE

    def adjust(facts: Facts, number: Exact) -> Exact:
        if not applies(facts):
            return number
        plus = least if more is None else least + facts[more]
        product = number * times
        if each is not None:
            exact: Exact = number + each.sum_up(facts[each.of])
        elif isinstance(product, int) and product % FULL_RATE == 0:
            exact = product // FULL_RATE + plus  # faster than a Fraction
        else:
            exact = divide(product, FULL_RATE) + plus
        if ceiling is not None and exact > ceiling:
            return ceiling
        if exact < 0:  # what is taken off a rate never makes anybody pay
            return 0
        return int(exact) if exact.denominator == 1 else exact

    return adjust
