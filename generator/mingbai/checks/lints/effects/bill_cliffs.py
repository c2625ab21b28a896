"""Cliffs: one more fen on the bill, and the person is better or worse off by more than a yuan.

What a person pays is followed along the bill, from one bill to the next of the grid; where what the policies did
differs, the change is found by halving. So the breakpoint is found wherever it lies, whatever an earlier
policy made of the bill, and both sides of it are looked at, up and down.
"""

from collections.abc import Iterator
from itertools import pairwise

from mingbai.checks.lints.shared.case_grid import TYPICAL, Regime, breakpoints, cases, open_numbers, regimes, settle
from mingbai.checks.lints.shared.context import Ground, warning
from mingbai.checks.lints.tables.rows import case as facts_of
from mingbai.diagnostics.problem import Path_, Problem
from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.money import shown
from mingbai_calculator.engine.ruleset import Ruleset
from mingbai_calculator.kinds import ON_A_BILL
from mingbai_calculator.kinds.claim import Claim

YUAN = 100
_SHOWN = ("deductible", "rate", "limit", "share", "ceiling")
type Point = tuple[int, Claim]


def check_cliffs(ground: Ground) -> Iterator[Problem]:
    """Find cliffs along the bill, for every kind of case and with something or nothing used up of the year."""
    for place in ground.library.places:
        told: set[str] = set()
        for regime in regimes(ground, place):
            for earlier in _earlier(regime.ruleset):
                for problem in _of_regime(ground, place, regime, earlier):
                    if f"{problem.file}" not in told:
                        told.add(f"{problem.file}")
                        yield problem


def _earlier(ruleset: Ruleset) -> list[Facts]:
    """Return what may have been used up earlier in the year: nothing; half of a yearly deductible or limit."""
    found = [Facts()]
    for version in ruleset.versions.values():
        if version.kind in ON_A_BILL:
            if version.law.get("deductible_per") == "year":
                found.append(Facts({"ytd_burden": 1_500_00}))
            if version.law.get("limit_per") == "year":
                found.append(Facts({"ytd_paid": TYPICAL[0] // 2}))
            if version.law.get("per") == "year":
                found.append(Facts({"ytd_self_paid": 1_500_00}))
    return list({tuple(facts): facts for facts in found}.values())


def _of_regime(ground: Ground, place: str, regime: Regime, earlier: Facts) -> Iterator[Problem]:
    ruleset, bills = regime.ruleset, breakpoints(regime.ruleset)
    seen: set[tuple[object, ...]] = set()
    for case in cases(ruleset, Facts({**open_numbers(ruleset, TYPICAL[0]), **earlier})):
        points = [(fen, claim) for fen in bills if (claim := settle(ruleset, case, fen)) is not None]
        curve = tuple((claim.self_pays, _did(claim)) for _, claim in points)
        if curve in seen:  # for the rules the same as a case before
            continue
        seen.add(curve)
        for first, second in pairwise(points):
            for (fen, before), (_, after) in _changes(ruleset, case, first, second):
                if abs(after.self_pays - before.self_pays) > YUAN:
                    rule = ground.rule(place, _cause(before, after), regime.day)
                    path: Path_ = next(
                        ((key,) for key in ("only_if", "when", "who") if (key,) in rule.document.keys), ()
                    )
                    yield warning(
                        rule.document,
                        "cliff",
                        path,
                        found=shown(fen),
                        before=shown(before.self_pays),
                        after=shown(after.self_pays),
                        case=facts_of(
                            {key: value for key, value in case.items() if key in ruleset.facts or ":" in key}
                        ),
                    )


def _changes(ruleset: Ruleset, case: Facts, first: Point, second: Point) -> Iterator[tuple[Point, Point]]:
    """Yield the neighbouring bills between which the policies do something else."""
    if _did(first[1]) == _did(second[1]):
        return
    if second[0] - first[0] <= 1:
        yield first, second
        return
    middle = (first[0] + second[0]) // 2
    claim = settle(ruleset, case, middle)
    if claim is not None:
        yield from _changes(ruleset, case, first, (middle, claim))
        yield from _changes(ruleset, case, (middle, claim), second)


def _did(claim: Claim) -> tuple[object, ...]:
    """Return what each policy did, apart from the amounts."""
    return (
        *((step.policy, step.payer, step.why, *(step.figures.get(name) for name in _SHOWN)) for step in claim.payments),
        *sorted(claim.triggers.items()),
    )


def _cause(before: Claim, after: Claim) -> str:
    """Return the policy whose payment jumps most."""
    jumps: dict[str, int] = {}
    for claim, sign in ((before, -1), (after, 1)):
        for step in claim.payments:
            jumps[step.policy] = jumps.get(step.policy, 0) + sign * step.amount
    return max(jumps, key=lambda policy: abs(jumps[policy]))
