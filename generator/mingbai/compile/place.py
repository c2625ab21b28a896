"""Compile a place: the bills that its rules settle, the order of payment, the facts that it asks for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from mingbai.compile.conditions import ConditionCompiler, list_facts_read
from mingbai.compile.limits import compile_limits
from mingbai.compile.revisions import compile_revisions
from mingbai.compile.validity import check_validity
from mingbai.compile.version import check_readings, check_sources, compile_version, make_condition_compiler
from mingbai.diagnostics.problem import Problems
from mingbai.loader.library import Library, LoadedPlace
from mingbai.model.base import as_data
from mingbai.model.place import FirstOf
from mingbai_calculator.law.codec import decode_condition, decode_law, decode_limit, encode_condition
from mingbai_calculator.law.kinds import BILL_PAYING_KINDS
from mingbai_calculator.law.numbers import list_units

type Json = dict[str, Any]

BILL_KINDS = ("visit", "fee")
"""Kinds of bill: a visit to a doctor, the fee of a school."""


def compile_place(place: LoadedPlace, library: Library, problems: Problems) -> Json:
    """Return a place of the bundle; errors are added to `problems`."""
    model, document = place.model, place.document
    compiler = _PlaceCompiler(place, problems, make_condition_compiler(place, document, library, problems))
    check_sources(
        [(("accepted", index, "source"), accepted.source) for index, accepted in enumerate(model.accepted)],
        document,
        library,
        problems,
    )
    check_sources(
        [
            (("standards", index, "values", at, "source"), value.source)
            for index, standard in enumerate(model.standards)
            for at, value in enumerate(standard.values)
        ],
        document,
        library,
        problems,
    )
    check_validity(place, problems)
    limits = compile_limits(place, compiler.conditions, problems)
    compiled: Json = {
        "id": place.id,
        "name": model.name.by_language(),
        "level": model.level,
        "code": model.code,
        "province": None if model.province is None else as_data(model.province),
        "prefecture": None if model.prefecture is None else as_data(model.prefecture),
        "parent": model.parent,
        "certainties": None if model.certainties is None else as_data(model.certainties),
        "about": model.about.by_language(),
        "office": as_data(model.office),
        "self_pays_is": model.self_pays_is,
        "readings": check_readings(model.readings, document, library, problems),
        "settles": [compiler.compile_settled(item, index) for index, item in enumerate(model.settles)],
        "order": compiler.compile_order(),
        "accepted": [as_data(accepted) for accepted in model.accepted],
        "not_policies": [as_data(entry) for entry in model.not_policies],
        "revisions": compile_revisions(place, library, problems),
        "policies": {
            policy: [
                compile_version(place, policy, version, library, problems)
                | ({"limits": limits[policy]} if policy in limits else {})
                for version in versions
            ]
            for policy, versions in place.policies.items()
        },
    }
    compiled["first_day"] = _find_first_day(compiled)
    facts_read = _list_place_facts(compiled)
    compiled["asks_facts"] = [fact for fact in library.facts if fact in facts_read]
    return compiled


@dataclass(frozen=True, slots=True)
class _PlaceCompiler:
    place: LoadedPlace
    problems: Problems
    conditions: ConditionCompiler

    def compile_settled(self, item: Json, index: int) -> Json:
        """Return one kind of visit that the rules settle: first day (ISO text or None), bill, condition."""
        start = item.get("from")
        try:
            day = None if start is None else date.fromisoformat(str(start)).isoformat()
        except ValueError:
            self.problems.add(self.place.document.problem("bad-date", ("settles", index, "from"), found=start))
            day = None
        bill = item.get("bill", "visit")
        if bill not in BILL_KINDS:
            self.problems.add(
                self.place.document.problem("bad-choice", ("settles", index, "bill"), found=bill, expected=BILL_KINDS)
            )
        condition = {key: value for key, value in item.items() if key not in ("from", "bill")}
        return {
            "from": day,
            "bill": bill,
            "if": encode_condition(self.conditions.compile_all(condition, ("settles", index))),
        }

    def compile_order(self) -> list[list[str]]:
        """Return the order of payment as groups; of each group the first policy that applies pays."""
        paying = sorted(
            policy for policy, versions in self.place.policies.items() if versions[-1].model.kind in BILL_PAYING_KINDS
        )
        groups = []
        for index, item in enumerate(self.place.model.order):
            group = item.first_of if isinstance(item, FirstOf) else [item]
            for policy in group:
                if policy not in paying and policy not in self.place.broken:
                    self._report("unknown-policy", policy, index, tuple(paying))
            groups.append([policy for policy in group if policy in paying])
        ordered = [policy for group in groups for policy in group]
        for policy in paying:
            if ordered.count(policy) != 1:
                self._report("twice-in-order" if policy in ordered else "not-in-order", policy)
        return groups

    def _report(self, code: str, found: str, index: int | None = None, expected: tuple[str, ...] = ()) -> None:
        path = ("order",) if index is None else ("order", index)
        self.problems.add(self.place.document.problem(code, path, found=found, expected=expected))


def _find_first_day(place: Json) -> str | None:
    """Return the earliest day (ISO text) that revisions, first days, or the years of last confirmed days give."""
    days = [revision[key] for revision in place["revisions"] for key in ("date", "adopted", "published")]
    for versions in place["policies"].values():
        for version in versions:
            days += [version["start"], version["confirmed_until"] and f"{version['confirmed_until'][:4]}-01-01"]
    return min((day for day in days if day), default=None)


def _list_place_facts(place: Json) -> set[str]:
    """Return the facts that the rules of a place read."""
    facts = list_facts_read(decode_condition(item["if"]) for item in place["settles"])
    if any(item["bill"] == "visit" for item in place["settles"]):  # what a school charges is the fact `fee`
        facts |= {"total_cost", "eligible_cost"}
    for versions in place["policies"].values():
        for version in versions:
            law = decode_law(version["kind"], version["law"])
            conditions = [decode_condition(version["who"]), decode_condition(version["when"]), *law.iter_conditions()]
            if version["offered_to"] is not None:
                conditions.append(decode_condition(version["offered_to"]["if"]))
            limits = [decode_limit(limit) for limit in version.get("limits", ())]
            conditions += [condition for limit in limits for condition in limit.iter_conditions()]
            facts |= list_facts_read(conditions) | law.list_facts().union(*(limit.list_facts() for limit in limits))
            facts |= {each.of for each in list_units((law, *limits))}
    return facts
