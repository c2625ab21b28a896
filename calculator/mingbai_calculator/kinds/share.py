"""Kind `share`: a payer pays a rate of a base, above a deductible, up to a limit.

Rate, deductible and limit are in the rows of a decision table: the first matching row counts, and without one
nothing is paid. A rate may be given in brackets of the burden. Deductibles and limits per year count what earlier
visits used up. Readings R1, R2, R3, R9, R13, R16, R25.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import NamedTuple

from mingbai_calculator.core.facts import ASSUMED_TRIGGERS, Facts, trigger_key
from mingbai_calculator.core.money import UNLIMITED, Exact, apply_rate, round_half_up, round_rate_product
from mingbai_calculator.kinds.claim import Claim, PayFunction, Payment
from mingbai_calculator.law.conditions import Predicate
from mingbai_calculator.law.laws import ShareLaw, ShareRow
from mingbai_calculator.law.numbers import NumberFunction, compile_number, compile_optional_number
from mingbai_calculator.law.version import PolicyVersion

BASES: dict[str, Callable[[Claim], int]] = {
    "eligible_remaining": attrgetter("eligible_left"),
    "eligible_cost": lambda claim: min(claim.eligible, claim.eligible_left),
    "tcm_cost": lambda claim: min(claim.tcm, claim.eligible_left),
    "whole_self_pay": lambda claim: claim.eligible_left + claim.ineligible_left,
}

type Figures = dict[str, Exact]

type Brackets = list[tuple[int, NumberFunction]]
"""For each bracket the burden (fen) at which it starts, and its rate."""


class CompiledRow(NamedTuple):
    """One row of the decision table, compiled."""

    matches: Predicate
    deductible: NumberFunction
    rate: NumberFunction
    limit: NumberFunction | None
    base_limit: NumberFunction | None
    brackets: Brackets


def prepare(version: PolicyVersion) -> PayFunction:
    """Return the function that pays this policy's part of a claim."""
    law = version.get_law(ShareLaw)
    applies = version.compile_applies()
    get_base = BASES[law.base]
    rows = [_compile_row(row) for row in law.rows]
    is_triggered = _compile_trigger(version.policy, law)
    calculate_row = _make_row_calculator(version.policy, law)
    record = _make_recorder(version.policy, law)

    def pay(facts: Facts, claim: Claim) -> bool:
        base = get_base(claim)
        if base == 0 or not applies(facts):
            return False
        if is_triggered is not None and not is_triggered(facts, claim):
            record(claim, 0, 0, "not_triggered", {})
            return True
        for row in rows:
            if row.matches(facts):
                amount, excess, why, figures = calculate_row(row, base, facts, claim)
                record(claim, amount, excess, why, figures)
                return True
        record(claim, 0, 0, "no_row", {})
        return True

    return pay


def _make_row_calculator(
    policy: str, law: ShareLaw
) -> Callable[[CompiledRow, int, Facts, Claim], tuple[int, int, str, Figures]]:
    """Return the function that applies a row to a base (fen): amount, excess over a limited base, `why`, figures."""
    deductible_per_year, limit_per_year = law.deductible_per == "year", law.limit_per == "year"

    def calculate_row(row: CompiledRow, base: int, facts: Facts, claim: Claim) -> tuple[int, int, str, Figures]:
        base_limit = UNLIMITED if row.base_limit is None else row.base_limit(facts)
        counted = base if base <= base_limit else round_half_up(base_limit)
        deductible, earlier = row.deductible(facts), 0
        if deductible_per_year:
            earlier = claim.year.get_used("ytd_burden", policy, facts)
        # Counted is the burden of the year above the deductible, without that of earlier visits.
        start, end = max(earlier, deductible), earlier + counted
        over = end - start if end > start else 0
        rate = row.rate(facts)
        amount = _apply_brackets(row.brackets, start, end, facts) if row.brackets else apply_rate(rate, over)
        why, limit, used = "share" if over else "below_deductible", UNLIMITED, 0
        if row.limit is not None:
            used = claim.year.get_used("ytd_paid", policy, facts) if limit_per_year else 0
            limit = round_half_up(row.limit(facts))
            if limit - used < amount:
                amount, why = max(0, limit - used), "limited"
            if limit_per_year:
                claim.year.set_used("ytd_paid", policy, used + amount)
        if deductible_per_year:
            claim.year.set_used("ytd_burden", policy, earlier + counted)
            claim.burdens[policy] = (earlier + counted, deductible)
        figures: Figures = {
            "whole": base,
            "base": counted,
            "deductible": deductible,
            "earlier": earlier,
            "over": over,
            "rate": rate,
            "limit": limit,
            "used": used,
            "per_year": deductible_per_year,
        }
        return amount, base - counted, why, figures

    return calculate_row


