"""Equity: a worse-off person must not get less, or pay more, than others, all else being equal."""

from collections.abc import Iterator
from datetime import date

from mingbai.checks.lints.shared.case_grid import (
    SAMPLE_BILLS,
    TYPICAL_AMOUNTS,
    Regime,
    assume_open_numbers,
    enumerate_cases,
    list_regimes,
    settle_case,
)
from mingbai.checks.lints.shared.context import LintContext, Rule, make_warning
from mingbai.checks.lints.tables.rows import describe_case
from mingbai.diagnostics.problem import KeyPath, Problem
from mingbai_calculator.core.facts import Facts, MissingFact, enumerate_scenarios, split_member_key
from mingbai_calculator.core.money import format_amount
from mingbai_calculator.engine.ruleset import Ruleset
from mingbai_calculator.kinds import CASH, SUBSIDIES
from mingbai_calculator.kinds.claim import Claim
from mingbai_calculator.law.conditions import iter_atoms
from mingbai_calculator.law.kinds import CASH_KINDS, PREMIUM_KINDS
from mingbai_calculator.law.laws import PremiumLaw
from mingbai_calculator.law.version import PolicyVersion

WORSE_OFF = ("registered_poor", "dibao", "tekun")
MAX_SCENARIOS = 200
TOLERANCE = 100


def check_equity(context: LintContext) -> Iterator[Problem]:
    """Find cases in which a worse-off person pays more, or gets less, than others; one finding per file."""
    for place in context.library.places:
        reported: set[str] = set()
        for regime in list_regimes(context, place):
            for fact in WORSE_OFF:
                for money in TYPICAL_AMOUNTS if fact in regime.ruleset.conditions_by_fact else ():
                    for problem in _compare_bills(context, place, regime, fact, money):
                        if str(problem.file) not in reported:
                            reported.add(str(problem.file))
                            yield problem
        yield from _compare_cash(context, place)


def _compare_bills(context: LintContext, place: str, regime: Regime, fact: str, money: int) -> Iterator[Problem]:
    ruleset = regime.ruleset
    tried: set[tuple[tuple[str, object], ...]] = set()
    for case in enumerate_cases(ruleset, assume_open_numbers(ruleset, money)):
        if fact not in case:
            continue
        worse, better = Facts({**case, fact: True}), Facts({**case, fact: False})
        key = tuple(sorted((name, str(value)) for name, value in worse.items()))
        if key in tried:
            continue
        tried.add(key)
        for fen in SAMPLE_BILLS:
            worse_claim = settle_case(ruleset, worse, fen)
            better.update({name: value for name, value in worse.items() if name != fact})
            better_claim = settle_case(ruleset, better, fen)
            worse.update({name: value for name, value in better.items() if name != fact})
            if (
                worse_claim is not None
                and better_claim is not None
                and worse_claim.self_pays > better_claim.self_pays + TOLERANCE
            ):
                rule = context.rule(place, _find_cause(ruleset, worse_claim, better_claim), regime.day)
                yield _make_finding(
                    rule,
                    "worse-off-pays-more",
                    fact,
                    bill=format_amount(fen),
                    worse=format_amount(worse_claim.self_pays),
                    better=format_amount(better_claim.self_pays),
                    case=describe_case(
                        {
                            key: value
                            for key, value in worse.items()
                            if split_member_key(key)[0] in ruleset.fact_definitions
                        }
                    ),
                )
                break


def _make_finding(rule: Rule, code: str, fact: str, **figures: str) -> Problem:
    path: KeyPath = next(((key,) for key in ("table", "amounts", "who") if (key,) in rule.document.keys), ())
    return make_warning(rule.document, code, path, found=fact, **figures)


def _find_cause(ruleset: Ruleset, worse: Claim, better: Claim) -> str:
    """Return the policy whose payment falls short most, or the policy that pays in its place."""
    policies = [payment.policy for payment in (*worse.payments, *better.payments)]
    gaps = {policy: _sum_payments(better, policy) - _sum_payments(worse, policy) for policy in policies}
    shortest = max(gaps, key=lambda policy: gaps[policy])
    if any(payment.policy == shortest for payment in worse.payments):
        return shortest
    # A policy that pays only in this case may replace it: then it is near to it in the order of payment.
    candidates = [policy for policy in policies if not any(payment.policy == policy for payment in better.payments)]
    position = ruleset.policy_order.index(shortest)
    return min(candidates, key=lambda policy: abs(ruleset.policy_order.index(policy) - position), default=shortest)


def _sum_payments(claim: Claim, policy: str) -> int:
    return sum(payment.amount for payment in claim.payments if payment.policy == policy)


def _compare_cash(context: LintContext, place: str) -> Iterator[Problem]:
    """Compare benefits without a bill: the sum of all that depend on the worse-off fact."""
    days = {rule.day for rule in context.rules_of(place) if rule.compiled["kind"] in (*CASH_KINDS, *PREMIUM_KINDS)}
    reported: set[tuple[str, str]] = set()
    for day in sorted(days, reverse=True)[:3]:
        ruleset = context.ruleset(place, day)
        for fact in WORSE_OFF:
            versions = [
                version
                for version in ruleset.versions.values()
                if version.kind in (*CASH_KINDS, *PREMIUM_KINDS) and _reads(version, fact)
            ]
            for version in versions:
                shortfall = _find_shortfall(ruleset, versions, fact)
                if shortfall and (version.policy, fact) not in reported:
                    reported.add((version.policy, fact))
                    worse, better, facts = shortfall
                    rule = context.rule(place, version.policy, day)
                    yield _make_finding(
                        rule,
                        "worse-off-gets-less",
                        fact,
                        worse=format_amount(worse),
                        better=format_amount(better),
                        case=facts,
                    )
                break  # one finding for all versions


def _reads(version: PolicyVersion, fact: str) -> bool:
    """Return whether a condition of a version reads a fact."""
    return any(fact in atom.facts for condition in version.iter_conditions() for atom in iter_atoms(condition))


def _find_shortfall(ruleset: Ruleset, versions: list[PolicyVersion], fact: str) -> tuple[int, int, str] | None:
    """Return what a worse-off and another person get (fen a year) and the case, if the first gets less; else None."""
    known = Facts({**assume_open_numbers(ruleset, TYPICAL_AMOUNTS[0]), "premium": 200_00, "terms": 2, "spouses": 1})
    first_day, last_day = date(ruleset.day.year, 1, 1), date(ruleset.day.year, 12, 31)

    def total(facts: Facts) -> int:
        cash, best = 0, dict[str, int]()
        for version in versions:
            if version.compile_applies()(facts):
                if version.kind in CASH_KINDS:
                    cash += int(CASH[version.kind](version)(facts, first_day, last_day).year_amount)
                else:
                    of = version.get_law(PremiumLaw).of
                    best[of] = max(best.get(of, 0), SUBSIDIES[version.kind](version)(facts).amount)
        return cash + sum(best.values())

    for scenario in enumerate_scenarios(
        total, Facts({**known, fact: False}), ruleset.candidate_values, MAX_SCENARIOS
    ).all:
        facts = Facts({**known, **scenario.assumed, fact: True})
        try:
            worse = total(facts)
        except MissingFact:  # it reads a fact that the other case did not; other scenarios cover it
            continue
        if worse + TOLERANCE < scenario.outcome:
            return worse, scenario.outcome, describe_case(scenario.assumed)
    return None
