"""Compiling a place: what its rules settle, in which order they pay, and what they ask for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from mingbai.compile.conditions import ConditionCompiler, facts_read
from mingbai.compile.revisions import compile_revisions
from mingbai.compile.version import check_sources, compile_version, conditions_of, known_readings
from mingbai.diagnostics.problem import Problems
from mingbai.loader.library import Library, LoadedPlace
from mingbai.model.base import as_data
from mingbai.model.place import FirstOf
from mingbai_calculator.kinds import ON_A_BILL

type Json = dict[str, Any]

BILLS = ("visit", "fee")
"""What a bill can be for: a visit to a doctor, or the fee of a school."""


def compile_place(place: LoadedPlace, library: Library, problems: Problems) -> Json:
    """Return what the bundle holds about a place."""
    model, document = place.model, place.document
    compiler = _PlaceCompiler(place, problems, conditions_of(place, document, library, problems))
    check_sources(
        [(("accepted", index, "source"), each.source) for index, each in enumerate(model.accepted)],
        document,
        library,
        problems,
    )
    compiled: Json = {
        "id": place.id,
        "name": model.name.by_language(),
        "level": model.level,
        "code": model.code,
        "province": None if model.province is None else as_data(model.province),
        "prefecture": None if model.prefecture is None else as_data(model.prefecture),
        "parent": model.parent,
        "about": model.about.by_language(),
        "office": as_data(model.office),
        "self_pays_is": model.self_pays_is,
        "readings": known_readings(model.readings, document, library, problems),
        "settles": [compiler.settled(item, index) for index, item in enumerate(model.settles)],
        "order": compiler.order(),
        "accepted": [as_data(accepted) for accepted in model.accepted],
        "not_policies": [as_data(excuse) for excuse in model.not_policies],
        "revisions": compile_revisions(place, library, problems),
        "policies": {
            policy: [compile_version(place, policy, version, library, problems) for version in versions]
            for policy, versions in place.policies.items()
        },
    }
    read = _facts_of(compiled)
    compiled["asks_facts"] = [fact for fact in library.facts if fact in read]
    return compiled


@dataclass(frozen=True, slots=True)
class _PlaceCompiler:
    place: LoadedPlace
    problems: Problems
    conditions: ConditionCompiler

    def settled(self, item: Json, index: int) -> Json:
        """Return one kind of visit that the place's rules settle, and from which day on."""
        start = item.get("from")
        try:
            day = None if start is None else date.fromisoformat(str(start)).isoformat()
        except ValueError:
            self.problems.add(self.place.document.problem("bad-date", ("settles", index, "from"), found=start))
            day = None
        bill = item.get("bill", "visit")
        if bill not in BILLS:
            self.problems.add(
                self.place.document.problem("bad-choice", ("settles", index, "bill"), found=bill, expected=BILLS)
            )
        visit = {key: value for key, value in item.items() if key not in ("from", "bill")}
        return {"from": day, "bill": bill, "if": self.conditions.all_of(visit, ("settles", index))}

    def order(self) -> list[list[str]]:
        """Return the order of paying as groups, of each of which the first that applies pays."""
        paying = sorted(
            policy for policy, versions in self.place.policies.items() if versions[-1].model.kind in ON_A_BILL
        )
        groups = []
        for index, entry in enumerate(self.place.model.order):
            group = entry.first_of if isinstance(entry, FirstOf) else [entry]
            for policy in group:
                if policy not in paying and policy not in self.place.broken:
                    self._say("unknown-policy", policy, index, tuple(paying))
            groups.append([policy for policy in group if policy in paying])
        named = [policy for group in groups for policy in group]
        for policy in paying:
            if named.count(policy) != 1:
                self._say("twice-in-order" if policy in named else "not-in-order", policy)
        return groups

    def _say(self, code: str, found: str, index: int | None = None, expected: tuple[str, ...] = ()) -> None:
        path = ("order",) if index is None else ("order", index)
        self.problems.add(self.place.document.problem(code, path, found=found, expected=expected))


def _facts_of(place: Json) -> set[str]:
    """Return the facts that a place's rules read."""
    read = set(facts_read([place["settles"], place["policies"]]))
    if place["settles"]:
        read |= {"total_cost", "eligible_cost"}
    for versions in place["policies"].values():
        for version in versions:
            read |= facts_of_law(version["kind"], version["law"])
    return read


def facts_of_law(kind: str, law: Json) -> set[str]:
    """Return the facts that a rule reads apart from its conditions."""
    read: set[str] = set()
    if law.get("base") == "tcm_cost":
        read.add("tcm_cost")
    if law.get("deductible_per") == "year":
        read.add("ytd_burden")
    if law.get("limit_per") == "year":
        read.add("ytd_paid")
    if kind == "ceiling" and law["per"] == "year":
        read.add("ytd_self_paid")
    if kind == "fee":
        categories = {item for row in law["rows"] for item in row["items"]}
        read |= {"fee"} if "fee" in categories else set()
        read |= {"items"} if categories - {"fee"} else set()
        read |= {"companions", "companion_days"} if any("daily" in row for row in law["rows"]) else set()
    if kind == "premium" and isinstance(law["premium"], dict):
        read.add(law["premium"].get("open", ""))  # a fact, or an open number that is none
    if law.get("times"):
        read.add(law["times"])
    if law.get("per") == "term":
        read.add("terms")
    if law.get("from_month"):
        read |= {"wife_age", "wife_birth_month"}
    return read
