"""Conditions on facts, compiled once to functions of a world.

In the bundle a condition is a list (the generator makes it from the YAML maps):

``["all", c, ...]`` ``["any", c, ...]`` ``["none", c, ...]``
    all, one, none of the conditions
``["in", fact, [value, ...]]``
    a yes-or-no or a choice is one of the values
``["has", fact, [member, ...]]``
    a list holds one of the members
``["range", fact, low, high]``
    a number is not below `low` and not above `high` (whole numbers or fen; null = open)
``["perhaps", key]``
    the source leaves open whether this is so
"""

from collections.abc import Callable, Iterator
from typing import cast

from mingbai_calculator.world import Unknown, World

type Json = list[Json] | dict[str, Json] | str | int | bool | None
type Condition = list[Json]
type Test = Callable[[World], bool]


def member(fact: str, value: str) -> str:
    """Return the key under which a world holds whether the list `fact` has `value`."""
    return f"{fact}:{value}"


def compile_condition(condition: Condition) -> Test:
    """Return the function that tells whether `condition` holds in a world; `Unknown` is raised where it matters."""
    return _COMPILERS[cast("str", condition[0])](condition)


def atoms(condition: Condition) -> Iterator[Condition]:
    """Yield the conditions on single facts inside `condition`."""
    if condition[0] in ("all", "any", "none"):
        for inner in condition[1:]:
            yield from atoms(cast("Condition", inner))
    else:
        yield condition


def every(tests: list[Test]) -> Test:
    """Return the test that all `tests` hold. One that fails decides, whatever is unknown about the others."""
    if len(tests) == 1:
        return tests[0]

    def all_hold(world: World) -> bool:
        unknown = None
        for test in tests:
            try:
                if not test(world):
                    return False
            except Unknown as signal:
                unknown = unknown or signal
        if unknown is not None:
            raise unknown
        return True

    return all_hold


def some(tests: list[Test]) -> Test:
    """Return the test that one of `tests` holds. One that holds decides, whatever is unknown about the others."""
    if len(tests) == 1:
        return tests[0]

    def one_holds(world: World) -> bool:
        unknown = None
        for test in tests:
            try:
                if test(world):
                    return True
            except Unknown as signal:
                unknown = unknown or signal
        if unknown is not None:
            raise unknown
        return False

    return one_holds


def _inner(condition: Condition) -> list[Test]:
    return [compile_condition(cast("Condition", inner)) for inner in condition[1:]]


def _none(condition: Condition) -> Test:
    one_holds = some(_inner(condition))
    return lambda world: not one_holds(world)


def _in(condition: Condition) -> Test:
    fact, values = cast("str", condition[1]), frozenset(cast("list[str | bool]", condition[2]))
    if len(values) == 1:
        (only,) = values
        return lambda world: world[fact] == only
    return lambda world: world[fact] in values


def _has(condition: Condition) -> Test:
    fact = cast("str", condition[1])
    keys = [member(fact, value) for value in cast("list[str]", condition[2])]
    return some([_holds(key) for key in keys])


def _holds(key: str) -> Test:
    return lambda world: world[key] is True


def _range(condition: Condition) -> Test:
    fact = cast("str", condition[1])
    low, high = cast("int | None", condition[2]), cast("int | None", condition[3])
    if high is None:
        return lambda world: cast("int", world[fact]) >= cast("int", low)
    if low is None:
        return lambda world: cast("int", world[fact]) <= high
    return lambda world: low <= cast("int", world[fact]) <= high


_COMPILERS: dict[str, Callable[[Condition], Test]] = {
    "all": lambda condition: every(_inner(condition)) if len(condition) > 1 else lambda _: True,
    "any": lambda condition: some(_inner(condition)),
    "none": _none,
    "in": _in,
    "has": _has,
    "range": _range,
    "perhaps": lambda condition: _holds(cast("str", condition[1])),
}
