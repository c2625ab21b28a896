"""Conditions on facts, compiled once to predicates.

In the bundle a condition is a list (the generator compiles it from the YAML maps):

``["all", c, ...]`` ``["any", c, ...]`` ``["none", c, ...]``
    all, at least one, none of the conditions hold
``["in", fact, [value, ...]]``
    a boolean or a choice has one of the values
``["has", fact, [member, ...]]``
    a list contains one of the members; in a ruleset with their ``groups`` as a fourth element (see `interchangeable`)
``["range", fact, low, high]``
    a number is at least `low` and at most `high` (whole numbers or fen; null = no bound)
``["ratio", fact, order, times, other]``
    a number compares (``above``, ``at_least``, ``at_most``, ``below``) to `times` basis points of another fact
``["holds", status]``
    the condition of the place's policy `status` (kind `status`) holds
``["perhaps", key]``
    the source does not say whether this is so
"""

import operator
from collections.abc import Callable, Iterator
from typing import cast

from mingbai_calculator.core.facts import Facts, MissingFact
from mingbai_calculator.core.json_value import Json
from mingbai_calculator.core.money import FULL_RATE

type Condition = list[Json]
type Predicate = Callable[[Facts], bool]
type KeyLookup = tuple[str, frozenset[object]]

_COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "above": operator.gt,
    "at_least": operator.ge,
    "at_most": operator.le,
    "below": operator.lt,
}
_ONLY_TRUE = frozenset([True])


def member_key(fact: str, value: str) -> str:
    """Return the key of `Facts` that says whether the list `fact` contains `value`."""
    return f"{fact}:{value}"


def iter_atoms(condition: Condition) -> Iterator[Condition]:
    """Yield the conditions on single facts (atoms) inside `condition`."""
    if condition[0] in ("all", "any", "none"):
        for inner in condition[1:]:
            yield from iter_atoms(cast("Condition", inner))
    else:
        yield condition


def find_conditions(value: Json) -> list[Condition]:
    """Return every condition inside a part of the bundle: each list that starts with "all"."""
    if isinstance(value, dict):
        return [condition for inner in value.values() for condition in find_conditions(inner)]
    if isinstance(value, list):
        if value and value[0] == "all":
            return [value]
        return [condition for inner in value for condition in find_conditions(inner)]
    return []


def compile_condition(*conditions: Condition) -> Predicate:
    """Return the predicate that all `conditions` hold; it raises `MissingFact` only if the missing fact matters.

    Nearly all conditions are a few key look-ups: these are tested first, without a function call for each.
    """
    conjuncts = [conjunct for condition in conditions for conjunct in _flatten(condition)]
    lookups = tuple(lookup for conjunct in conjuncts if (lookup := _as_key_lookup(conjunct)) is not None)
    tests = tuple(_compile_predicate(conjunct) for conjunct in conjuncts if _as_key_lookup(conjunct) is None)
    if len(lookups) == 1 and not tests:
        return _compile_key_lookup(*lookups[0])

    def all_hold(facts: Facts) -> bool:
        try:
            for key, allowed in lookups:
                if facts[key] not in allowed:
                    return False
            for test in tests:
                if not test(facts):
                    return False
        except MissingFact as unknown:
            # A conjunct that is false decides, whatever is missing in the others.
            if any(key in facts and facts[key] not in allowed for key, allowed in lookups):
                return False
            if any(_is_false(test, facts) for test in tests):
                return False
            raise unknown from None
        return True

    return all_hold


def evaluate_condition(condition: Condition, facts: Facts) -> bool | None:
    """Return whether a condition holds for `facts`; None if that depends on a missing fact."""
    try:
        return compile_condition(condition)(facts)
    except MissingFact:
        return None


def split_conjunction(condition: Condition) -> list[Condition]:
    """Return the conditions that must all hold for `condition` to hold."""
    return cast("list[Condition]", condition[1:] if condition[0] == "all" else [condition])


def _flatten(condition: Condition) -> Iterator[Condition]:
    """Yield the conjuncts of a condition, nested conjunctions included."""
    if condition[0] == "all":
        for inner in condition[1:]:
            yield from _flatten(cast("Condition", inner))
    else:
        yield condition


def _as_key_lookup(condition: Condition) -> KeyLookup | None:
    """Return a condition as a key and its allowed values; None if it is not that simple."""
    kind = condition[0]
    if kind == "in":
        return cast("str", condition[1]), frozenset(cast("list[str | bool]", condition[2]))
    if kind == "has" and _list_member_groups(condition) == [condition[2]] and len(cast("list[str]", condition[2])) == 1:
        return member_key(cast("str", condition[1]), cast("list[str]", condition[2])[0]), _ONLY_TRUE
    if kind == "perhaps":
        return cast("str", condition[1]), _ONLY_TRUE
    return None


def _compile_key_lookup(key: str, allowed: frozenset[object]) -> Predicate:
    return lambda facts: facts[key] in allowed


def _compile_predicate(condition: Condition) -> Predicate:
    kind = condition[0]
    if kind == "range":
        return _compile_range(condition)
    if kind == "ratio":
        return _compile_ratio(condition)
    if kind == "has":
        return _compile_any(
            [_compile_group_member(cast("str", condition[1]), group) for group in _list_member_groups(condition)]
        )
    one_holds = _compile_any([compile_condition(cast("Condition", inner)) for inner in condition[1:]])
    return one_holds if kind == "any" else lambda facts: not one_holds(facts)


def _list_member_groups(condition: Condition) -> list[list[str]]:
    """Return the members that a condition on a list names, grouped with those that no rule distinguishes."""
    if len(condition) > len(("has", "fact", "members")):
        return cast("list[list[str]]", condition[3])
    return [[value] for value in cast("list[str]", condition[2])]


def _compile_group_member(fact: str, group: list[str]) -> Predicate:
    """Return the predicate that a list contains a member of a group; scenarios assume only the first member."""
    first, *others = (member_key(fact, value) for value in group)
    if not others:
        return lambda facts: facts[first] is True
    return lambda facts: facts[first] is True or any(facts.get(other) for other in others)


def _compile_any(tests: list[Predicate]) -> Predicate:
    """Return the predicate that one of `tests` is true; a true one decides, whatever is missing in the others."""

    def one_holds(facts: Facts) -> bool:
        unknown = None
        for test in tests:
            try:
                if test(facts):
                    return True
            except MissingFact as missing:
                unknown = unknown or missing
        if unknown is not None:
            raise unknown
        return False

    return one_holds


def _is_false(test: Predicate, facts: Facts) -> bool:
    try:
        return not test(facts)
    except MissingFact:
        return False


def _compile_range(condition: Condition) -> Predicate:
    fact = cast("str", condition[1])
    low, high = cast("int | None", condition[2]), cast("int | None", condition[3])
    if high is None:
        return lambda facts: cast("int", facts[fact]) >= cast("int", low)
    if low is None:
        return lambda facts: cast("int", facts[fact]) <= high
    return lambda facts: low <= cast("int", facts[fact]) <= high


def _compile_ratio(condition: Condition) -> Predicate:
    fact, other = cast("str", condition[1]), cast("str", condition[4])
    compare, times = _COMPARISONS[cast("str", condition[2])], cast("int", condition[3])
    return lambda facts: compare(cast("int", facts[fact]) * FULL_RATE, times * cast("int", facts[other]))
