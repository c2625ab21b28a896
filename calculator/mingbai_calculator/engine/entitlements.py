"""Entitlements without a bill: eligibility for a policy, and the cash that falls due."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from mingbai_calculator.core.facts import Facts, MissingFact, deciding_facts, enumerate_scenarios
from mingbai_calculator.core.money import Exact
from mingbai_calculator.engine.birthdays import BIRTHDAY, at_month, list_birthdays
from mingbai_calculator.engine.outcomes import MAX_SCENARIOS
from mingbai_calculator.engine.ruleset import CashPeriod, Ruleset
from mingbai_calculator.kinds.cash import CashPayment
from mingbai_calculator.law.conditions import Predicate
from mingbai_calculator.law.laws import CashLaw


class Judgement(NamedTuple):
    """Whether a condition holds: True, False, or None if it depends on the missing facts `needs` (keys of `Facts`)."""

    holds: bool | None
    needs: Sequence[str]


UNDECIDED = Judgement(None, ())
"""Nothing was judged."""
_CERTAIN = {holds: Judgement(holds, ()) for holds in (True, False)}


def judge(predicate: Predicate, ruleset: Ruleset, known: Facts) -> Judgement:
    """Judge whether a condition holds in all scenarios, in none, or in some."""
    try:
        return _CERTAIN[predicate(known)]
    except MissingFact:
        scenarios, _ = enumerate_scenarios(predicate, known, ruleset.candidate_values, MAX_SCENARIOS)
    outcomes = {scenario.outcome for scenario in scenarios}
    if len(outcomes) == 1:
        return _CERTAIN[outcomes.pop()]
    return Judgement(None, list(deciding_facts(scenarios, lambda outcome: outcome)))


class CashDue(NamedTuple):
    """Cash due over all scenarios: (low, high), amounts in fen; `needs`, `numbers`: missing keys that matter."""

    unit_amount: tuple[Exact, Exact]
    times: tuple[int, int]
    amount: tuple[Exact, Exact]
    year_amount: tuple[Exact, Exact]
    needs: list[str]
    numbers: list[str]


def compute_cash_due(ruleset: Ruleset, policy: str, known: Facts) -> CashDue:
    """Compute the cash due in the calendar year of the ruleset's day, over all versions in force in that year."""
    periods = ruleset.get_cash_periods(policy)
    current = ruleset.versions[policy]

    day = ruleset.day

    def settle_year(facts: Facts) -> CashPayment:
        current_payment, year_amount = CashPayment(0, 1, 0, 0, 0), Fraction(0)
        for period in periods:
            payment = period.due(facts, period.first, period.last) if period.applies(facts) else None
            if payment is not None and period.version is current:
                current_payment = payment
            if period.reads_age:
                year_amount += sum(_list_months_due(period, facts, day))
            elif payment is not None:
                year_amount += payment.year_amount
        return current_payment._replace(year_amount=year_amount)

    def candidate_values(key: str, facts: Facts) -> Sequence[object]:
        return list_birthdays(facts, day) if key == BIRTHDAY else ruleset.candidate_values(key, facts)

    scenarios, _ = enumerate_scenarios(settle_year, known, candidate_values, MAX_SCENARIOS)
    outcomes = [scenario.outcome for scenario in scenarios]
    deciding = deciding_facts(scenarios, lambda payment: payment[:4])
    return CashDue(
        _find_range([payment.unit_amount for payment in outcomes]),
        (min(payment.times for payment in outcomes), max(payment.times for payment in outcomes)),
        _find_range([payment.amount for payment in outcomes]),
        _find_range([payment.year_amount for payment in outcomes]),
        [key for key in deciding if key not in ruleset.open_numbers and key != BIRTHDAY],
        [key for key in deciding if key in ruleset.open_numbers],
    )


def _list_months_due(period: CashPeriod, facts: Facts, day: date) -> Iterator[Exact]:
    """Yield what falls due in each month in which a person has the age that a monthly amount asks for."""
    for month in range(period.first.month, period.last.month + 1):
        of_month = at_month(facts, facts[BIRTHDAY], month)
        if of_month is not None and period.applies(of_month):
            first = date(day.year, month, 1)
            yield period.due(of_month, first, first).year_amount


def find_unknown_birthday(periods: list[CashPeriod], known: Facts) -> str | None:
    """Return the fact of the birthday from which a policy pays, if nothing is known about it."""
    for period in periods:
        due = period.version.law.from_month if isinstance(period.version.law, CashLaw) else None
        if due is not None and due.fact not in known and due.age_fact not in known:
            return due.fact
    return None


def _find_range(values: list[Exact]) -> tuple[Exact, Exact]:
    return min(values), max(values)
