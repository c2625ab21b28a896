"""Days on which the law of a place changed: revisions, old and new versions, comparison of worked examples."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from mingbai.bundle.comparison import ExampleComparison, Outcome, compare_examples

type Json = dict[str, Any]

CHANGE_KINDS = ("ended", "less", "mixed", "more", "moved", "new", "wording")
"""What a day changes of a policy, that which costs most first. Judged by the worked examples: `more`: nobody loses;
`less`: nobody gains; `mixed`: both; `moved`: its rule is another one and no example shows a gain or a loss; `wording`:
the rule is the same."""
_RULE = ("kind", "unit", "who", "when", "law", "numbers", "apply")
"""Keys of a version that are its rule; the others are its words, days and sources."""


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """What a day changes of a policy (one of `CHANGE_KINDS`), and the people among its examples."""

    policy: str
    kind: str
    people: list[ExampleComparison]

    def count(self, outcome: Outcome) -> int:
        """Return how many of the people gain, lose, or have the same."""
        return sum(person.outcome == outcome for person in self.people)


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

    def list_changes(self) -> list[PolicyChange]:
        """Return the change of each policy, in the order of `CHANGE_KINDS`."""
        changes = [PolicyChange(policy, "new", []) for policy in self.new_policies]
        for policy, (old, new) in self.version_pairs.items():
            people = [person for person in self.comparisons if policy in person.policies]
            changes.append(PolicyChange(policy, classify_change(old, new, people), people))
        return sorted(changes, key=lambda change: CHANGE_KINDS.index(change.kind))


def classify_change(old: Json, new: Json, people: list[ExampleComparison]) -> str:
    """Return what a new version changes; `people` are its examples and those of the old one under both laws."""
    if new["ends"] and not old["ends"]:
        return "ended"
    if old["ends"] and not new["ends"]:
        return "new"
    outcomes = {person.outcome for person in people}
    if outcomes >= {"gains", "loses"}:
        return "mixed"
    if outcomes & {"gains", "loses"}:
        return "more" if "gains" in outcomes else "less"
    return "wording" if all(old[key] == new[key] for key in _RULE) else "moved"


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
