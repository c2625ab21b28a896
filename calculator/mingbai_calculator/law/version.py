"""Versions of a policy: reading them from the bundle, and which one is in force on a day."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from mingbai_calculator.core.json_value import JsonList, JsonObject, Texts
from mingbai_calculator.law.codec import LAWS, decode_condition, decode_law, decode_limit
from mingbai_calculator.law.conditions import Condition, Predicate, compile_condition, resolve_statuses
from mingbai_calculator.law.kinds import MissingPartError
from mingbai_calculator.law.laws import Law
from mingbai_calculator.law.numbers import list_units

if TYPE_CHECKING:
    from mingbai_calculator.law.limits import SharedLimit


class OpenNumberDefinition:
    """Bounds (fen or basis points) of a number that the source does not print; `asked` if a request may give it."""

    __slots__ = ("asked", "high", "low", "question", "unit")

    def __init__(self, data: JsonObject) -> None:
        """Read the definition from the bundle."""
        self.unit: str = data["unit"]
        self.low: int = data["low"]
        self.high: int | None = data["high"]
        self.asked: bool = data["asked"]
        self.question: Texts = data["question"] or {}


class PolicyVersion:
    """One version of one policy.

    `policy` is the id within the place; `start` is the first day (None: not known, valid for all earlier days);
    `ends` marks a version that ends the policy; `confirmed_until` is the last day on which a source shows it in force.
    `offered_to`: whom it is meant for where its text does not say (ours, no law; None: everybody to whom it applies).
    `limits`: the limits that it shares with other policies; `is_for_family`: deductibles and limits are a family's.
    The other fields are for the result: texts, readings, open numbers, sources; `data` is the version in the bundle.
    """

    __slots__ = (
        "_applies",
        "confirmed_until",
        "data",
        "ends",
        "for_whom",
        "id",
        "kind",
        "law",
        "limits",
        "numbers",
        "offered_to",
        "place",
        "policy",
        "readings",
        "source",
        "start",
        "summary",
        "title",
        "unit",
        "when",
        "who",
    )

    title: Texts
    summary: Texts
    for_whom: Texts | None
    offered_to: Condition | None
    readings: list[str]
    source: JsonList
    numbers: dict[str, OpenNumberDefinition]
    data: JsonObject

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
        law: Law,
    ) -> None:
        """Store the fields that settling needs."""
        self.place, self.policy, self.id, self.kind = place, policy, id, kind
        self.start, self.ends, self.confirmed_until = start, ends, confirmed_until
        self.who, self.when, self.law = who, when, law
        self.limits: list[SharedLimit] = []
        self.unit = "person"
        self._applies: Predicate | None = None

    def state(self, day: date) -> str:
        """Return ``in_force``, or ``unconfirmed`` for a day after `confirmed_until`."""
        if self.confirmed_until is not None and day > self.confirmed_until:
            return "unconfirmed"
        return "in_force"

    @property
    def confirmed_certainty(self) -> str:
        """How sure `confirmed_until` is: ``stated``, ``inferred``, ``not_stated`` (also where there is no such day)."""
        return "not_stated" if self.confirmed_until is None else self.data.get("confirmed") or "stated"

    @property
    def start_certainty(self) -> str:
        """How sure the first day is: ``stated``, ``inferred``, ``unknown``."""
        certainty: str = (self.data.get("started") or {}).get("certainty", "stated")
        return certainty

    def compile_applies(self) -> Predicate:
        """Return the predicate that the policy is for this person (`who`) and this event (`when`); compiled once."""
        if self._applies is None:
            self._applies = compile_condition(self.who, self.when)
        return self._applies

    def iter_conditions(self) -> Iterator[Condition]:
        """Yield every condition: `who`, `when`, and those of the law."""
        yield self.who
        yield self.when
        yield from self.law.iter_conditions()
        for limit in self.limits:
            yield from limit.iter_conditions()

    def list_facts(self) -> set[str]:
        """Return the facts that law and limits read outside their conditions."""
        units = list_units((self.law, *self.limits))
        facts = self.law.list_facts().union(*(limit.list_facts() for limit in self.limits))
        return facts | {each.of for each in units}

    def list_measures(self) -> dict[str, set[int]]:
        """Return the facts that a number or an amount grows with, each with the values at which it grows otherwise."""
        measures = self.law.list_measures()
        for each in list_units((self.law, *self.limits)):
            kinks = measures.setdefault(each.of, set())
            kinks |= {each.above, *(() if each.up_to is None else (each.up_to,))}
        return measures

    @property
    def is_for_family(self) -> bool:
        """Whether what it counts over a year is counted for all members of a family together."""
        return self.unit == "household"

    def with_statuses(self, statuses: Mapping[str, Condition]) -> "PolicyVersion":
        """Return the version with each reference to a status policy replaced by the condition of that policy."""
        version = self.with_rules(
            resolve_statuses(self.who, statuses), resolve_statuses(self.when, statuses), self.law.resolve(statuses)
        )
        version.limits = [limit.resolve(statuses) for limit in self.limits]
        return version

    def with_rules(self, who: Condition, when: Condition, law: Law) -> "PolicyVersion":
        """Return the version with other conditions and another law."""
        version = PolicyVersion(
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
        )
        version.title, version.summary, version.for_whom = self.title, self.summary, self.for_whom
        version.offered_to = self.offered_to
        version.unit, version.readings, version.source = self.unit, self.readings, self.source
        version.numbers, version.data, version.limits = self.numbers, self.data, self.limits
        return version

    def get_law[T: Law](self, cls: type[T]) -> T:
        """Return the law as one of the class that its kind has. Raises MissingPartError if the kind has another one."""
        if not isinstance(self.law, cls):
            raise MissingPartError(self.kind, LAWS.part, LAWS.file)
        return self.law

    @property
    def name(self) -> str:
        """``place/policy``: the id of the policy among all places."""
        return f"{self.place}/{self.policy}"


def read_version(place: str, policy: str, data: JsonObject) -> PolicyVersion:
    """Read one version of a policy in the bundle."""
    kind: str = data["kind"]
    version = PolicyVersion(
        place,
        policy,
        data["id"],
        kind,
        _parse_day(data["start"]),
        data["ends"],
        _parse_day(data["confirmed_until"]),
        decode_condition(data["who"]),
        decode_condition(data["when"]),
        decode_law(kind, data["law"]),
    )
    version.title, version.summary, version.for_whom = data["title"], data["summary"], data.get("for_whom")
    offered_to = data.get("offered_to")
    version.offered_to = None if offered_to is None else decode_condition(offered_to["if"])
    version.unit, version.readings, version.source = data["unit"], data["readings"], data["source"]
    version.numbers = {key: OpenNumberDefinition(number) for key, number in data["numbers"].items()}
    version.limits = [decode_limit(limit) for limit in data.get("limits", ())]
    version.data = data
    return version


def find_version_in_force(versions: list[PolicyVersion], day: date) -> PolicyVersion | None:
    """Return the version in force on `day`: the latest that has started; None before the first."""
    in_force = None
    for version in versions:
        if version.start is None or version.start <= day:
            in_force = version
    return in_force


def _parse_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
