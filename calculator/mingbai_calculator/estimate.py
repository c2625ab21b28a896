"""Entry point: from a request to the result of the contract, the same in CPython and in Pyodide."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.json_value import Json, JsonObject
from mingbai_calculator.engine.balance import hold_balance
from mingbai_calculator.engine.outcomes import Hull, Outcomes, settle_all_scenarios
from mingbai_calculator.engine.ruleset import Bundle, make_ruleset
from mingbai_calculator.kinds.claim import Claim
from mingbai_calculator.law.place import Place, get_place
from mingbai_calculator.request.request import EstimateRequest, read_household, read_json, read_request
from mingbai_calculator.result import amounts
from mingbai_calculator.result.classify import LIST_NAMES, ResultLists, make_line
from mingbai_calculator.result.household import sum_members
from mingbai_calculator.result.not_used import list_not_used
from mingbai_calculator.result.phrases import Speaker, make_speaker
from mingbai_calculator.result.policy_texts import get_texts
from mingbai_calculator.result.slip_check import check_slip
from mingbai_calculator.result.validity import Used, list_used, make_valid

_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


def estimate_json(bundle: Bundle, request: str) -> str:
    """Compute one estimate, JSON text to JSON text; numbers are parsed as text, never as floats."""
    return _ENCODER.encode(estimate(bundle, read_json(request)))


def estimate(bundle: Bundle, request: object) -> dict[str, Any]:
    """Compute what a person pays and gets: request ``{"place", "date", "facts", "inputs", "lang"}`` to result.

    ``visits`` instead of a bill in the facts: the bills of a year, settled in order of date. ``compare``: the bill is
    also settled at each hospital level. ``paper`` (lines of a settlement slip): differences from the slip, and which
    answers would explain them. ``members``: the result of a household (``members``, ``totals``). Raises
    `BadRequestError` with every fault of the request.
    """
    if isinstance(request, dict) and "members" in request:
        return _estimate_household(bundle, request)
    parsed = read_request(bundle, request)
    outcomes = _settle(parsed)
    result, _ = _make_result(bundle, parsed, outcomes)
    if isinstance(request, dict) and request.get("compare") is True:
        result["compare"] = _compare_hospital_levels(bundle, parsed)
    if isinstance(request, dict) and request.get("paper") is not None:
        result["paper"] = check_slip(bundle, request, parsed, outcomes, make_speaker(bundle, parsed.lang))
    return result


def _estimate_household(bundle: Bundle, request: dict[str, Json]) -> JsonObject:
    """Return the result of each member, the totals, and how far the rules hold that were used for any of them."""
    members, used = list[JsonObject](), list[Used]()
    requests = read_household(bundle, request)
    for (name, member), outcomes in zip(requests, _settle_members([read for _, read in requests]), strict=True):
        result, used_for_member = _make_result(bundle, member, outcomes)
        members.append({"id": name, **result})
        used += used_for_member
    header: JsonObject = {"place": request["place"], "date": request["date"], "revision": bundle["revision"]}
    place, day = str(request["place"]), date.fromisoformat(str(request["date"]))
    versions = {f"{place}/{policy}": version for policy, version in make_ruleset(bundle, place, day).versions.items()}
    speaker = make_speaker(bundle, str(request.get("lang") or "zh"))
    return {
        **header,
        "engine": bundle["engine"],
        "members": members,
        "totals": sum_members(members, versions),
        "valid": make_valid(bundle, place, day, list(dict.fromkeys(used)), speaker),
    }


def _compare_hospital_levels(bundle: Bundle, request: EstimateRequest) -> list[JsonObject]:
    """Return what the person pays of the same bill at each hospital level; null if no rule settles it."""
    if len(request.visits) != 1 or "hospital_level" not in request.visits[0].ruleset.fact_definitions:
        return []
    (visit,) = request.visits
    speaker, levels = make_speaker(bundle, request.lang), list[JsonObject]()
    for level in visit.ruleset.fact_definitions["hospital_level"].options:
        facts = Facts({**visit.own, "hospital_level": level})
        share = settle_all_scenarios([visit._replace(own=facts)], facts).self_pays
        name, is_given = speaker.option("hospital_level", level), visit.own.get("hospital_level") == level
        levels.append(
            {
                "hospital_level": level,
                "name": name,
                "given": is_given,
                "self_pays": share and amounts.format_range(share),
            }
        )
    return levels


def _settle(request: EstimateRequest) -> Outcomes | None:
    if not request.visits:
        return None
    outcomes = settle_all_scenarios(request.visits, request.known)
    hold_balance(outcomes)
    return outcomes


def _settle_members(members: Sequence[EstimateRequest]) -> list[Outcomes | None]:
    """Settle the bills of each member; together, in order of date, where a limit or a deductible is a family's."""
    with_bills = [member for member in members if member.visits]
    if len(with_bills) < 2 or not any(  # noqa: PLR2004 - two members
        visit.ruleset.counts_family for member in with_bills for visit in member.visits
    ):
        return [_settle(member) for member in members]
    bills = [(visit, number) for number, member in enumerate(members) for visit in member.visits]
    bills.sort(key=lambda bill: bill[0].ruleset.day)
    indexes = [[index for index, (_, whose) in enumerate(bills) if whose == number] for number in range(len(members))]
    visits = [
        visit._replace(own=Facts({**members[number].known, **visit.own}), member=indexes[number][0])
        for visit, number in bills
    ]
    outcomes = settle_all_scenarios(visits, Facts())
    hold_balance(outcomes)
    return [outcomes.select_visits(own) if own else None for own in indexes]


