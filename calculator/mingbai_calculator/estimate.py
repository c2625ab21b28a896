"""One estimate: from a request to the result of the contract, the same in CPython and in Pyodide."""

import json
from collections.abc import Sequence
from typing import Any, cast

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.json_value import Json
from mingbai_calculator.engine.outcomes import Hull, Outcomes, settle_all_scenarios
from mingbai_calculator.engine.ruleset import Bundle, make_ruleset
from mingbai_calculator.kinds.claim import Claim
from mingbai_calculator.request.request import Request, read_household, read_json, read_request
from mingbai_calculator.result import amounts
from mingbai_calculator.result.classify import LISTS, Lists, line
from mingbai_calculator.result.household import totals
from mingbai_calculator.result.phrases import Speaker, speaker
from mingbai_calculator.result.slip_check import check

type Object = dict[str, Json]


def estimate_json(bundle: Bundle, request: str) -> str:
    """Work out one estimate from JSON to JSON; numbers are read as they are written, never as floats."""
    return json.dumps(estimate(bundle, read_json(request)), ensure_ascii=False, separators=(",", ":"))


def estimate(bundle: Bundle, request: object) -> dict[str, Any]:
    """Work out what a person pays and gets: ``{"place", "date", "facts", "inputs", "lang"}`` to the contract's result.

    With ``visits`` instead of a bill among the facts a year's bills are settled in order of date; with ``compare``
    the bill is also settled at each level of hospital; with ``paper`` (lines of a settlement slip) it says where the
    two differ and which answer would explain it; with ``members`` the result is a household's (``members``,
    ``totals``). Raises `BadRequestError` with every fault of the request.
    """
    if isinstance(request, dict) and "members" in request:
        return _household(bundle, request)
    read = read_request(bundle, request)
    bills = _settled(read)
    result = _result(bundle, read, bills)
    if isinstance(request, dict) and request.get("compare") is True:
        result["compare"] = _compare(bundle, read)
    if isinstance(request, dict) and request.get("paper") is not None:
        result["paper"] = check(bundle, request, read, bills, speaker(bundle, read.lang))
    return result


def _household(bundle: Bundle, request: dict[str, Json]) -> Object:
    """Return each member's result, and what they come to together."""
    members = [
        {"id": name, **_result(bundle, member, _settled(member))} for name, member in read_household(bundle, request)
    ]
    head: Object = {"place": request["place"], "date": request["date"], "revision": bundle["revision"]}
    return {**head, "engine": bundle["engine"], "members": cast("Json", members), "totals": totals(members)}


def _compare(bundle: Bundle, request: Request) -> Json:
    """Return what the same bill costs the person at each level of hospital; null where no rule tells."""
    if len(request.visits) != 1 or "hospital_level" not in request.visits[0].ruleset.facts:
        return []
    (visit,) = request.visits
    speak, found = speaker(bundle, request.lang), []
    for level in cast("Object", visit.ruleset.facts["hospital_level"]["options"]):
        own = Facts({**visit.own, "hospital_level": level})
        share = settle_all_scenarios([visit._replace(own=own)], own).self_pays
        name, mine = speak.option("hospital_level", level), visit.own.get("hospital_level") == level
        found.append(
            {"hospital_level": level, "name": name, "given": mine, "self_pays": share and amounts.amount(share)}
        )
    return cast("Json", found)


def _settled(request: Request) -> Outcomes | None:
    return settle_all_scenarios(request.visits, request.known) if request.visits else None


def _result(bundle: Bundle, request: Request, bills: Outcomes | None) -> Object:
    place = cast("Object", cast("Object", bundle["places"])[request.place])
    speak = speaker(bundle, request.lang)
    lists = Lists(make_ruleset(bundle, request.place, request.day), request.known, bills, speak)
    if bills is None and place["settles"]:
        lists.affects["total_cost"] = "bill"
    lists.fill()
    if bills is not None:
        lists.readings.update(dict.fromkeys(cast("list[str]", place["readings"])))
    result: Object = {
        "place": request.place,
        "date": request.day.isoformat(),
        "revision": bundle["revision"],
        "engine": bundle["engine"],
        **_money(bills, place),
        **{name: lists.of[name] for name in LISTS},
        **_ends(bills, speak),
        "slip": None if bills is None else amounts.slip(bills),
        "assumptions": cast("Json", _assumptions(request, lists, place, speak)),
    }
    if len(request.visits) > 1 and bills is not None:
        result["visits"] = [_visit(bills.of_visit(index), place, speak) for index in bills.of]
    return result


def _money(bills: Outcomes | None, place: Object) -> Object:
    """Return the sums."""
    sums: Object = {"total_cost": None, "eligible_cost": None, "self_pays": None}
    if bills is not None:
        total, eligible = bills.sum_of("total_cost"), bills.sum_of("eligible_cost")
        sums = {
            "total_cost": None if total is None else amounts.exactly(total),
            "eligible_cost": None if eligible is None else amounts.exactly(eligible),
            "self_pays": None if bills.self_pays is None else amounts.amount(bills.self_pays),
        }
    tight = bills is None or bills.tight
    return {**sums, "self_pays_is": place["self_pays_is"], "bounds": "exact" if tight else "outer"}


def _ends(bills: Outcomes | None, speak: Speaker) -> Object:
    """Return the two whole settlements at the ends of a range."""
    if bills is None or bills.self_pays is None or bills.self_pays.exact:
        return {}
    low, high = bills.ends()
    return {"at_low": _settlement(bills, low, speak), "at_high": _settlement(bills, high, speak)}


def _settlement(bills: Outcomes, claims: Sequence[Claim] | None, speak: Speaker) -> Json:
    """Return one whole settlement, every amount exact; None for an end that no rule settles."""
    if claims is None:
        return None
    lines: list[Json] = [
        line(speak, bills.visits[index].ruleset, payment, Hull(payment.amount, payment.amount))
        for index, claim in zip(bills.of, claims, strict=True)
        for payment in claim.payments
    ]
    return {
        "self_pays": amounts.exactly(sum(claim.self_pays for claim in claims)),
        "lines": lines,
        "slip": {name: amounts.exactly(amount) for name, amount in amounts.slip_of(claims).items()},
    }


def _visit(bills: Outcomes, place: Object, speak: Speaker) -> Object:
    """Return what one of several visits comes to."""
    (index,) = bills.of
    return {
        "date": bills.visits[index].ruleset.day.isoformat(),
        **_money(bills, place),
        **_ends(bills, speak),
        "slip": amounts.slip(bills),
    }


def _assumptions(request: Request, lists: Lists, place: Object, speak: Speaker) -> list[str]:
    """Return the readings that were used, and what was taken for what was left out."""
    texts = cast("Object", speak.terms["readings"])
    used = sorted(lists.readings, key=lambda reading: int(reading[1:]))
    notes = [f"{reading} {speak.text(texts[reading])}" for reading in used]
    bills = lists.bills
    if bills is None:
        return notes
    asked = cast("list[str]", place["asks_facts"])
    for name in request.assumed:
        if name in asked:
            key = {"eligible_cost": "assumed_eligible", "companions": "assumed_one"}.get(name, "assumed_zero")
            notes.append(speak.say[key].format(name=speak.fact(name)))
    if bills.self_pays is None:
        notes.append(speak.say["not_settled"])
    elif bills.partly_settled:
        notes.append(speak.say["perhaps_not_settled"])
    if not bills.tight:
        notes.append(speak.say["outer" if bills.complete else "too_many"])
    return notes
