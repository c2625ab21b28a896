"""Rules that jump: a benefit that is paid only above a threshold, while a number is open.

What the person pays is monotone in each open number, except where such a benefit sets in. There the
extreme may lie just on either side of the jump; these points are found by halving.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import cast

from mingbai_calculator.core.world import Branch, Branches, Unknown, World
from mingbai_calculator.kinds.claim import Stay

type Way = tuple[Stay | None, ...]
type Settle = Callable[[World], Way]


def find(ways: Branches[Way], numbers: Iterable[str]) -> list[str]:
    """Return the open numbers that may set off a benefit: those supposed where it is not always, or never, set off."""
    seen = {triggers for branch in ways.all if (triggers := _triggers(branch.outcome))}
    if len(seen) < 2:  # noqa: PLR2004 - set off in some ways, not in others
        return []
    return [number for number in numbers if any(number in branch.supposed for branch in ways.all)]


def beside(settle: Settle, known: World, ways: Branches[Way], numbers: Sequence[str]) -> list[Branch[Way]]:
    """Return the ways on both sides of each jump along each open number."""
    found = []
    for number in numbers:
        bounds = sorted({cast("int", branch.supposed[number]) for branch in ways.all if number in branch.supposed})
        for branch in ways.all:
            if branch.supposed.get(number) == bounds[0] and len(bounds) > 1:
                found += _halve(settle, known, branch, number, bounds[-1])
    return found


def _halve(settle: Settle, known: World, branch: Branch[Way], number: str, high: int) -> list[Branch[Way]]:
    """Return the two neighbours between which a benefit sets in, from the value of `branch` up to `high`."""

    def at(value: int) -> Branch[Way] | None:
        supposed = {**branch.supposed, number: value}
        try:
            return Branch(supposed, settle(World({**known, **supposed})))
        except Unknown:  # this way reads something that the other did not; it has branches of its own
            return None

    low_way, high_way = branch, at(high)
    if high_way is None or _triggers(low_way.outcome) == _triggers(high_way.outcome):
        return []
    low = cast("int", branch.supposed[number])
    while high - low > 1:
        middle = (low + high) // 2
        way = at(middle)
        if way is None:
            return []
        if _triggers(way.outcome) == _triggers(low_way.outcome):
            low, low_way = middle, way
        else:
            high, high_way = middle, way
    return [low_way, high_way]


def _triggers(way: Way) -> tuple[tuple[tuple[str, bool], ...], ...]:
    """Return which benefits are set off in which visit."""
    return tuple(tuple(sorted(stay.triggers.items())) if stay else () for stay in way)
