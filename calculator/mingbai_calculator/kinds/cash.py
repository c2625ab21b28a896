"""Kind `cash`: an amount per unit and period, paid without a bill.

The amount is that of the first matching row, or the sum of all matching rows. The amount of a year is that
of its periods; if the law says so, only from the month in which an age is reached (reading R14).
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.money import Exact
from mingbai_calculator.law.laws import CashLaw, FromMonth
from mingbai_calculator.law.numbers import compile_number
from mingbai_calculator.law.version import PolicyVersion

MONTHS_PER_YEAR = 12


class CashPayment(NamedTuple):
    """Cash that falls due (fen): `amount` = `unit_amount` x `times` per period; `year_amount` in the calendar year."""

    unit_amount: Exact
    times: int
    amount: Exact
    year_amount: Exact
    periods: int


type DueFunction = Callable[[Facts, date, date], CashPayment]
"""Arguments: facts, first and last day on which the version is in force, both in one calendar year."""


def prepare(version: PolicyVersion) -> DueFunction:
    """Return the function that computes the cash due between two days of one calendar year."""
    law = version.get_law(CashLaw)
    rows = [(row.condition.holds, compile_number(row.amount)) for row in law.amounts]
    adds_rows = law.pick == "sum"
    times, per, from_month = law.times, law.per, law.from_month

    def due(facts: Facts, first: date, last: date) -> CashPayment:
        matching = (period_amount for fits, period_amount in rows if fits(facts))
        unit_amount = (
            sum(period_amount(facts) for period_amount in matching)
            if adds_rows
            else next((amount_of_row(facts) for amount_of_row in matching), 0)
        )
        count = 1 if times is None else facts[times]
        if per == "month":
            start = first.month
            if from_month is not None:
                start = max(start, _find_month_reached(facts, from_month, first.year))
            periods = max(0, last.month - start + 1)
        elif per == "term":
            periods = facts["terms"]
        else:
            periods = 1
        period_amount = unit_amount * count
        return CashPayment(unit_amount, count, period_amount, period_amount * periods, periods)

    return due


def _find_month_reached(facts: Facts, from_month: FromMonth, year: int) -> int:
    """Return the month of `year` in which the age is reached: below 1 for an earlier year, above 12 for a later one."""
    birth_month: tuple[int, int] = facts[from_month.fact]
    born_year, born_month = birth_month
    return (born_year + from_month.age - year) * MONTHS_PER_YEAR + born_month
