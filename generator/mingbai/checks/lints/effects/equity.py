"""A group that is worse off must not get less than others, everything else equal."""

from collections.abc import Iterator
from datetime import date
from typing import cast

from mingbai.checks.lints.shared.case_grid import BILLS, TYPICAL, Regime, cases, open_numbers, regimes, settle
from mingbai.checks.lints.shared.context import Ground, Rule, warning
from mingbai.checks.lints.tables.rows import case as facts_of
from mingbai.diagnostics.problem import Path_, Problem
from mingbai_calculator.core.facts import Facts, MissingFact, enumerate_scenarios
from mingbai_calculator.core.money import shown
from mingbai_calculator.engine.ruleset import Ruleset
from mingbai_calculator.kinds import IN_CASH, ON_A_PREMIUM
from mingbai_calculator.kinds.claim import Claim
from mingbai_calculator.law.version import Version

WORSE_OFF = ("registered_poor", "dibao", "tekun")
MOST_WAYS = 200
YUAN = 100


def check_equity(ground: Ground) -> Iterator[Problem]:
    """Find cases in which a worse-off person pays more, or gets less, than one who is not."""
    for place in ground.library.places:
        told: set[str] = set()
        for regime in regimes(ground, place):
            for fact in WORSE_OFF:
                for money in TYPICAL if fact in regime.ruleset.reads else ():
                    for problem in _bills(ground, place, regime, fact, money):
                        if str(problem.file) not in told:
                            told.add(str(problem.file))
                            yield problem
        yield from _cash(ground, place)


def _bills(ground: Ground, place: str, regime: Regime, fact: str, money: int) -> Iterator[Problem]:
    ruleset = regime.ruleset
    tried: set[tuple[tuple[str, object], ...]] = set()
    for case in cases(ruleset, open_numbers(ruleset, money)):
        if fact not in case:
            continue
        worse, better = Facts({**case, fact: True}), Facts({**case, fact: False})
        key = tuple(sorted((name, str(value)) for name, value in worse.items()))
        if key in tried:
            continue
        tried.add(key)
        for fen in BILLS:
            first = settle(ruleset, worse, fen)
            better.update({name: value for name, value in worse.items() if name != fact})
            second = settle(ruleset, better, fen)
            worse.update({name: value for name, value in better.items() if name != fact})
            if first is not None and second is not None and first.self_pays > second.self_pays + YUAN:
                rule = ground.rule(place, _cause(ruleset, first, second), regime.day)
                yield _problem(
                    rule,
                    fact,
                    bill=shown(fen),
                    worse=shown(first.self_pays),
                    better=shown(second.self_pays),
                    case=facts_of({key: value for key, value in worse.items() if key in ruleset.facts or ":" in key}),
                )
                break


def _problem(rule: Rule, fact: str, **figures: str) -> Problem:
    path: Path_ = next(((key,) for key in ("table", "amounts", "who") if (key,) in rule.document.keys), ())
    code = "worse-off-pays-more" if "bill" in figures else "worse-off-gets-less"
    return warning(rule.document, code, path, found=fact, **figures)


def _cause(ruleset: Ruleset, worse: Claim, better: Claim) -> str:
    """Return the policy whose payment falls shortest, or what pays instead of it."""
    policies = [step.policy for step in (*worse.payments, *better.payments)]
    gaps = {policy: _paid(better, policy) - _paid(worse, policy) for policy in policies}
    short = max(gaps, key=lambda policy: gaps[policy])
    if any(step.policy == short for step in worse.payments):
        return short
    # One that pays in this case only may be in its place: in the order of paying it stands next to it.
    own = [policy for policy in policies if not any(step.policy == policy for step in better.payments)]
    near = ruleset.order.index(short)
    return min(own, key=lambda policy: abs(ruleset.order.index(policy) - near), default=short)


def _paid(claim: Claim, policy: str) -> int:
    return sum(step.amount for step in claim.payments if step.policy == policy)


def _cash(ground: Ground, place: str) -> Iterator[Problem]:
    """Compare what is paid without a bill: all that depends on being worse off, taken together."""
    days = {rule.day for rule in ground.of_place(place) if rule.compiled["kind"] in (*IN_CASH, *ON_A_PREMIUM)}
    told: set[tuple[str, str]] = set()
    for day in sorted(days, reverse=True)[:3]:
        ruleset = ground.ruleset(place, day)
        for fact in WORSE_OFF:
            versions = [
                version
                for version in ruleset.versions.values()
                if version.kind in (*IN_CASH, *ON_A_PREMIUM)
                and f"'{fact}'" in str((version.who, version.when, version.law))
            ]
            for version in versions:
                less = _gets_less(ruleset, versions, fact)
                if less and (version.policy, fact) not in told:
                    told.add((version.policy, fact))
                    worse, better, facts = less
                    rule = ground.rule(place, version.policy, day)
                    yield _problem(rule, fact, worse=shown(worse), better=shown(better), case=facts)
                break  # one finding for all of them


def _gets_less(ruleset: Ruleset, versions: list[Version], fact: str) -> tuple[int, int, str] | None:
    """Return what a worse-off and another person get (fen a year), and the case, where the first gets less."""
    known = Facts({**open_numbers(ruleset, TYPICAL[0]), "premium": 200_00, "terms": 2, "spouses": 1})
    first, last = date(ruleset.day.year, 1, 1), date(ruleset.day.year, 12, 31)

    def total(facts: Facts) -> int:
        cash, best = 0, dict[str, int]()
        for version in versions:
            if version.applies()(facts):
                if version.kind in IN_CASH:
                    cash += int(IN_CASH[version.kind](version)(facts, first, last).year_amount)
                else:
                    of = cast("str", version.law["of"])
                    best[of] = max(best.get(of, 0), ON_A_PREMIUM[version.kind](version)(facts).amount)
        return cash + sum(best.values())

    for scenario in enumerate_scenarios(total, Facts({**known, fact: False}), ruleset.values, MOST_WAYS).all:
        facts = Facts({**known, **scenario.supposed, fact: True})
        try:
            worse = total(facts)
        except MissingFact:  # this way reads something that the other did not; others stand for it
            continue
        if worse + YUAN < scenario.outcome:
            return worse, scenario.outcome, facts_of(scenario.supposed)
    return None
