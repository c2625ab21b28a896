"""A household: each member's estimate, and what they get together, a benefit counted once for its unit."""

from collections.abc import Iterable
from typing import cast

from mingbai_calculator.core.json_value import Json
from mingbai_calculator.core.money import UNLIMITED, parse_yuan
from mingbai_calculator.result import amounts

type Object = dict[str, Json]

ONCE_FOR_ALL = frozenset(["couple", "household"])
"""The units whose benefit every member of a household may list, but which is paid once."""


def totals(members: list[Object]) -> Object:
    """Return the sums over the members (ranges of yuan): bills, own share, cash in the year, subsidies.

    A sum is null where one of its parts cannot be said.
    """
    cash: dict[tuple[str, str], Json] = {}
    for member in members:
        for entry in cast("list[Object]", member["cash"]):
            whose = "all" if entry["unit"] in ONCE_FOR_ALL else str(member["id"])
            cash.setdefault((str(entry["policy"]), whose), entry["year_amount"])
    bills = [member for member in members if member["total_cost"] is not None]
    return {
        "total_cost": _sum(member["total_cost"] for member in bills),
        "self_pays": _sum(member["self_pays"] for member in bills),
        "cash": _sum(cash.values()),
        "subsidies": _sum(entry["amount"] for member in members for entry in cast("list[Object]", member["subsidies"])),
    }


def _sum(parts: Iterable[Json]) -> Json:
    low = high = 0
    for part in parts:
        if part is None:
            return None
        ends = cast("dict[str, str | None]", part)
        low += parse_yuan(ends["low"] or "") or 0
        high += UNLIMITED if ends["high"] is None else parse_yuan(ends["high"]) or 0
    return amounts.amount((low, high))
