"""Compiling a place: what its rules settle, in which order they pay, and what they ask for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from mingbai.compile.conditions import ConditionCompiler, facts_read
from mingbai.compile.version import compile_version, known_readings
from mingbai.load import Library, LoadedPlace
from mingbai.model.base import as_data
from mingbai.model.place import FirstOf
from mingbai.problems import Problems
from mingbai_calculator.kinds import ON_A_BILL

type Json = dict[str, Any]


def compile_place(place: LoadedPlace, library: Library, problems: Problems) -> Json:
    """Return what the bundle holds about a place."""
    model, document = place.model, place.document
    compiler = _PlaceCompiler(place, problems, ConditionCompiler(library.facts, document, problems))
    compiled: Json = {
        "id": place.id,
        "name": model.name.by_language(),
        "level": model.level,
        "province": None if model.province is None else as_data(model.province),
        "prefecture": None if model.prefecture is None else as_data(model.prefecture),
        "about": model.about.by_language(),
        "office": as_data(model.office),
        "readings": known_readings(model.readings, document, library, problems),
        "settles": [compiler.settled(item, index) for index, item in enumerate(model.settles)],
        "order": compiler.order(),
        "policies": {
            policy: [compile_version(place.id, policy, version, library, problems) for version in versions]
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
        visit = {key: value for key, value in item.items() if key != "from"}
        return {"from": day, "if": self.conditions.all_of(visit, ("settles", index))}

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
            law = version["law"]
            read |= {"tcm_cost"} if law.get("base") == "tcm_cost" else set()
            read |= {"ytd_burden"} if law.get("deductible_per") == "year" else set()
            read |= {"ytd_paid"} if law.get("limit_per") == "year" else set()
            read |= {law["times"]} if law.get("times") else set()
            read |= {"wife_age", "wife_birth_month"} if law.get("from_month") else set()
    return read
