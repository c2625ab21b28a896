"""Kind `fee`: items of a bill are waived or reduced, each by the largest discount that applies (reading R7).

All fee policies of a place are evaluated together: each item gets the largest discount, the first of equal ones.
Each item is rounded by itself (reading R23). A discount for companions may be limited to a number of persons
(reading R24), a waiver to a public standard.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.money import Exact, apply_rate, round_half_up
from mingbai_calculator.kinds.claim import REMAINDER, BillItem, Claim, PayFunction, Payment
from mingbai_calculator.law.conditions import Predicate, compile_condition
from mingbai_calculator.law.laws import FeeLaw, FeeRow
from mingbai_calculator.law.numbers import NumberFunction, compile_number, compile_optional_number
from mingbai_calculator.law.version import PolicyVersion

COMPANION_LIVING = "companion_living"


type DiscountTerms = tuple[str, str, int | None, Exact, Exact | None]
"""Policy, payer, for how many companions (None: not for them), rate (basis points), at most of how much (fen)."""
type FeeTerms = Mapping[str, Sequence[DiscountTerms]]
"""Category of items -> the discounts on it that apply to a person and an event, in the order of the policies."""


class FeeDiscount(NamedTuple):
    """Discount of one policy on one category of items; `daily` is the cost of a companion's day (fen)."""

    category: str
    applies: Predicate
    get_terms: Callable[[Facts], DiscountTerms]
    daily: NumberFunction | None


type Discounts = dict[str, list[FeeDiscount]]
"""Category of items -> discounts on it, in the order of the policies."""


def prepare(*versions: PolicyVersion) -> PayFunction:
    """Return the function that pays the discounts of all fee policies on the items of a bill."""
    discounts = _compile_discounts(versions)
    by_category = _group_by_category(discounts)
    terms = _make_terms(by_category)

    def pay(facts: Facts, claim: Claim) -> bool:
        if not _one_applies(discounts, facts):
            return False
        items = _list_items(by_category, claim, facts)
        return sums(terms(facts, [category for category, _ in items]), items, facts, claim)

    return pay


def prepare_terms(*versions: PolicyVersion) -> Callable[[Facts, Iterable[str]], FeeTerms]:
    """Return the function that returns the discounts which apply to a person and an event.

    It takes the categories of the items; one without any discount is left out.
    """
    return _make_terms(_group_by_category(_compile_discounts(versions)))


def sums(terms: FeeTerms, items: Iterable[BillItem], facts: Facts, claim: Claim) -> bool:
    """Pay the largest discount on each item, the first of equal ones; return False if none applies.

    Of the facts it reads the number of companions only.
    """
    reductions: dict[tuple[str, str], int] = {}
    for category, amount in items:
        best, best_reduction = None, -1
        for policy, payer, persons, rate, up_to in terms[category]:
            base: Exact = amount if persons is None else _compute_equal_share(amount, persons, facts["companions"])
            reduction = min(apply_rate(rate, base if up_to is None else min(base, up_to)), amount)
            if reduction > best_reduction:
                best, best_reduction = (policy, payer), reduction
        if best is not None:
            reductions[best] = reductions.get(best, 0) + best_reduction
    for (policy, payer), amount in reductions.items():
        claim.pay(Payment(policy, payer, min(amount, claim.self_pays), "fee", {}))
    return bool(reductions)


def _one_applies(discounts: Iterable[FeeDiscount], facts: Facts) -> bool:
    """Tell whether a discount on a category of the bill applies; a daily amount needs no item."""
    items = facts.get("items")
    categories = None if items is None else {category for category, _ in items}
    for discount in discounts:
        concerns_bill = categories is None or discount.daily is not None or discount.category in categories
        if concerns_bill and discount.applies(facts):
            return True
    return False


def _make_terms(by_category: Discounts) -> Callable[[Facts, Iterable[str]], FeeTerms]:
    def terms(facts: Facts, categories: Iterable[str]) -> FeeTerms:
        found: dict[str, list[DiscountTerms]] = {}
        for category in categories:
            if category not in found:
                discounts = by_category.get(category, ())
                found[category] = [discount.get_terms(facts) for discount in discounts if discount.applies(facts)]
        return found

    return terms


def _compile_discounts(versions: Iterable[PolicyVersion]) -> list[FeeDiscount]:
    discounts: list[FeeDiscount] = []
    for version in versions:
        law = version.get_law(FeeLaw)
        for row in law.rows:
            applies = compile_condition(version.who, version.when, row.condition)
            get_terms, daily = _compile_row(version.policy, law.payer, row), compile_optional_number(row.daily)
            discounts.extend(FeeDiscount(category, applies, get_terms, daily) for category in row.items)
    return discounts


def _compile_row(policy: str, payer: str, row: FeeRow) -> Callable[[Facts], DiscountTerms]:
    """Return the function that returns the terms of a row; they are made once if they do not depend on the facts."""
    if isinstance(row.off, int) and isinstance(row.up_to, int | None):
        printed: DiscountTerms = (policy, payer, row.persons, row.off, row.up_to)
        return lambda _: printed
    get_rate, get_up_to = compile_number(row.off), compile_optional_number(row.up_to)

    def get_terms(facts: Facts) -> DiscountTerms:
        up_to = None if get_up_to is None else get_up_to(facts)  # is asked for before the rate
        return policy, payer, row.persons, get_rate(facts), up_to

    return get_terms


def _group_by_category(discounts: Iterable[FeeDiscount]) -> Discounts:
    by_category: Discounts = {}
    for discount in discounts:
        by_category.setdefault(discount.category, []).append(discount)
    return by_category


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