def _make_recorder(policy: str, law: ShareLaw) -> Callable[[Claim, int, int, str, Figures], None]:
    """Return the function that records a payment on the claim: by one payer, or split between several.

    In a split each payer's part is rounded and the last payer pays the rest; the excess over a limited base may
    have a payer of its own (reading R25).
    """
    payer, excess_payer = law.payer, law.excess_payer
    split = [(part.payer, part.share) for part in law.split]

    def record(claim: Claim, amount: int, excess: int, why: str, figures: Figures) -> None:
        deductible = round_half_up(figures["base"] - figures["over"]) if figures and figures["deductible"] else 0
        if not split:
            claim.pay(Payment(policy, payer, amount, why, figures, deductible))
        else:
            remaining = amount
            for split_payer, share in split:
                paid = apply_rate(share, amount)
                remaining -= paid
                claim.pay(Payment(policy, split_payer, paid, "split", {**figures, "share": share}))
            claim.pay(Payment(policy, payer, remaining, "split_rest" if why == "share" else why, figures, deductible))
        if excess_payer is not None and excess:
            claim.pay(Payment(policy, excess_payer, excess, "excess", {"base": figures["base"]}))

    return record


def _compile_trigger(policy: str, law: ShareLaw) -> Callable[[Facts, Claim], bool] | None:
    """Return the predicate that the year's burden exceeds the deductible of the policy ``only_if``; None without one.

    It must exceed it strictly; whether that other policy applies to this person does not matter (reading R16).
    """
    other_policy = law.only_if
    if other_policy is None:
        return None
    rows = [_compile_row(row) for row in law.trigger_rows]

    key = trigger_key(policy)

    def is_triggered(facts: Facts, claim: Claim) -> bool:
        if ASSUMED_TRIGGERS in facts:
            return facts[key] is True
        burden_and_deductible = claim.burdens.get(other_policy)
        if burden_and_deductible is None:
            burden = claim.year.get_used("ytd_burden", other_policy, facts) + claim.eligible_left
            deductible = next((row.deductible(facts) for row in rows if row.matches(facts)), None)
            claim.triggers[policy] = deductible is not None and burden > deductible
        else:
            claim.triggers[policy] = burden_and_deductible[0] > burden_and_deductible[1]
        return claim.triggers[policy]

    return is_triggered


def _apply_brackets(brackets: Brackets, start: Exact, end: int, facts: Facts) -> int:
    """Return the payment for a burden from `start` to `end` (fen): each bracket at its rate, the sum rounded once."""
    total: Exact = 0
    for index, (bracket_start, rate) in enumerate(brackets):
        bracket_end = brackets[index + 1][0] if index + 1 < len(brackets) else UNLIMITED
        total += max(0, min(end, bracket_end) - max(start, bracket_start)) * rate(facts)
    return round_rate_product(total)


def _compile_row(row: ShareRow) -> CompiledRow:
    return CompiledRow(
        row.condition.holds,
        compile_number(row.deductible),
        compile_number(row.rate),
        compile_optional_number(row.limit),
        compile_optional_number(row.base_limit),
        [(bracket.start, compile_number(bracket.rate)) for bracket in row.brackets],
    )
