"""A birthday whose month is not known: an age in years says only that it lies in a span of twelve months (R40)."""

from datetime import date
from typing import NamedTuple

from mingbai_calculator.core.days import is_last_of_month
from mingbai_calculator.core.facts import Facts
from mingbai_calculator.kinds.cash import MONTHS_PER_YEAR

BIRTHDAY = "birthday"
"""Key of an assumed `Birthday`."""


class Birthday(NamedTuple):
    """The month (1 to 12) of the birthday in the year asked about, and whether the age on the day counts it already."""

    month: int
    reached: bool


def list_birthdays(facts: Facts, day: date) -> list[Birthday]:
    """Return the birthdays with which a person can have the age of `facts` on `day`; in months it leaves one or two."""
    months = facts.get("age_months")
    later_this_month = not is_last_of_month(day)
    birthdays = [Birthday(month, month <= day.month) for month in range(1, MONTHS_PER_YEAR + 1)]
    if later_this_month:
        birthdays.append(Birthday(day.month, reached=False))
    if months is None:
        return birthdays
    since = [months % MONTHS_PER_YEAR, months % MONTHS_PER_YEAR + 1][: 1 + later_this_month]
    wanted = set()
    for elapsed in since:  # whole months since the last birthday: it was so many months ago, or one more
        month = day.month - elapsed
        wanted.add(Birthday(month, reached=True) if month >= 1 else Birthday(month + MONTHS_PER_YEAR, reached=False))
    return [birthday for birthday in birthdays if birthday in wanted]


def at_month(facts: Facts, birthday: Birthday, month: int) -> Facts | None:
    """Return `facts` with the age that is reached by the end of a month of the same year; None before birth."""
    age = facts["age"] - birthday.reached + (month >= birthday.month)
    if age < 0:
        return None
    changed = Facts({**facts, "age": age})
    if "age_months" in facts:
        changed["age_months"] = age * MONTHS_PER_YEAR + (month - birthday.month) % MONTHS_PER_YEAR
    return changed
