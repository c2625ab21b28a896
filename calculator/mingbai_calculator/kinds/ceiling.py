"""Kind `ceiling`: the person pays at most an amount or a share of the eligible cost; a named payer pays the excess.

A ceiling per year counts what the person paid earlier in the same area. The ceiling is computed exactly; only the
payment is rounded (reading R30). Readings R3, R15, R21.
"""

from collections.abc import Callable

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.money import FULL_RATE, Exact, divide, round_rate_product
from mingbai_calculator.kinds.claim import Claim, PayFunction, Payment
from mingbai_calculator.law.laws import CeilingLaw, Plus
from mingbai_calculator.law.numbers import compile_number
from mingbai_calculator.law.version import PolicyVersion

type CeilingTerms = tuple[str, Exact, bool, Plus | None]
"""Area in which a year is counted; the most that the person pays: a share of the cost (basis points) or fen; which;
what it rises by with the cost."""


def prepare(version: PolicyVersion) -> PayFunction:
    """Return the function that pays the excess over the ceiling."""
    applies, terms, sums = version.compile_applies(), prepare_terms(version), prepare_sums(version)

    def pay(facts: Facts, claim: Claim) -> bool:
        if claim.eligible_left == 0 or not applies(facts):
            return False
        row = terms(facts)
        if row is None:
            return False
        sums(row, facts, claim)
        return True

    return pay


def prepare_terms(version: PolicyVersion) -> Callable[[Facts], CeilingTerms | None]:
    """Return the function that returns the ceiling for a person and an event; None: no row matches."""
    rows = [
        (row.condition.holds, row.id, compile_number(row.amount), row.of == "share", row.plus)
        for row in version.get_law(CeilingLaw).rows
    ]

    def terms(facts: Facts) -> CeilingTerms | None:
        for matches, area, number, is_share, plus in rows:
            if matches(facts):
                return area, number(facts), is_share, plus
        return None

    return terms


def prepare_sums(version: PolicyVersion) -> Callable[[CeilingTerms, Facts, Claim], None]:
    """Return the function that pays what exceeds a ceiling; of the facts it reads amounts of the year only."""
    law, policy = version.get_law(CeilingLaw), version.policy
    payer, per_year, for_family = law.payer, law.per == "year", version.is_for_family

    def sums(terms: CeilingTerms, facts: Facts, claim: Claim) -> None:
        area, value, is_share, plus = terms
        ceiling: Exact = value * claim.eligible if is_share else value * FULL_RATE  # fen x 10,000
        if plus is not None:
            ceiling += plus.multiply(claim.eligible)
        benefit = f"{policy} {area}"
        year = (claim.year.of_family or claim.year) if for_family else claim.year
        earlier = year.get_used("ytd_self_paid", benefit, facts) if per_year else 0
        remaining = max(0, ceiling - earlier * FULL_RATE)
        left = claim.eligible_left
        amount = round_rate_product(left * FULL_RATE - remaining) if left * FULL_RATE > remaining else 0
        if per_year:
            year.set_used("ytd_self_paid", benefit, earlier + left - amount)
        figures: dict[str, Exact] = {"left": left, "earlier": earlier, "eligible": claim.eligible, "per_year": per_year}
        figures["share" if is_share else "ceiling"] = value
        if plus is not None:
            figures |= {"rate": plus.rate, "above": plus.above, "most": divide(ceiling, FULL_RATE)}
        claim.pay(Payment(policy, payer, amount, "over_ceiling" if amount else "under_ceiling", figures))

    return sums
