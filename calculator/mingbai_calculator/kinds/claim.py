"""A bill on its way through a place's policies, and the year that it belongs to."""

from collections.abc import Callable
from typing import NamedTuple, cast

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.law.numbers import Exact

type Item = tuple[str, int]
"""An item of a bill: category, fen."""


REST = -1
"""The amount of an item that stands for all the rest of the bill."""


class Payment(NamedTuple):
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


class YearLedger:
    """The ledger of one calendar year (fen): what its earlier visits used up, by benefit.

    What came before the first visit is told by the facts ``ytd_...``; they count in the year of that
    visit (`before`).
    """

    __slots__ = ("before", "used")

    def __init__(self, *, before: bool = True) -> None:
        """Start with nothing used up, but for what the facts tell (`before`)."""
        self.before = before
        self.used: dict[tuple[str, str], int] = {}

    def copy(self) -> "YearLedger":
        """Return the same ledger, to be gone on with apart from this one."""
        year = YearLedger(before=self.before)
        year.used = self.used.copy()
        return year

    def so_far(self, fact: str, benefit: str, facts: Facts) -> int:
        """Return what has been used up of `benefit` (fen): by the ledger, else as the fact ``ytd_...`` tells."""
        used = self.used.get((fact, benefit))
        if used is not None:
            return used
        return cast("int", facts[fact]) if self.before else 0

    def note(self, fact: str, benefit: str, amount: int) -> None:
        """Set what has been used up of `benefit` (fen)."""
        self.used[fact, benefit] = amount


class Claim:
    """One bill (fen) while the policies pay it, in the order of paying.

    `left` is the eligible cost and `outside` the rest that is still with the person; `tcm` is the
    Chinese-medicine part of the eligible cost. In every moment: total = sum of the steps + left + outside.
    `burdens` holds the year's burden and the deductible of each benefit that counts a year, `triggers`
    which benefits an earlier step set off.
    """

    __slots__ = ("burdens", "eligible", "left", "outside", "payments", "tcm", "total", "triggers", "year")

    def __init__(self, total: int, eligible: int, tcm: int, year: YearLedger) -> None:
        """Open the bill: costs out of scope stay with the person (reading R3)."""
        self.total, self.eligible, self.tcm, self.year = total, eligible, tcm, year
        self.left, self.outside = eligible, total - eligible
        self.payments: list[Payment] = []
        self.burdens: dict[str, tuple[int, Exact]] = {}
        self.triggers: dict[str, bool] = {}

    def copy(self, year: YearLedger) -> "Claim":
        """Return the same bill in the same state, with `year` as the ledger of its year."""
        claim = Claim(self.total, self.eligible, self.tcm, year)
        claim.left, claim.outside = self.left, self.outside
        claim.payments, claim.burdens, claim.triggers = self.payments.copy(), self.burdens.copy(), self.triggers.copy()
        return claim

    @property
    def self_pays(self) -> int:
        """What is still with the person (fen)."""
        return self.left + self.outside

    def pay(self, payment: Payment) -> None:
        """Take the payment off the bill: off the eligible part first."""
        self.payments.append(payment)
        self.left -= payment.amount
        if self.left < 0:
            self.outside += self.left
            self.left = 0

    @staticmethod
    def items(facts: Facts) -> tuple[Item, ...]:
        """Return the items of the bill; `MissingFact` where they were not given."""
        return cast("tuple[Item, ...]", facts["items"])

    def paid_by(self, payers: frozenset[str]) -> int:
        """Return what these payers have paid so far (fen)."""
        paid = 0
        for payment in self.payments:  # a loop is faster than a sum over a generator
            if payment.payer in payers:
                paid += payment.amount
        return paid


type Pay = Callable[[Facts, Claim], bool]
"""Pays its part of a bill; False where the policy does not apply or nothing is left for it to pay.

It reads all that it needs before it changes anything: where something is not known, the bill is as it was.
"""


def open_claim(facts: Facts, year: YearLedger) -> Claim:
    """Return the bill of `facts` before anybody has paid."""
    total, eligible, tcm = facts["total_cost"], facts["eligible_cost"], facts["tcm_cost"]
    return Claim(cast("int", total), cast("int", eligible), cast("int", tcm), year)


def open_claim_after_insurance(facts: Facts, year: YearLedger, share: int) -> Claim:
    """Return a bill of which only the person's share after insurance is known: that share is what is to be paid.

    Where the whole bill is known too, its eligible part is what a share of it refers to.
    """
    whole = cast("int", facts.get("total_cost", share))
    eligible = cast("int", facts.get("eligible_cost", whole))
    claim = Claim(share, share, 0, year)
    claim.outside = min(share, whole - eligible)
    claim.left = share - claim.outside
    claim.eligible = eligible
    return claim


def first_of(policies: list[Pay]) -> Pay:
    """Return the policy that pays as the first of `policies` that applies."""

    def pay_first(facts: Facts, claim: Claim) -> bool:
        for pay in policies:  # noqa: SIM110 - a loop is faster
            if pay(facts, claim):
                return True
        return False

    return pay_first
