"""A bill on its way through a place's policies, and the year that it belongs to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from mingbai_calculator.numbers import Exact
from mingbai_calculator.world import World


class Step(NamedTuple):
    """What one policy did to a bill.

    `why` names the sentence that explains it; `figures` are the numbers put into that sentence (fen,
    basis points). `deductible` is the part of a deductible that this bill used up (fen).
    """

    policy: str
    payer: str
    amount: int
    why: str
    figures: dict[str, Exact]
    deductible: int = 0


@dataclass(slots=True)
class Year:
    """The ledger of one calendar year: what earlier visits used up (fen), by policy.

    `burden` counts towards deductibles of a year, `paid` towards limits of a year.
    """

    burden: dict[str, int] = field(default_factory=dict)
    paid: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Stay:
    """One bill (fen) while the policies pay it, in the order of paying.

    `left` is the eligible cost and `outside` the rest that is still with the person; `tcm` is the
    Chinese-medicine part of `left`. In every moment: total = sum of the steps + left + outside.
    """

    total: int
    eligible: int
    left: int
    outside: int
    tcm: int
    year: Year
    steps: list[Step] = field(default_factory=list)

    @property
    def self_pays(self) -> int:
        """What is still with the person (fen)."""
        return self.left + self.outside

    def pay(self, step: Step) -> None:
        """Take the payment off the bill: off the eligible part first."""
        eligible = min(step.amount, self.left)
        self.left -= eligible
        self.outside -= step.amount - eligible
        self.steps.append(step)

    def paid_by(self, payers: frozenset[str]) -> int:
        """Return what these payers have paid so far (fen)."""
        return sum(step.amount for step in self.steps if step.payer in payers)


type Pay = Callable[[World, Stay], bool]
"""Pays its part of a bill; False where the policy does not apply or nothing is left for it to pay."""


def open_stay(world: World, year: Year) -> Stay:
    """Return the bill of `world` before anybody has paid: costs out of scope stay with the person (reading R3)."""
    total: int = world["total_cost"]  # type: ignore[assignment]
    eligible: int = world["eligible_cost"]  # type: ignore[assignment]
    tcm: int = world["tcm_cost"]  # type: ignore[assignment]
    return Stay(total, eligible, eligible, total - eligible, tcm, year)


def first_of(policies: list[Pay]) -> Pay:
    """Return the policy that pays as the first of `policies` that applies."""
    return lambda world, stay: any(pay(world, stay) for pay in policies)
