"""The proof of a table: the engine says the same at its breakpoints, around them, and at many costs by lot."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from random import Random

from mingbai.quick.case import Case, Shares, Span
from mingbai.quick.curves import MOST, Curves, Piece, value_at
from mingbai_calculator.core.facts import MissingFact
from mingbai_calculator.core.money import shown

YUAN = 100
"""Fen. So far a table may be from the engine."""
BY_LOT = 10_000
IN_FULL = 50
"""Of so many costs by lot at one every way is worked out; at the others one of those that should come to the same."""
LARGEST_BY_LOT = 500_000_00
"""Fen. Most lots fall below it, as most bills do."""


class WrongTableError(Exception):
    """A table and the engine do not say the same; the message says where."""


def prove(curves: Curves, cases: list[tuple[Case, list[Piece]]], name: str, by_lot: int = BY_LOT) -> None:
    """Compare the table of some cases with the engine. Raises `WrongTableError` where they are a yuan apart."""
    for cost in _around(curves):
        for index, (case, _) in enumerate(cases):
            _compare(curves, case, cost, case.shares(cost) if index else case.estimated(cost), name)
    lots = Random(f"{name} {curves}")  # noqa: S311 - the same lots each time, nothing secret
    starts = [[piece.start for piece in along] for _, along in cases]
    for lot in range(by_lot):
        which = lot % len(cases)
        case, along = cases[which]
        cost = lots.randrange(LARGEST_BY_LOT) if lot % 4 else int(10 ** lots.uniform(0, 9))
        found = None
        if lot // len(cases) % IN_FULL:
            piece = along[max(0, bisect_right(starts[which], cost) - 1)]
            try:
                found = case.in_ways(cost, [lots.choice(scenarios) for scenarios in piece.alike])
            except MissingFact:  # rounding took another way just here
                found = None
        _compare(curves, case, cost, found or case.shares(cost), name)


def _around(curves: Curves) -> Iterator[int]:
    """Yield every breakpoint, what lies a fen and a yuan beside it, and what lies between two."""
    costs = sorted({cost for both in curves.values() for points in both for cost, _ in points})
    beside = {cost + step for cost in costs for step in (-YUAN, -1, 0, 1, YUAN)}
    between = {(start + end) // 2 for start, end in pairwise(costs)}
    yield from sorted(cost for cost in beside | between if 0 < cost <= MOST)


def _compare(curves: Curves, case: Case, cost: int, shares: Shares | None, name: str) -> None:
    for payer in {**curves, **(shares or {})}:
        for end, amount in enumerate((shares or {}).get(payer, Span(0, 0))):
            said = value_at(curves[payer][end], cost) if payer in curves else 0
            if shares is None or not abs(said - amount) <= YUAN:
                known = {key: value for key, value in case.known.items() if value is not False}
                message = (
                    f"the quick answer of {name} is wrong for a bill of {shown(cost)} yuan: {payer} pays"
                    f" {shown(round(said))} by the table and {shown(amount)} by the engine ({known})"
                )
                raise WrongTableError(message)