def _make_result(bundle: Bundle, request: EstimateRequest, outcomes: Outcomes | None) -> tuple[JsonObject, list[Used]]:
    """Return the result of one person, and the versions that were used for it."""
    place = get_place(bundle, request.place)
    speaker = make_speaker(bundle, request.lang)
    texts = get_texts(make_ruleset(bundle, request.place, request.day), speaker)
    lists = ResultLists(texts, request.known, outcomes)
    if outcomes is None and place.settles:
        lists.ask([place.cost_fact], "bill")
    lists.fill()
    if outcomes is not None:
        lists.readings.update(dict.fromkeys(place.readings))
    result: JsonObject = {
        "place": request.place,
        "date": request.day.isoformat(),
        "revision": bundle["revision"],
        "engine": bundle["engine"],
        **_format_sums(outcomes, place),
        **{name: lists.entries[name] for name in LIST_NAMES},
        **_format_ends(outcomes, speaker),
        "slip": None if outcomes is None else amounts.format_slip(outcomes),
        "assumptions": _list_assumptions(request, lists, place),
        "not_used": list_not_used(request, texts.ruleset, speaker),
    }
    if len(request.visits) > 1 and outcomes is not None:
        result["visits"] = [
            _format_visit(outcomes.select_visit(index), place, speaker) for index in outcomes.visit_indexes
        ]
    used = list_used(result, request.day, [visit.ruleset.day for visit in request.visits])
    result["valid"] = texts.keep_valid(tuple(used), lambda: make_valid(bundle, place.id, request.day, used, speaker))
    return result, used


def _format_sums(outcomes: Outcomes | None, place: Place) -> JsonObject:
    """Return total cost, eligible cost and the person's payment, and whether the range is exact."""
    sums: JsonObject = {"total_cost": None, "eligible_cost": None, "self_pays": None}
    if outcomes is not None:
        total, eligible = outcomes.sum_fact("total_cost"), outcomes.sum_fact("eligible_cost")
        sums = {
            "total_cost": None if total is None else amounts.format_exact(total),
            "eligible_cost": None if eligible is None else amounts.format_exact(eligible),
            "self_pays": None if outcomes.self_pays is None else amounts.format_range(outcomes.self_pays),
        }
    tight = outcomes is None or outcomes.is_tight
    return {**sums, "self_pays_is": place.self_pays_is, "bounds": "exact" if tight else "outer"}


def _format_ends(outcomes: Outcomes | None, speaker: Speaker) -> JsonObject:
    """Return the complete settlements at both ends of the range; empty without a range."""
    if outcomes is None or outcomes.self_pays is None or outcomes.self_pays.is_exact:
        return {}
    low, high = outcomes.find_end_settlements()
    return {
        "at_low": _format_settlement(outcomes, low, speaker),
        "at_high": _format_settlement(outcomes, high, speaker),
    }


def _format_settlement(outcomes: Outcomes, claims: Sequence[Claim] | None, speaker: Speaker) -> Json:
    """Return one complete settlement with exact amounts; None if no rule settles it."""
    if claims is None:
        return None
    lines: list[Json] = [
        make_line(get_texts(outcomes.visits[index].ruleset, speaker), payment, Hull(payment.amount, payment.amount))
        for index, claim in zip(outcomes.visit_indexes, claims, strict=True)
        for payment in claim.payments
    ]
    return {
        "self_pays": amounts.format_exact(sum(claim.self_pays for claim in claims)),
        "lines": lines,
        "slip": {name: amounts.format_exact(amount) for name, amount in amounts.sum_slip(claims).items()},
    }


def _format_visit(outcomes: Outcomes, place: Place, speaker: Speaker) -> JsonObject:
    """Return the result of one of several visits."""
    (index,) = outcomes.visit_indexes
    return {
        "date": outcomes.visits[index].ruleset.day.isoformat(),
        **_format_sums(outcomes, place),
        **_format_ends(outcomes, speaker),
        "slip": amounts.format_slip(outcomes),
    }


def _list_assumptions(request: EstimateRequest, lists: ResultLists, place: Place) -> list[str]:
    """Return the sentences for the readings used, for defaults of facts left out, and for ranges that are not tight."""
    texts, outcomes, sentences = lists.texts, lists.outcomes, lists.speaker.sentences
    notes = [texts.reading(reading) for reading in sorted(lists.readings, key=lambda reading: int(reading[1:]))]
    if outcomes is None:
        return notes
    for name in request.defaulted:
        if name in place.asks_facts:
            key = {"eligible_cost": "assumed_eligible", "companions": "assumed_one"}.get(name, "assumed_zero")
            notes.append(texts.default(key, name))
    if outcomes.self_pays is None:
        notes.append(sentences["fee_not_settled" if place.cost_fact == "fee" else "not_settled"])
    elif outcomes.is_partly_settled:
        notes.append(sentences["perhaps_not_settled"])
    if not outcomes.is_tight:
        notes.append(sentences["outer" if outcomes.is_complete else "too_many"])
    return notes
