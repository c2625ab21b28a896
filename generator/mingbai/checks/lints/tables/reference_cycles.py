"""References that lead back to where they started, or to what never comes: nothing could be worked out."""

from collections.abc import Iterator

from mingbai.checks.lints.shared.context import Ground, Json, Rule
from mingbai.diagnostics.problem import Path_, Problem
from mingbai.model.version import Share


def check_loops(ground: Ground) -> Iterator[Problem]:
    """Find loops among status policies, and benefits set off by one that does not come before them."""
    for place in ground.library.places.values():
        rules = ground.of_place(place.id)
        statuses = {
            policy: {status for rule in rules if rule.policy == policy for status in _held(rule.compiled["who"])}
            for policy in place.policies
            if any(rule.policy == policy and rule.version.model.kind == "status" for rule in rules)
        }
        triggers = {rule.policy: {trigger} for rule in rules if (trigger := rule.compiled["law"].get("only_if"))}
        for rule in rules:
            if rule.policy in statuses and rule.policy in _reached(rule.policy, statuses):
                yield rule.document.problem("reference-loop", ("who",), found=rule.policy)
            model = rule.version.model
            if isinstance(model, Share) and model.only_if is not None:
                path: Path_ = ("only_if", "burden_exceeds_deductible_of")
                if rule.policy in _reached(rule.policy, triggers):
                    yield rule.document.problem("reference-loop", path, found=rule.policy)
                elif model.only_if.burden_exceeds_deductible_of not in _counted_before(ground, rule):
                    found = model.only_if.burden_exceeds_deductible_of
                    yield rule.document.problem("only-if-never", path, found=found)


def _held(condition: object) -> list[str]:
    """Return the status policies that a condition refers to."""
    if not isinstance(condition, list):
        return []
    if condition and condition[0] == "holds":
        return [str(condition[1])]
    return [status for inner in condition for status in _held(inner)]


def _reached(start: str, references: dict[str, set[str]]) -> set[str]:
    """Return all that `start` refers to, step by step."""
    reached: set[str] = set()
    waiting = set(references[start])
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting |= references.get(name, set())
    return reached


def _counted_before(ground: Ground, rule: Rule) -> list[str]:
    """Return the policies that count a year's deductible and stand before `rule` in the order of paying."""
    place: Json = ground.bundle["places"][rule.place.id]
    before: list[str] = []
    for group in place["order"]:
        if rule.policy in group:
            break
        before += group
    return [
        policy
        for policy in before
        if any(version["law"].get("deductible_per") == "year" for version in place["policies"][policy])
    ]
