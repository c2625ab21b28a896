"""The bills of a year in every way in which the unknown could turn out: the hull of what everybody pays."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple, cast

from mingbai_calculator.core.facts import Facts, Scenario, Scenarios, deciding_facts
from mingbai_calculator.engine import discontinuities
from mingbai_calculator.engine.scenarios import Settlement, Visit, settle_known, settle_scenarios
from mingbai_calculator.kinds.claim import Claim, Payment
from mingbai_calculator.kinds.share import FORCED, TRIGGERS

LIMIT = 4096
"""So many ways are tried; beyond that the answer is the widest range, and says so."""


class Hull(NamedTuple):
    """A range of fen that holds the value of every way in which things could turn out."""

    low: int
    high: int

    @property
    def exact(self) -> bool:
        """Whether there is only one value."""
        return self.low == self.high


def hull(values: Iterable[int]) -> Hull:
    """Return the smallest hull of `values` (at least one)."""
    known = list(values)
    return Hull(min(known), max(known))


@dataclass(frozen=True)
class Outcomes:
    """Every way in which the bills `of` (indexes of visits) could be settled.

    `outer`, where there are open numbers and rules that jump, holds ways that enclose all that is possible.
    """

    visits: Sequence[Visit]
    scenarios: Scenarios[Settlement]
    of: tuple[int, ...]
    outer: Scenarios[Settlement] | None = None

    @cached_property
    def total(self) -> int:
        """What there is to pay (fen)."""
        return sum(self.visits[index].total for index in self.of)

    def sum_of(self, fact: str) -> int | None:
        """Return the sum of an amount over the bills (fen); None where one of them does not tell it."""
        amounts = [self.visits[index].own.get(fact) for index in self.of]
        return None if None in amounts else sum(cast("list[int]", amounts))

    @property
    def complete(self) -> bool:
        """Whether every way was tried."""
        return self.scenarios.complete

    @property
    def tight(self) -> bool:
        """Whether the hull of what the person pays is the tightest one."""
        return self.complete and (self.outer is None or self.self_pays == self._within)

    @cached_property
    def settled(self) -> list[list[Claim]]:
        """The ways in which every bill is settled by a rule."""
        return self._settled(self.scenarios.all)

    def _settled(self, scenarios: Sequence[Scenario[Settlement]]) -> list[list[Claim]]:
        claims = [[scenario.outcome[index] for index in self.of] for scenario in scenarios]
        return [cast("list[Claim]", scenario) for scenario in claims if all(scenario)]

    def of_visit(self, index: int) -> "Outcomes":
        """Return the same ways, looked at for one visit."""
        return self._by_visit[index]

    @cached_property
    def _by_visit(self) -> "dict[int, Outcomes]":
        if len(self.of) == 1:
            return {self.of[0]: self}
        return {index: Outcomes(self.visits, self.scenarios, (index,), self.outer) for index in self.of}

    @property
    def partly_settled(self) -> bool:
        """Whether no rule settles some of the ways."""
        return len(self.settled) < len(self.scenarios.all)

    @cached_property
    def self_pays(self) -> Hull | None:
        """What the person pays; None where no rule settles any of the ways."""
        if not self.settled and self.complete:
            return None
        if not self.complete:
            return Hull(0, self.total)
        if self.outer is None:
            return self._within
        around = self.range(self.outer.all)
        return Hull(min(self._within.low, around.low), max(self._within.high, around.high))

    @cached_property
    def _within(self) -> Hull:
        """What the person pays over the ways themselves, without those that enclose them."""
        return self.range(self.scenarios.all)

    def range(self, scenarios: Sequence[Scenario[Settlement]]) -> Hull:
        """Return the hull of the person's share; a bill that no rule settles counts as anything (reading R8)."""
        ranges = [self._share(scenario.outcome) for scenario in scenarios]
        return Hull(min(low for low, _ in ranges), max(high for _, high in ranges))

    def _share(self, scenario: Settlement) -> Hull:
        share = self._shares.get(id(scenario))
        if share is None:
            parts = [(scenario[index], self.visits[index]) for index in self.of]
            low = sum(0 if claim is None else claim.self_pays for claim, _ in parts)
            high = sum(visit.total if claim is None else claim.self_pays for claim, visit in parts)
            share = self._shares[id(scenario)] = Hull(low, high)
        return share

    @cached_property
    def _shares(self) -> dict[int, Hull]:
        """What the person pays in each way, by the way's id: it is asked for again and again."""
        return {}

    def ends(self) -> tuple[list[Claim] | None, list[Claim] | None]:
        """Return the settlements at the low and the high end; None for an end that no rule settles."""
        if self.self_pays is None:
            return None, None
        low, high = (
            next((claims for claims in self.settled if sum(claim.self_pays for claim in claims) == end), None)
            for end in self.self_pays
        )
        return low, high

    def lines(self, policy: str) -> dict[str, Hull]:
        """Return what each payer of a policy pays over all ways (0 where it does not apply)."""
        payers = dict.fromkeys(payment.payer for payment in self.payments(policy))
        lines = {payer: self._line(policy, payer) for payer in payers}
        applies = self._applying.get(policy, 0) == len(self.settled)
        # One that never pays, and may not even apply, is no line.
        return lines if applies or any(line.high for line in lines.values()) else {}

    def _line(self, policy: str, payer: str) -> Hull:
        sums = list(self._sums.get((policy, payer), Hull(0, 0)))
        if self.partly_settled:
            sums.append(0)
        if not self.complete:
            sums += [0, self.total]
        return hull(sums)

    @cached_property
    def _sums(self) -> dict[tuple[str, str], Hull]:
        """By policy and payer what they pay (fen): the hull over all ways, those that enclose them too."""
        scenarios = self.settled if self.outer is None else [*self.settled, *self._settled(self.outer.all)]
        found: dict[tuple[str, str], list[int]] = {}
        for claims in scenarios:
            for key, amount in _sums(claims).items():
                found.setdefault(key, []).append(amount)
        return {key: hull(sums if len(sums) == len(scenarios) else [0, *sums]) for key, sums in found.items()}

    @cached_property
    def _applying(self) -> Counter[str]:
        """In how many of the settled ways each policy applies."""
        return Counter(
            policy for claims in self.settled for policy in {s.policy for claim in claims for s in claim.payments}
        )

    def payments(self, policy: str) -> list[Payment]:
        """Return what a policy did in the ways in which it applied."""
        return self._steps.get(policy, [])

    @cached_property
    def _steps(self) -> dict[str, list[Payment]]:
        found: dict[str, list[Payment]] = {}
        for claims in self.settled:
            for claim in claims:
                for payment in claim.payments:
                    found.setdefault(payment.policy, []).append(payment)
        return found

    @cached_property
    def decisive(self) -> list[str]:
        """The keys (facts, open numbers) that change something, the most decisive for the person's share first."""
        matters = deciding_facts(self.scenarios.all, self._sameness)
        everything = self._within

        def width(scenarios: Sequence[Scenario[Settlement]]) -> int:
            low, high = self.range(scenarios)
            return high - low

        def narrows(key: str) -> int:
            groups = list(matters[key].values())
            return (everything.high - everything.low) - sum(width(group) for group in groups) // len(groups)

        return sorted(matters, key=lambda key: -narrows(key))

    def _sameness(self, scenario: Settlement) -> object:
        return tuple(
            None
            if (claim := scenario[index]) is None
            else (claim.self_pays, tuple(payment[:3] for payment in claim.payments if payment.amount))
            for index in self.of
        )


