"""Conditions on facts, compiled once to functions of a world.

In the bundle a condition is a list (the generator makes it from the YAML maps):

``["all", c, ...]`` ``["any", c, ...]`` ``["none", c, ...]``
    all, one, none of the conditions
``["in", fact, [value, ...]]``
    a yes-or-no or a choice is one of the values
``["has", fact, [member, ...]]``
    a list holds one of the members; in a plan with their ``groups`` as a fourth part (see `alike`)
``["range", fact, low, high]``
    a number is not below `low` and not above `high` (whole numbers or fen; null = open)
``["ratio", fact, order, times, other]``
    a number compares (``above``, ``at_least``, ``at_most``, ``below``) to `times` basis points of another fact
``["holds", status]``
    a condition that stands in a `status` policy of the place
``["perhaps", key]``
    the source leaves open whether this is so
"""

import operator
from collections.abc import Callable, Iterator
from typing import cast

from mingbai_calculator.core.facts import Facts, MissingFact
from mingbai_calculator.core.json_value import Json
from mingbai_calculator.core.money import ALL

type Condition = list[Json]
type Test = Callable[[Facts], bool]
type Lookup = tuple[str, frozenset[object]]

_ORDERS: dict[str, Callable[[int, int], bool]] = {
    "above": operator.gt,
    "at_least": operator.ge,
    "at_most": operator.le,
    "below": operator.lt,
}
_YES = frozenset([True])


def member(fact: str, value: str) -> str:
    """Return the key under which a world holds whether the list `fact` has `value`."""
    return f"{fact}:{value}"


def atoms(condition: Condition) -> Iterator[Condition]:
    """Yield the conditions on single facts inside `condition`."""
    if condition[0] in ("all", "any", "none"):
        for inner in condition[1:]:
            yield from atoms(cast("Condition", inner))
    else:
        yield condition


def conditions_in(value: Json) -> list[Condition]:
    """Return every condition inside a part of the bundle: a list that starts with "all"."""
    if isinstance(value, dict):
        return [condition for inner in value.values() for condition in conditions_in(inner)]
    if isinstance(value, list):
        if value and value[0] == "all":
            return [value]
        return [condition for inner in value for condition in conditions_in(inner)]
    return []


def compile_condition(*conditions: Condition) -> Test:
    """Return the function that tells whether all `conditions` hold; `MissingFact` is raised only where it matters.

    Nearly every condition is a few look-ups, so these are tried first and without a call each.
    """
    parts = [part for condition in conditions for part in _flat(condition)]
    lookups = tuple(lookup for part in parts if (lookup := _lookup(part)) is not None)
    tests = tuple(_test(part) for part in parts if _lookup(part) is None)

    def all_hold(facts: Facts) -> bool:
        try:
            for key, allowed in lookups:
                if facts[key] not in allowed:
                    return False
            for test in tests:
                if not test(facts):
                    return False
        except MissingFact as unknown:
            # One that fails decides, whatever is unknown about the others.
            if any(key in facts and facts[key] not in allowed for key, allowed in lookups):
                return False
            if any(_fails(test, facts) for test in tests):
                return False
            raise unknown from None
        return True

    return all_hold


def holds(condition: Condition, facts: Facts) -> bool | None:
    """Tell whether a condition holds in a world; None where what decides it is not known there."""
    try:
        return compile_condition(condition)(facts)
    except MissingFact:
        return None


def parts_of(condition: Condition) -> list[Condition]:
    """Return the conditions of which a condition wants every one."""
    return cast("list[Condition]", condition[1:] if condition[0] == "all" else [condition])


def _flat(condition: Condition) -> Iterator[Condition]:
    """Yield the parts of a condition all of which must hold."""
    if condition[0] == "all":
        for inner in condition[1:]:
            yield from _flat(cast("Condition", inner))
    else:
        yield condition


def _lookup(condition: Condition) -> Lookup | None:
    """Return a condition as a key and its allowed values, if it is that simple."""
    kind = condition[0]
    if kind == "in":
        return cast("str", condition[1]), frozenset(cast("list[str | bool]", condition[2]))
    if kind == "has" and _members(condition) == [condition[2]] and len(cast("list[str]", condition[2])) == 1:
        return member(cast("str", condition[1]), cast("list[str]", condition[2])[0]), _YES
    if kind == "perhaps":
        return cast("str", condition[1]), _YES
    return None


def _test(condition: Condition) -> Test:
    kind = condition[0]
    if kind == "range":
        return _range(condition)
    if kind == "ratio":
        return _ratio(condition)
    if kind == "has":
        return _some([_one_of(cast("str", condition[1]), group) for group in _members(condition)])
    one_holds = _some([compile_condition(cast("Condition", inner)) for inner in condition[1:]])
    return one_holds if kind == "any" else lambda facts: not one_holds(facts)


def _members(condition: Condition) -> list[list[str]]:
    """Return the members that a condition on a list names, those together that no rule tells apart."""
    if len(condition) > len(("has", "fact", "members")):
        return cast("list[list[str]]", condition[3])
    return [[value] for value in cast("list[str]", condition[2])]


def _one_of(fact: str, group: list[str]) -> Test:
    """Return the test that a list holds one of a group: of a list that was not given, its first member says so."""
    first, *others = (member(fact, value) for value in group)
    if not others:
        return lambda facts: facts[first] is True
    return lambda facts: facts[first] is True or any(facts.get(other) for other in others)


def _some(tests: list[Test]) -> Test:
    """Return the test that one of `tests` holds. One that holds decides, whatever is unknown about the others."""

    def one_holds(facts: Facts) -> bool:
        unknown = None
        for test in tests:
            try:
                if test(facts):
                    return True
            except MissingFact as signal:
                unknown = unknown or signal
        if unknown is not None:
            raise unknown
        return False

    return one_holds


def _fails(test: Test, facts: Facts) -> bool:
    try:
        return not test(facts)
    except MissingFact:
        return False


def _range(condition: Condition) -> Test:
    fact = cast("str", condition[1])
    low, high = cast("int | None", condition[2]), cast("int | None", condition[3])
    if high is None:
        return lambda facts: cast("int", facts[fact]) >= cast("int", low)
    if low is None:
        return lambda facts: cast("int", facts[fact]) <= high
    return lambda facts: low <= cast("int", facts[fact]) <= high


def _ratio(condition: Condition) -> Test:
    fact, other = cast("str", condition[1]), cast("str", condition[4])
    compare, times = _ORDERS[cast("str", condition[2])], cast("int", condition[3])
    return lambda facts: compare(cast("int", facts[fact]) * ALL, times * cast("int", facts[other]))
