"""Claim: one bill while a place's policies pay it in order; ledger of what was used up in a calendar year."""

from collections.abc import Callable
from typing import NamedTuple

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.money import Exact

type BillItem = tuple[str, int]
"""Category, amount (fen)."""


REMAINDER = -1
"""Amount of an item that means: all of the bill that the other items leave."""


class Payment(NamedTuple):
    """What one policy pays of a bill (`amount` in fen, may be 0), and why.

    `why` selects the sentences that explain it; `figures` are the numbers in these sentences (fen, basis
    points). `deductible` is the part of the deductible that this bill used up (fen).
    """

    policy: str
    payer: str
    amount: int
    why: str
    figures: dict[str, Exact]
    deductible: int = 0


class YearLedger:
    """Ledger of one calendar year: what its earlier visits used up (fen), by fact ``ytd_...`` and benefit.

    The facts ``ytd_...`` say what was used up before the first visit; they count in the year of that visit
    only (`uses_ytd_facts`).
    """

    __slots__ = ("used", "uses_ytd_facts")

    def __init__(self, *, uses_ytd_facts: bool = True) -> None:
        """Create an empty ledger; with `uses_ytd_facts` the facts ``ytd_...`` are the opening balances."""
        self.uses_ytd_facts = uses_ytd_facts
        self.used: dict[tuple[str, str], int] = {}

    def copy(self) -> "YearLedger":
        """Return an independent copy."""
        ledger = YearLedger(uses_ytd_facts=self.uses_ytd_facts)
        ledger.used = self.used.copy()
        return ledger

    def get_used(self, fact: str, benefit: str, facts: Facts) -> int:
        """Return what is used up of `benefit` (fen): from the ledger, else from the fact ``ytd_...``, else 0."""
        used = self.used.get((fact, benefit))
        if used is not None:
            return used
        return facts[fact] if self.uses_ytd_facts else 0

    def set_used(self, fact: str, benefit: str, amount: int) -> None:
        """Set what is used up of `benefit` (fen)."""
        self.used[fact, benefit] = amount


class Claim:
    """One bill (fen) while the policies pay it, in the order of paying.

    `eligible_left` and `ineligible_left` are the eligible cost and the other cost that nobody has paid yet; `tcm` is
    the Chinese-medicine part of the eligible cost. Invariant: total = sum of the payments + eligible_left +
    ineligible_left. `burdens`: policy -> (burden of the year, deductible) for deductibles per year; `triggers`:
    policy -> whether the policy that it depends on triggered it (``only_if``).
    """

    __slots__ = (
        "burdens",
        "eligible",
        "eligible_left",
        "ineligible_left",
        "payments",
        "tcm",
        "total",
        "triggers",
        "year",
    )

    def __init__(self, total: int, eligible: int, tcm: int, year: YearLedger) -> None:
        """Open the claim; ineligible cost stays with the person (reading R3)."""
        self.total, self.eligible, self.tcm, self.year = total, eligible, tcm, year
        self.eligible_left, self.ineligible_left = eligible, total - eligible
        self.payments: list[Payment] = []
        self.burdens: dict[str, tuple[int, Exact]] = {}
        self.triggers: dict[str, bool] = {}

    def copy(self, year: YearLedger) -> "Claim":
        """Return an independent copy in the same state, with `year` as its ledger."""
        claim = Claim(self.total, self.eligible, self.tcm, year)
        claim.eligible_left, claim.ineligible_left = self.eligible_left, self.ineligible_left
        claim.payments, claim.burdens, claim.triggers = self.payments.copy(), self.burdens.copy(), self.triggers.copy()
        return claim

    @property
    def self_pays(self) -> int:
        """What the person has to pay (fen): all that nobody else has paid yet."""
        return self.eligible_left + self.ineligible_left

    def pay(self, payment: Payment) -> None:
        """Record a payment and deduct it, from the eligible cost first; it is never below 0 nor above what is left."""
        amount = payment.amount
        if amount < 0 or amount > self.eligible_left + self.ineligible_left:
            amount = min(max(amount, 0), self.self_pays)
            payment = payment._replace(amount=amount)
        self.payments.append(payment)
        self.eligible_left -= amount
        if self.eligible_left < 0:
            self.ineligible_left += self.eligible_left
            self.eligible_left = 0

    @staticmethod
    def get_items(facts: Facts) -> tuple[BillItem, ...]:
        """Return the items of the bill; raises `MissingFact` if they were not given."""
        items: tuple[BillItem, ...] = facts["items"]
        return items

    def sum_paid_by(self, payers: frozenset[str]) -> int:
        """Return the sum of what these payers have paid so far (fen)."""
        paid = 0
        for payment in self.payments:  # faster than sum() over a generator
            if payment.payer in payers:
                paid += payment.amount
        return paid


type PayFunction = Callable[[Facts, Claim], bool]
"""Pays a policy's part of a claim; returns False if the policy does not apply or nothing is left to pay.

It reads all facts before it changes the claim: if it raises `MissingFact`, the claim is unchanged.
"""


def open_claim(facts: Facts, year: YearLedger) -> Claim:
    """Open the claim of the bill in `facts`."""
    total, eligible, tcm = facts["total_cost"], facts["eligible_cost"], facts["tcm_cost"]
    return Claim(total, eligible, tcm, year)


def open_claim_after_insurance(facts: Facts, year: YearLedger, share: int) -> Claim:
    """Open the claim of a bill of which the person's share after insurance (fen) was given: only this share is paid.

    If the whole bill is known too, rules that refer to the eligible cost use that of the whole bill.
    """
    whole: int = facts["total_cost"] if "total_cost" in facts else share  # noqa: SIM401 - `get` may be None to a type checker
    eligible: int = facts["eligible_cost"] if "eligible_cost" in facts else whole  # noqa: SIM401 - as above
    claim = Claim(share, share, 0, year)
    claim.ineligible_left = min(share, whole - eligible)
    claim.eligible_left = share - claim.ineligible_left
    claim.eligible = eligible
    return claim


def make_first_applicable(pay_functions: list[PayFunction]) -> PayFunction:
    """Return the function that pays by the first of the policies that applies, and by no other."""

    def pay_first(facts: Facts, claim: Claim) -> bool:
        for pay in pay_functions:  # noqa: SIM110 - faster than any()
            if pay(facts, claim):
                return True
        return False

    return pay_first
