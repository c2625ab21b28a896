"""Curves: what each pays as a piecewise linear function of the cost, given by its breakpoints."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from mingbai.quick.affine import Affine, ExactNumber, ExecutionPath
from mingbai.quick.bill_profile import SELF, BillProfile, PaymentRange, TooComplexError

MAX_COST = 10_000_000_00
"""Fen. The largest bill that a table covers: ten million yuan."""
ROUNDING_SPREAD = 4
"""Fen. Rounding moves a discontinuity at most so far from where it would be without rounding."""
MAX_PIECES = 200

type Breakpoints = tuple[tuple[int, int], ...]
"""Pairs of cost and amount (fen), ascending by cost; linear in between."""
type Curves = dict[str, tuple[Breakpoints, Breakpoints]]
"""By payer: the curves of the lowest and of the highest amount."""


class Line(NamedTuple):
    """The line `base` + `slope` x, where x is the cost (fen)."""

    base: ExactNumber
    slope: ExactNumber

    def evaluate(self, cost: ExactNumber) -> ExactNumber:
        """Return the value (fen) at a cost (fen)."""
        return self.base + self.slope * cost


ZERO = Line(0, 0)


class Piece(NamedTuple):
    """An interval of costs (fen) on which the engine takes one execution path.

    `lines` are by payer and end (0: lowest, 1: highest amount); `interchangeable` are the scenarios grouped by their
    amounts; `paying` are the policies by which something is paid in any scenario.
    """

    start: ExactNumber
    end: ExactNumber
    lines: dict[tuple[str, int], Line]
    interchangeable: list[list[dict[str, object]]]
    paying: frozenset[str]


def find_pieces(profile: BillProfile) -> list[Piece]:
    """Return the pieces from cost 0 to `MAX_COST`, ascending; none if no rule settles the bill.

    Raises `TooComplexError` above `MAX_PIECES` pieces, or where too much is unknown.
    """
    pieces: list[Piece] = []
    start: ExactNumber = 0
    while start < MAX_COST:
        path = ExecutionPath(start, MAX_COST)
        outcome = profile.settle_along(path.cost())
        if outcome is None:
            return []
        lines = {
            (payer, end): _to_line(amount_range[end])
            for payer, amount_range in outcome.ranges.items()
            for end in (0, 1)
        }
        pieces.append(Piece(start, path.end, lines, outcome.interchangeable, outcome.paying))
        if len(pieces) > MAX_PIECES:
            raise TooComplexError
        start = path.end
    return pieces


def make_curves(profile: BillProfile, pieces: list[Piece]) -> Curves:
    """Return the curves of what each pays, the person first; a payer that never pays is left out."""
    payers = dict.fromkeys([SELF, *(payer for piece in pieces for payer, _ in piece.lines)])
    curves = {
        payer: (_find_breakpoints(profile, (payer, 0), pieces), _find_breakpoints(profile, (payer, 1), pieces))
        for payer in payers
    }
    return {payer: both for payer, both in curves.items() if payer == SELF or any(amount for _, amount in both[1])}


def interpolate(points: Breakpoints, cost: int) -> float:
    """Return the amount (fen) at a cost (fen), as the page's script computes it: in floating point."""
    index = max(1, bisect_left(points, (cost,)))
    (start, low), (end, high) = points[index - 1], points[index]
    return low + (high - low) * (cost - start) / (end - start)


def _to_line(value: "Affine | int") -> Line:
    return Line(value.base, value.slope) if isinstance(value, Affine) else Line(value, 0)


def _find_breakpoints(profile: BillProfile, name: tuple[str, int], pieces: list[Piece]) -> Breakpoints:
    """Return the breakpoints of one curve; `name` is its payer and its end (0: lowest, 1: highest amount)."""
    merged: list[tuple[ExactNumber, Line]] = []
    for piece in pieces:
        line = piece.lines.get(name, ZERO)
        if not merged or merged[-1][1] != line:
            merged.append((piece.start, line))
    points = [(0, _round(merged[0][1].evaluate(0)))]
    for (_, before), (start, after) in pairwise(merged):
        points += _break_between(before, after, start, lambda cost: _settled_amount(profile, name, cost))
    points.append((MAX_COST, _round(merged[-1][1].evaluate(MAX_COST))))
    return tuple(dict(points).items())


def _break_between(
    before: Line, after: Line, start: ExactNumber, settled_amount: Callable[[int], int]
) -> Iterator[tuple[int, int]]:
    """Yield the breakpoint between two lines; at a discontinuity two breakpoints one fen apart."""
    cost = _round(start)
    if _distance(before.evaluate(start), after.evaluate(start)) < 1:
        yield cost, _round(after.evaluate(cost))
        return
    # Rounding moves a discontinuity by a few fen: the engine tells on which side each cost lies.
    candidates = range(max(cost - ROUNDING_SPREAD, 0), cost + ROUNDING_SPREAD + 1)
    on_first_line = [
        candidate
        for candidate in candidates
        if _distance(settled_amount(candidate), before.evaluate(candidate))
        <= _distance(settled_amount(candidate), after.evaluate(candidate))
    ]
    last = max(on_first_line, default=candidates[0] - 1)
    if last >= 0:
        yield last, _round(before.evaluate(last))
    yield last + 1, _round(after.evaluate(last + 1))


def _distance(one: ExactNumber, other: ExactNumber) -> ExactNumber:
    return max(one - other, other - one)


def _settled_amount(profile: BillProfile, name: tuple[str, int], cost: int) -> int:
    payer, end = name
    amount: int = (profile.settle(cost) or {}).get(payer, PaymentRange(0, 0))[end]
    return amount


def _round(value: ExactNumber) -> int:
    return int((2 * value + 1) // 2)
