"""Threshold cliffs: thresholds of facts other than the bill (distance, income) at which a benefit is lost at once.

Ages do not count (a birthday is no cliff), nor do grades and counts with few values.
"""

from collections.abc import Callable, Iterator
from datetime import date

from mingbai.checks.lints.shared.case_grid import LARGE_BILL, TYPICAL_AMOUNTS, assume_open_numbers, make_bill
from mingbai.checks.lints.shared.context import LintContext, Rule, find_fact_path, make_warning
from mingbai.diagnostics.problem import Problem
from mingbai_calculator.core.facts import Facts, MissingFact, enumerate_scenarios
from mingbai_calculator.core.money import FULL_RATE, format_amount
from mingbai_calculator.engine.ruleset import Ruleset
from mingbai_calculator.kinds import CASH, SUBSIDIES
from mingbai_calculator.kinds.claim import YearLedger
from mingbai_calculator.law.conditions import InRange, Ratio, iter_atoms
from mingbai_calculator.law.kinds import BILL_PAYING_KINDS, CASH_KINDS, MONEY_KINDS
from mingbai_calculator.law.version import PolicyVersion

AGES = frozenset(["age", "age_months", "wife_age"])
FEW_VALUES = 10
"""A number with at most this range is a grade or a count."""
MAX_SCENARIOS = 48
MAX_THRESHOLDS = 12
TOLERANCE = 100
_ASSUMED_VALUES = {"money": 40_000_00, "whole": 4}
"""Value assumed for the second of two compared facts: an income (fen), the people of a household."""

type BenefitFunction = Callable[[Facts], int]


def check_threshold_cliffs(context: LintContext) -> Iterator[Problem]:
    """Find thresholds of facts on whose two sides a person gets amounts that differ by more than a yuan."""
    for rule in context.rules:
        if rule.compiled["kind"] in MONEY_KINDS:
            ruleset = context.ruleset(rule.place.id, rule.day)
            version = ruleset.versions.get(rule.policy)
            if version is not None:
                yield from _check_rule(rule, ruleset, version)


def _check_rule(rule: Rule, ruleset: Ruleset, version: PolicyVersion) -> Iterator[Problem]:
    reported: set[str] = set()
    for fact, low, high, known in _list_thresholds(ruleset, version)[:MAX_THRESHOLDS]:
        worse, better = sorted(
            _find_widest_gap(ruleset, _make_benefit_function(ruleset, version), Facts({**known, fact: low}), fact, high)
        )
        if better - worse > TOLERANCE and fact not in reported:
            reported.add(fact)
            path = find_fact_path(rule, fact, ("who", "when", "table", "amounts", "any_of", "none_of"))
            money = ruleset.fact_definitions[fact].type == "money"
            found = format_amount(low) if money else str(low)
            figures = {"before": format_amount(worse), "after": format_amount(better)}
            yield make_warning(rule.document, "fact-cliff", path, found=found, fact=fact, **figures)


def _list_thresholds(ruleset: Ruleset, version: PolicyVersion) -> list[tuple[str, int, int, Facts]]:
    """Return the thresholds of a rule: fact, value below or at it, value above it, facts assumed for the comparison."""
    thresholds: list[tuple[str, int, int, Facts]] = []
    for condition in version.iter_conditions():
        for atom in iter_atoms(condition):
            if not isinstance(atom, InRange | Ratio) or not _is_cliff_fact(ruleset, atom.fact):
                continue
            if isinstance(atom, InRange):
                ends = (None if atom.low is None else atom.low - 1, atom.high)
                thresholds += [(atom.fact, end, end + 1, Facts()) for end in ends if end is not None]
            else:
                value = _ASSUMED_VALUES[ruleset.fact_definitions[atom.other].type]
                limit = atom.times * value // FULL_RATE
                thresholds += [(atom.fact, end, end + 1, Facts({atom.other: value})) for end in (limit - 1, limit)]
    return thresholds


def _is_cliff_fact(ruleset: Ruleset, name: str) -> bool:
    fact = ruleset.fact_definitions.get(name)
    if fact is None or name in AGES or fact.type not in ("whole", "money") or fact.default is not None:
        return False
    return fact.group != "money" and (fact.high is None or fact.high - fact.low > FEW_VALUES)


def _make_benefit_function(ruleset: Ruleset, version: PolicyVersion) -> BenefitFunction:
    """Return the function from the facts of a case to what a person gets (fen)."""
    if version.kind in BILL_PAYING_KINDS:

        def paid(facts: Facts) -> int:
            claim = ruleset.settle(facts, YearLedger())
            return 0 if claim is None else LARGE_BILL - claim.self_pays

        return paid
    applies = version.compile_applies()
    if version.kind in CASH_KINDS:
        due = CASH[version.kind](version)
        first, last = date(ruleset.day.year, 1, 1), date(ruleset.day.year, 12, 31)
        return lambda facts: int(due(facts, first, last).year_amount) if applies(facts) else 0
    subsidise = SUBSIDIES[version.kind](version)
    return lambda facts: subsidise(facts).amount if applies(facts) else 0


def _find_widest_gap(
    ruleset: Ruleset, benefit: BenefitFunction, known: Facts, fact: str, after: int
) -> tuple[int, int]:
    """Return what a person gets (fen) on the two sides of a threshold, in the scenario with the widest gap."""
    known = Facts(
        {**make_bill(LARGE_BILL), "premium": 200_00, **assume_open_numbers(ruleset, TYPICAL_AMOUNTS[0]), **known}
    )
    widest = (0, 0)
    for side in (known, Facts({**known, fact: after})):
        other = Facts({**known, fact: after}) if side is known else known
        for scenario in enumerate_scenarios(benefit, side, ruleset.candidate_values, MAX_SCENARIOS).all:
            other_amount = _evaluate(ruleset, benefit, Facts({**other, **scenario.assumed}))
            widest = max(widest, (scenario.outcome, other_amount), key=lambda pair: abs(pair[0] - pair[1]))
    return widest


def _evaluate(ruleset: Ruleset, benefit: BenefitFunction, facts: Facts) -> int:
    while True:
        try:
            return benefit(facts)
        except MissingFact as missing:
            facts[missing.key] = ruleset.candidate_values(missing.key, facts)[0]
