"""A bill on its way through a place's policies, and the year that it belongs to."""

from collections.abc import Callable
from typing import NamedTuple, cast

from mingbai_calculator.core.world import World
from mingbai_calculator.law.numbers import Exact

type Item = tuple[str, int]
"""An item of a bill: category, fen."""


REST = -1
"""The amount of an item that stands for all the rest of the bill."""


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


class Year:
    """The ledger of one calendar year (fen): what its earlier visits used up, by benefit.

    What came before the first visit is told by the facts ``ytd_...``; they count in the year of that
    visit (`before`).
    """

    __slots__ = ("before", "used")

    def __init__(self, *, before: bool = True) -> None:
        """Start with nothing used up, but for what the facts tell (`before`)."""
        self.before = before
        self.used: dict[tuple[str, str], int] = {}

    def copy(self) -> "Year":
        """Return the same ledger, to be gone on with apart from this one."""
        year = Year(before=self.before)
        year.used = self.used.copy()
        return year

    def so_far(self, fact: str, benefit: str, world: World) -> int:
        """Return what has been used up of `benefit` (fen): by the ledger, else as the fact ``ytd_...`` tells."""
        used = self.used.get((fact, benefit))
        if used is not None:
            return used
        return cast("int", world[fact]) if self.before else 0

    def note(self, fact: str, benefit: str, amount: int) -> None:
        """Set what has been used up of `benefit` (fen)."""
        self.used[fact, benefit] = amount


class Stay:
    """One bill (fen) while the policies pay it, in the order of paying.

    `left` is the eligible cost and `outside` the rest that is still with the person; `tcm` is the
    Chinese-medicine part of the eligible cost. In every moment: total = sum of the steps + left + outside.
    `burdens` holds the year's burden and the deductible of each benefit that counts a year, `triggers`
    which benefits an earlier step set off.
    """

    __slots__ = ("burdens", "eligible", "left", "outside", "steps", "tcm", "total", "triggers", "year")

    def __init__(self, total: int, eligible: int, tcm: int, year: Year) -> None:
        """Open the bill: costs out of scope stay with the person (reading R3)."""
        self.total, self.eligible, self.tcm, self.year = total, eligible, tcm, year
        self.left, self.outside = eligible, total - eligible
        self.steps: list[Step] = []
        self.burdens: dict[str, tuple[int, Exact]] = {}
        self.triggers: dict[str, bool] = {}

    def copy(self, year: Year) -> "Stay":
        """Return the same bill in the same state, with `year` as the ledger of its year."""
        stay = Stay(self.total, self.eligible, self.tcm, year)
        stay.left, stay.outside = self.left, self.outside
        stay.steps, stay.burdens, stay.triggers = self.steps.copy(), self.burdens.copy(), self.triggers.copy()
        return stay

    @property
    def self_pays(self) -> int:
        """What is still with the person (fen)."""
        return self.left + self.outside

    def pay(self, step: Step) -> None:
        """Take the payment off the bill: off the eligible part first."""
        self.steps.append(step)
        self.left -= step.amount
        if self.left < 0:
            self.outside += self.left
            self.left = 0

    @staticmethod
    def items(world: World) -> tuple[Item, ...]:
        """Return the items of the bill; `Unknown` where they were not given."""
        return cast("tuple[Item, ...]", world["items"])

    def paid_by(self, payers: frozenset[str]) -> int:
        """Return what these payers have paid so far (fen)."""
        paid = 0
        for step in self.steps:  # a loop is faster than a sum over a generator
            if step.payer in payers:
                paid += step.amount
        return paid


type Pay = Callable[[World, Stay], bool]
"""Pays its part of a bill; False where the policy does not apply or nothing is left for it to pay.

It reads all that it needs before it changes anything: where something is not known, the bill is as it was.
"""


def open_stay(world: World, year: Year) -> Stay:
    """Return the bill of `world` before anybody has paid."""
    total, eligible, tcm = world["total_cost"], world["eligible_cost"], world["tcm_cost"]
    return Stay(cast("int", total), cast("int", eligible), cast("int", tcm), year)


def open_after_insurance(world: World, year: Year, share: int) -> Stay:
    """Return a bill of which only the person's share after insurance is known: that share is what is to be paid.

    Where the whole bill is known too, its eligible part is what a share of it refers to.
    """
    whole = cast("int", world.get("total_cost", share))
    eligible = cast("int", world.get("eligible_cost", whole))
    stay = Stay(share, share, 0, year)
    stay.outside = min(share, whole - eligible)
    stay.left = share - stay.outside
    stay.eligible = eligible
    return stay


def first_of(policies: list[Pay]) -> Pay:
    """Return the policy that pays as the first of `policies` that applies."""

    def pay_first(world: World, stay: Stay) -> bool:
        for pay in policies:  # noqa: SIM110 - a loop is faster
            if pay(world, stay):
                return True
        return False

    return pay_first
