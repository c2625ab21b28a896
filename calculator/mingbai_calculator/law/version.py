"""A version of a policy: which one is in force on a day, and in what state."""

from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from mingbai_calculator.core.json_value import Json
from mingbai_calculator.law.conditions import Condition, Test, compile_condition
from mingbai_calculator.law.interchangeable import Groups, with_groups


@dataclass(frozen=True, slots=True)
class Version:
    """One version of one policy, as the bundle holds it.

    `policy` is the id within the place, `start` the first day (None: not known, valid backwards),
    `confirmed_until` the last day on which a source shows it alive.
    """

    place: str
    policy: str
    id: str
    kind: str
    start: date | None
    ends: bool
    confirmed_until: date | None
    who: Condition
    when: Condition
    law: dict[str, Json]
    data: dict[str, Json]

    def state(self, day: date) -> str:
        """Return ``in_force``, or ``unconfirmed`` on a day that no source vouches for."""
        if self.confirmed_until is not None and day > self.confirmed_until:
            return "unconfirmed"
        return "in_force"

    def applies(self) -> Test:
        """Return the test that the policy is for this person and about this event."""
        return compile_condition(self.who, self.when)

    def with_statuses(self, tests: dict[str, Condition]) -> "Version":
        """Return the version with the conditions of status policies put where it refers to them."""
        if not tests:
            return self
        return replace(
            self,
            who=cast("Condition", _resolved(self.who, tests)),
            when=cast("Condition", _resolved(self.when, tests)),
            law=cast("dict[str, Json]", _resolved(self.law, tests)),
        )

    def with_groups(self, groups: Groups) -> "Version":
        """Return the version with the groups of members that are all alike written into its conditions."""
        if not groups:
            return self
        return replace(
            self,
            who=cast("Condition", with_groups(self.who, groups)),
            when=cast("Condition", with_groups(self.when, groups)),
            law=cast("dict[str, Json]", with_groups(self.law, groups)),
        )

    @property
    def name(self) -> str:
        """The policy's name across places."""
        return f"{self.place}/{self.policy}"


def read_version(place: str, policy: str, data: dict[str, Json]) -> Version:
    """Make a version of what the bundle holds about it."""
    return Version(
        place,
        policy,
        cast("str", data["id"]),
        cast("str", data["kind"]),
        _day(data["start"]),
        data["ends"] is True,
        _day(data["confirmed_until"]),
        cast("Condition", data["who"]),
        cast("Condition", data["when"]),
        cast("dict[str, Json]", data["law"]),
        data,
    )


def days_of_change(place: dict[str, Json]) -> list[str]:
    """Return the first days (``2016-01-01``) of new rules about bills in a place of the bundle, in order."""
    policies = cast("dict[str, list[dict[str, Json]]]", place["policies"])
    paying = [
        version for group in cast("list[list[str]]", place["order"]) for policy in group for version in policies[policy]
    ]
    return sorted({str(version["start"]) for version in paying if version["start"]})


def in_force(versions: list[Version], day: date) -> Version | None:
    """Return the version in force on `day`: the last one that has started; None before the first."""
    started = [version for version in versions if version.start is None or version.start <= day]
    return started[-1] if started else None


def _resolved(value: Json, tests: dict[str, Condition]) -> Json:
    """Put each status's condition where ``["holds", status]`` stands; one that is not in force holds for nobody."""
    if isinstance(value, dict):
        return {key: _resolved(inner, tests) for key, inner in value.items()}
    if not isinstance(value, list):
        return value
    if value and value[0] == "holds":
        return _resolved(tests.get(cast("str", value[1]), ["any"]), tests)
    return [_resolved(inner, tests) for inner in value]


def _day(text: Json) -> date | None:
    return None if text is None else date.fromisoformat(cast("str", text))
