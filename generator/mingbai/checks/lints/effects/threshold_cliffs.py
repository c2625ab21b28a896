"""Cliffs along other numbers: one metre, one yuan of income more or less, and the money is gone.

Ages do not count (a birthday is no cliff), nor do grades and counts of a few.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import cast

from mingbai.checks.lints.shared.case_grid import LARGE_BILL, TYPICAL, bill_of, open_numbers
from mingbai.checks.lints.shared.context import Ground, Json, Rule, key_of, warning
from mingbai.diagnostics.problem import Problem
from mingbai_calculator.core.facts import Facts, MissingFact, enumerate_scenarios
from mingbai_calculator.core.money import ALL, shown
from mingbai_calculator.engine.ruleset import Ruleset
from mingbai_calculator.kinds import IN_CASH, ON_A_BILL, ON_A_PREMIUM
from mingbai_calculator.kinds.claim import YearLedger
from mingbai_calculator.law.conditions import atoms, conditions_in
from mingbai_calculator.law.version import Version

AGES = frozenset(["age", "age_months", "wife_age"])
FEW = 10
"""A number with so few values is a grade or a count."""
MOST_WAYS = 48
MOST_GATES = 12
YUAN = 100
_SOME = {"money": 40_000_00, "whole": 4}
"""What the other one of two compared facts is taken to be: an income, the people of a home."""

type Worth = Callable[[Facts], int]


def check_gates(ground: Ground) -> Iterator[Problem]:
    """Find conditions on numbers on whose two sides a person gets sums that differ by more than a yuan."""
    for rule in ground.rules:
        if rule.compiled["kind"] in (*ON_A_BILL, *IN_CASH, *ON_A_PREMIUM):
            ruleset = ground.ruleset(rule.place.id, rule.day)
            version = ruleset.versions.get(rule.policy)
            if version is not None:
                yield from _of_rule(rule, ruleset, version)


def _of_rule(rule: Rule, ruleset: Ruleset, version: Version) -> Iterator[Problem]:
    told: set[str] = set()
    for fact, low, high, known in _gates(ruleset, version)[:MOST_GATES]:
        worse, better = sorted(_jump(ruleset, _worth(ruleset, version), Facts({**known, fact: low}), fact, high))
        if better - worse > YUAN and fact not in told:
            told.add(fact)
            path = key_of(rule, fact, ("who", "when", "table", "amounts", "any_of", "none_of"))
            money = ruleset.facts[fact]["type"] == "money"
            found = shown(low) if money else str(low)
            figures = {"before": shown(worse), "after": shown(better)}
            yield warning(rule.document, "fact-cliff", path, found=found, fact=fact, **figures)


def _gates(ruleset: Ruleset, version: Version) -> list[tuple[str, int, int, Facts]]:
    """Return the facts that a rule compares, both sides of the threshold, and what must be known for it."""
    found: list[tuple[str, int, int, Facts]] = []
    for condition in (version.who, version.when, *conditions_in(version.law)):
        for atom in atoms(condition):
            fact = str(atom[1])
            if atom[0] not in ("range", "ratio") or not _counts(ruleset.facts.get(fact, {}), fact):
                continue
            if atom[0] == "range":
                low, high = cast("int | None", atom[2]), cast("int | None", atom[3])
                ends = (None if low is None else low - 1, high)
                found += [(fact, end, end + 1, Facts()) for end in ends if end is not None]
            else:
                other = str(atom[4])
                value = _SOME[cast("str", ruleset.facts[other]["type"])]
                limit = cast("int", atom[3]) * value // ALL
                found += [(fact, end, end + 1, Facts({other: value})) for end in (limit - 1, limit)]
    return found


def _counts(fact: Json, name: str) -> bool:
    if name in AGES or fact.get("type") not in ("whole", "money") or fact.get("default") is not None:
        return False
    low, high = fact.get("low") or 0, fact.get("high")
    return fact.get("group") != "money" and (high is None or high - low > FEW)


def _worth(ruleset: Ruleset, version: Version) -> Worth:
    """Return what a person gets (fen), as a function of the case."""
    if version.kind in ON_A_BILL:

        def paid(facts: Facts) -> int:
            claim = ruleset.settle(facts, YearLedger())
            return 0 if claim is None else LARGE_BILL - claim.self_pays

        return paid
    applies = version.applies()
    if version.kind in IN_CASH:
        due = IN_CASH[version.kind](version)
        first, last = date(ruleset.day.year, 1, 1), date(ruleset.day.year, 12, 31)
        return lambda facts: int(due(facts, first, last).year_amount) if applies(facts) else 0
    subsidise = ON_A_PREMIUM[version.kind](version)
    return lambda facts: subsidise(facts).amount if applies(facts) else 0


def _jump(ruleset: Ruleset, worth: Worth, known: Facts, fact: str, after: int) -> tuple[int, int]:
    """Return what one gets on both sides of a threshold, where that differs most; everything else equal."""
    known = Facts({**bill_of(LARGE_BILL), "premium": 200_00, **open_numbers(ruleset, TYPICAL[0]), **known})
    widest = (0, 0)
    for side in (known, Facts({**known, fact: after})):
        other = Facts({**known, fact: after}) if side is known else known
        for scenario in enumerate_scenarios(worth, side, ruleset.values, MOST_WAYS).all:
            there = _filled(ruleset, worth, Facts({**other, **scenario.supposed}))
            widest = max(widest, (scenario.outcome, there), key=lambda pair: abs(pair[0] - pair[1]))
    return widest


def _filled(ruleset: Ruleset, worth: Worth, facts: Facts) -> int:
    while True:
        try:
            return worth(facts)
        except MissingFact as unknown:
            facts[unknown.key] = ruleset.values(unknown.key, facts)[0]
