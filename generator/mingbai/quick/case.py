"""One choice of who and where, put to the engine: what the person and each payer pay of a bill."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from mingbai_calculator.kinds.share import FORCED

from mingbai.quick.affine import Affine
from mingbai_calculator.core.world import World
from mingbai_calculator.engine.outcomes import Bills, enclose, settle_every_way
from mingbai_calculator.engine.ruleset import Plan
from mingbai_calculator.engine.scenarios import Visit
from mingbai_calculator.kinds.claim import Stay, Year
from mingbai_calculator.request.vocabulary import Vocabulary, with_defaults

SELF = "self"
"""Stands beside the payers for the person."""

MOST_WAYS = 128
"""In so many ways what is unknown may turn out; a rule with more is for the estimator."""


class TooManyError(Exception):
    """There are more ways, or more breakpoints, than a quick answer can hold."""


type Paid = dict[str, Any]
"""What each payer pays in one way (fen), and what the person pays."""


class Span(NamedTuple):
    """From .. to, in fen; of a whole piece of the cost where it is `Affine`."""

    low: Any
    high: Any


type Shares = dict[str, Span]
"""What each pays over all ways; a payer that pays nothing may be missing."""


class Ways(NamedTuple):
    """What each pays on a piece of the cost, and the ways in which it comes about, grouped by what they come to.

    `paying` are the policies by which something is paid in any of them.
    """

    shares: Shares
    alike: list[list[dict[str, object]]]
    paying: frozenset[str]


@dataclass(frozen=True, slots=True)
class Case:
    """A choice: the plan of its day, the fact that holds the bill, what is known beside, the facts with a default."""

    plan: Plan
    bill: str
    known: World
    defaults: Vocabulary

    def along(self, cost: Affine) -> Ways | None:
        """Return what everybody pays of a bill that grows along a path; None where no rule settles it in any way.

        Raises `TooManyError` where too much is unknown.
        """
        bills = self._enclosed(cost)
        if len(bills.ways.all) > MOST_WAYS:
            raise TooManyError
        shares = _shares(bills)
        if shares is None:
            return None
        alike: dict[object, list[dict[str, object]]] = {}
        paying: set[str] = set()
        for branches, forced in ((bills.ways, {}), (bills.outer, {FORCED: True})):
            for supposed, way in branches.all if branches else ():
                paid = _paid(way[0], cost)
                steps = way[0].steps if way[0] else ()
                paying.update(step.policy for step in steps if any(_parts(step.amount)))
                same = tuple(sorted((payer, *_parts(each)) for payer, each in paid.items()))
                alike.setdefault(same, []).append({**supposed, **forced})
        return Ways(shares, list(alike.values()), frozenset(paying))

    def shares(self, cost: int) -> Shares | None:
        """Return what everybody pays of a bill (fen)."""
        return _shares(self._enclosed(cost))

    def estimated(self, cost: int) -> Shares | None:
        """Return the same as the estimator works it out: it looks beside each jump too, which takes its time."""
        return _shares(settle_every_way([self._visit(cost)], World()))

    def in_ways(self, cost: int, supposed: Iterable[dict[str, object]]) -> Shares:
        """Return what everybody pays of a bill (fen) in these ways alone; raises `Unknown` where one is not whole."""
        own = self._visit(cost).own
        return _hull([_paid(self.plan.settle(World({**own, **each}), Year()), cost) for each in supposed])

    def decisive(self, cost: int) -> list[str]:
        """Return what is unknown and makes a difference to a bill (fen), the most decisive first."""
        return settle_every_way([self._visit(cost)], World()).decisive

    def _enclosed(self, cost: int | Affine) -> Bills:
        return enclose([self._visit(cost)], World())[0]

    def _visit(self, cost: int | Affine) -> Visit:
        given = World({**self.known, self.bill: cast("object", cost)})
        full, _ = with_defaults(given, self.defaults)
        return Visit(self.plan, full)


def _shares(bills: Bills) -> Shares | None:
    if bills.self_pays is None:
        return None
    ways = [way for branches in (bills.ways, bills.outer) if branches for _, way in branches.all]
    shares = _hull([_paid(way[0], bills.total) for way in ways])
    shares[SELF] = Span(*bills.self_pays)
    return shares


def _hull(ways: list[Paid]) -> Shares:
    payers = dict.fromkeys(payer for way in ways for payer in way)
    spans = {payer: [way.get(payer, 0) for way in ways] for payer in payers}
    return {payer: Span(min(paid), max(paid)) for payer, paid in spans.items()}


def _paid(stay: Stay | None, cost: int | Affine) -> Paid:
    """Return what everybody pays in one way; a choice is offered only where a rule settles it."""
    if stay is None:
        return {SELF: cost}
    paid: Paid = {SELF: stay.self_pays}
    for step in stay.steps:
        paid[step.payer] = paid.get(step.payer, 0) + step.amount
    return paid


def _parts(value: "int | Affine") -> tuple[Any, Any]:
    return (value.base, value.slope) if isinstance(value, Affine) else (value, 0)
