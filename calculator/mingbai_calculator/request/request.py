"""Parsing and validation of a request: place, day, facts, bills; all faults are reported at once."""

import json
from collections import Counter
from datetime import date
from typing import NamedTuple

from mingbai_calculator.core.errors import BadRequestError, Fault, make_choice_fault
from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.identity_cache import IdentityCache
from mingbai_calculator.core.json_value import Json, JsonObject
from mingbai_calculator.engine.ruleset import Bundle, make_ruleset
from mingbai_calculator.engine.scenarios import Visit
from mingbai_calculator.law.place import Place, get_place
from mingbai_calculator.law.version import OpenNumberDefinition
from mingbai_calculator.law.vocabulary import Vocabulary, get_vocabulary
from mingbai_calculator.request.broader_words import leave_open
from mingbai_calculator.request.consistency import check_facts, check_numbers, check_outside_visits
from mingbai_calculator.request.counting import count_visits
from mingbai_calculator.request.vocabulary import fill_defaults, quote, read_day, read_facts, read_inputs
from mingbai_calculator.sentences import list_languages

MAX_VISITS = 50
_REQUEST_KEYS = ("place", "date", "facts", "visits", "inputs", "lang", "compare", "paper")
_HOUSEHOLD_KEYS = ("place", "date", "shared", "members", "inputs", "lang")
_MEMBER_KEYS = ("id", "facts", "visits")
MAX_MEMBERS = 30
_input_numbers: IdentityCache[dict[str, list[OpenNumberDefinition]]] = IdentityCache(limit=64)


class EstimateRequest(NamedTuple):
    """A validated request of one person; `defaulted` lists the facts that were left out and got a default.

    `given`: facts and numbers as they were given, before defaults; `given_in_visits`: those of each of the `visits`.
    """

    place: str
    day: date
    lang: str
    known: Facts
    visits: tuple[Visit, ...]
    defaulted: tuple[str, ...]
    given: Facts
    given_in_visits: tuple[Facts, ...]


def read_json(text: str) -> Json:
    """Parse JSON without floats, with or without a byte order mark.

    Raises `BadRequestError` naming line and column, or a key that an object has twice.
    """
    try:
        value: Json = _DECODER.decode(text[1:] if text[:1] == "\ufeff" else text)
    except json.JSONDecodeError as error:
        extra = {"line": str(error.lineno), "column": str(error.colno)}
    except (ValueError, RecursionError):  # number too long, nesting too deep
        extra = {"line": "1", "column": "1"}
    else:
        return value
    raise BadRequestError([Fault("not_json", "", extra=extra)])


def _make_object(pairs: list[tuple[str, Json]]) -> JsonObject:
    """Return an object of JSON; of a key that it has twice, nobody could say which value was meant."""
    made = dict(pairs)
    if len(made) < len(pairs):
        times = Counter(name for name, _ in pairs)
        raise BadRequestError([Fault("twice", "JSON", quote(name)) for name, count in times.items() if count > 1])
    return made


_DECODER = json.JSONDecoder(parse_float=str, parse_constant=str, object_pairs_hook=_make_object)


def read_request(bundle: Bundle, request: object) -> EstimateRequest:
    """Validate one person's request against the bundle. Raises `BadRequestError` with every fault."""
    fields = _require_object(request, "request")
    faults = [make_choice_fault("unknown_key", key, "", _REQUEST_KEYS) for key in fields if key not in _REQUEST_KEYS]
    place, lang, inputs = _read_header(bundle, fields, faults)
    vocabulary = get_vocabulary(bundle)
    known = read_facts(fields.get("facts") or {}, vocabulary, faults)
    visits = _read_visits(fields.get("visits") or [], vocabulary, faults)
    day = visits[-1][0] if visits and fields.get("date") is None else read_day(fields.get("date"), faults)
    known.update(inputs)
    if faults or day is None:
        raise BadRequestError(faults)
    completed = _add_visits(bundle, EstimateRequest(place, day, lang, known, (), (), known, ()), visits, faults)
    if faults:
        raise BadRequestError(faults)
    return completed


def read_household(bundle: Bundle, request: object) -> list[tuple[str, EstimateRequest]]:
    """Validate a household's request: ``{"shared": {...}, "members": [{"id", "facts", "visits"}]}``.

    Returns pairs of member id and request. Shared facts apply to each member whose own facts do not override them.
    Raises `BadRequestError` with every fault.
    """
    fields = _require_object(request, "request")
    faults = [
        make_choice_fault("unknown_key", key, "", _HOUSEHOLD_KEYS) for key in fields if key not in _HOUSEHOLD_KEYS
    ]
    place, lang, inputs = _read_header(bundle, fields, faults)
    vocabulary = get_vocabulary(bundle)
    shared = read_facts(fields.get("shared") or {}, vocabulary, faults)
    day = read_day(fields.get("date"), faults)
    members = fields.get("members")
    if not isinstance(members, list) or len(members) > MAX_MEMBERS:
        raise BadRequestError([*faults, Fault("not_a_list", "members", extra={"most": str(MAX_MEMBERS)})])
    requests: list[tuple[str, EstimateRequest]] = []
    names: list[str] = []
    for number, member in enumerate(members, 1):
        member_faults: list[Fault] = []
        entry = member if isinstance(member, dict) else {}
        name = str(entry.get("id") or number)
        if not isinstance(member, dict):
            member_faults.append(Fault("not_an_object", name, str(member)))
        member_faults += [
            make_choice_fault("unknown_key", key, "", _MEMBER_KEYS) for key in entry if key not in _MEMBER_KEYS
        ]
        if name in names:
            member_faults.append(Fault("twice", "id", name))
        names.append(name)
        known = Facts({**shared, **read_facts(entry.get("facts") or {}, vocabulary, member_faults), **inputs})
        visits = _read_visits(entry.get("visits") or [], vocabulary, member_faults)
        if day is not None and not faults and not member_faults:
            read = EstimateRequest(place, day, lang, known, (), (), known, ())
            requests.append((name, _add_visits(bundle, read, visits, member_faults)))
        faults += [fault.with_name(f"{name}: {fault.name}") for fault in member_faults]
    if faults:
        raise BadRequestError(faults)
    return requests


