"""Bill profile: one choice of person and hospital, settled by the engine for a cost or along the cost."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from mingbai.quick.affine import Affine
from mingbai_calculator.core.facts import ASSUMED_TRIGGERS, Facts
from mingbai_calculator.engine.outcomes import Outcomes, settle_all_scenarios, settle_enclosing
from mingbai_calculator.engine.ruleset import Ruleset
from mingbai_calculator.engine.scenarios import Visit
from mingbai_calculator.kinds.claim import Claim, YearLedger
from mingbai_calculator.request.vocabulary import fill_defaults

SELF = "self"
"""The person's key among the payers."""

MAX_SCENARIOS = 128
"""Most scenarios of unknown facts that a table covers; rules with more are left to the estimator."""


class TooComplexError(Exception):
    """There are more scenarios, or more breakpoints, than a quick answer can hold."""


type AmountByPayer = dict[str, Any]
"""What each payer pays in one scenario, and what the person pays: fen, or `Affine` along the cost."""


class PaymentRange(NamedTuple):
    """Lowest and highest amount: fen, or `Affine` for a whole piece of the cost."""

    low: Any
    high: Any


type RangeByPayer = dict[str, PaymentRange]
"""What each payer pays over all scenarios; a payer that never pays may be missing."""


class PieceOutcome(NamedTuple):
    """What each pays on one piece of the cost, and the scenarios behind it.

    `interchangeable` groups the scenarios (assumed facts) by their amounts: those of a group have the same ones.
    `paying` are the policies by which something is paid in any scenario.
    """

    ranges: RangeByPayer
    interchangeable: list[list[dict[str, object]]]
    paying: frozenset[str]


@dataclass(frozen=True, slots=True)
class BillProfile:
    """One choice: the ruleset of its day, the fact that holds the bill, the known facts."""

    ruleset: Ruleset
    bill: str
    known: Facts

    def settle_along(self, cost: Affine) -> PieceOutcome | None:
        """Return what everybody pays on the piece of the cost that begins at the path's start.

        None where no rule settles the bill in any scenario. Raises `TooComplexError` where too much is unknown.
        """
        outcomes = self._enclose(cost)
        if len(outcomes.scenarios.all) > MAX_SCENARIOS:
            raise TooComplexError
        ranges = _ranges_over_scenarios(outcomes)
        if ranges is None:
            return None
        interchangeable: dict[object, list[dict[str, object]]] = {}
        paying: set[str] = set()
        for scenarios, forced in ((outcomes.scenarios, {}), (outcomes.outer, {ASSUMED_TRIGGERS: True})):
            for assumed, scenario in scenarios.all if scenarios else ():
                amounts = _amounts_by_payer(scenario[0], cost)
                payments = scenario[0].payments if scenario[0] else ()
                paying.update(payment.policy for payment in payments if any(_coefficients(payment.amount)))
                key = tuple(sorted((payer, *_coefficients(amount)) for payer, amount in amounts.items()))
                interchangeable.setdefault(key, []).append({**assumed, **forced})
        return PieceOutcome(ranges, list(interchangeable.values()), frozenset(paying))

    def settle(self, cost: int) -> RangeByPayer | None:
        """Return what everybody pays of a bill of `cost` (fen); None where no rule settles it."""
        return _ranges_over_scenarios(self._enclose(cost))

    def settle_as_estimator(self, cost: int) -> RangeByPayer | None:
        """Return the same by the estimator's full method: it also searches beside discontinuities, which is slower."""
        return _ranges_over_scenarios(settle_all_scenarios([self._make_visit(cost)], Facts()))

    def settle_scenarios(self, cost: int, scenarios: Iterable[dict[str, object]]) -> RangeByPayer:
        """Return what everybody pays of a bill (fen) over the given scenarios (assumed facts).

        Raises `MissingFact` where a scenario lacks a fact that the rules read.
        """
        known = self._make_visit(cost).own
        return _enclosing_ranges(
            [
                _amounts_by_payer(self.ruleset.settle(Facts({**known, **assumed}), YearLedger()), cost)
                for assumed in scenarios
            ]
        )

    def find_deciding_facts(self, cost: int) -> list[str]:
        """Return the unknown facts that change what is paid of a bill (fen), the most decisive first."""
        return settle_all_scenarios([self._make_visit(cost)], Facts()).deciding_keys

    def _enclose(self, cost: int | Affine) -> Outcomes:
        return settle_enclosing([self._make_visit(cost)], Facts())[0]

    def _make_visit(self, cost: int | Affine) -> Visit:
        known = Facts({**self.known, self.bill: cast("object", cost)})
        complete, _ = fill_defaults(known, self.ruleset.fact_definitions)
        return Visit(self.ruleset, complete)


def _ranges_over_scenarios(outcomes: Outcomes) -> RangeByPayer | None:
    if outcomes.self_pays is None:
        return None
    scenarios = [scenario for group in (outcomes.scenarios, outcomes.outer) if group for _, scenario in group.all]
    ranges = _enclosing_ranges([_amounts_by_payer(scenario[0], outcomes.total) for scenario in scenarios])
    ranges[SELF] = PaymentRange(*outcomes.self_pays)
    return ranges


def _enclosing_ranges(scenarios: list[AmountByPayer]) -> RangeByPayer:
    payers = dict.fromkeys(payer for scenario in scenarios for payer in scenario)
    amounts = {payer: [scenario.get(payer, 0) for scenario in scenarios] for payer in payers}
    return {payer: PaymentRange(min(values), max(values)) for payer, values in amounts.items()}


def _amounts_by_payer(claim: Claim | None, cost: int | Affine) -> AmountByPayer:
    """Return what everybody pays in one scenario; without a claim the person pays all of it."""
    if claim is None:
        return {SELF: cost}
    amounts: AmountByPayer = {SELF: claim.self_pays}
    for payment in claim.payments:
        amounts[payment.payer] = amounts.get(payment.payer, 0) + payment.amount
    return amounts


def _coefficients(value: "int | Affine") -> tuple[Any, Any]:
    return (value.base, value.slope) if isinstance(value, Affine) else (value, 0)
