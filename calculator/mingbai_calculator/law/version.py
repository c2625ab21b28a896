"""Versions of a policy: parsing them from the bundle, and which one is in force on a day."""

from datetime import date
from typing import cast

from mingbai_calculator.core.json_value import Json
from mingbai_calculator.law.conditions import Condition, Predicate, compile_condition
from mingbai_calculator.law.interchangeable import MemberGroups, annotate_groups


class PolicyVersion:
    """One version of one policy, parsed from the bundle.

    `policy` is the id within the place; `start` is the first day (None: not known, valid for all earlier days);
    `ends` marks a version that ends the policy; `confirmed_until` is the last day on which a source shows it in force.
    """

    __slots__ = (
        "_applies",
        "confirmed_until",
        "data",
        "ends",
        "id",
        "kind",
        "law",
        "place",
        "policy",
        "start",
        "when",
        "who",
    )

    def __init__(  # noqa: PLR0913, PLR0917 - one argument for each field
        self,
        place: str,
        policy: str,
        id: str,  # noqa: A002 - the name of the field
        kind: str,
        start: date | None,
        ends: bool,  # noqa: FBT001
        confirmed_until: date | None,
        who: Condition,
        when: Condition,
        law: dict[str, Json],
        data: dict[str, Json],
    ) -> None:
        """Store the fields."""
        self.place, self.policy, self.id, self.kind = place, policy, id, kind
        self.start, self.ends, self.confirmed_until = start, ends, confirmed_until
        self.who, self.when, self.law, self.data = who, when, law, data
        self._applies: Predicate | None = None

    def with_rules(self, who: Condition, when: Condition, law: dict[str, Json]) -> "PolicyVersion":
        """Return the version with other conditions and another law."""
        return PolicyVersion(
            self.place,
            self.policy,
            self.id,
            self.kind,
            self.start,
            self.ends,
            self.confirmed_until,
            who,
            when,
            law,
            self.data,
        )

    def state(self, day: date) -> str:
        """Return ``in_force``, or ``unconfirmed`` for a day after `confirmed_until`."""
        if self.confirmed_until is not None and day > self.confirmed_until:
            return "unconfirmed"
        return "in_force"

    def compile_applies(self) -> Predicate:
        """Return the predicate that the policy is for this person (`who`) and this event (`when`); compiled once."""
        if self._applies is None:
            self._applies = compile_condition(self.who, self.when)
        return self._applies

    def with_statuses(self, statuses: dict[str, Condition]) -> "PolicyVersion":
        """Return the version with each reference to a status policy replaced by the condition of that policy."""
        if not statuses:
            return self
        return self.with_rules(
            cast("Condition", _resolve_statuses(self.who, statuses)),
            cast("Condition", _resolve_statuses(self.when, statuses)),
            cast("dict[str, Json]", _resolve_statuses(self.law, statuses)),
        )

    def with_groups(self, groups: MemberGroups) -> "PolicyVersion":
        """Return the version with the groups of interchangeable members added to its conditions."""
        if not groups:
            return self
        return self.with_rules(
            cast("Condition", annotate_groups(self.who, groups)),
            cast("Condition", annotate_groups(self.when, groups)),
            cast("dict[str, Json]", annotate_groups(self.law, groups)),
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
