"""Reference cycles, and references to a trigger that never occurs: such rules cannot be evaluated."""

from collections.abc import Iterator

from mingbai.bundle.law import get_version_law
from mingbai.checks.lints.shared.context import Json, LintContext, Rule
from mingbai.diagnostics.problem import KeyPath, Problem
from mingbai.model.kinds import Share
from mingbai_calculator.law.conditions import Condition, Holds, iter_atoms
from mingbai_calculator.law.kinds import STATUS_KINDS
from mingbai_calculator.law.laws import Law, ShareLaw


def check_reference_cycles(context: LintContext) -> Iterator[Problem]:
    """Find cycles among status policies and triggers, and triggers that do not precede their benefit (errors)."""
    for place in context.library.places.values():
        rules = context.rules_of(place.id)
        statuses = {
            policy: {status for rule in rules if rule.policy == policy for status in _list_statuses(rule.law.who)}
            for policy in place.policies
            if any(rule.policy == policy and rule.version.model.kind in STATUS_KINDS for rule in rules)
        }
        triggers = {rule.policy: {trigger} for rule in rules if (trigger := _find_trigger(rule.law.law))}
        for rule in rules:
            if rule.policy in statuses and rule.policy in _find_reachable(rule.policy, statuses):
                yield rule.document.problem("reference-loop", ("who",), found=rule.policy)
            model = rule.version.model
            if isinstance(model, Share) and model.only_if is not None:
                path: KeyPath = ("only_if", "burden_exceeds_deductible_of")
                if rule.policy in _find_reachable(rule.policy, triggers):
                    yield rule.document.problem("reference-loop", path, found=rule.policy)
                elif model.only_if.burden_exceeds_deductible_of not in _list_triggers_before(context, rule):
                    found = model.only_if.burden_exceeds_deductible_of
                    yield rule.document.problem("only-if-never", path, found=found)


def _list_statuses(condition: Condition) -> list[str]:
    """Return the status policies to which a condition refers."""
    return [atom.status for atom in iter_atoms(condition) if isinstance(atom, Holds)]


def _find_trigger(law: Law) -> str | None:
    """Return the policy whose deductible the burden must exceed."""
    return law.only_if if isinstance(law, ShareLaw) else None


def _find_reachable(start: str, references: dict[str, set[str]]) -> set[str]:
    """Return everything that is reachable from `start` by references."""
    reached: set[str] = set()
    waiting = set(references[start])
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting |= references.get(name, set())
    return reached


def _list_triggers_before(context: LintContext, rule: Rule) -> list[str]:
    """Return the policies with a yearly deductible that precede `rule` in the order of payment."""
    place: Json = context.bundle["places"][rule.place.id]
    before: list[str] = []
    for group in place["order"]:
        if rule.policy in group:
            break
        before += group
    return [
        policy for policy in before if any(_has_yearly_deductible(version) for version in place["policies"][policy])
    ]


def _has_yearly_deductible(version: Json) -> bool:
    law = get_version_law(version).law
    return isinstance(law, ShareLaw) and law.deductible_per == "year"