def _require_object(value: object, name: str) -> JsonObject:
    if not isinstance(value, dict):
        raise BadRequestError([Fault("not_an_object", name, str(value)[:60])])
    return value


def _read_header(bundle: Bundle, fields: JsonObject, faults: list[Fault]) -> tuple[str, str, Facts]:
    """Return place, language and open numbers (`inputs`) of a request."""
    places: JsonObject = bundle["places"]
    place, lang = str(fields.get("place")), str(fields.get("lang") or "zh")
    if place not in places:
        faults.append(make_choice_fault("unknown_place", place, "", tuple(places)))
    if lang not in list_languages(bundle):
        faults.append(make_choice_fault("unknown_lang", lang, "", list_languages(bundle)))
    return place, lang, read_inputs(fields.get("inputs") or {}, _list_input_numbers(bundle, place), faults)


def _add_visits(
    bundle: Bundle, request: EstimateRequest, visit_facts: list[tuple[date, Facts]], faults: list[Fault]
) -> EstimateRequest:
    """Add the defaults, and the visits with their rulesets; check what is then known of each."""
    vocabulary = get_vocabulary(bundle)
    known, defaulted = fill_defaults(request.known, vocabulary)
    visits = []
    if visit_facts:
        counted = count_visits(visit_facts, request.known, vocabulary)
        for (day, _), facts in zip(visit_facts, counted, strict=True):
            filled, visit_defaulted = fill_defaults(facts, vocabulary, given=request.known.keys())
            visits.append(Visit(make_ruleset(bundle, request.place, day), filled))
            check_facts(Facts({**known, **filled}), vocabulary, faults)
            defaulted += visit_defaulted
    elif {"total_cost", "self_share_after_insurance"} & known.keys():
        visits.append(Visit(make_ruleset(bundle, request.place, request.day), known))
    if visit_facts:
        check_outside_visits(request.known, faults)
    else:
        check_facts(known, vocabulary, faults)
    of_day = make_ruleset(bundle, request.place, request.day)
    for ruleset in {of_day, *(visit.ruleset for visit in visits)}:
        check_numbers(known, ruleset, faults)
    left_open = leave_open(known, of_day, vocabulary)
    return request._replace(
        known=left_open,
        visits=tuple(_leave_visit_open(visit, known, left_open, vocabulary) for visit in visits),
        defaulted=tuple(dict.fromkeys(defaulted)),
        given_in_visits=tuple(facts for _, facts in visit_facts),
    )


def _leave_visit_open(visit: Visit, known: Facts, left_open: Facts, vocabulary: Vocabulary) -> Visit:
    """Return a visit with each choice left open that was given by a broader word; see `leave_open`.

    `known`: what all visits share; `left_open`: the same with choices left open by the rules of the day asked about.
    """
    if left_open is not known:  # what is open there may be known here
        shared = {key: value for key, value in known.items() if key not in left_open and key not in visit.own}
        visit = visit._replace(own=Facts({**shared, **visit.own}))
    facts = Facts({**known, **visit.own})
    opened = leave_open(facts, visit.ruleset, vocabulary, bill_only=True)
    if opened is facts:
        return visit
    own = {key: value for key, value in visit.own.items() if key in opened}
    return visit._replace(own=Facts({**own, **{key: opened[key] for key in opened if key not in facts}}))


def _read_visits(entries: Json, vocabulary: Vocabulary, faults: list[Fault]) -> list[tuple[date, Facts]]:
    """Parse the visits: day and facts of each, sorted by date."""
    if not isinstance(entries, list) or len(entries) > MAX_VISITS:
        faults.append(Fault("not_a_list", "visits", extra={"most": str(MAX_VISITS)}))
        return []
    visits = []
    for entry in entries:
        if not isinstance(entry, dict):
            faults.append(Fault("not_an_object", "visits", str(entry)))
            continue
        day = read_day(entry.get("date"), faults)
        facts = read_facts({key: value for key, value in entry.items() if key != "date"}, vocabulary, faults)
        if not {"total_cost", "items", "fee", "self_share_after_insurance"} & entry.keys():
            faults.append(Fault("visit_without_cost", "total_cost"))
        if day is not None:
            visits.append((day, facts))
    return sorted(visits, key=lambda entry: entry[0])


def _list_input_numbers(bundle: Bundle, place: str) -> dict[str, list[OpenNumberDefinition]]:
    """Return all open numbers that a request may give, by name, as each version defines them."""
    if place not in bundle["places"]:
        return {}
    law = get_place(bundle, place)
    return _input_numbers.get(law, None, lambda: _collect_input_numbers(law))


def _collect_input_numbers(law: Place) -> dict[str, list[OpenNumberDefinition]]:
    numbers: dict[str, list[OpenNumberDefinition]] = {}
    for versions in law.versions.values():
        for version in versions:
            for name, number in version.numbers.items():
                if number.asked:
                    numbers.setdefault(name, []).append(number)
    return numbers
