"""Kind `share`: a payer pays a rate of a base, above a deductible, up to a limit.

Rate, deductible and limit are in the rows of a decision table: the first matching row counts, and without one
nothing is paid. A rate may be given in brackets of the burden. Deductibles and limits per year count what earlier
visits used up. Readings R1, R2, R3, R9, R13, R16, R25.
"""

from collections.abc import Callable, Sequence
from operator import attrgetter

from mingbai_calculator.core.facts import ASSUMED_TRIGGERS, Facts, trigger_key
from mingbai_calculator.core.money import UNLIMITED, Exact, apply_rate, round_half_up, round_rate_product
from mingbai_calculator.kinds.claim import Claim, PayFunction, Payment
from mingbai_calculator.law.laws import ShareLaw, ShareRow
from mingbai_calculator.law.numbers import compile_number, compile_optional_number
from mingbai_calculator.law.version import PolicyVersion

BASES: dict[str, Callable[[Claim], int]] = {
    "eligible_remaining": attrgetter("eligible_left"),
    "eligible_cost": lambda claim: min(claim.eligible, claim.eligible_left),
    "tcm_cost": lambda claim: min(claim.tcm, claim.eligible_left),
    "whole_self_pay": lambda claim: claim.eligible_left + claim.ineligible_left,
}

type Figures = dict[str, Exact]


type Brackets = Sequence[tuple[int, Exact]]
"""For each bracket the burden (fen) at which it starts, and its rate (basis points)."""
type ShareTerms = tuple[Exact, Exact, int | None, Exact | None, Brackets]
"""Deductible, rate, limit, limit of the base, brackets: the numbers of a row (fen, basis points; None: no limit)."""
type Trigger = Callable[[Facts, Claim], bool]
# A tuple, no class: terms are made for every bill.


def prepare(version: PolicyVersion) -> PayFunction:
    """Return the function that pays this policy's part of a claim."""
    law, policy = version.get_law(ShareLaw), version.policy
    applies, terms, sums = version.compile_applies(), prepare_terms(version), prepare_sums(version)
    get_base, record = BASES[law.base], _make_recorder(policy, law)
    is_triggered = None if law.only_if is None else _compile_trigger(policy, law.only_if, prepare_trigger_terms(law))

    is_carried = None if law.carried is None else law.carried.holds

    def pay(facts: Facts, claim: Claim) -> bool:
        base = get_base(claim)
        if base == 0 or not applies(facts):
            return False
        if is_triggered is not None and not is_triggered(facts, claim):
            record(claim, 0, 0, "not_triggered", {}, 0)
            return True
        if is_carried is not None:
            carry(facts, claim, base)
            return True
        sums(terms(facts), base, facts, claim)
        return True

    def carry(facts: Facts, claim: Claim, base: int) -> None:
        """Pay; after a transfer, what the stay before used of the deductible counts."""
        row, key = terms(facts), ("deductible", claim.year.member, policy)
        before = (
            claim.year.get_spent(key, facts, opening="deductible_before") if is_carried and is_carried(facts) else 0
        )
        if row is not None:
            row = (max(0, row[0] - before), *row[1:])
        sums(row, base, facts, claim)
        claim.year.set_spent(key, before + claim.payments[-1].deductible)

    return pay


def prepare_terms(version: PolicyVersion) -> Callable[[Facts], ShareTerms | None]:
    """Return the function that returns the numbers of the row for a person and an event; None: no row matches."""
    rows = [(row.condition.holds, *_compile_row(row)) for row in version.get_law(ShareLaw).rows]

    def terms(facts: Facts) -> ShareTerms | None:
        for matches, printed, read in rows:
            if matches(facts):
                return printed if read is None else read(facts)
        return None

    return terms


def prepare_trigger_terms(law: ShareLaw) -> Callable[[Facts], Exact | None]:
    """Return the function that returns the deductible (fen) which the year's burden must exceed; None: nothing does."""
    rows = [(row.condition.holds, compile_number(row.deductible)) for row in law.trigger_rows]

    def deductible(facts: Facts) -> Exact | None:
        return next((number(facts) for matches, number in rows if matches(facts)), None)

    return deductible


