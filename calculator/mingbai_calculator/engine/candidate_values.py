"""Candidate values of a missing fact: one for each class of values that the policies distinguish."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from mingbai_calculator.core.days import is_last_of_month
from mingbai_calculator.core.facts import Facts, possible_key
from mingbai_calculator.core.money import MAX_AMOUNT, MAX_WHOLE_NUMBER
from mingbai_calculator.kinds.cash import MONTHS_PER_YEAR
from mingbai_calculator.kinds.claim import REMAINDER
from mingbai_calculator.law.conditions import Condition, InRange, OneOf
from mingbai_calculator.law.laws import FeeLaw, OwnShareLaw, get_age_fact
from mingbai_calculator.law.vocabulary import FactDefinition

if TYPE_CHECKING:
    from mingbai_calculator.engine.ruleset import Ruleset


def list_candidate_values(
    key: str, fact: FactDefinition, conditions: list[Condition], ruleset: "Ruleset", facts: Facts
) -> Sequence[object]:
    """Return values of the missing fact `key` that represent all others; `conditions` are the atoms that read it."""
    fact_type = fact.type
    if fact_type == "bool":
        return [True, False]
    if fact_type == "choice":
        return _list_options(facts.get(possible_key(key), fact.options), conditions)
    if fact_type == "month":
        return _list_birth_months(key, ruleset, facts)
    if fact_type == "items":
        return _list_item_bills(ruleset)
    if fact_type == "money":
        return _list_numbers(0, MAX_AMOUNT, conditions, ruleset.measures.get(key))
    low, high = fact.low, fact.high
    if key == "age_months" and isinstance(age := facts.get("age"), int):  # both state the same age
        low, high = age * MONTHS_PER_YEAR, age * MONTHS_PER_YEAR + MONTHS_PER_YEAR - 1
    return _list_numbers(low, MAX_WHOLE_NUMBER if high is None else high, conditions, ruleset.measures.get(key))


def _list_options(options: Iterable[str], conditions: list[Condition]) -> list[str]:
    """Return one option for each group of options that no condition distinguishes."""
    groups: dict[tuple[bool, ...], str] = {}
    named = [condition.values for condition in conditions if isinstance(condition, OneOf)]
    for option in options:
        groups.setdefault(tuple(option in values for values in named), option)
    return list(groups.values())


def _list_numbers(low: int, high: int, conditions: list[Condition], kinks: set[int] | None) -> list[int]:
    """Return numbers that each represent the interval up to the next threshold, and both bounds.

    For a number that is only multiplied or compared to another fact the bounds suffice: the result is monotone in it.
    An amount that grows with a number does so between its `kinks` and the thresholds: both ends of each part are tried.
    """
    starts = {low, high}
    for condition in conditions:
        if isinstance(condition, InRange):
            starts.update(end + offset for end, offset in ((condition.low, 0), (condition.high, 1)) if end is not None)
    if kinks is not None:
        starts |= {start - 1 for start in starts} | kinks
    return sorted(start for start in starts if low <= start <= high)


def _list_birth_months(key: str, ruleset: "Ruleset", facts: Facts) -> list[tuple[int, int]]:
    """Return possible months of birth (year, month) at an age; without one, those that differ in the ruleset's year."""
    age = facts.get(get_age_fact(key))
    if isinstance(age, int):
        today = ruleset.day.year * MONTHS_PER_YEAR + ruleset.day.month - 1
        earliest = today - (age + 1) * MONTHS_PER_YEAR
        if is_last_of_month(ruleset.day):  # born in that month a year earlier, she would be a year older by now
            earliest += 1
        months = range(earliest, today - age * MONTHS_PER_YEAR + 1)
    else:
        oldest_age = max(period.from_age or 0 for periods in ruleset.cash_periods.values() for period in periods)
        january = (ruleset.day.year - oldest_age) * MONTHS_PER_YEAR
        months = range(
            january - 1, january + MONTHS_PER_YEAR + 1
        )  # before, in each month of, and after the year in which the age is reached
    return [(month // MONTHS_PER_YEAR, month % MONTHS_PER_YEAR + 1) for month in months]


def _list_item_bills(ruleset: "Ruleset") -> list[tuple[tuple[str, int], ...]]:
    """Return bills of one category each: every category that a rule names, and ``other`` (reading R33)."""
    laws = [version.law for version in ruleset.versions.values() if isinstance(version.law, FeeLaw | OwnShareLaw)]
    categories = dict.fromkeys(category for law in laws for row in law.rows for category in row.items)
    return [((category, REMAINDER),) for category in [*categories, "other"]]
