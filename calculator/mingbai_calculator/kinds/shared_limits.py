"""Shared limits: what a policy pays of a bill, cut to what the limits that it shares with others leave."""

from collections.abc import Sequence
from datetime import date

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.money import round_half_up
from mingbai_calculator.kinds.claim import Claim, PayFunction
from mingbai_calculator.law.limits import YEARLY, SharedLimit
from mingbai_calculator.law.numbers import compile_number
from mingbai_calculator.law.version import PolicyVersion


def prepare_limited(pay: PayFunction, version: PolicyVersion, limits: Sequence[SharedLimit], day: date) -> PayFunction:
    """Return the function that pays as `pay` does, and not above any of the limits; `day` is that of the bill."""
    compiled = [
        (limit, limit.condition.holds, compile_number(limit.amount), limit.name_period(day)) for limit in limits
    ]
    own_limit, for_family = ("ytd_paid", version.policy), version.is_for_family

    def pay_limited(facts: Facts, claim: Claim) -> bool:
        ledger = claim.year
        rooms: list[tuple[SharedLimit, int, int, tuple[str, str, str] | None]] = []
        for limit, holds, amount, period in compiled:
            if not holds(facts):
                continue
            key, used = None, 0
            if limit.per != "stay":
                key = (limit.id, "" if limit.of == "family" else ledger.member, period)
                used = ledger.get_spent(key, facts, opening="ytd_paid" if limit.per in YEARLY else None)
            rooms.append((limit, round_half_up(amount(facts)), used, key))
        first, left = len(claim.payments), (claim.eligible_left, claim.ineligible_left)
        own = (ledger.of_family or ledger) if for_family else ledger
        own_before = own.used.get(own_limit)
        if not pay(facts, claim):
            return False
        whole = claim.sum_from(first)
        for _, most, used, _ in rooms:
            claim.cut_payments(first, left, max(0, most - used), {"limit": most, "used": used})
        paid = claim.sum_from(first)
        if own.used.get(own_limit) != own_before:  # what was not paid uses up no limit of the policy itself
            own.used[own_limit] -= whole - paid
        for _, _, used, key in rooms:
            if key is not None:
                ledger.set_spent(key, used + paid)
        return True

    return pay_limited
