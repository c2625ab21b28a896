"""A bill in every way in which the unknown could turn out: the hull of what each payer and the person pay."""

from dataclasses import dataclass
from typing import cast

from mingbai_calculator.plan import Plan
from mingbai_calculator.settlement import Stay, Step, Year
from mingbai_calculator.world import Branch, World, decisive, explore

LIMIT = 4096
"""So many ways are tried; beyond that the answer is the widest range, and says so."""


@dataclass(frozen=True, slots=True)
class Hull:
    """A range of fen that holds the value of every way in which things could turn out."""

    low: int
    high: int

    @property
    def exact(self) -> bool:
        """Whether there is only one value."""
        return self.low == self.high


def hull(values: list[int]) -> Hull:
    """Return the smallest hull of `values` (at least one)."""
    return Hull(min(values), max(values))


@dataclass(frozen=True, slots=True)
class Bill:
    """What is known about who pays a bill.

    `self_pays` is None where the place's rules settle none of the ways. `at_low` and `at_high` are the
    settlements at its ends (None: an end that no rule settles). `needs` are the facts that would change
    something, the most decisive first; `numbers` the open policy numbers that do.
    """

    total: int
    eligible: int
    settled: list[Stay]
    self_pays: Hull | None
    tight: bool
    partly_settled: bool
    at_low: Stay | None
    at_high: Stay | None
    needs: list[str]
    numbers: list[str]

    def line(self, policy: str) -> Hull | None:
        """Return what a policy pays over all ways (0 where it does not apply); None where it never applies."""
        steps = [step_of(stay, policy) for stay in self.settled]
        if not any(steps):
            return None
        amounts = [step.amount if step else 0 for step in steps]
        if self.partly_settled:
            amounts.append(0)
        if not self.tight:
            amounts += [0, self.total]
        return hull(amounts)


def step_of(stay: Stay, policy: str) -> Step | None:
    """Return what `policy` did to this bill; None if it did not apply."""
    return next((step for step in stay.steps if step.policy == policy), None)


def settle_every_way(plan: Plan, known: World) -> Bill:
    """Settle the bill of `known` in every way in which the unknown facts and numbers could turn out."""
    total, eligible = cast("int", known["total_cost"]), cast("int", known["eligible_cost"])
    branches, complete = explore(lambda world: plan.settle(world, Year()), known, plan.values, LIMIT)
    settled = [branch.outcome for branch in branches if branch.outcome is not None]
    partly = len(settled) < len(branches)
    found = _range(branches, total) if complete else Hull(0, total)
    matters = decisive(branches, _sameness)
    by_width = {key: _narrowing(found, groups, total) for key, groups in matters.items()}
    return Bill(
        total,
        eligible,
        settled,
        found if settled or not complete else None,
        complete,
        partly,
        next((stay for stay in settled if stay.self_pays == found.low), None),
        next((stay for stay in settled if stay.self_pays == found.high), None),
        sorted((key for key in matters if key not in plan.numbers), key=lambda key: -by_width[key]),
        [key for key in matters if key in plan.numbers],
    )


def _range(branches: list[Branch[Stay | None]], total: int) -> Hull:
    """Return the hull of the person's share; a way that no rule settles counts as 0 to the bill (reading R8)."""
    values = []
    for branch in branches:
        values.extend([0, total] if branch.outcome is None else [branch.outcome.self_pays])
    return hull(values)


def _sameness(stay: Stay | None) -> object:
    return None if stay is None else (stay.self_pays, tuple((step.policy, step.amount) for step in stay.steps))


def _narrowing(found: Hull, groups: dict[object, list[Branch[Stay | None]]], total: int) -> int:
    """Return by how much knowing one thing narrows the hull: fen, the mean over its values, times their number."""
    width = found.high - found.low
    ranges = [_range(group, total) for group in groups.values()]
    return sum(width - (each.high - each.low) for each in ranges) // len(ranges)
