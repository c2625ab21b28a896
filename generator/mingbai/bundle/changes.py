"""The days on which the law of a place changed: what was said of them, which versions met, and the same people then."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from mingbai.bundle.comparison import Case, cases

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Day:
    """One day: its revisions, the versions before and after by policy, the policies that began, people under both.

    `ended` are those of `pairs` that ended on this day. A policy that `began` has no version before: what held then is
    not known, so nobody is said to gain or lose by it.
    """

    date: str
    revisions: list[Json]
    pairs: dict[str, tuple[Json, Json]]
    began: list[str]
    ended: list[str]
    cases: list[Case]


def changed_days(bundle: Json, place: str) -> list[Day]:
    """Return the days of the revisions of a place, the newest first."""
    compiled = bundle["places"][place]
    return [
        _day(bundle, place, date, list(revisions))
        for date, revisions in groupby(compiled["revisions"], key=lambda revision: revision["date"])
    ]


def compared(place: Json, date: str) -> bool:
    """Tell whether on a day a version of a place took the place of an older one."""
    return any(
        version["start"] == date
        for revision in place["revisions"]
        if revision["date"] == date
        for policy in revision["policies"]
        for version in place["policies"].get(policy, [])[1:]
    )


def _day(bundle: Json, place: str, date: str, revisions: list[Json]) -> Day:
    pairs, began = {}, []
    for policy in dict.fromkeys(policy for revision in revisions for policy in revision["policies"]):
        versions = bundle["places"][place]["policies"].get(policy, [])
        index = next((index for index, version in enumerate(versions) if version["start"] == date), 0)
        if index:
            pairs[policy] = versions[index - 1], versions[index]
        else:
            began.append(policy)
    ended = [policy for policy, (old, new) in pairs.items() if new["ends"] and not old["ends"]]
    return Day(date, revisions, pairs, began, ended, cases(bundle, place, pairs, date) if pairs else [])