def prepare_sums(version: PolicyVersion) -> Callable[[ShareTerms | None, int, Facts, Claim], None]:
    """Return the function that pays what terms come to for a base (fen); None: nothing, as no row matches.

    Of the facts it reads amounts of the year only.
    """
    law, policy = version.get_law(ShareLaw), version.policy
    deductible_per_year, limit_per_year = law.deductible_per == "year", law.limit_per == "year"
    record, for_family, rounding = _make_recorder(policy, law), version.is_for_family, law.rounding

    def sums(terms: ShareTerms | None, base: int, facts: Facts, claim: Claim) -> None:
        if terms is None:
            record(claim, 0, 0, "no_row", {}, 0)
            return
        deductible, rate, limit, base_limit, brackets = terms
        counted = base if base_limit is None or base <= base_limit else round_half_up(base_limit)
        year = (claim.year.of_family or claim.year) if for_family else claim.year
        earlier = year.get_used("ytd_burden", policy, facts) if deductible_per_year else 0
        # Counted is the burden of the year above the deductible, without that of earlier visits.
        start, end = max(earlier, deductible), earlier + counted
        over = end - start if end > start else 0
        if rounding is not None:
            amount = rounding.round_product(_multiply_brackets(brackets, start, end) if brackets else rate * over)
        else:
            amount = (
                round_rate_product(_multiply_brackets(brackets, start, end)) if brackets else apply_rate(rate, over)
            )
        if amount > counted:  # noqa: PLR1730 - faster than min(); whatever adjusts the rate
            amount = counted
        why, used = "share" if over else "below_deductible", 0
        if limit is None:
            limit = UNLIMITED
        else:
            used = year.get_used("ytd_paid", policy, facts) if limit_per_year else 0
            if limit - used < amount:
                amount, why = max(0, limit - used), "limited"
            if limit_per_year:
                year.set_used("ytd_paid", policy, used + amount)
        if deductible_per_year:
            year.set_used("ytd_burden", policy, earlier + counted)
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
        record(claim, amount, base - counted, why, figures, round_half_up(counted - over) if deductible else 0)

    return sums


def _make_recorder(policy: str, law: ShareLaw) -> Callable[[Claim, int, int, str, Figures, int], None]:
    """Return the function that records a payment on the claim: by one payer, or split between several.

    In a split each payer's part is rounded and the last payer pays the rest; the excess over a limited base may
    have a payer of its own (reading R25).
    """
    payer, excess_payer = law.payer, law.excess_payer
    split = [(part.payer, part.share) for part in law.split]

    def record(claim: Claim, amount: int, excess: int, why: str, figures: Figures, deductible: int) -> None:  # noqa: PLR0913, PLR0917 - faster than an object
        if not split:
            claim.pay(Payment(policy, payer, amount, why, figures, deductible))
        else:
            remaining = amount
            for split_payer, share in split:
                paid = min(apply_rate(share, amount), remaining)  # of one fen, two halves would be two
                remaining -= paid
                claim.pay(Payment(policy, split_payer, paid, "split", {**figures, "share": share}))
            claim.pay(Payment(policy, payer, remaining, "split_rest" if why == "share" else why, figures, deductible))
        if excess_payer is not None and excess:
            claim.pay(Payment(policy, excess_payer, excess, "excess", {"base": figures["base"]}))

    return record


def _compile_trigger(policy: str, other_policy: str, deductible_of_other: Callable[[Facts], Exact | None]) -> Trigger:
    """Return the predicate that the year's burden exceeds the deductible of the policy ``only_if``.

    It must exceed it strictly; whether that other policy applies to this person does not matter (reading R16).
    """
    key = trigger_key(policy)

    def is_triggered(facts: Facts, claim: Claim) -> bool:
        if ASSUMED_TRIGGERS in facts:
            return facts[key] is True
        burden_and_deductible = claim.burdens.get(other_policy)
        if burden_and_deductible is None:
            burden = claim.year.get_used("ytd_burden", other_policy, facts) + claim.eligible_left
            deductible = deductible_of_other(facts)
            claim.triggers[policy] = deductible is not None and burden > deductible
        else:
            claim.triggers[policy] = burden_and_deductible[0] > burden_and_deductible[1]
        return claim.triggers[policy]

    return is_triggered


def _multiply_brackets(brackets: Sequence[tuple[int, Exact]], start: Exact, end: int) -> Exact:
    """Return basis points x fen for a burden from `start` to `end` (fen): each bracket at its rate."""
    total: Exact = 0
    for index, (bracket_start, rate) in enumerate(brackets):
        bracket_end = brackets[index + 1][0] if index + 1 < len(brackets) else UNLIMITED
        total += max(0, min(end, bracket_end) - max(start, bracket_start)) * rate
    return total


def _compile_row(row: ShareRow) -> tuple[ShareTerms | None, Callable[[Facts], ShareTerms] | None]:
    """Return the terms of a row, or the function that returns them if they depend on the facts."""
    deductible, rate, limit, base_limit = row.deductible, row.rate, row.limit, row.base_limit
    if (
        isinstance(deductible, int)
        and isinstance(rate, int)
        and isinstance(limit, int | None)
        and isinstance(base_limit, int | None)
        and not row.brackets
    ):
        return (deductible, rate, limit, base_limit, ()), None
    get_deductible, get_rate = compile_number(deductible), compile_number(rate)
    get_limit, get_base_limit = compile_optional_number(limit), compile_optional_number(base_limit)
    brackets = [(bracket.start, compile_number(bracket.rate)) for bracket in row.brackets]

    def read(facts: Facts) -> ShareTerms:
        # The order of reading decides which of several missing numbers is asked for first.
        base_limit = None if get_base_limit is None else get_base_limit(facts)
        deductible, rate = get_deductible(facts), get_rate(facts)
        rates = [(start, get_bracket_rate(facts)) for start, get_bracket_rate in brackets] if brackets else ()
        limit = None if get_limit is None else round_half_up(get_limit(facts))
        return deductible, rate, limit, base_limit, rates

    return None, read
