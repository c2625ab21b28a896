"""Cliffs along other numbers: one metre, one yuan of income more or less, and the money is gone.

Ages do not count (a birthday is no cliff), nor do grades and counts of a few.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import cast

from mingbai.checks.lints.shared.case_grid import LARGE_BILL, TYPICAL, bill_of, open_numbers
from mingbai.checks.lints.shared.context import Ground, Json, Rule, key_of, warning
from mingbai.diagnostics.problem import Problem
from mingbai_calculator.core.money import ALL, shown
from mingbai_calculator.core.world import Unknown, World, explore
from mingbai_calculator.engine.ruleset import Plan
from mingbai_calculator.kinds import IN_CASH, ON_A_BILL, ON_A_PREMIUM
from mingbai_calculator.kinds.claim import Year
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

type Worth = Callable[[World], int]


def check_gates(ground: Ground) -> Iterator[Problem]:
    """Find conditions on numbers on whose two sides a person gets sums that differ by more than a yuan."""
    for rule in ground.rules:
        if rule.compiled["kind"] in (*ON_A_BILL, *IN_CASH, *ON_A_PREMIUM):
            plan = ground.plan(rule.place.id, rule.day)
            version = plan.versions.get(rule.policy)
            if version is not None:
                yield from _of_rule(rule, plan, version)


def _of_rule(rule: Rule, plan: Plan, version: Version) -> Iterator[Problem]:
    told: set[str] = set()
    for fact, low, high, known in _gates(plan, version)[:MOST_GATES]:
        worse, better = sorted(_jump(plan, _worth(plan, version), World({**known, fact: low}), fact, high))
        if better - worse > YUAN and fact not in told:
            told.add(fact)
            path = key_of(rule, fact, ("who", "when", "table", "amounts", "any_of", "none_of"))
            money = plan.facts[fact]["type"] == "money"
            found = shown(low) if money else str(low)
            figures = {"before": shown(worse), "after": shown(better)}
            yield warning(rule.document, "fact-cliff", path, found=found, fact=fact, **figures)


def _gates(plan: Plan, version: Version) -> list[tuple[str, int, int, World]]:
    """Return the facts that a rule compares, both sides of the threshold, and what must be known for it."""
    found: list[tuple[str, int, int, World]] = []
    for condition in (version.who, version.when, *conditions_in(version.law)):
        for atom in atoms(condition):
            fact = str(atom[1])
            if atom[0] not in ("range", "ratio") or not _counts(plan.facts.get(fact, {}), fact):
                continue
            if atom[0] == "range":
                low, high = cast("int | None", atom[2]), cast("int | None", atom[3])
                ends = (None if low is None else low - 1, high)
                found += [(fact, end, end + 1, World()) for end in ends if end is not None]
            else:
                other = str(atom[4])
                value = _SOME[cast("str", plan.facts[other]["type"])]
                limit = cast("int", atom[3]) * value // ALL
                found += [(fact, end, end + 1, World({other: value})) for end in (limit - 1, limit)]
    return found


def _counts(fact: Json, name: str) -> bool:
    if name in AGES or fact.get("type") not in ("whole", "money") or fact.get("default") is not None:
        return False
    low, high = fact.get("low") or 0, fact.get("high")
    return fact.get("group") != "money" and (high is None or high - low > FEW)


def _worth(plan: Plan, version: Version) -> Worth:
    """Return what a person gets (fen), as a function of the case."""
    if version.kind in ON_A_BILL:

        def paid(world: World) -> int:
            stay = plan.settle(world, Year())
            return 0 if stay is None else LARGE_BILL - stay.self_pays

        return paid
    applies = version.applies()
    if version.kind in IN_CASH:
        due = IN_CASH[version.kind](version)
        first, last = date(plan.day.year, 1, 1), date(plan.day.year, 12, 31)
        return lambda world: int(due(world, first, last).year_amount) if applies(world) else 0
    subsidise = ON_A_PREMIUM[version.kind](version)
    return lambda world: subsidise(world).amount if applies(world) else 0


def _jump(plan: Plan, worth: Worth, known: World, fact: str, after: int) -> tuple[int, int]:
    """Return what one gets on both sides of a threshold, where that differs most; everything else equal."""
    known = World({**bill_of(LARGE_BILL), "premium": 200_00, **open_numbers(plan, TYPICAL[0]), **known})
    widest = (0, 0)
    for side in (known, World({**known, fact: after})):
        other = World({**known, fact: after}) if side is known else known
        for way in explore(worth, side, plan.values, MOST_WAYS).all:
            there = _filled(plan, worth, World({**other, **way.supposed}))
            widest = max(widest, (way.outcome, there), key=lambda pair: abs(pair[0] - pair[1]))
    return widest


def _filled(plan: Plan, worth: Worth, world: World) -> int:
    while True:
        try:
            return worth(world)
        except Unknown as unknown:
            world[unknown.key] = plan.values(unknown.key, world)[0]
