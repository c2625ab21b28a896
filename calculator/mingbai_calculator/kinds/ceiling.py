"""`ceiling`: of the eligible cost the person pays at most an amount or a share; a named payer bears the excess.

A ceiling of a year counts what the person paid earlier in the same area. The ceiling itself is worked out
exactly, the payment that follows from it is what is rounded (reading R30). Readings R3, R15, R21.
"""

from typing import cast

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.json_value import Json
from mingbai_calculator.core.money import ALL, half_up_part
from mingbai_calculator.kinds.claim import Claim, Pay, Payment
from mingbai_calculator.law.conditions import Condition, compile_condition
from mingbai_calculator.law.numbers import Exact, compile_number
from mingbai_calculator.law.version import Version


def prepare(version: Version) -> Pay:
    """Return the function that pays what exceeds the ceiling."""
    law, policy = version.law, version.policy
    applies = version.applies()
    payer = cast("str", law["payer"])
    per_year = law["per"] == "year"
    rows = [
        (
            cast("str", row["id"]),
            compile_condition(cast("Condition", row["if"])),
            compile_number(row["amount"]),
            row["of"] == "share",
        )
        for row in cast("list[dict[str, Json]]", law["rows"])
    ]

    def pay(facts: Facts, claim: Claim) -> bool:
        if claim.left == 0 or not applies(facts):
            return False
        row = next((row for row in rows if row[1](facts)), None)
        if row is None:
            return False
        area, _, number, is_share = row
        value = number(facts)
        ceiling: Exact = value * claim.eligible if is_share else value * ALL  # in basis points of a fen
        benefit = f"{policy} {area}"
        earlier = claim.year.so_far("ytd_self_paid", benefit, facts) if per_year else 0
        room = max(0, ceiling - earlier * ALL)
        left = claim.left
        amount = half_up_part(left * ALL - room) if left * ALL > room else 0
        if per_year:
            claim.year.note("ytd_self_paid", benefit, earlier + left - amount)
        figures: dict[str, Exact] = {"left": left, "earlier": earlier, "eligible": claim.eligible, "per_year": per_year}
        figures["share" if is_share else "ceiling"] = value
        claim.pay(Payment(policy, payer, amount, "over_ceiling" if amount else "under_ceiling", figures))
        return True

    return pay
