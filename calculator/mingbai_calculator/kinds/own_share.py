"""Kind `own_share`: what the person bears first, before anybody pays: it moves money out of the scope of later payers.

Of a bill the first matching row without items counts, and of each category of items the first matching row that names
it. What is moved is eligible cost no more; nothing is paid.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.money import Exact, apply_rate
from mingbai_calculator.kinds.claim import REMAINDER, Claim, PayFunction, Payment
from mingbai_calculator.law.laws import OwnShareLaw
from mingbai_calculator.law.numbers import compile_number

if TYPE_CHECKING:
    from mingbai_calculator.law.version import PolicyVersion

PERSON = "person"
"""Who bears it: nobody else."""

type OwnShareTerms = tuple[Exact | None, dict[str, Exact]]
"""The rate of the eligible cost (basis points; None: no row matches), and of each category of items that has one."""


def prepare(version: "PolicyVersion") -> PayFunction:
    """Return the function that moves what comes off first out of scope."""
    applies, terms, sums = version.compile_applies(), prepare_terms(version), prepare_sums(version)
    reads_items = "items" in version.get_law(OwnShareLaw).list_facts()

    def pay(facts: Facts, claim: Claim) -> bool:
        if claim.eligible_left == 0 or not applies(facts):
            return False
        items = claim.get_items(facts) if reads_items else ()
        found = terms(facts, {category for category, _ in items})
        if found[0] is None and not found[1]:
            return False
        sums(found, items, claim)
        return True

    return pay


def prepare_terms(version: "PolicyVersion") -> Callable[[Facts, Iterable[str]], OwnShareTerms]:
    """Return the function that returns the rates for a person, an event and the categories of a bill."""
    rows = [(row.condition.holds, row.items, compile_number(row.rate)) for row in version.get_law(OwnShareLaw).rows]

    def terms(facts: Facts, categories: Iterable[str]) -> OwnShareTerms:
        whole = next((rate(facts) for matches, items, rate in rows if not items and matches(facts)), None)
        rates: dict[str, Exact] = {}
        for category in categories:
            found = next((rate(facts) for matches, items, rate in rows if category in items and matches(facts)), None)
            if found is not None:
                rates[category] = found
        return whole, rates

    return terms


def prepare_sums(version: "PolicyVersion") -> Callable[[OwnShareTerms, Iterable[tuple[str, int]], Claim], None]:
    """Return the function that moves what terms come to; items first, then the rate of the cost that is left."""
    policy = version.policy

    def sums(terms: OwnShareTerms, items: Iterable[tuple[str, int]], claim: Claim) -> None:
        whole, rates = terms
        eligible, items = claim.eligible_left, list(items)
        remainder = claim.total - sum(amount for _, amount in items if amount != REMAINDER)
        of_items = sum(
            apply_rate(rates[category], remainder if amount == REMAINDER else amount)
            for category, amount in items
            if category in rates
        )
        moved = min(eligible, of_items)
        if whole is not None:
            moved += apply_rate(whole, eligible - moved)
        claim.move_out_of_scope(moved)
        figures: dict[str, Exact] = {"moved": moved, "eligible": eligible, "rate": whole or 0}
        claim.pay(
            Payment(policy, PERSON, 0, "own_share" if whole is not None and not of_items else "own_items", figures)
        )

    return sums
