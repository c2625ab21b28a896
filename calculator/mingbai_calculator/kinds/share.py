"""`share`: a payer pays a rate of a base, above a deductible, up to a limit.

Rate, deductible and limit stand on the version or in the rows of a decision table; the first row
that fits counts, and where no row fits nothing is paid. Readings R1, R2, R3, R9, R13.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from mingbai_calculator.conditions import Condition, Json, Test, compile_condition
from mingbai_calculator.money import UNLIMITED, half_up, part
from mingbai_calculator.numbers import Exact, Number, compile_number
from mingbai_calculator.settlement import Pay, Stay, Step
from mingbai_calculator.version import Version
from mingbai_calculator.world import World

BASES: dict[str, Callable[[Stay], int]] = {
    "eligible_remaining": lambda stay: stay.left,
    "eligible_cost": lambda stay: min(stay.eligible, stay.left),
    "tcm_cost": lambda stay: min(stay.tcm, stay.left),
    "whole_self_pay": lambda stay: stay.left + stay.outside,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the decision table, its numbers ready to be asked."""

    fits: Test
    deductible: Number
    rate: Number
    limit: Number | None
    base_limit: Number | None


def prepare(version: Version) -> Pay:
    """Return the function that pays this policy's part of a bill."""
    law = version.law
    applies = version.applies()
    base_of = BASES[cast("str", law["base"])]
    rows = [_row(cast("dict[str, Json]", row)) for row in cast("list[Json]", law["rows"])]
    payer = cast("str", law["payer"])
    deductible_per_year, limit_per_year = law["deductible_per"] == "year", law["limit_per"] == "year"
    policy = version.policy

    def pay(world: World, stay: Stay) -> bool:
        base = base_of(stay)
        if base == 0 or not applies(world):
            return False
        row = next((row for row in rows if row.fits(world)), None)
        if row is None:
            stay.pay(Step(policy, payer, 0, "no_row", {}))
            return True

        base_limit = UNLIMITED if row.base_limit is None else row.base_limit(world)
        counted = min(base, base_limit)
        deductible = row.deductible(world)
        earlier = 0
        if deductible_per_year:
            earlier = stay.year.so_far("ytd_burden", policy, world)
            stay.year.note("ytd_burden", policy, earlier + half_up(counted))
        over = max(0, earlier + counted - deductible) - max(0, earlier - deductible)
        rate = row.rate(world)
        amount = part(rate, over)
        why = "share" if over else "below_deductible"

        limit: Exact = UNLIMITED
        if row.limit is not None:
            limit = row.limit(world)
            used = stay.year.so_far("ytd_paid", policy, world) if limit_per_year else 0
            room = half_up(max(0, limit - used))
            if room < amount:
                amount, why = room, "limited"
            if limit_per_year:
                stay.year.note("ytd_paid", policy, used + amount)
        stay.pay(
            Step(
                policy,
                payer,
                amount,
                why,
                {
                    "whole": base,
                    "base": counted,
                    "base_limit": base_limit,
                    "deductible": deductible,
                    "earlier": earlier,
                    "over": over,
                    "rate": rate,
                    "limit": limit,
                    "per_year": deductible_per_year,
                },
                half_up(counted - over) if deductible else 0,
            ),
        )
        return True

    return pay


def _row(row: dict[str, Json]) -> Row:
    limit, base_limit = row.get("limit"), row.get("base_limit")
    return Row(
        compile_condition(cast("Condition", row["if"])),
        compile_number(row["deductible"]),
        compile_number(row["rate"]),
        None if limit is None else compile_number(limit),
        None if base_limit is None else compile_number(base_limit),
    )
