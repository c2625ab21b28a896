"""Bill cliffs: bills at which one more fen changes what a person pays by more than a yuan.

The payment is evaluated along the grid of bills; where the pattern of payments differs between two neighbours, the
change is found by bisection. So a breakpoint is found wherever it lies, even if earlier policies shift it, and jumps
up and down are both found.
"""

from collections.abc import Iterator
from itertools import pairwise

from mingbai.checks.lints.shared.case_grid import (
    TYPICAL_AMOUNTS,
    Regime,
    assume_open_numbers,
    enumerate_cases,
    list_breakpoints,
    list_regimes,
    settle_case,
)
from mingbai.checks.lints.shared.context import LintContext, make_warning
from mingbai.checks.lints.shared.kinds import LINTS
from mingbai.checks.lints.tables.rows import describe_case
from mingbai.diagnostics.problem import KeyPath, Problem
from mingbai_calculator.core.facts import Facts, split_member_key
from mingbai_calculator.core.money import format_amount
from mingbai_calculator.engine.ruleset import Ruleset
from mingbai_calculator.kinds.claim import Claim

TOLERANCE = 100
_USED_UP = {"ytd_burden": 1_500_00, "ytd_paid": TYPICAL_AMOUNTS[0] // 2, "ytd_self_paid": 1_500_00}
"""A part (fen) of a yearly deductible, limit or ceiling, by the fact that says what is used up."""
_PATTERN_FIGURES = ("deductible", "rate", "limit", "share", "ceiling")
type BillPoint = tuple[int, Claim]


def check_bill_cliffs(context: LintContext) -> Iterator[Problem]:
    """Find cliffs along the bill, for every case and several states of the year; one finding per file."""
    for place in context.library.places:
        reported: set[str] = set()
        for regime in list_regimes(context, place):
            for year_state in _list_year_states(regime.ruleset):
                for problem in _check_regime(context, place, regime, year_state):
                    if f"{problem.file}" not in reported:
                        reported.add(f"{problem.file}")
                        yield problem


def _list_year_states(ruleset: Ruleset) -> list[Facts]:
    """Return possible year-to-date facts: nothing used up; a part of a yearly deductible, limit or ceiling."""
    versions = ruleset.versions.values()
    facts = dict.fromkeys(fact for version in versions for fact in LINTS[version.kind].list_year_facts(version.law))
    return [Facts(), *(Facts({fact: _USED_UP[fact]}) for fact in facts)]


def _check_regime(context: LintContext, place: str, regime: Regime, year_state: Facts) -> Iterator[Problem]:
    ruleset, bills = regime.ruleset, list_breakpoints(regime.ruleset)
    seen: set[tuple[object, ...]] = set()
    for case in enumerate_cases(ruleset, Facts({**assume_open_numbers(ruleset, TYPICAL_AMOUNTS[0]), **year_state})):
        points = [(fen, claim) for fen in bills if (claim := settle_case(ruleset, case, fen)) is not None]
        curve = tuple((claim.self_pays, _payment_pattern(claim)) for _, claim in points)
        if curve in seen:  # to the rules this case equals an earlier one
            continue
        seen.add(curve)
        for first, second in pairwise(points):
            for (fen, before), (_, after) in _bisect_changes(ruleset, case, first, second):
                if abs(after.self_pays - before.self_pays) > TOLERANCE:
                    rule = context.rule(place, _find_cause(before, after), regime.day)
                    path: KeyPath = next(
                        ((key,) for key in ("only_if", "when", "who") if (key,) in rule.document.keys), ()
                    )
                    yield make_warning(
                        rule.document,
                        "cliff",
                        path,
                        found=format_amount(fen),
                        before=format_amount(before.self_pays),
                        after=format_amount(after.self_pays),
                        case=describe_case(
                            {
                                key: value
                                for key, value in case.items()
                                if split_member_key(key)[0] in ruleset.fact_definitions
                            }
                        ),
                    )


def _bisect_changes(
    ruleset: Ruleset, case: Facts, first: BillPoint, second: BillPoint
) -> Iterator[tuple[BillPoint, BillPoint]]:
    """Yield the pairs of bills one fen apart between which the pattern of payments changes."""
    if _payment_pattern(first[1]) == _payment_pattern(second[1]):
        return
    if second[0] - first[0] <= 1:
        yield first, second
        return
    middle = (first[0] + second[0]) // 2
    claim = settle_case(ruleset, case, middle)
    if claim is not None:
        yield from _bisect_changes(ruleset, case, first, (middle, claim))
        yield from _bisect_changes(ruleset, case, (middle, claim), second)


def _payment_pattern(claim: Claim) -> tuple[object, ...]:
    """Return what each policy did with a bill, without the amounts."""
    return (
        *(
            (payment.policy, payment.payer, payment.why, *(payment.figures.get(name) for name in _PATTERN_FIGURES))
            for payment in claim.payments
        ),
        *sorted(claim.triggers.items()),
    )


def _find_cause(before: Claim, after: Claim) -> str:
    """Return the policy whose payment changes most."""
    jumps: dict[str, int] = {}
    for claim, sign in ((before, -1), (after, 1)):
        for payment in claim.payments:
            jumps[payment.policy] = jumps.get(payment.policy, 0) + sign * payment.amount
    return max(jumps, key=lambda policy: abs(jumps[policy]))