def _sums(claims: list[Claim]) -> dict[tuple[str, str], int]:
    sums: dict[tuple[str, str], int] = {}
    for claim in claims:
        for payment in claim.payments:
            key = (payment.policy, payment.payer)
            sums[key] = sums.get(key, 0) + payment.amount
    return sums


def settle_all_scenarios(visits: Sequence[Visit], known: Facts) -> Outcomes:
    """Settle the bills, in order of date, in every way in which the unknown facts and numbers could turn out."""
    bills, beside = enclose(visits, known)
    if bills.outer is None or all(bills.of_visit(index).tight for index in bills.of):
        return bills  # nothing beside a jump could be more extreme
    scenarios = Scenarios([*bills.scenarios.all, *beside()], bills.scenarios.complete)
    return Outcomes(visits, scenarios, bills.of, bills.outer)


def enclose(visits: Sequence[Visit], known: Facts) -> tuple[Outcomes, Callable[[], list[Scenario[Settlement]]]]:
    """Settle the bills so that the hull of the ways is right; the second result finds the ways beside each jump."""

    def values(key: str, facts: Facts) -> Sequence[object]:
        if key.startswith(TRIGGERS):
            return [True, False]
        name, _, index = key.partition("@")
        visit = visits[int(index or 0)]
        return visit.ruleset.values(name, facts if len(visits) == 1 else Facts({**facts, **visit.own}))

    if len(visits) == 1:
        known = Facts({**known, **visits[0].own})
    scenarios = settle_scenarios(visits, known, values, LIMIT)
    everything = tuple(range(len(visits)))
    jumping = (
        discontinuities.find(scenarios, visits[0].ruleset.numbers)
        if any(visit.ruleset.triggered for visit in visits)
        else []
    )
    outer = settle_scenarios(visits, Facts({**known, FORCED: True}), values, LIMIT) if jumping else None
    settle = partial(settle_known, visits=visits)
    return Outcomes(visits, scenarios, everything, outer), lambda: discontinuities.beside(
        settle, known, scenarios, jumping
    )
