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


type LimitKey = tuple[str, str, str]
"""Id of a shared limit, the member that it is for (``""``: the family), its period."""


class YearLedger:
    """Ledger of a person's calendar year: what earlier visits used up (fen), by fact ``ytd_...`` and benefit.

    The facts ``ytd_...`` say what was used up before the first visit; they count in the year of that visit
    only (`uses_ytd_facts`). `spent`: what was paid under shared limits, the same object for all years and all members
    of a family. `of_family`: the ledger of the family's year (None: the person is alone, and this is it).
    """

    __slots__ = ("member", "of_family", "spent", "used", "uses_ytd_facts")

    def __init__(
        self,
        *,
        uses_ytd_facts: bool = True,
        spent: dict[LimitKey, int] | None = None,
        member: str = "",
        of_family: "YearLedger | None" = None,
    ) -> None:
        """Create an empty ledger; with `uses_ytd_facts` the facts ``ytd_...`` are the opening balances."""
        self.uses_ytd_facts, self.member, self.of_family = uses_ytd_facts, member, of_family
        self.used: dict[tuple[str, str], int] = {}
        self.spent: dict[LimitKey, int] = {} if spent is None else spent

    def copy(self, spent: dict[LimitKey, int] | None = None, of_family: "YearLedger | None" = None) -> "YearLedger":
        """Return an independent copy, with copies of what it shares with other ledgers."""
        spent = self.spent.copy() if spent is None else spent
        copied = YearLedger(uses_ytd_facts=self.uses_ytd_facts, spent=spent, member=self.member, of_family=of_family)
        copied.used = self.used.copy()
        return copied

    def get_spent(self, key: LimitKey, facts: Facts, *, opening: str | None) -> int:
        """Return what was paid under a shared limit (fen); before the first payment what the fact `opening` says."""
        spent = self.spent.get(key)
        if spent is not None:
            return spent
        return 0 if opening is None or not self.uses_ytd_facts else facts[opening]

    def set_spent(self, key: LimitKey, amount: int) -> None:
        """Set what was paid under a shared limit (fen)."""
        self.spent[key] = amount

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
    ineligible_left. `own_share`: what was moved out of scope before anybody paid. `burdens`: policy -> (burden of the
    year, deductible) for deductibles per year; `triggers`: policy -> whether the policy that it depends on triggered
    it (``only_if``).
    """

    __slots__ = (
        "burdens",
        "eligible",
        "eligible_left",
        "ineligible_left",
        "own_share",
        "payments",
        "tcm",
        "total",
        "triggers",
        "year",
    )

    def __init__(self, total: int, eligible: int, tcm: int, year: YearLedger) -> None:
        """Open the claim; ineligible cost stays with the person (reading R3)."""
        self.total, self.eligible, self.tcm, self.year = total, eligible, tcm, year
        self.eligible_left, self.ineligible_left, self.own_share = eligible, total - eligible, 0
        self.payments: list[Payment] = []
        self.burdens: dict[str, tuple[int, Exact]] = {}
        self.triggers: dict[str, bool] = {}

    def copy(self, year: YearLedger) -> "Claim":
        """Return an independent copy in the same state, with `year` as its ledger."""
        claim = Claim(self.total, self.eligible, self.tcm, year)
        claim.eligible_left, claim.ineligible_left = self.eligible_left, self.ineligible_left
        claim.own_share = self.own_share
        claim.payments, claim.burdens, claim.triggers = self.payments.copy(), self.burdens.copy(), self.triggers.copy()
        return claim

    @property
    def self_pays(self) -> int:
        """What the person has to pay (fen): all that nobody else has paid yet."""
        return self.eligible_left + self.ineligible_left

    def move_out_of_scope(self, amount: int) -> None:
        """Make a part of the eligible cost that is left (fen) the person's own: no rule on eligible cost sees it."""
        self.own_share += amount
        self.eligible -= amount
        self.eligible_left -= amount
        self.ineligible_left += amount
        self.tcm = min(self.tcm, self.eligible)

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

    def sum_from(self, first: int) -> int:
        """Return the sum of the payments from the index `first` on (fen)."""
        return sum(payment.amount for payment in self.payments[first:])

    def cut_payments(self, first: int, left: tuple[int, int], most: int, figures: dict[str, Exact]) -> None:
        """Cut the payments from the index `first` on to `most` (fen) together, the last ones first.

        `left`: the eligible and the other cost that was left before them. `figures` explain a payment that was cut.
        """
        over = self.sum_from(first) - most
        if over <= 0:
            return
        for index in range(len(self.payments) - 1, first - 1, -1):
            payment = self.payments[index]
            cut = min(over, payment.amount)
            if cut:
                self.payments[index] = payment._replace(
                    amount=payment.amount - cut, why="shared_limit", figures={**payment.figures, **figures}
                )
            over -= cut
        paid = self.sum_from(first)
        self.eligible_left = max(0, left[0] - paid)
        self.ineligible_left = left[1] - max(0, paid - left[0])

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
