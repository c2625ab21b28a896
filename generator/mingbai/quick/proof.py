"""Proof of a table: it agrees with the engine at its breakpoints, around them, and at many random costs."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from random import Random

from mingbai.quick.bill_profile import BillProfile, PaymentRange, RangeByPayer
from mingbai.quick.curves import MAX_COST, Curves, Piece, interpolate
from mingbai_calculator.core.facts import MissingFact
from mingbai_calculator.core.money import format_amount

YUAN = 100
"""Fen. A table may differ from the engine by so much."""
RANDOM_COSTS = 10_000
FULL_PROOF_EVERY = 50
"""At one of so many random costs every scenario is settled; at the others one of each interchangeable group."""
MOST_COSTS_BELOW = 500_000_00
"""Fen. Three of four random costs lie below it, as most bills do."""


class WrongTableError(Exception):
    """A table and the engine disagree; the message says for which place, bill and payer."""


def prove(
    curves: Curves, profiles: list[tuple[BillProfile, list[Piece]]], name: str, random_costs: int = RANDOM_COSTS
) -> None:
    """Compare the table of some profiles with the engine.

    Raises `WrongTableError` where they differ by more than `YUAN`.
    """
    for cost in _costs_to_check(curves):
        for position, (profile, _) in enumerate(profiles):
            _compare(
                curves, profile, cost, profile.settle(cost) if position else profile.settle_as_estimator(cost), name
            )
    random = Random(f"{name} {curves}")  # noqa: S311 - reproducible, nothing secret
    starts = [[piece.start for piece in pieces] for _, pieces in profiles]
    for number in range(random_costs):
        position = number % len(profiles)
        profile, pieces = profiles[position]
        cost = random.randrange(MOST_COSTS_BELOW) if number % 4 else int(10 ** random.uniform(0, 9))
        ranges = None
        if number // len(profiles) % FULL_PROOF_EVERY:
            piece = pieces[max(0, bisect_right(starts[position], cost) - 1)]
            try:
                ranges = profile.settle_scenarios(
                    cost, [random.choice(scenarios) for scenarios in piece.interchangeable]
                )
            except MissingFact:  # rounding changed the execution path just here
                ranges = None
        _compare(curves, profile, cost, ranges or profile.settle(cost), name)


def _costs_to_check(curves: Curves) -> Iterator[int]:
    """Yield the costs (fen) of all breakpoints, those a fen and a yuan beside them, and the middles between two."""
    costs = sorted({cost for both in curves.values() for points in both for cost, _ in points})
    adjacent = {cost + step for cost in costs for step in (-YUAN, -1, 0, 1, YUAN)}
    between = {(start + end) // 2 for start, end in pairwise(costs)}
    yield from sorted(cost for cost in adjacent | between if 0 < cost <= MAX_COST)


def _compare(curves: Curves, profile: BillProfile, cost: int, ranges: RangeByPayer | None, name: str) -> None:
    for payer in {**curves, **(ranges or {})}:
        for end, amount in enumerate((ranges or {}).get(payer, PaymentRange(0, 0))):
            table_amount = interpolate(curves[payer][end], cost) if payer in curves else 0
            if ranges is None or not abs(table_amount - amount) <= YUAN:
                known = {key: value for key, value in profile.known.items() if value is not False}
                raise WrongTableError(
                    f"the quick answer of {name} is wrong for a bill of {format_amount(cost)} yuan: {payer} pays"
                    f" {format_amount(round(table_amount))} by the table and {format_amount(amount)} by the engine"
                    f" ({known})"
                )
