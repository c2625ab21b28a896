"""Kind `floor`: the counted payers together pay at least a share of the eligible cost; a named payer tops up.

The floor is computed exactly; only the top-up is rounded (reading R30).
"""

from collections.abc import Callable

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.money import FULL_RATE, Exact, round_rate_product
from mingbai_calculator.kinds.claim import Claim, PayFunction, Payment
from mingbai_calculator.law.laws import FloorLaw
from mingbai_calculator.law.numbers import NumberFunction, compile_number
from mingbai_calculator.law.version import PolicyVersion


def prepare(version: PolicyVersion) -> PayFunction:
    """Return the function that tops up the payments to the floor."""
    applies, terms, sums = version.compile_applies(), prepare_terms(version), prepare_sums(version)

    def pay(facts: Facts, claim: Claim) -> bool:
        if claim.eligible_left == 0 or not applies(facts):
            return False
        sums(terms(facts), claim)
        return True

    return pay


def prepare_terms(version: PolicyVersion) -> NumberFunction:
    """Return the function that returns the least share (basis points) for a person and an event."""
    return compile_number(version.get_law(FloorLaw).share)


def prepare_sums(version: PolicyVersion) -> Callable[[Exact, Claim], None]:
    """Return the function that pays what is short of a share (basis points) of a claim."""
    law, policy = version.get_law(FloorLaw), version.policy
    counted_payers, payer = frozenset(law.counted), law.payer

    def sums(rate: Exact, claim: Claim) -> None:
        paid = claim.sum_paid_by(counted_payers)
        shortfall = rate * claim.eligible - paid * FULL_RATE
        amount = min(claim.eligible_left, round_rate_product(shortfall)) if shortfall > 0 else 0
        figures = {"share": rate, "eligible": claim.eligible, "paid": paid}
        claim.pay(Payment(policy, payer, amount, "topped_up" if amount else "floor_reached", figures))

    return sums
