"""Totals of a household; a benefit for a couple or a household is counted once."""

from collections.abc import Iterable

from mingbai_calculator.core.json_value import Json, JsonObject
from mingbai_calculator.core.money import UNLIMITED, parse_yuan
from mingbai_calculator.result import amounts
from mingbai_calculator.result.fitting import list_fitting

SHARED_UNITS = frozenset(["couple", "household"])
"""Units of a benefit that every member may list, but that is paid once."""


def sum_members(members: list[JsonObject]) -> JsonObject:
    """Return the sums over the members (ranges of yuan): bills, what they pay, cash in the year, subsidies.

    A sum is null if one of its terms is null. What is meant for others (`fits`) is in no sum.
    """
    cash: dict[tuple[str, str], JsonObject | None] = {}
    for member in members:
        for entry in list_fitting(member["cash"]):
            whose = "all" if entry["unit"] in SHARED_UNITS else str(member["id"])
            cash.setdefault((str(entry["policy"]), whose), entry["year_amount"])
    bills = [member for member in members if member["total_cost"] is not None]
    return {
        "total_cost": _sum_ranges(member["total_cost"] for member in bills),
        "self_pays": _sum_ranges(member["self_pays"] for member in bills),
        "cash": _sum_ranges(cash.values()),
        "subsidies": _sum_ranges(entry["amount"] for member in members for entry in list_fitting(member["subsidies"])),
    }


def _sum_ranges(parts: Iterable[JsonObject | None]) -> Json:
    low = high = 0
    for part in parts:
        if part is None:
            return None
        low += parse_yuan(part["low"]) or 0
        high += UNLIMITED if part["high"] is None else parse_yuan(part["high"]) or 0
    return amounts.format_range((low, high))
