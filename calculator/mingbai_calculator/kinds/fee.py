"""`fee`: items of a bill are waived or reduced, each by the best discount that applies (reading R7).

A place may have several policies about fees; they are tried together, and each item's discount goes to
the policy that gives most, to the first of equals. Each item is rounded by itself (reading R23). What is
paid for companions may be limited to some of them (reading R24), a waiver to a public standard.
"""

from typing import NamedTuple, cast

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.json_value import Json
from mingbai_calculator.core.money import half_up, part
from mingbai_calculator.kinds.claim import REST, Claim, Item, Pay, Payment
from mingbai_calculator.law.conditions import Condition, Test, compile_condition
from mingbai_calculator.law.numbers import Exact, Number, compile_number
from mingbai_calculator.law.version import Version

COMPANIONS = "companion_living"


class Discount(NamedTuple):
    """What one policy gives off one category of items."""

    policy: str
    payer: str
    category: str
    applies: Test
    rate: Number
    up_to: Number | None
    persons: int | None
    daily: Number | None


def prepare_together(versions: list[Version]) -> Pay:
    """Return the function that takes every policy's discounts off the items of a bill."""
    discounts = [discount for version in versions for discount in _discounts(version)]
    by_category: dict[str, list[Discount]] = {}
    for discount in discounts:
        by_category.setdefault(discount.category, []).append(discount)

    def pay(facts: Facts, claim: Claim) -> bool:
        if not any(discount.applies(facts) for discount in discounts if _on_bill(discount, facts)):
            return False
        given: dict[tuple[str, str], int] = {}
        for category, amount in _items(by_category, claim, facts):
            best, saved = None, -1
            for discount in by_category.get(category, ()):
                off = _off(discount, amount, facts) if discount.applies(facts) else -1
                if off > saved:
                    best, saved = discount, off
            if best is not None:
                key = (best.policy, best.payer)
                given[key] = given.get(key, 0) + saved
        for (policy, payer), amount in given.items():
            claim.pay(Payment(policy, payer, min(amount, claim.self_pays), "fee", {}))
        return bool(given)

    return pay


def _on_bill(discount: Discount, facts: Facts) -> bool:
    """Tell whether the bill has, or may have, such an item."""
    items = cast("tuple[Item, ...] | None", facts.get("items"))
    return items is None or discount.daily is not None or any(category == discount.category for category, _ in items)


def _discounts(version: Version) -> list[Discount]:
    law = version.law
    found: list[Discount] = []
    for row in cast("list[dict[str, Json]]", law["rows"]):
        applies = compile_condition(version.who, version.when, cast("Condition", row["if"]))
        up_to, daily = row.get("up_to"), row.get("daily")
        found.extend(
            Discount(
                version.policy,
                cast("str", law["payer"]),
                category,
                applies,
                compile_number(row["off"]),
                None if up_to is None else compile_number(up_to),
                cast("int | None", row.get("persons")),
                None if daily is None else compile_number(daily),
            )
            for category in cast("list[str]", row["items"])
        )
    return found


def _off(discount: Discount, amount: int, facts: Facts) -> int:
    """Return what is taken off an item (fen)."""
    base: Exact = amount
    if discount.persons is not None:
        base = _share(amount, discount.persons, cast("int", facts["companions"]))
    if discount.up_to is not None:
        base = min(base, discount.up_to(facts))
    return part(discount.rate(facts), base)


def _share(amount: int, persons: int, there: int) -> int:
    """Return the equal share of `persons` of those `there` in an amount, rounded half-up."""
    if there == 0:
        return 0
    return (2 * amount * min(persons, there) + there) // (2 * there)


def _items(by_category: dict[str, list[Discount]], claim: Claim, facts: Facts) -> list[Item]:
    """Return the items of a bill, the companions' living cost among them.

    Where the bill has no item for that, it is companions x days x daily amount, a part of what the other
    discounted items leave of the bill.
    """
    items = [item for item in claim.items(facts) if item[0] in by_category]
    daily = next((discount.daily for discount in by_category.get(COMPANIONS, ()) if discount.daily is not None), None)
    listed = REST not in [amount for _, amount in items] and "companion_days" not in facts  # the items are all there is
    if daily is not None and COMPANIONS not in [category for category, _ in items] and not listed:
        room = claim.total - sum(amount for _, amount in items if amount != REST)
        items.append((COMPANIONS, min(_living(daily, facts), room)))
    rest = claim.total - sum(amount for _, amount in items if amount != REST)
    return [(category, rest if amount == REST else amount) for category, amount in items]


def _living(daily: Number, facts: Facts) -> int:
    """Return what the companions' living costs (fen)."""
    days = cast("int", facts["companions"]) * cast("int", facts["companion_days"])
    return half_up(days * daily(facts)) if days else 0
