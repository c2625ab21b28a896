"""Complete cases of a place, each of another kind for its rules, and the bills that stand for all bills.

A case is found as the calculator finds it: what a bill of the place depends on is supposed value by value
(`facts.explore`). Amounts are fen.
"""

from datetime import date, timedelta
from typing import NamedTuple, cast

from mingbai.checks.lints.shared.context import ANY_DAY, Ground, Json
from mingbai_calculator.core.facts import Facts, MissingFact, enumerate_scenarios
from mingbai_calculator.core.money import UNLIMITED
from mingbai_calculator.engine.ruleset import Ruleset
from mingbai_calculator.kinds import ON_A_BILL
from mingbai_calculator.kinds.claim import Claim, YearLedger

MOST_CASES = 160
"""So many cases of a place are tried, for each set of versions."""
MOST_DAYS = 6
LARGE_BILL = 50_000_00
TYPICAL = (2_000_00, 100_000_00)
"""Amounts (fen) that stand for one that the source does not print."""
BILLS = (1, 50_00, 500_00, 3_000_00, 10_000_00, 30_000_00, 100_000_00, 300_000_00)
_AMOUNTS = ("deductible", "limit", "base_limit", "amount", "up_to")


class Regime(NamedTuple):
    """The policies of a place on a day on which they differ from those of the days before."""

    day: date
    ruleset: Ruleset


def regimes(ground: Ground, place: str) -> list[Regime]:
    """Return the days of a place on which some bill is settled by other versions, the newest first."""
    compiled = ground.bundle["places"][place]
    bills = [rule for rule in ground.of_place(place) if rule.compiled["kind"] in ON_A_BILL]
    starts = {rule.version.start for rule in bills if rule.version.start is not None}
    starts |= {date.fromisoformat(item["from"]) for item in compiled["settles"] if item["from"]}
    days = sorted(starts) or [ANY_DAY]
    if any(rule.version.start is None for rule in bills):
        days.insert(0, days[0] - timedelta(days=1))
    plans = [Regime(day, ground.ruleset(place, day)) for day in reversed(days)]
    return [regime for regime in plans if regime.ruleset.pays][:MOST_DAYS]


def bill_of(fen: int) -> Facts:
    """Return a bill that is eligible as a whole, the first one of its year."""
    amounts = {"total_cost": fen, "eligible_cost": fen, "tcm_cost": 0, "companions": 1, "companion_days": 0}
    return Facts({**amounts, "ytd_burden": 0, "ytd_paid": 0, "ytd_self_paid": 0})


def open_numbers(ruleset: Ruleset, money: int) -> Facts:
    """Return a value within bounds for each number that the source does not print: half of the range, or `money`."""
    return Facts(
        {
            name: min(max(money, number.low), number.high)
            if number.unit == "money" or number.high >= UNLIMITED
            else (number.low + number.high) // 2
            for name, number in ruleset.numbers.items()
        }
    )


def cases(ruleset: Ruleset, known: Facts) -> list[Facts]:
    """Return the cases that the rules of a bill tell apart; what is `known` holds in all of them."""
    scenarios = enumerate_scenarios(
        lambda facts: ruleset.settle(facts, YearLedger()),
        Facts({**bill_of(LARGE_BILL), **known}),
        ruleset.values,
        MOST_CASES,
    )
    found = [Facts({**known, **scenario.supposed}) for scenario in scenarios.all if scenario.outcome is not None]
    if found or not ruleset.pays_after_insurance:
        return found
    known = Facts({**known, "self_share_after_insurance": LARGE_BILL})
    scenarios = enumerate_scenarios(
        lambda facts: ruleset.settle(facts, YearLedger()),
        Facts({**bill_of(LARGE_BILL), **known}),
        ruleset.values,
        MOST_CASES,
    )
    return [Facts({**known, **scenario.supposed}) for scenario in scenarios.all if scenario.outcome is not None]


def settle(ruleset: Ruleset, case: Facts, fen: int) -> Claim | None:
    """Settle a bill (fen) of a case; what turns out to be needed too is added to `case`, the same for every bill."""
    while True:
        facts = Facts({**bill_of(fen), **case})
        if "items" in case:
            facts["items"] = tuple(
                (category, fen) for category, _ in cast("tuple[tuple[str, int], ...]", case["items"])
            )
        if "self_share_after_insurance" in case:
            facts["self_share_after_insurance"] = fen
        try:
            return ruleset.settle(facts, YearLedger())
        except MissingFact as unknown:
            case[unknown.key] = ruleset.values(unknown.key, facts)[-1]


def breakpoints(ruleset: Ruleset) -> list[int]:
    """Return bills (fen) on both sides of every amount that a rule prints, and some large and small ones."""
    printed = {
        value for version in ruleset.versions.values() if version.kind in ON_A_BILL for value in _amounts(version.law)
    }
    printed |= {
        cast("int", end)
        for fact in ("total_cost", "eligible_cost")
        for read in ruleset.reads.get(fact, [])
        if read[0] == "range"
        for end in read[2:]
        if end is not None
    }
    around = {value + step for value in sorted(printed)[:24] for step in (-1, 0, 1)}
    return sorted(value for value in around | set(BILLS) if 0 < value < UNLIMITED)


def _amounts(law: object) -> list[int]:
    """Return the amounts (fen) that a rule prints."""
    if isinstance(law, list):
        return [amount for inner in law for amount in _amounts(inner)]
    if not isinstance(law, dict):
        return []
    found = [amount for inner in law.values() if isinstance(inner, list | dict) for amount in _amounts(inner)]
    for name in (*_AMOUNTS, "from"):
        number: int | Json | None = law.get(name)
        value = number.get("value") if isinstance(number, dict) else number
        if isinstance(value, int) and law.get("of") != "share":
            found.append(value)
    return found
