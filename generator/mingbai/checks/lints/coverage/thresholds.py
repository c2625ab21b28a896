"""Threshold coverage: a rule needs a worked example on each side of each of its thresholds.

Thresholds of the bill (deductibles, limits, brackets) are covered by any example of the place that expects a payment of
the person or of the policy; thresholds of facts (ages, distances) by examples that give the fact.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from mingbai.checks.lints.shared.context import Json, LintContext, Rule, find_fact_path, make_warning
from mingbai.diagnostics.problem import KeyPath, Problem
from mingbai.model.place import Fact
from mingbai_calculator import BadRequestError
from mingbai_calculator.core.facts import Facts, MissingFact
from mingbai_calculator.core.money import UNLIMITED, format_amount
from mingbai_calculator.engine.outcomes import settle_all_scenarios
from mingbai_calculator.engine.ruleset import Ruleset
from mingbai_calculator.kinds.claim import Claim
from mingbai_calculator.law.conditions import InRange, Predicate, Ratio, iter_atoms
from mingbai_calculator.law.kinds import STATUS_KINDS
from mingbai_calculator.law.laws import CashLaw, ShareLaw
from mingbai_calculator.law.numbers import Number, compile_number, get_printed_value
from mingbai_calculator.law.vocabulary import get_vocabulary
from mingbai_calculator.request.request import read_request
from mingbai_calculator.request.vocabulary import fill_defaults, read_facts

type ThresholdKey = tuple[str, str, int, str]
"""Policy, version, row, and which threshold: ``deductible``, ``limit``, ``base_limit``, ``bracket 1``."""
BELOW, ABOVE = "below", "above"


@dataclass(slots=True)
class _Coverage:
    """The sides of each bill threshold that the examples of a place cover."""

    sides: dict[ThresholdKey, set[str]] = field(default_factory=dict)

    def record(self, key: ThresholdKey, *, above: bool) -> None:
        """Record that one side of a threshold is covered."""
        self.sides.setdefault(key, set()).add(ABOVE if above else BELOW)


def check_threshold_coverage(context: LintContext) -> Iterator[Problem]:
    """Find thresholds without an example on one side or on both."""
    for place in context.library.places:
        rules = context.rules_of(place)
        coverage = _Coverage()
        for rule in rules:
            for example in rule.compiled["examples"]:
                _record_example(context, rule, example, coverage)
        for rule in rules:
            if not rule.compiled["ends"]:
                yield from _check_bill_thresholds(rule, coverage)
                yield from _check_fact_thresholds(context, rule, rules)
                yield from _check_age_threshold(context, rule)
            yield from _check_date_thresholds(rule)


def _check_bill_thresholds(rule: Rule, coverage: _Coverage) -> Iterator[Problem]:
    """Find uncovered deductibles, limits and brackets of a share policy."""
    law = rule.law.law
    if not isinstance(law, ShareLaw):
        return
    for index, row in enumerate(law.rows):
        numbers: list[tuple[str, Number | None]] = [
            ("deductible", row.deductible),
            ("limit", row.limit),
            ("base_limit", row.base_limit),
        ]
        numbers += [(f"bracket {at}", bracket.start) for at, bracket in enumerate(row.brackets)]
        for name, number in numbers:
            if not number:
                continue
            missing = {BELOW, ABOVE} - coverage.sides.get((rule.policy, rule.version.id, index, name), set())
            if missing:
                yield _make_finding(rule, _threshold_path(rule, index, name), _format_number(number), missing)


def _threshold_path(rule: Rule, index: int, name: str) -> KeyPath:
    if name.startswith("bracket"):
        at = int(name.removeprefix("bracket "))
        own: KeyPath = ("table", index, "brackets", at, "above")
        return own if own in rule.document.values else ("brackets", at, "above")
    own = ("table", index, name)
    return own if own in rule.document.values else (name,)


def _format_number(number: Number) -> str:
    value = get_printed_value(number)
    return "?" if value is None else format_amount(value)


def _make_finding(rule: Rule, path: KeyPath, found: str, missing: set[str]) -> Problem:
    side = "both-sides" if len(missing) > 1 else next(iter(missing))
    return make_warning(rule.document, "threshold-unguarded", path, found=found, wanted=side)


def _record_example(context: LintContext, rule: Rule, example: Json, coverage: _Coverage) -> None:
    """Record which sides of bill thresholds an example covers, in every scenario of its unknown facts."""
    expect = example["expect"]
    pays_known = expect.get("self_pays") is not None
    if not pays_known and expect.get("line") is None:
        return
    request = {"place": rule.place.id, **{key: example[key] for key in ("date", "facts", "inputs")}}
    try:
        parsed = read_request(context.bundle, request)
    except BadRequestError:
        return
    if not parsed.visits:
        return
    for scenario in settle_all_scenarios(parsed.visits, parsed.known).scenarios.all:
        for visit, claim in zip(parsed.visits, scenario.outcome, strict=True):
            if claim is not None:
                facts = Facts({**parsed.known, **visit.own, **scenario.assumed})
                _record_claim(visit.ruleset, claim, facts, coverage, None if pays_known else rule.policy)


def _record_claim(ruleset: Ruleset, claim: Claim, facts: Facts, coverage: _Coverage, only: str | None) -> None:
    for policy in dict.fromkeys(payment.policy for payment in claim.payments):
        version = ruleset.versions[policy]
        payments = [payment for payment in claim.payments if payment.policy == policy]
        figures = payments[0].figures
        law = version.law
        if not isinstance(law, ShareLaw) or "over" not in figures or only not in (None, policy):
            continue
        index, row = next((position, row) for position, row in enumerate(law.rows) if row.condition.holds(facts))
        name = (policy, version.id, index)
        coverage.record((*name, "deductible"), above=figures["over"] > 0)
        coverage.record((*name, "limit"), above=any(payment.why == "limited" for payment in payments))
        if row.base_limit is not None and compile_number(row.base_limit)(facts) < UNLIMITED:
            coverage.record((*name, "base_limit"), above=figures["whole"] > figures["base"])
        for position, bracket in enumerate(row.brackets):
            coverage.record((*name, f"bracket {position}"), above=figures["earlier"] + figures["base"] > bracket.start)


def _check_fact_thresholds(context: LintContext, rule: Rule, rules: list[Rule]) -> Iterator[Problem]:
    """Find uncovered bounds of ages and other numeric facts; examples of the policy that give the fact cover them."""
    atoms = [atom for condition in rule.law.iter_conditions() for atom in iter_atoms(condition)]
    atoms_read = [atom for atom in atoms if isinstance(atom, InRange | Ratio)]
    if not atoms_read:
        return
    tests_others = rule.compiled["kind"] in STATUS_KINDS
    known = [
        _read_example_facts(context, example)
        for other in rules
        if tests_others or other.policy == rule.policy
        for example in other.compiled["examples"]
        if rule.is_in_force_on(date.fromisoformat(example["date"]))
    ]
    reported: set[object] = set()
    for atom in atoms_read:
        fact = atom.fact
        for printed, above in _list_thresholds(atom, context.library.facts[fact]):
            missing = {BELOW, ABOVE} - {side for facts in known if (side := _side_of(above, facts)) is not None}
            if missing and (fact, printed) not in reported:
                reported.add((fact, printed))
                yield _make_finding(rule, find_fact_path(rule, fact), f"{fact} {printed}", missing)


def _list_thresholds(atom: InRange | Ratio, fact: Fact) -> Iterator[tuple[str, Predicate]]:
    """Yield the thresholds of a numeric condition: the printed number, and the test for its upper side."""
    if isinstance(atom, Ratio):
        yield f"/ {atom.other}", atom.holds
        return
    for start, shift in ((atom.low, 0), (None if atom.high is None else atom.high + 1, 1)):
        if start is not None and start > (fact.low or 0):
            printed = format_amount(start - shift) if fact.type == "money" else str(start - shift)
            yield printed, InRange(atom.fact, start, None).holds


def _side_of(above: Predicate, facts: Facts) -> str | None:
    try:
        return ABOVE if above(facts) else BELOW
    except MissingFact:
        return None


def _check_age_threshold(context: LintContext, rule: Rule) -> Iterator[Problem]:
    """Find an uncovered age from which a benefit is due: it needs an example year with and one without that age."""
    law = rule.law.law
    due = law.from_month if isinstance(law, CashLaw) else None
    if due is None:
        return
    missing = {BELOW, ABOVE}
    for example in rule.compiled["examples"]:
        facts, year = _read_example_facts(context, example), int(example["date"][:4])
        born = facts.get(due.fact)
        age = year - born[0] if born is not None else facts.get(due.age_fact)
        if age is not None:
            missing.discard(ABOVE if age >= due.age else BELOW)
    if missing:
        yield _make_finding(rule, ("from_month", "age"), str(due.age), missing)


def _check_date_thresholds(rule: Rule) -> Iterator[Problem]:
    """Find uncovered days of change: they need examples in the versions on both sides.

    The side before the first version counts only where the source states the day; an inferred day is no threshold.
    """
    model, start = rule.version.model, rule.version.start
    if model.kind in STATUS_KINDS:
        return
    days = [example.date for example in model.examples]
    if (rule.previous is not None or rule.next_start is not None) and not any(rule.is_in_force_on(day) for day in days):
        yield _make_finding(rule, (), rule.version.id, {"since"})
    stated = model.start is not None and model.start.certainty == "stated"
    if rule.previous is None and start is not None and stated and not any(day < start for day in days):
        yield _make_finding(rule, (), rule.version.id, {"before"})


def _read_example_facts(context: LintContext, example: Json) -> Facts:
    vocabulary = get_vocabulary(context.bundle)
    return fill_defaults(read_facts(example["facts"], vocabulary, []), vocabulary)[0]
