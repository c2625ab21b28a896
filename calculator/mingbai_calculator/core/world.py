"""One way in which things could be, and the search through all of them.

The evaluator is written for a world in which everything is known. Where it reads something that is
not, `Unknown` is raised; `explore` catches it, supposes each value in turn that could make a
difference, and evaluates again. So three-valued logic stands in one place, and a world in which
everything is known pays nothing for it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

SCHOOL_BILL = "the bill is a fee"
"""In a world of which the bill was given as the fact `fee`: it is settled by rules about fees, not about visits."""


class Unknown(Exception):  # noqa: N818 - a signal, not an error
    """The evaluation needs `key`, which this world does not hold."""

    def __init__(self, key: str) -> None:
        """Remember what was asked for."""
        super().__init__(key)
        self.key = key


class World(dict[str, object]):
    """What is known or supposed: facts by id, members of a list as ``fact:member``, policy numbers by input name."""

    def __missing__(self, key: str) -> object:
        """Say that `key` is not known."""
        raise Unknown(key)


class Branch[T](NamedTuple):
    """One way in which the unknown could turn out, and what it gives."""

    supposed: dict[str, object]
    outcome: T


class Branches[T](NamedTuple):
    """All the ways; `complete` is False where there were more than the limit."""

    all: list[Branch[T]]
    complete: bool


def explore[T](
    evaluate: Callable[[World], T],
    known: World,
    values: Callable[[str, World], Sequence[object]],
    limit: int,
) -> Branches[T]:
    """Evaluate under every supposition that makes a difference, at most `limit` of them.

    `values` gives, for a key, the values that stand for all others (see `Plan.values`).
    """
    branches: list[Branch[T]] = []
    waiting: list[dict[str, object]] = [{}]
    while waiting and len(branches) < limit:
        supposed = waiting.pop()
        world = World(known)
        world.update(supposed)
        try:
            outcome = evaluate(world)
        except Unknown as unknown:
            waiting.extend({**supposed, unknown.key: value} for value in reversed(values(unknown.key, world)))
        else:
            branches.append(Branch(supposed, outcome))
    return Branches(branches, complete=not waiting)


def decisive[T](
    branches: Iterable[Branch[T]], sameness: Callable[[T], object]
) -> dict[str, dict[object, list[Branch[T]]]]:
    """Return the supposed keys that change what can come out: key -> value -> the branches possible with it.

    `sameness` says what counts as the same outcome. A key that was read but makes no difference is left out: it
    makes one where two branches that differ in it alone come out differently, or where not the same can come out.
    """
    branches = list(branches)
    if len(branches) == 1:
        return {}
    numbers: dict[object, int] = {}  # the outcomes, numbered: they are compared again and again
    same = [numbers.setdefault(sameness(branch.outcome), len(numbers)) for branch in branches]
    keys = {key: None for branch in branches for key in branch.supposed}
    found: dict[str, dict[object, list[Branch[T]]]] = {}
    for key in keys:
        groups: dict[object, list[int]] = {b.supposed[key]: [] for b in branches if key in b.supposed}
        for index, (supposed, _) in enumerate(branches):
            for group in [groups[supposed[key]]] if key in supposed else groups.values():
                group.append(index)
        possible = {frozenset([same[index] for index in group]) for group in groups.values()}
        if len(possible) > 1 or _differ_in(key, branches, same):
            found[key] = {value: [branches[index] for index in group] for value, group in groups.items()}
    return found


def _differ_in[T](key: str, branches: Sequence[Branch[T]], same: Sequence[int]) -> bool:
    """Whether two branches that differ in `key` alone come out differently."""
    beside: dict[object, int] = {}
    for (supposed, _), outcome in zip(branches, same, strict=True):
        if key in supposed:
            others = frozenset(item for item in supposed.items() if item[0] != key)
            if beside.setdefault(others, outcome) != outcome:
                return True
    return False
