"""Outcomes of settling the bills of a year in all scenarios: the range of what each payer pays."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from typing import NamedTuple, cast

from mingbai_calculator.core.facts import (
    ASSUMED_TRIGGERS,
    Facts,
    Scenario,
    Scenarios,
    deciding_facts,
)
from mingbai_calculator.engine import discontinuities
from mingbai_calculator.engine.asking import make_candidate_values
from mingbai_calculator.engine.scenarios import Settlement, Visit, settle_known, settle_scenarios
from mingbai_calculator.kinds.claim import Claim, Payment

MAX_SCENARIOS = 4096
"""Limit of scenarios; beyond it the result is the widest range, and says so."""


class Hull(NamedTuple):
    """A range (fen) that contains the value in every scenario."""

    low: int
    high: int

    @property
    def is_exact(self) -> bool:
        """Whether the range is a single value."""
        return self.low == self.high


def make_hull(values: Iterable[int]) -> Hull:
    """Return the smallest range that contains all `values` (at least one)."""
    numbers = list(values)
    return Hull(min(numbers), max(numbers))


class Outcomes:
    """The settlements, in all scenarios, of the visits `visit_indexes`.

    `outer` is None unless there are open numbers with discontinuities: then its scenarios, with assumed triggers,
    give an outer bound of what is possible.
    """

    def __init__(
        self,
        visits: Sequence[Visit],
        scenarios: Scenarios[Settlement],
        visit_indexes: tuple[int, ...],
        outer: Scenarios[Settlement] | None = None,
    ) -> None:
        """Store visits and scenarios; everything else is computed when it is first asked for."""
        self.visits, self.scenarios, self.visit_indexes, self.outer = visits, scenarios, visit_indexes, outer

    @cached_property
    def total(self) -> int:
        """Total cost of the bills (fen)."""
        return sum(self.visits[index].total for index in self.visit_indexes)

    def sum_fact(self, fact: str) -> int | None:
        """Return the sum of an amount fact over the bills (fen); None if it is missing for one of them."""
        amounts = [self.visits[index].own.get(fact) for index in self.visit_indexes]
        return None if None in amounts else sum(cast("list[int]", amounts))

    def select_visits(self, indexes: Sequence[int]) -> "Outcomes":
        """Return the outcomes of some of the visits, in the same scenarios."""
        return Outcomes(self.visits, self.scenarios, tuple(indexes), self.outer)

    @property
    def is_complete(self) -> bool:
        """Whether all scenarios were evaluated."""
        return self.scenarios.complete

    @property
    def is_tight(self) -> bool:
        """Whether the range of what the person pays is the smallest possible one."""
        return self.is_complete and (self.outer is None or self.self_pays == self._scenario_hull)

    @cached_property
    def settlements(self) -> list[list[Claim]]:
        """The claims of the scenarios in which rules settle every bill."""
        return self._list_settlements(self.scenarios.all)

    def _list_settlements(self, scenarios: Sequence[Scenario[Settlement]]) -> list[list[Claim]]:
        claims = [
            [claims_of_scenario.outcome[index] for index in self.visit_indexes] for claims_of_scenario in scenarios
        ]
        return [cast("list[Claim]", claims_of_scenario) for claims_of_scenario in claims if all(claims_of_scenario)]

    def select_visit(self, index: int) -> "Outcomes":
        """Return the outcomes of one visit, in the same scenarios."""
        return self._by_visit[index]

    @cached_property
    def _by_visit(self) -> "dict[int, Outcomes]":
        if len(self.visit_indexes) == 1:
            return {self.visit_indexes[0]: self}
        return {index: Outcomes(self.visits, self.scenarios, (index,), self.outer) for index in self.visit_indexes}

    @property
    def is_partly_settled(self) -> bool:
        """Whether there are scenarios in which no rule settles a bill."""
        return len(self.settlements) < len(self.scenarios.all)

    @cached_property
    def self_pays(self) -> Hull | None:
        """Range of what the person pays; None if no rule settles the bills in any scenario."""
        if not self.settlements and self.is_complete:
            return None
        if not self.is_complete:
            return Hull(0, self.total)
        if self.outer is None:
            return self._scenario_hull
        outer_hull = self.compute_hull(self.outer.all)
        return Hull(min(self._scenario_hull.low, outer_hull.low), max(self._scenario_hull.high, outer_hull.high))

    @cached_property
    def _scenario_hull(self) -> Hull:
        """Range of what the person pays over the scenarios, without the outer ones."""
        return self.compute_hull(self.scenarios.all)

    def compute_hull(self, scenarios: Sequence[Scenario[Settlement]]) -> Hull:
        """Return the range of what the person pays; a bill that no rule settles counts as 0 to its total (R8)."""
        hulls = [self._get_self_pays(scenario.outcome) for scenario in scenarios]
        return Hull(min(low for low, _ in hulls), max(high for _, high in hulls))

    def _get_self_pays(self, settlement: Settlement) -> Hull:
        hull = self._self_pays_cache.get(id(settlement))
        if hull is None:
            claims = [(settlement[index], self.visits[index]) for index in self.visit_indexes]
            low = sum(0 if claim is None else claim.self_pays for claim, _ in claims)
            high = sum(visit.total if claim is None else claim.self_pays for claim, visit in claims)
            hull = self._self_pays_cache[id(settlement)] = Hull(low, high)
        return hull

    @cached_property
    def _self_pays_cache(self) -> dict[int, Hull]:
        """Cache: id of a settlement -> what the person pays."""
        return {}

    def find_end_settlements(self) -> tuple[list[Claim] | None, list[Claim] | None]:
        """Return the settlements at the low and the high end of the range; None for an end that no rule settles."""
        if self.self_pays is None:
            return None, None
        low, high = (
            next((claims for claims in self.settlements if sum(claim.self_pays for claim in claims) == end), None)
            for end in self.self_pays
        )
        return low, high

    def get_payer_hulls(self, policy: str) -> dict[str, Hull]:
        """Return for each payer of a policy the range of what it pays over all scenarios (0 if it does not apply)."""
        payers = dict.fromkeys(payment.payer for payment in self.list_payments(policy))
        lines = {payer: self._get_payer_hull(policy, payer) for payer in payers}
        applies = self._applying_counts.get(policy, 0) == len(self.settlements)
        # A policy that never pays, and does not apply in all scenarios, gets no line.
        return lines if applies or any(line.high for line in lines.values()) else {}

    def _get_payer_hull(self, policy: str, payer: str) -> Hull:
        sums = list(self._hulls_by_payer.get((policy, payer), Hull(0, 0)))
        if self.is_partly_settled:
            sums.append(0)
        if not self.is_complete:
            sums += [0, self.total]
        return make_hull(sums)

    @cached_property
    def _hulls_by_payer(self) -> dict[tuple[str, str], Hull]:
        """(policy, payer) -> range of what it pays (fen) over all scenarios, the outer ones included."""
        scenarios = (
            self.settlements if self.outer is None else [*self.settlements, *self._list_settlements(self.outer.all)]
        )
        sums_by_payer: dict[tuple[str, str], list[int]] = {}
        for claims in scenarios:
            for key, amount in _sum_by_payer(claims).items():
                sums_by_payer.setdefault(key, []).append(amount)
        return {
            key: make_hull(sums if len(sums) == len(scenarios) else [0, *sums]) for key, sums in sums_by_payer.items()
        }

    @cached_property
    def _applying_counts(self) -> Counter[str]:
        """Policy -> number of settlements in which it applies."""
        return Counter(
            policy
            for claims in self.settlements
            for policy in {payment.policy for claim in claims for payment in claim.payments}
        )

    def list_payments(self, policy: str) -> list[Payment]:
        """Return the payments of a policy in all settlements in which it applies."""
        return self._payments_by_policy.get(policy, [])

    @cached_property
    def _payments_by_policy(self) -> dict[str, list[Payment]]:
        payments: dict[str, list[Payment]] = {}
        for claims in self.settlements:
            for claim in claims:
                for payment in claim.payments:
                    payments.setdefault(payment.policy, []).append(payment)
        return payments

    @cached_property
    def deciding_keys(self) -> list[str]:
        """The missing keys (facts, open numbers) that change the outcome; first those that narrow the range most."""
        if not self.is_complete:  # each fact that was read may decide; the scenarios tried do not tell which
            return list(dict.fromkeys(key for scenario in self.scenarios.all for key in scenario.assumed))
        deciding = deciding_facts(self.scenarios.all, self._outcome_key)
        whole = self._scenario_hull

        def width(scenarios: Sequence[Scenario[Settlement]]) -> int:
            low, high = self.compute_hull(scenarios)
            return high - low

        def narrows(key: str) -> int:
            groups = list(deciding[key].values())
            return (whole.high - whole.low) - sum(width(group) for group in groups) // len(groups)

        return sorted(deciding, key=lambda key: -narrows(key))

    def _outcome_key(self, settlement: Settlement) -> object:
        return tuple(
            None
            if (claim := settlement[index]) is None
            else (claim.self_pays, tuple(payment[:3] for payment in claim.payments if payment.amount))
            for index in self.visit_indexes
        )


def _sum_by_payer(claims: list[Claim]) -> dict[tuple[str, str], int]:
    sums: dict[tuple[str, str], int] = {}
    for claim in claims:
        for payment in claim.payments:
            key = (payment.policy, payment.payer)
            sums[key] = sums.get(key, 0) + payment.amount
    return sums


def settle_all_scenarios(visits: Sequence[Visit], known: Facts) -> Outcomes:
    """Settle the bills, in order of date, in all scenarios for the missing facts and open numbers."""
    outcomes, find_neighbours = settle_enclosing(visits, known)
    if outcomes.outer is None or all(outcomes.select_visit(index).is_tight for index in outcomes.visit_indexes):
        return outcomes  # no point next to a discontinuity can be more extreme
    scenarios = Scenarios([*outcomes.scenarios.all, *find_neighbours()], outcomes.scenarios.complete)
    return Outcomes(visits, scenarios, outcomes.visit_indexes, outcomes.outer)


def settle_enclosing(
    visits: Sequence[Visit], known: Facts
) -> tuple[Outcomes, Callable[[], list[Scenario[Settlement]]]]:
    """Settle the bills so that the ranges contain every possible value.

    The second result is a function that returns the scenarios next to each discontinuity; they make the ranges tight,
    but are slow to find.
    """
    if len(visits) == 1 and visits[0].own is not known:
        known = Facts({**known, **visits[0].own})
    candidate_values = make_candidate_values(visits)
    scenarios = settle_scenarios(visits, known, candidate_values, MAX_SCENARIOS)
    all_visits = tuple(range(len(visits)))
    if not scenarios.complete:  # the range is the widest one: what was too many is not searched again
        return Outcomes(visits, scenarios, all_visits), list
    open_numbers = dict.fromkeys(number for visit in visits for number in visit.ruleset.open_numbers)
    trigger_numbers = (
        discontinuities.find_trigger_numbers(scenarios, open_numbers)
        if len(scenarios.all) > 1 and any(visit.ruleset.triggered_policies for visit in visits)
        else []
    )
    outer = (
        settle_scenarios(visits, Facts({**known, ASSUMED_TRIGGERS: True}), candidate_values, MAX_SCENARIOS)
        if trigger_numbers
        else None
    )
    settle = partial(settle_known, visits=visits)
    return Outcomes(visits, scenarios, all_visits, outer), lambda: discontinuities.find_neighbours(
        settle, known, scenarios, trigger_numbers
    )
