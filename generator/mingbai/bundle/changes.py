"""Days on which the law of a place changed: revisions, old and new versions, comparison of worked examples."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from mingbai.bundle.comparison import ExampleComparison, compare_examples

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ChangeDay:
    """One day of change (ISO text): its revisions, the versions before and after by policy, the compared examples.

    `ended_policies` are those of `version_pairs` that ended on this day. One of `new_policies` has no version before:
    what was in force then is not known, so it counts as no gain or loss.
    """

    date: str
    revisions: list[Json]
    version_pairs: dict[str, tuple[Json, Json]]
    new_policies: list[str]
    ended_policies: list[str]
    comparisons: list[ExampleComparison]


def list_change_days(bundle: Json, place: str) -> list[ChangeDay]:
    """Return the days of a place's revisions, the newest first."""
    compiled = bundle["places"][place]
    return [
        _make_change_day(bundle, place, date, list(revisions))
        for date, revisions in groupby(compiled["revisions"], key=lambda revision: revision["date"])
    ]


def replaces_version(place: Json, date: str) -> bool:
    """Return whether, on a day with a revision, a version of a place replaced an older one."""
    return any(
        version["start"] == date
        for revision in place["revisions"]
        if revision["date"] == date
        for policy in revision["policies"]
        for version in place["policies"].get(policy, [])[1:]
    )


def _make_change_day(bundle: Json, place: str, date: str, revisions: list[Json]) -> ChangeDay:
    version_pairs, new_policies = {}, []
    for policy in dict.fromkeys(policy for revision in revisions for policy in revision["policies"]):
        versions = bundle["places"][place]["policies"].get(policy, [])
        index = next((index for index, version in enumerate(versions) if version["start"] == date), 0)
        if index:
            version_pairs[policy] = versions[index - 1], versions[index]
        else:
            new_policies.append(policy)
    ended_policies = [policy for policy, (old, new) in version_pairs.items() if new["ends"] and not old["ends"]]
    return ChangeDay(
        date,
        revisions,
        version_pairs,
        new_policies,
        ended_policies,
        compare_examples(bundle, place, version_pairs, date) if version_pairs else [],
    )
