"""Estimator bundle: the bundle reduced to what the estimator needs, which the phone fetches.

Texts that no estimate shows (doubts, accepted findings, worked examples) are left out; the calculator gives the same
result, byte for byte, with them and without.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from mingbai.bundle.card_stamp import CARD_STAMP
from mingbai.bundle.estimator.form import make_form
from mingbai_calculator.result.phrases import make_speaker
from mingbai_calculator.result.validity import say_contacts
from mingbai_calculator.sentences import list_languages

type Json = dict[str, Any]

_VERSION_KEYS_DROPPED = (
    "doubts",
    "corrections",
    "examples",
    "covers",
    "started",
    "accepted",
    "certainties",
    "backdated",
    "second_entry",
)
_DROPPED_IF_NONE = ("apply", "for_whom", "offered_to", "confirmed")
_PLACE_KEYS_DROPPED = (
    "about",
    "code",
    "province",
    "prefecture",
    "parent",
    "not_policies",
    "revisions",
    "accepted",
    "certainties",
    CARD_STAMP,
)
_TERM_GROUPS = ("payers", "units", "periods", "groups", "states", "certainty", "readings", "contacts")
_UNASKED_FACT_KEYS = ("type", "group", "default", "low", "high", "was", "options_were", "options_are", "excludes")
"""Keys kept of a fact that none of the places asks for: enough to validate it."""


def make_estimator_bundle(bundle: Json, places: Sequence[str], cached: Mapping[str, Json] | None = None) -> Json:
    """Return the estimator bundle of some places; `cached` holds reduced places that were made before, by id."""
    cached = cached or {}
    reduced = {place: cached.get(place) or _reduce_place(bundle, bundle["places"][place]) for place in places}
    asked_facts = {fact for place in reduced.values() for fact in place["asks_facts"]}
    documents = {
        source["document"]
        for place in reduced.values()
        for version in _list_versions(place)
        for source in version["source"]
    }
    return {
        **{key: bundle[key] for key in ("schema", "engine", "revision")},
        "facts": {
            name: fact if name in asked_facts else _reduce_unasked_fact(fact) for name, fact in bundle["facts"].items()
        },
        "terms": _reduce_terms(bundle["terms"], reduced),
        "sources": {
            name: {"title": bundle["sources"][name]["title"]} for name in bundle["sources"] if name in documents
        },
        "places": reduced,
    }


def _reduce_place(bundle: Json, place: Json) -> Json:
    policies = {
        policy: [_reduce_version(version) for version in versions] for policy, versions in place["policies"].items()
    }
    topics = list(dict.fromkeys(versions[-1]["topic"] for versions in place["policies"].values()))
    office = (place["certainties"] or {}).get("office")
    return {
        **{key: value for key, value in place.items() if key not in _PLACE_KEYS_DROPPED},
        "ask": {lang: say_contacts(topics, make_speaker(bundle, lang)) for lang in list_languages(bundle)},
        "names_office": office is None or office["certainty"] == "stated",
        "policies": policies,
        "form": make_form(bundle, place),
    }


def _reduce_version(version: Json) -> Json:
    """Return a version without the texts that only pages show; its doubts become their number."""
    reduced = {
        key: value
        for key, value in version.items()
        if key not in _VERSION_KEYS_DROPPED and not (key in _DROPPED_IF_NONE and value is None)
    }
    if version["offered_to"] is not None:
        reduced["offered_to"] = {"if": version["offered_to"]["if"]}
    if version["started"] and version["started"]["certainty"] != "stated":
        reduced["started"] = {"certainty": version["started"]["certainty"]}
    return {**reduced, "doubts": len(version["doubts"])} if version["doubts"] else reduced


def _list_versions(place: Json) -> list[Json]:
    return [version for versions in place["policies"].values() for version in versions]


def _reduce_unasked_fact(fact: Json) -> Json:
    reduced = {key: fact[key] for key in _UNASKED_FACT_KEYS if key in fact}
    if "options" in fact:
        reduced["options"] = {option: {} for option in fact["options"]}
    return {**reduced, "name": fact["name"]}


def _reduce_terms(terms: Json, places: Json) -> Json:
    used = {reading for place in places.values() for reading in place["readings"]}
    used |= {
        reading for place in places.values() for version in _list_versions(place) for reading in version["readings"]
    }
    reduced: Json = {group: terms[group] for group in _TERM_GROUPS if group in terms}
    return {**reduced, "readings": {name: text for name, text in terms["readings"].items() if name in used}}
