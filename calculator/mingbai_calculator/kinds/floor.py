"""`floor`: the payers together bear at least a share of the eligible cost; a named payer tops it up.

The floor itself is worked out exactly, the top-up is what is rounded (reading R30).
"""

from typing import cast

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.money import ALL, half_up_part
from mingbai_calculator.kinds.claim import Claim, Pay, Payment
from mingbai_calculator.law.numbers import compile_number
from mingbai_calculator.law.version import Version


def prepare(version: Version) -> Pay:
    """Return the function that tops the payments up to the floor."""
    law = version.law
    applies = version.applies()
    share = compile_number(law["share"])
    counted = frozenset(cast("list[str]", law["counted"]))
    payer = cast("str", law["payer"])
    policy = version.policy

    def pay(facts: Facts, claim: Claim) -> bool:
        if claim.left == 0 or not applies(facts):
            return False
        rate = share(facts)
        paid = claim.paid_by(counted)
        short = rate * claim.eligible - paid * ALL
        amount = min(claim.left, half_up_part(short)) if short > 0 else 0
        figures = {"share": rate, "eligible": claim.eligible, "paid": paid}
        claim.pay(Payment(policy, payer, amount, "topped_up" if amount else "floor_reached", figures))
        return True

    return pay
