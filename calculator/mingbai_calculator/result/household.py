"""Totals of a household; a benefit for a couple or a household is counted once."""

from collections.abc import Iterable, Mapping

from mingbai_calculator.core.json_value import Json, JsonObject
from mingbai_calculator.core.money import UNLIMITED, parse_yuan
from mingbai_calculator.law.kinds import RESULT_LISTS
from mingbai_calculator.law.version import PolicyVersion
from mingbai_calculator.result import amounts
from mingbai_calculator.result.fitting import list_fitting

SHARED_UNITS = frozenset(["couple", "household"])
"""Units of a benefit that every member may list, but that is paid once."""


_MONEY = ("cash", "subsidies")


def sum_members(members: list[JsonObject], versions: Mapping[str, PolicyVersion]) -> JsonObject:
    """Return the sums over the members (ranges of yuan): bills, what they pay, cash in the year, subsidies.

    `undecided` is the sum of cash and subsidies that a missing fact still decides, from 0 on; it is in no other sum.
    `versions` are those in force, by policy (``PLACE/POLICY``). A sum is null if one of its terms is null.
    What is meant for others (`fits`) is in no sum.
    """
    cash, undecided = _Sums(), _Sums()
    for member in members:
        for entry in list_fitting(member["cash"]):
            cash.add(entry, member, entry["unit"], entry["year_amount"])
    for member in members:
        for entry in list_fitting(member["undecided"]):
            version = versions.get(str(entry["policy"]))
            if version is None or RESULT_LISTS[version.kind] not in _MONEY:
                continue
            if not cash.has(entry, member, version.unit):
                most = None if entry["up_to"] is None else entry["up_to"]["high"]
                undecided.add(entry, member, version.unit, {"low": "0.00", "high": most})
    bills = [member for member in members if member["total_cost"] is not None]
    return {
        "total_cost": _sum_ranges(member["total_cost"] for member in bills),
        "self_pays": _sum_ranges(member["self_pays"] for member in bills),
        "cash": _sum_ranges(cash.amounts.values()),
        "subsidies": _sum_ranges(entry["amount"] for member in members for entry in list_fitting(member["subsidies"])),
        "undecided": _sum_ranges(undecided.amounts.values()),
    }


class _Sums:
    """Amounts of one year by policy, and by member where each has one of their own."""

    def __init__(self) -> None:
        self.amounts: dict[tuple[str, str], JsonObject | None] = {}

    def add(self, entry: JsonObject, member: JsonObject, unit: str, amount: JsonObject | None) -> None:
        """Add an amount, once for all members where it is for a couple or the household."""
        self.amounts.setdefault(self._key(entry, member, unit), amount)

    def has(self, entry: JsonObject, member: JsonObject, unit: str) -> bool:
        """Return whether the amount is there already: of a couple, one of the two may be undecided."""
        return self._key(entry, member, unit) in self.amounts

    @staticmethod
    def _key(entry: JsonObject, member: JsonObject, unit: str) -> tuple[str, str]:
        return str(entry["policy"]), "all" if unit in SHARED_UNITS else str(member["id"])


def _sum_ranges(parts: Iterable[JsonObject | None]) -> Json:
    low = high = 0
    for part in parts:
        if part is None:
            return None
        low += parse_yuan(part["low"]) or 0
        high += UNLIMITED if part["high"] is None else parse_yuan(part["high"]) or 0
    return amounts.format_range((low, high))
