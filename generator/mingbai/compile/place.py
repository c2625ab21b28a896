"""Compile a place: the bills that its rules settle, the order of payment, the facts that it asks for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from mingbai.compile.conditions import ConditionCompiler, list_facts_read
from mingbai.compile.revisions import compile_revisions
from mingbai.compile.version import check_readings, check_sources, compile_version, make_condition_compiler
from mingbai.diagnostics.problem import Problems
from mingbai.loader.library import Library, LoadedPlace
from mingbai.model.base import as_data
from mingbai.model.place import FirstOf
from mingbai_calculator.kinds import BILL_PAYING_KINDS
from mingbai_calculator.law.codec import decode_condition, decode_law, encode_condition
from mingbai_calculator.law.laws import CashLaw, CeilingLaw, FeeLaw, Law, PremiumLaw, ShareLaw
from mingbai_calculator.law.numbers import OpenNumber

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
        "readings": check_readings(model.readings, document, library, problems),
        "settles": [compiler.compile_settled(item, index) for index, item in enumerate(model.settles)],
        "order": compiler.compile_order(),
        "accepted": [as_data(accepted) for accepted in model.accepted],
        "not_policies": [as_data(entry) for entry in model.not_policies],
        "revisions": compile_revisions(place, library, problems),
        "policies": {
            policy: [compile_version(place, policy, version, library, problems) for version in versions]
            for policy, versions in place.policies.items()
        },
    }
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


def _list_place_facts(place: Json) -> set[str]:
    """Return the facts that the rules of a place read."""
    facts = list_facts_read(decode_condition(item["if"]) for item in place["settles"])
    if place["settles"]:
        facts |= {"total_cost", "eligible_cost"}
    for versions in place["policies"].values():
        for version in versions:
            law = decode_law(version["kind"], version["law"])
            conditions = [decode_condition(version["who"]), decode_condition(version["when"]), *law.iter_conditions()]
            facts |= list_facts_read(conditions) | list_law_facts(law)
    return facts


def list_law_facts(law: Law) -> set[str]:
    """Return the facts that a law reads outside its conditions."""
    if isinstance(law, ShareLaw):
        return {
            fact
            for fact, is_read in (
                ("tcm_cost", law.base == "tcm_cost"),
                ("ytd_burden", law.deductible_per == "year"),
                ("ytd_paid", law.limit_per == "year"),
            )
            if is_read
        }
    if isinstance(law, CeilingLaw):
        return {"ytd_self_paid"} if law.per == "year" else set()
    if isinstance(law, FeeLaw):
        return _list_fee_facts(law)
    if isinstance(law, PremiumLaw):  # a fact, or an open number (its name is no fact)
        return {law.premium.key} if isinstance(law.premium, OpenNumber) else set()
    if isinstance(law, CashLaw):
        facts = {law.times} if law.times else set[str]()
        facts |= {"terms"} if law.per == "term" else set()
        return facts | ({"wife_age", "wife_birth_month"} if law.from_month else set())
    return set()


def _list_fee_facts(law: FeeLaw) -> set[str]:
    categories = {item for row in law.rows for item in row.items}
    facts = {"fee"} if "fee" in categories else set[str]()
    facts |= {"items"} if categories - {"fee"} else set()
    return facts | ({"companions", "companion_days"} if any(row.daily is not None for row in law.rows) else set())
