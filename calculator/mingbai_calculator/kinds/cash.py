"""Kind `cash`: an amount per unit and period, paid without a bill.

The amount is that of the first matching row, or the sum of all matching rows. The amount of a year is that
of its periods; if the law says so, only from the month in which an age is reached (reading R14).
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.money import FULL_RATE, MAX_AMOUNT, UNLIMITED, Exact, round_rate_product
from mingbai_calculator.law.laws import CashLaw, CashRow, FromMonth
from mingbai_calculator.law.numbers import NumberFunction, compile_number
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
    rows = [(row.condition.holds, _compile_amount(row)) for row in law.amounts]
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


def _compile_amount(row: CashRow) -> NumberFunction:
    """Return the function that returns what a row comes to (fen): worked out from a fact or not, between its bounds."""
    get_amount, of, less = compile_number(row.amount if row.rate is None else row.rate), row.of, row.less
    at_least, at_most = row.at_least, row.at_most
    rounding = row.rounding
    if of is None and less is None and at_least is None and at_most is None and rounding is None:
        return get_amount

    def compute(facts: Facts) -> Exact:
        product = get_amount(facts) * (FULL_RATE if of is None else facts[of])  # basis points x fen
        if of is not None and facts[of] >= MAX_AMOUNT:
            return UNLIMITED if at_most is None else at_most  # of an amount without a bound
        if less is not None:
            product -= less.share * max(0, facts[less.fact] - less.disregard)
        if product <= 0:
            return 0
        amount = round_rate_product(product) if rounding is None else rounding.round_product(product)
        if at_least is not None and amount < at_least:
            return at_least
        return at_most if at_most is not None and amount > at_most else amount

    return compute


def _find_month_reached(facts: Facts, from_month: FromMonth, year: int) -> int:
    """Return the month of `year` from which the age counts: below 1 for an earlier year, above 12 for a later one."""
    birth_month: tuple[int, int] = facts[from_month.fact]
    born_year, born_month = birth_month
    return (born_year + from_month.age - year) * MONTHS_PER_YEAR + born_month + from_month.after
