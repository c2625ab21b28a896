"""Kind `fee`: items of a bill are waived or reduced, each by the largest discount that applies (reading R7).

All fee policies of a place are evaluated together: each item gets the largest discount, the first of equal ones.
Each item is rounded by itself (reading R23). A discount for companions may be limited to a number of persons
(reading R24), a waiver to a public standard.
"""

from typing import NamedTuple

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.money import Exact, apply_rate, round_half_up
from mingbai_calculator.kinds.claim import REMAINDER, BillItem, Claim, PayFunction, Payment
from mingbai_calculator.law.conditions import Predicate, compile_condition
from mingbai_calculator.law.laws import FeeLaw
from mingbai_calculator.law.numbers import NumberFunction, compile_number, compile_optional_number
from mingbai_calculator.law.version import PolicyVersion

COMPANION_LIVING = "companion_living"


class FeeDiscount(NamedTuple):
    """Discount of one policy on one category of items: `rate` (basis points) of the cost, at most of `up_to` (fen)."""

    policy: str
    payer: str
    category: str
    applies: Predicate
    rate: NumberFunction
    up_to: NumberFunction | None
    persons: int | None
    daily: NumberFunction | None


def prepare_fees(versions: list[PolicyVersion]) -> PayFunction:
    """Return the function that pays the discounts of all fee policies on the items of a bill."""
    discounts = [discount for version in versions for discount in _compile_discounts(version)]
    by_category: dict[str, list[FeeDiscount]] = {}
    for discount in discounts:
        by_category.setdefault(discount.category, []).append(discount)

    def pay(facts: Facts, claim: Claim) -> bool:
        if not any(discount.applies(facts) for discount in discounts if _may_concern_bill(discount, facts)):
            return False
        reductions: dict[tuple[str, str], int] = {}
        for category, amount in _list_items(by_category, claim, facts):
            best, best_reduction = None, -1
            for discount in by_category.get(category, ()):
                reduction = _compute_reduction(discount, amount, facts) if discount.applies(facts) else -1
                if reduction > best_reduction:
                    best, best_reduction = discount, reduction
            if best is not None:
                key = (best.policy, best.payer)
                reductions[key] = reductions.get(key, 0) + best_reduction
        for (policy, payer), amount in reductions.items():
            claim.pay(Payment(policy, payer, min(amount, claim.self_pays), "fee", {}))
        return bool(reductions)

    return pay


def _may_concern_bill(discount: FeeDiscount, facts: Facts) -> bool:
    """Tell whether the bill may have an item of this discount's category; a daily amount needs no item."""
    items = facts.get("items")
    return items is None or discount.daily is not None or any(category == discount.category for category, _ in items)


def _compile_discounts(version: PolicyVersion) -> list[FeeDiscount]:
    law = version.get_law(FeeLaw)
    discounts: list[FeeDiscount] = []
    for row in law.rows:
        applies = compile_condition(version.who, version.when, row.condition)
        discounts.extend(
            FeeDiscount(
                version.policy,
                law.payer,
                category,
                applies,
                compile_number(row.off),
                compile_optional_number(row.up_to),
                row.persons,
                compile_optional_number(row.daily),
            )
            for category in row.items
        )
    return discounts


def _compute_reduction(discount: FeeDiscount, amount: int, facts: Facts) -> int:
    """Return the discount on an item (fen)."""
    base: Exact = amount
    if discount.persons is not None:
        base = _compute_equal_share(amount, discount.persons, facts["companions"])
    if discount.up_to is not None:
        base = min(base, discount.up_to(facts))
    return apply_rate(discount.rate(facts), base)


def _compute_equal_share(amount: int, persons: int, companions: int) -> int:
    """Return the equal shares of at most `persons` of the `companions` in an amount (fen), rounded half up."""
    if companions == 0:
        return 0
    return (2 * amount * min(persons, companions) + companions) // (2 * companions)


def _list_items(by_category: dict[str, list[FeeDiscount]], claim: Claim, facts: Facts) -> list[BillItem]:
    """Return the discounted items of a bill, with the living cost of companions.

    If the bill has no item for that, the cost is companions x days x daily amount, limited to what the other
    discounted items leave of the bill.
    """
    items = [item for item in claim.get_items(facts) if item[0] in by_category]
    daily = next(
        (discount.daily for discount in by_category.get(COMPANION_LIVING, ()) if discount.daily is not None), None
    )
    items_complete = (
        REMAINDER not in [amount for _, amount in items] and "companion_days" not in facts
    )  # no other cost on the bill
    if daily is not None and COMPANION_LIVING not in [category for category, _ in items] and not items_complete:
        not_itemised = claim.total - sum(amount for _, amount in items if amount != REMAINDER)
        items.append((COMPANION_LIVING, min(_compute_living_cost(daily, facts), not_itemised)))
    remainder = claim.total - sum(amount for _, amount in items if amount != REMAINDER)
    return [(category, remainder if amount == REMAINDER else amount) for category, amount in items]


def _compute_living_cost(daily: NumberFunction, facts: Facts) -> int:
    """Return companions x days x daily amount (fen), rounded half up."""
    days = facts["companions"] * facts["companion_days"]
    return round_half_up(days * daily(facts)) if days else 0
