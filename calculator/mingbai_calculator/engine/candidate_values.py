"""The values that an unknown fact is supposed to have: one for each way the policies tell apart."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.json_value import Json
from mingbai_calculator.core.money import LARGEST, LARGEST_WHOLE
from mingbai_calculator.kinds.cash import MONTHS
from mingbai_calculator.kinds.claim import REST
from mingbai_calculator.law.conditions import Condition

if TYPE_CHECKING:
    from mingbai_calculator.engine.ruleset import Ruleset


def values_of(
    key: str, fact: dict[str, Json], reads: list[Condition], ruleset: "Ruleset", facts: Facts
) -> Sequence[object]:
    """Return values of the unknown fact `key` that stand for all others; `reads` are the conditions on it."""
    kind = fact["type"]
    if kind == "bool":
        return [True, False]
    if kind == "choice":
        return _options(fact, reads)
    if kind == "month":
        return _months(ruleset, facts)
    if kind == "items":
        return _items(ruleset)
    if kind == "money":
        return _numbers(0, LARGEST, reads)
    low, high = cast("int", fact.get("low") or 0), cast("int | None", fact.get("high"))
    if key == "age_months" and isinstance(age := facts.get("age"), int):  # the two say the same
        low, high = age * MONTHS, age * MONTHS + MONTHS - 1
    return _numbers(low, LARGEST_WHOLE if high is None else high, reads)


def _options(fact: dict[str, Json], reads: list[Condition]) -> list[str]:
    """Return one option for each group of options that no condition tells apart."""
    groups: dict[tuple[bool, ...], str] = {}
    for option in cast("dict[str, Json]", fact["options"]):
        groups.setdefault(tuple(option in cast("list[Json]", read[2]) for read in reads), option)
    return list(groups.values())


def _numbers(low: int, high: int, reads: list[Condition]) -> list[int]:
    """Return numbers of which each stands for all between two thresholds.

    Of a number that is only multiplied or compared to another fact the ends are enough: all between lies between.
    """
    starts = {low, high}
    for read in reads:
        if read[0] == "range":
            starts.update(cast("int", end) + offset for end, offset in ((read[2], 0), (read[3], 1)) if end is not None)
    return sorted(start for start in starts if low <= start <= high)


def _months(ruleset: "Ruleset", facts: Facts) -> list[tuple[int, int]]:
    """Return the months of birth that a whole age allows; without an age, those that differ in its year."""
    age = facts.get("wife_age")
    if isinstance(age, int):
        today = ruleset.day.year * MONTHS + ruleset.day.month - 1
        months = range(today - (age + 1) * MONTHS, today - age * MONTHS + 1)
    else:
        reached = max(due.from_age or 0 for dues in ruleset.dues.values() for due in dues)
        january = (ruleset.day.year - reached) * MONTHS
        months = range(january - 1, january + MONTHS + 1)  # reached before the year, in each of its months, after it
    return [(month // MONTHS, month % MONTHS + 1) for month in months]


def _items(ruleset: "Ruleset") -> list[tuple[tuple[str, int], ...]]:
    """Return bills that are all of one category: each that a rule names, and one that none names (R33)."""
    laws = [version.law for version in ruleset.versions.values() if version.kind == "fee"]
    rows = [row for law in laws for row in cast("list[dict[str, Json]]", law["rows"])]
    named = dict.fromkeys(category for row in rows for category in cast("list[str]", row["items"]))
    return [((category, REST),) for category in [*named, "other"]]
