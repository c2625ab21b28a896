"""Case grid: complete cases that the rules of a place distinguish, and sample bills that represent all bills.

Cases are found as the calculator finds them: each fact on which a bill of the place depends is assumed value by value
(`facts.enumerate_scenarios`). Amounts are fen.
"""

from datetime import date, timedelta
from typing import NamedTuple

from mingbai.checks.lints.shared.context import DEFAULT_DAY, LintContext
from mingbai.checks.lints.shared.kinds import LINTS
from mingbai_calculator.core.facts import Facts, MissingFact, enumerate_scenarios
from mingbai_calculator.core.money import UNLIMITED
from mingbai_calculator.engine.ruleset import Ruleset
from mingbai_calculator.kinds.claim import Claim, YearLedger
from mingbai_calculator.law.conditions import InRange
from mingbai_calculator.law.kinds import BILL_PAYING_KINDS
from mingbai_calculator.law.numbers import get_printed_value

MAX_CASES = 160
"""Limit of the cases of a place, for each set of versions."""
MAX_REGIMES = 6
LARGE_BILL = 50_000_00
TYPICAL_AMOUNTS = (2_000_00, 100_000_00)
"""Amounts (fen) assumed for an amount that the source does not print."""
SAMPLE_BILLS = (1, 50_00, 500_00, 3_000_00, 10_000_00, 30_000_00, 100_000_00, 300_000_00)


class Regime(NamedTuple):
    """The ruleset of a place from a day on which it differs from that of the days before."""

    day: date
    ruleset: Ruleset


def list_regimes(context: LintContext, place: str) -> list[Regime]:
    """Return the regimes of a place: the days from which some bill is settled by other versions, the newest first."""
    compiled = context.bundle["places"][place]
    bills = [rule for rule in context.rules_of(place) if rule.compiled["kind"] in BILL_PAYING_KINDS]
    starts = {rule.version.start for rule in bills if rule.version.start is not None}
    starts |= {date.fromisoformat(item["from"]) for item in compiled["settles"] if item["from"]}
    days = sorted(starts) or [DEFAULT_DAY]
    if any(rule.version.start is None for rule in bills):
        days.insert(0, days[0] - timedelta(days=1))
    changes = [Regime(day, context.ruleset(place, day)) for day in reversed(days)]
    return [regime for regime in changes if regime.ruleset.pay_functions][:MAX_REGIMES]


def make_bill(fen: int) -> Facts:
    """Return the facts of a bill that is eligible in full and the first of its year (fen)."""
    amounts = {"total_cost": fen, "eligible_cost": fen, "tcm_cost": 0, "companions": 1, "companion_days": 0}
    return Facts({**amounts, "ytd_burden": 0, "ytd_paid": 0, "ytd_self_paid": 0})


def assume_open_numbers(ruleset: Ruleset, money: int) -> Facts:
    """Return an assumed value for each open number: the middle of its range, or `money` (fen) within its bounds."""
    return Facts(
        {
            name: min(max(money, number.low), number.high)
            if number.unit == "money" or number.high >= UNLIMITED
            else (number.low + number.high) // 2
            for name, number in ruleset.open_numbers.items()
        }
    )


def enumerate_cases(ruleset: Ruleset, known: Facts) -> list[Facts]:
    """Return the cases that the rules of a bill distinguish; the facts `known` are the same in all of them."""
    scenarios = enumerate_scenarios(
        lambda facts: ruleset.settle(facts, YearLedger()),
        Facts({**make_bill(LARGE_BILL), **known}),
        ruleset.candidate_values,
        MAX_CASES,
    )
    cases = [Facts({**known, **scenario.assumed}) for scenario in scenarios.all if scenario.outcome is not None]
    if cases or not ruleset.pay_functions_after_insurance:
        return cases
    known = Facts({**known, "self_share_after_insurance": LARGE_BILL})
    scenarios = enumerate_scenarios(
        lambda facts: ruleset.settle(facts, YearLedger()),
        Facts({**make_bill(LARGE_BILL), **known}),
        ruleset.candidate_values,
        MAX_CASES,
    )
    return [Facts({**known, **scenario.assumed}) for scenario in scenarios.all if scenario.outcome is not None]


def settle_case(ruleset: Ruleset, case: Facts, fen: int) -> Claim | None:
    """Return the settled claim for a bill (fen) of a case; None if no rule settles it.

    Facts that turn out to be needed are added to `case`, so that they are the same for every bill.
    """
    while True:
        facts = Facts({**make_bill(fen), **case})
        if "items" in case:
            facts["items"] = tuple((category, fen) for category, _ in case["items"])
        if "self_share_after_insurance" in case:
            facts["self_share_after_insurance"] = fen
        try:
            return ruleset.settle(facts, YearLedger())
        except MissingFact as missing:
            case[missing.key] = ruleset.candidate_values(missing.key, facts)[-1]


def list_breakpoints(ruleset: Ruleset) -> list[int]:
    """Return bills (fen) at and beside every amount that a rule prints, and the sample bills; sorted."""
    printed = {
        value
        for version in ruleset.versions.values()
        if version.kind in BILL_PAYING_KINDS
        for amount in LINTS[version.kind].list_amounts(version.law)
        if (value := get_printed_value(amount)) is not None
    }
    printed |= {
        bound
        for fact in ("total_cost", "eligible_cost")
        for read in ruleset.conditions_by_fact.get(fact, [])
        if isinstance(read, InRange)
        for bound in (read.low, read.high)
        if bound is not None
    }
    neighbours = {value + step for value in sorted(printed)[:24] for step in (-1, 0, 1)}
    return sorted(value for value in neighbours | set(SAMPLE_BILLS) if 0 < value < UNLIMITED)
