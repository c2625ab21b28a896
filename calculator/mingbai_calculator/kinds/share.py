"""`share`: a payer pays a rate of a base, above a deductible, up to a limit.

Rate, deductible and limit stand on the version or in the rows of a decision table; the first row
that fits counts, and where no row fits nothing is paid. A rate may come in brackets of the burden. A
benefit of a year counts what earlier visits used up. Readings R1, R2, R3, R9, R13, R16, R25.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import NamedTuple, cast

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.json_value import Json
from mingbai_calculator.core.money import UNLIMITED, half_up, half_up_part, part
from mingbai_calculator.kinds.claim import Claim, Pay, Payment
from mingbai_calculator.law.conditions import Condition, Test, compile_condition
from mingbai_calculator.law.numbers import Exact, Number, compile_number
from mingbai_calculator.law.version import Version

BASES: dict[str, Callable[[Claim], int]] = {
    "eligible_remaining": attrgetter("left"),
    "eligible_cost": lambda claim: min(claim.eligible, claim.left),
    "tcm_cost": lambda claim: min(claim.tcm, claim.left),
    "whole_self_pay": lambda claim: claim.left + claim.outside,
}

FORCED = "triggers are supposed"
"""In a world with this key it is supposed (TRIGGERS + policy), not worked out, whether a benefit is set off."""
TRIGGERS = "triggers "

type Figures = dict[str, Exact]

type Brackets = list[tuple[int, Number]]
"""The rate of each bracket, and the burden (fen) at which it starts."""


class Row(NamedTuple):
    """One row of the decision table, its numbers ready to be asked."""

    fits: Test
    deductible: Number
    rate: Number
    limit: Number | None
    base_limit: Number | None
    brackets: Brackets


def prepare(version: Version) -> Pay:
    """Return the function that pays this policy's part of a bill."""
    law = version.law
    applies = version.applies()
    base_of = BASES[cast("str", law["base"])]
    rows = [_row(cast("dict[str, Json]", row)) for row in cast("list[Json]", law["rows"])]
    triggered = _trigger(version)
    work_out = _working_out(version)
    take = _payers(version)

    def pay(facts: Facts, claim: Claim) -> bool:
        base = base_of(claim)
        if base == 0 or not applies(facts):
            return False
        if triggered is not None and not triggered(facts, claim):
            take(claim, 0, 0, "not_triggered", {})
            return True
        for row in rows:
            if row.fits(facts):
                amount, excess, why, figures = work_out(row, base, facts, claim)
                take(claim, amount, excess, why, figures)
                return True
        take(claim, 0, 0, "no_row", {})
        return True

    return pay


def _working_out(version: Version) -> Callable[[Row, int, Facts, Claim], tuple[int, int, str, Figures]]:
    """Return the function that works a row out for a base (fen): amount, excess, why, figures."""
    policy = version.policy
    deductible_per_year, limit_per_year = version.law["deductible_per"] == "year", version.law["limit_per"] == "year"

    def work_out(row: Row, base: int, facts: Facts, claim: Claim) -> tuple[int, int, str, Figures]:
        base_limit = UNLIMITED if row.base_limit is None else row.base_limit(facts)
        counted = base if base <= base_limit else half_up(base_limit)
        deductible, earlier = row.deductible(facts), 0
        if deductible_per_year:
            earlier = claim.year.so_far("ytd_burden", policy, facts)
        # The part of the year's burden that this payer looks at: above the deductible, and not an earlier visit's.
        start, end = max(earlier, deductible), earlier + counted
        over = end - start if end > start else 0
        rate = row.rate(facts)
        amount = _by_brackets(row.brackets, start, end, facts) if row.brackets else part(rate, over)
        why, limit, used = "share" if over else "below_deductible", UNLIMITED, 0
        if row.limit is not None:
            used = claim.year.so_far("ytd_paid", policy, facts) if limit_per_year else 0
            limit = half_up(row.limit(facts))
            if limit - used < amount:
                amount, why = max(0, limit - used), "limited"
            if limit_per_year:
                claim.year.note("ytd_paid", policy, used + amount)
        if deductible_per_year:
            claim.year.note("ytd_burden", policy, earlier + counted)
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

    return work_out


def _payers(version: Version) -> Callable[[Claim, int, int, str, Figures], None]:
    """Return the function that takes a payment off the bill: from one payer, or split between several.

    Each payer's part of a split is rounded, the last one takes the rest; what exceeds a limited base may have
    a payer of its own (reading R25).
    """
    law, policy = version.law, version.policy
    payer = cast("str", law["payer"])
    split = [
        (cast("str", entry["payer"]), cast("int", entry["share"]))
        for entry in cast("list[dict[str, Json]]", law.get("split") or [])
    ]
    excess_payer = cast("str | None", law.get("excess_payer"))

    def take(claim: Claim, amount: int, excess: int, why: str, figures: Figures) -> None:
        deductible = half_up(figures["base"] - figures["over"]) if figures and figures["deductible"] else 0
        if not split:
            claim.pay(Payment(policy, payer, amount, why, figures, deductible))
        else:
            rest = amount
            for other, share in split:
                paid = part(share, amount)
                rest -= paid
                claim.pay(Payment(policy, other, paid, "split", {**figures, "share": share}))
            claim.pay(Payment(policy, payer, rest, "split_rest" if why == "share" else why, figures, deductible))
        if excess_payer is not None and excess:
            claim.pay(Payment(policy, excess_payer, excess, "excess", {"base": figures["base"]}))

    return take


def _trigger(version: Version) -> Callable[[Facts, Claim], bool] | None:
    """Return the test that the year's burden exceeds the deductible of another policy; None where there is none.

    It must exceed it strictly; that the other policy is for this person does not matter (reading R16).
    """
    other, policy = cast("str | None", version.law.get("only_if")), version.policy
    if other is None:
        return None
    rows = [_row(cast("dict[str, Json]", row)) for row in cast("list[Json]", version.law.get("trigger_rows") or [])]

    def triggered(facts: Facts, claim: Claim) -> bool:
        if FORCED in facts:
            return facts[TRIGGERS + policy] is True
        reached = claim.burdens.get(other)
        if reached is None:
            burden = claim.year.so_far("ytd_burden", other, facts) + claim.left
            deductible = next((row.deductible(facts) for row in rows if row.fits(facts)), None)
            claim.triggers[policy] = deductible is not None and burden > deductible
        else:
            claim.triggers[policy] = reached[0] > reached[1]
        return claim.triggers[policy]

    return triggered


def _by_brackets(brackets: Brackets, start: Exact, end: int, facts: Facts) -> int:
    """Return what is paid of a burden from `start` to `end` (fen), each bracket at its own rate, rounded once."""
    total: Exact = 0
    for index, (first, rate) in enumerate(brackets):
        last = brackets[index + 1][0] if index + 1 < len(brackets) else UNLIMITED
        total += max(0, min(end, last) - max(start, first)) * rate(facts)
    return half_up_part(total)


def _row(row: dict[str, Json]) -> Row:
    limit, base_limit = row.get("limit"), row.get("base_limit")
    return Row(
        compile_condition(cast("Condition", row["if"])),
        compile_number(row["deductible"]),
        compile_number(row["rate"]),
        None if limit is None else compile_number(limit),
        None if base_limit is None else compile_number(base_limit),
        [
            (cast("int", bracket["from"]), compile_number(bracket["rate"]))
            for bracket in cast("list[dict[str, Json]]", row.get("brackets") or [])
        ],
    )
