"""Versions of a policy: parsing them from the bundle, and which one is in force on a day."""

from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from mingbai_calculator.core.json_value import Json
from mingbai_calculator.law.conditions import Condition, Predicate, compile_condition
from mingbai_calculator.law.interchangeable import MemberGroups, annotate_groups


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """One version of one policy, parsed from the bundle.

    `policy` is the id within the place; `start` is the first day (None: not known, valid for all earlier days);
    `ends` marks a version that ends the policy; `confirmed_until` is the last day on which a source shows it in force.
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
        """Return ``in_force``, or ``unconfirmed`` for a day after `confirmed_until`."""
        if self.confirmed_until is not None and day > self.confirmed_until:
            return "unconfirmed"
        return "in_force"

    def compile_applies(self) -> Predicate:
        """Return the predicate that the policy is for this person (`who`) and this event (`when`)."""
        return compile_condition(self.who, self.when)

    def with_statuses(self, statuses: dict[str, Condition]) -> "PolicyVersion":
        """Return the version with each reference to a status policy replaced by the condition of that policy."""
        if not statuses:
            return self
        return replace(
            self,
            who=cast("Condition", _resolve_statuses(self.who, statuses)),
            when=cast("Condition", _resolve_statuses(self.when, statuses)),
            law=cast("dict[str, Json]", _resolve_statuses(self.law, statuses)),
        )

    def with_groups(self, groups: MemberGroups) -> "PolicyVersion":
        """Return the version with the groups of interchangeable members added to its conditions."""
        if not groups:
            return self
        return replace(
            self,
            who=cast("Condition", annotate_groups(self.who, groups)),
            when=cast("Condition", annotate_groups(self.when, groups)),
            law=cast("dict[str, Json]", annotate_groups(self.law, groups)),
        )

    @property
    def name(self) -> str:
        """``place/policy``: the id of the policy among all places."""
        return f"{self.place}/{self.policy}"


def read_version(place: str, policy: str, data: dict[str, Json]) -> PolicyVersion:
    """Parse one version of a policy in the bundle."""
    return PolicyVersion(
        place,
        policy,
        cast("str", data["id"]),
        cast("str", data["kind"]),
        _parse_day(data["start"]),
        data["ends"] is True,
        _parse_day(data["confirmed_until"]),
        cast("Condition", data["who"]),
        cast("Condition", data["when"]),
        cast("dict[str, Json]", data["law"]),
        data,
    )


def list_change_days(place: dict[str, Json]) -> list[str]:
    """Return the first days (ISO text, sorted) of all versions of a place's policies that pay bills."""
    policies = cast("dict[str, list[dict[str, Json]]]", place["policies"])
    bill_versions = [
        version for group in cast("list[list[str]]", place["order"]) for policy in group for version in policies[policy]
    ]
    return sorted({str(version["start"]) for version in bill_versions if version["start"]})


def find_version_in_force(versions: list[PolicyVersion], day: date) -> PolicyVersion | None:
    """Return the version in force on `day`: the latest that has started; None before the first."""
    started = [version for version in versions if version.start is None or version.start <= day]
    return started[-1] if started else None


def _resolve_statuses(value: Json, statuses: dict[str, Condition]) -> Json:
    """Replace each ``["holds", status]`` by the condition of that status; a status not in force holds for nobody."""
    if isinstance(value, dict):
        return {key: _resolve_statuses(inner, statuses) for key, inner in value.items()}
    if not isinstance(value, list):
        return value
    if value and value[0] == "holds":
        return _resolve_statuses(statuses.get(cast("str", value[1]), ["any"]), statuses)
    return [_resolve_statuses(inner, statuses) for inner in value]


def _parse_day(text: Json) -> date | None:
    return None if text is None else date.fromisoformat(cast("str", text))
