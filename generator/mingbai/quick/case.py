"""One choice of who and where, put to the engine: what the person and each payer pay of a bill."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from mingbai.quick.affine import Affine
from mingbai_calculator.core.facts import Facts
from mingbai_calculator.engine.outcomes import Outcomes, enclose, settle_all_scenarios
from mingbai_calculator.engine.ruleset import Ruleset
from mingbai_calculator.engine.scenarios import Visit
from mingbai_calculator.kinds.claim import Claim, YearLedger
from mingbai_calculator.kinds.share import FORCED
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

    ruleset: Ruleset
    bill: str
    known: Facts
    defaults: Vocabulary

    def along(self, cost: Affine) -> Ways | None:
        """Return what everybody pays of a bill that grows along a path; None where no rule settles it in any way.

        Raises `TooManyError` where too much is unknown.
        """
        bills = self._enclosed(cost)
        if len(bills.scenarios.all) > MOST_WAYS:
            raise TooManyError
        shares = _shares(bills)
        if shares is None:
            return None
        alike: dict[object, list[dict[str, object]]] = {}
        paying: set[str] = set()
        for scenarios, forced in ((bills.scenarios, {}), (bills.outer, {FORCED: True})):
            for supposed, scenario in scenarios.all if scenarios else ():
                paid = _paid(scenario[0], cost)
                steps = scenario[0].payments if scenario[0] else ()
                paying.update(step.policy for step in steps if any(_parts(step.amount)))
                same = tuple(sorted((payer, *_parts(each)) for payer, each in paid.items()))
                alike.setdefault(same, []).append({**supposed, **forced})
        return Ways(shares, list(alike.values()), frozenset(paying))

    def shares(self, cost: int) -> Shares | None:
        """Return what everybody pays of a bill (fen)."""
        return _shares(self._enclosed(cost))

    def estimated(self, cost: int) -> Shares | None:
        """Return the same as the estimator works it out: it looks beside each jump too, which takes its time."""
        return _shares(settle_all_scenarios([self._visit(cost)], Facts()))

    def in_ways(self, cost: int, supposed: Iterable[dict[str, object]]) -> Shares:
        """Return what everybody pays of a bill (fen) in scenarios; raises `MissingFact` where one is not whole."""
        own = self._visit(cost).own
        return _hull([_paid(self.ruleset.settle(Facts({**own, **each}), YearLedger()), cost) for each in supposed])

    def decisive(self, cost: int) -> list[str]:
        """Return what is unknown and makes a difference to a bill (fen), the most decisive first."""
        return settle_all_scenarios([self._visit(cost)], Facts()).decisive

    def _enclosed(self, cost: int | Affine) -> Outcomes:
        return enclose([self._visit(cost)], Facts())[0]

    def _visit(self, cost: int | Affine) -> Visit:
        given = Facts({**self.known, self.bill: cast("object", cost)})
        full, _ = with_defaults(given, self.defaults)
        return Visit(self.ruleset, full)


def _shares(bills: Outcomes) -> Shares | None:
    if bills.self_pays is None:
        return None
    scenarios = [scenario for scenarios in (bills.scenarios, bills.outer) if scenarios for _, scenario in scenarios.all]
    shares = _hull([_paid(scenario[0], bills.total) for scenario in scenarios])
    shares[SELF] = Span(*bills.self_pays)
    return shares


def _hull(scenarios: list[Paid]) -> Shares:
    payers = dict.fromkeys(payer for scenario in scenarios for payer in scenario)
    spans = {payer: [scenario.get(payer, 0) for scenario in scenarios] for payer in payers}
    return {payer: Span(min(paid), max(paid)) for payer, paid in spans.items()}


def _paid(claim: Claim | None, cost: int | Affine) -> Paid:
    """Return what everybody pays in one way; a choice is offered only where a rule settles it."""
    if claim is None:
        return {SELF: cost}
    paid: Paid = {SELF: claim.self_pays}
    for step in claim.payments:
        paid[step.payer] = paid.get(step.payer, 0) + step.amount
    return paid


def _parts(value: "int | Affine") -> tuple[Any, Any]:
    return (value.base, value.slope) if isinstance(value, Affine) else (value, 0)
