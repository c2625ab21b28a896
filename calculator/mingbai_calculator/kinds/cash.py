"""`cash`: an amount per unit and period, paid without a bill.

The amount comes from the first row that fits, or is the sum of the rows that fit. What falls due in
a year counts the periods of that year; from a birthday month on where the law says so (reading R14).
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple, cast

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.json_value import Json
from mingbai_calculator.law.conditions import Condition, compile_condition
from mingbai_calculator.law.numbers import Exact, compile_number
from mingbai_calculator.law.version import Version

MONTHS = 12


class CashPayment(NamedTuple):
    """What falls due (fen): `amount` = `unit_amount` x `times` per period, `year_amount` in the calendar year."""

    unit_amount: Exact
    times: int
    amount: Exact
    year_amount: Exact
    periods: int


type Due = Callable[[Facts, date, date], CashPayment]
"""What falls due in the part of a calendar year that the version is in force: world, first day, last day."""


def prepare(version: Version) -> Due:
    """Return the function that tells what falls due between two days of one calendar year."""
    law = version.law
    rows = [
        (compile_condition(cast("Condition", row["if"])), compile_number(row["amount"]))
        for row in cast("list[dict[str, Json]]", law["amounts"])
    ]
    pick_sum = law["pick"] == "sum"
    times = cast("str | None", law["times"])
    per = cast("str", law["per"])
    from_month = cast("dict[str, Json] | None", law["from_month"])

    def due(facts: Facts, first: date, last: date) -> CashPayment:
        fitting = (amount for fits, amount in rows if fits(facts))
        unit_amount = sum(amount(facts) for amount in fitting) if pick_sum else next((a(facts) for a in fitting), 0)
        count = 1 if times is None else cast("int", facts[times])
        if per == "month":
            start = first.month
            if from_month is not None:
                start = max(start, _month_reached(facts, from_month, first.year))
            periods = max(0, last.month - start + 1)
        elif per == "term":
            periods = cast("int", facts["terms"])
        else:
            periods = 1
        amount = unit_amount * count
        return CashPayment(unit_amount, count, amount, amount * periods, periods)

    return due


def _month_reached(facts: Facts, from_month: dict[str, Json], year: int) -> int:
    """Return the month of `year` in which the age is reached: 1 or less when before, 13 or more when after."""
    born_year, born_month = cast("tuple[int, int]", facts[cast("str", from_month["fact"])])
    return (born_year + cast("int", from_month["age"]) - year) * MONTHS + born_month
