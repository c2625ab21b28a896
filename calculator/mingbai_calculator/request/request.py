"""Reading a request: who, where, when, which bills; every fault at once."""

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from mingbai_calculator.core.errors import BadRequestError, Fault, not_one_of
from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.json_value import Json
from mingbai_calculator.engine.ruleset import Bundle, make_ruleset
from mingbai_calculator.engine.scenarios import Visit
from mingbai_calculator.request.vocabulary import Vocabulary, read_day, read_facts, read_inputs, with_defaults
from mingbai_calculator.sentences import known_languages

type Object = dict[str, Json]

MOST_VISITS = 50
_KEYS = ("place", "date", "facts", "visits", "inputs", "lang", "compare", "paper")
_OF_A_HOUSEHOLD = ("place", "date", "shared", "members", "inputs", "lang")
_OF_A_MEMBER = ("id", "facts", "visits")
MOST_MEMBERS = 30


@dataclass(frozen=True, slots=True)
class Request:
    """One person's request, checked. `assumed` names the amounts that count as something though left out."""

    place: str
    day: date
    lang: str
    known: Facts
    visits: tuple[Visit, ...]
    assumed: tuple[str, ...]


def read_json(text: str) -> Json:
    """Parse JSON without floats; raises `BadRequestError` naming line and column."""
    try:
        return cast("Json", json.loads(text, parse_float=str, parse_constant=str))
    except json.JSONDecodeError as error:
        extra = {"line": str(error.lineno), "column": str(error.colno)}
    except (ValueError, RecursionError):  # a number too long to be one, nesting without end
        extra = {"line": "1", "column": "1"}
    raise BadRequestError([Fault("not_json", "", extra=extra)])


def read_request(bundle: Bundle, given: object) -> Request:
    """Check one person's request against the bundle. Raises `BadRequestError` with every fault."""
    asked = _object(given, "request")
    faults = [not_one_of("unknown_key", key, "", _KEYS) for key in asked if key not in _KEYS]
    place, lang, inputs = _head(bundle, asked, faults)
    vocabulary = cast("Vocabulary", bundle["facts"])
    known = read_facts(asked.get("facts") or {}, vocabulary, faults)
    claims = _read_visits(asked.get("visits") or [], vocabulary, faults)
    day = claims[-1][0] if claims and asked.get("date") is None else read_day(asked.get("date"), faults)
    known.update(inputs)
    if faults or day is None:
        raise BadRequestError(faults)
    return _with_plans(bundle, Request(place, day, lang, known, (), ()), claims)


def read_household(bundle: Bundle, given: object) -> list[tuple[str, Request]]:
    """Check a household's request: ``{"shared": {...}, "members": [{"id", "facts", "visits"}]}``; each member's by id.

    What is shared holds for each member who does not say otherwise. Raises `BadRequestError` with every fault.
    """
    asked = _object(given, "request")
    faults = [not_one_of("unknown_key", key, "", _OF_A_HOUSEHOLD) for key in asked if key not in _OF_A_HOUSEHOLD]
    place, lang, inputs = _head(bundle, asked, faults)
    vocabulary = cast("Vocabulary", bundle["facts"])
    shared = read_facts(asked.get("shared") or {}, vocabulary, faults)
    day = read_day(asked.get("date"), faults)
    members = asked.get("members")
    if not isinstance(members, list) or len(members) > MOST_MEMBERS:
        raise BadRequestError([*faults, Fault("not_a_list", "members", extra={"most": str(MOST_MEMBERS)})])
    requests: list[tuple[str, Request]] = []
    names: list[str] = []
    for number, member in enumerate(members, 1):
        own: list[Fault] = []
        said = member if isinstance(member, dict) else {}
        name = str(said.get("id") or number)
        if not isinstance(member, dict):
            own.append(Fault("not_an_object", name, str(member)))
        own += [not_one_of("unknown_key", key, "", _OF_A_MEMBER) for key in said if key not in _OF_A_MEMBER]
        if name in names:
            own.append(Fault("twice", "id", name))
        names.append(name)
        known = Facts({**shared, **read_facts(said.get("facts") or {}, vocabulary, own), **inputs})
        claims = _read_visits(said.get("visits") or [], vocabulary, own)
        faults += [replace(fault, name=f"{name}: {fault.name}") for fault in own]
        if day is not None and not faults:
            requests.append((name, _with_plans(bundle, Request(place, day, lang, known, (), ()), claims)))
    if faults:
        raise BadRequestError(faults)
    return requests


def _object(given: object, name: str) -> Object:
    if not isinstance(given, dict):
        raise BadRequestError([Fault("not_an_object", name, str(given)[:60])])
    return given


def _head(bundle: Bundle, asked: Object, faults: list[Fault]) -> tuple[str, str, Facts]:
    """Return place, language and typed-in numbers of a request."""
    places = cast("Object", bundle["places"])
    place, lang = str(asked.get("place")), str(asked.get("lang") or "zh")
    if place not in places:
        faults.append(not_one_of("unknown_place", place, "", tuple(places)))
    if lang not in known_languages(bundle):
        faults.append(not_one_of("unknown_lang", lang, "", known_languages(bundle)))
    return place, lang, read_inputs(asked.get("inputs") or {}, _units(places, place), faults)


def _with_plans(bundle: Bundle, request: Request, claims: list[tuple[date, Facts]]) -> Request:
    """Add the amounts that were left out, and each visit's plan."""
    vocabulary = cast("Vocabulary", bundle["facts"])
    known, assumed = with_defaults(request.known, vocabulary)
    visits = []
    if claims:
        for day, own in claims:
            full, missing = with_defaults(
                own, {name: fact for name, fact in vocabulary.items() if name not in request.known}
            )
            visits.append(Visit(make_ruleset(bundle, request.place, day), full))
            assumed += missing
    elif {"total_cost", "self_share_after_insurance"} & known.keys():
        visits.append(Visit(make_ruleset(bundle, request.place, request.day), known))
    return Request(request.place, request.day, request.lang, known, tuple(visits), tuple(dict.fromkeys(assumed)))


def _read_visits(given: Json, vocabulary: Vocabulary, faults: list[Fault]) -> list[tuple[date, Facts]]:
    """Return a year's visits in order of date: the day and the facts of each."""
    if not isinstance(given, list) or len(given) > MOST_VISITS:
        faults.append(Fault("not_a_list", "visits", extra={"most": str(MOST_VISITS)}))
        return []
    visits = []
    for visit in given:
        if not isinstance(visit, dict):
            faults.append(Fault("not_an_object", "visits", str(visit)))
            continue
        day = read_day(visit.get("date"), faults)
        own = read_facts({key: value for key, value in visit.items() if key != "date"}, vocabulary, faults)
        if not {"total_cost", "items", "fee", "self_share_after_insurance"} & visit.keys():
            faults.append(Fault("visit_without_cost", "total_cost"))
        if day is not None:
            visits.append((day, own))
    return sorted(visits, key=lambda visit: visit[0])


def _units(places: Object, place: str) -> dict[str, str]:
    """Return every policy number of a place that may be typed in, in any version, with its unit."""
    policies = cast("dict[str, list[Object]]", cast("Object", places.get(place, {"policies": {}}))["policies"])
    return {
        name: str(data["unit"])
        for versions in policies.values()
        for version in versions
        for name, data in cast("dict[str, Object]", version["numbers"]).items()
        if data["asked"]
    }
