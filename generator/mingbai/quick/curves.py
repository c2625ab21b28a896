"""What is paid along the cost of a bill, as breakpoints between which it is a straight line."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from mingbai.quick.affine import Affine, Number, Path
from mingbai.quick.case import SELF, Case, Span, TooManyError

MOST = 10_000_000_00
"""Fen. The largest bill that a table knows; ten million yuan."""
NEAR = 4
"""Fen. A jump may lie so far from where it would be without rounding."""
MOST_PIECES = 200

type Points = tuple[tuple[int, int], ...]
"""Costs and amounts (fen), rising by cost; straight in between."""
type Curves = dict[str, tuple[Points, Points]]
"""Low and high end of what each pays."""


class Line(NamedTuple):
    """`base` + `slope` x of the cost."""

    base: Number
    slope: Number

    def at(self, cost: Number) -> Number:
        """Return the value at a cost."""
        return self.base + self.slope * cost


ZERO = Line(0, 0)


class Piece(NamedTuple):
    """A stretch of costs (fen): what each end of each share is on it, the ways that come to the same, who pays.

    `paying` are the policies by which something is paid in any way.
    """

    start: Number
    end: Number
    lines: dict[tuple[str, int], Line]
    alike: list[list[dict[str, object]]]
    paying: frozenset[str]


def pieces(case: Case) -> list[Piece]:
    """Return the stretches of cost on which the engine takes one and the same way; none if no rule settles the bill."""
    found: list[Piece] = []
    start: Number = 0
    while start < MOST:
        path = Path(start, MOST)
        scenarios = case.along(path.cost())
        if scenarios is None:
            return []
        lines = {(payer, end): _line(span[end]) for payer, span in scenarios.shares.items() for end in (0, 1)}
        found.append(Piece(start, path.end, lines, scenarios.alike, scenarios.paying))
        if len(found) > MOST_PIECES:
            raise TooManyError
        start = path.end
    return found


def curves(case: Case, along: list[Piece]) -> Curves:
    """Return low and high end of what each pays, the person first; a payer that never pays is left out."""
    payers = dict.fromkeys([SELF, *(payer for piece in along for payer, _ in piece.lines)])
    found = {payer: (_points(case, (payer, 0), along), _points(case, (payer, 1), along)) for payer in payers}
    return {payer: both for payer, both in found.items() if payer == SELF or any(amount for _, amount in both[1])}


def value_at(points: Points, cost: int) -> float:
    """Return the amount (fen) at a cost; as good as the page works it out, which has no better numbers."""
    at = max(1, bisect_left(points, (cost,)))
    (start, low), (end, high) = points[at - 1], points[at]
    return low + (high - low) * (cost - start) / (end - start)


def _line(value: "Affine | int") -> Line:
    return Line(value.base, value.slope) if isinstance(value, Affine) else Line(value, 0)


def _points(case: Case, name: tuple[str, int], along: list[Piece]) -> Points:
    """Return the breakpoints of one end of one share."""
    merged: list[tuple[Number, Line]] = []
    for piece in along:
        line = piece.lines.get(name, ZERO)
        if not merged or merged[-1][1] != line:
            merged.append((piece.start, line))
    points = [(0, _round(merged[0][1].at(0)))]
    for (_, before), (start, after) in pairwise(merged):
        points += _bend(before, after, start, lambda cost: _end(case, name, cost))
    points.append((MOST, _round(merged[-1][1].at(MOST))))
    return tuple(dict(points).items())


def _bend(before: Line, after: Line, start: Number, value: Callable[[int], int]) -> Iterator[tuple[int, int]]:
    """Yield the breakpoint between two lines; two of them, a fen apart, where the amount jumps."""
    cost = _round(start)
    if _gap(before.at(start), after.at(start)) < 1:
        yield cost, _round(after.at(cost))
        return
    # Rounding moves a jump by a few fen: the engine says which side each cost is on.
    near = range(max(cost - NEAR, 0), cost + NEAR + 1)
    still = [each for each in near if _gap(value(each), before.at(each)) <= _gap(value(each), after.at(each))]
    last = max(still, default=near[0] - 1)
    if last >= 0:
        yield last, _round(before.at(last))
    yield last + 1, _round(after.at(last + 1))


def _gap(one: Number, other: Number) -> Number:
    return max(one - other, other - one)


def _end(case: Case, name: tuple[str, int], cost: int) -> int:
    payer, end = name
    found: int = (case.shares(cost) or {}).get(payer, Span(0, 0))[end]
    return found


def _round(value: Number) -> int:
    return int((2 * value + 1) // 2)
