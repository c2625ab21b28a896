"""The parts of the bundle that the estimator needs: what the phone fetches.

Pages, cards and data need texts that no estimate shows (doubts, findings accepted, worked examples); the calculator
gives the same result, byte for byte, with them and without.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from mingbai.bundle.form import questions

type Json = dict[str, Any]

_ON_PAGES_ONLY = ("doubts", "corrections", "examples", "covers", "started", "topic", "accepted")
_OFTEN_NOTHING = ("apply", "for_whom")
_OF_A_FACT_ON_PAGES_ONLY = ("if_yes", "if_no")
_OF_A_PLACE_ON_PAGES_ONLY = (
    "about",
    "code",
    "province",
    "prefecture",
    "parent",
    "not_policies",
    "revisions",
    "accepted",
)
_TERMS = ("payers", "units", "periods", "groups", "states", "certainty", "readings")
_OF_A_FACT = ("type", "group", "default", "low", "high", "was", "options_were", "options_are")
"""What must be known of a fact that none of the places asks for: enough to check it."""


def lean(bundle: Json, places: Sequence[str], made: Mapping[str, Json] | None = None) -> Json:
    """Return the bundle of some places as the estimator needs it; `made` are those that somebody has already."""
    made = made or {}
    kept = {place: made.get(place) or _place(bundle, bundle["places"][place]) for place in places}
    asked = {fact for place in kept.values() for fact in place["asks_facts"]}
    documents = {
        source["document"] for place in kept.values() for version in _versions(place) for source in version["source"]
    }
    return {
        **{key: bundle[key] for key in ("schema", "engine", "revision")},
        "facts": {name: _asked(fact) if name in asked else _unasked(fact) for name, fact in bundle["facts"].items()},
        "terms": _terms(bundle["terms"], kept),
        "sources": {
            name: {"title": bundle["sources"][name]["title"]} for name in bundle["sources"] if name in documents
        },
        "places": kept,
    }


def _place(bundle: Json, place: Json) -> Json:
    policies = {policy: [_version(version) for version in versions] for policy, versions in place["policies"].items()}
    return {
        **{key: value for key, value in place.items() if key not in _OF_A_PLACE_ON_PAGES_ONLY},
        "policies": policies,
        "form": questions(bundle, place),
    }


def _version(version: Json) -> Json:
    """Return a version without what stands on pages only; of its doubts the number, as the page has them."""
    kept = {
        key: value
        for key, value in version.items()
        if key not in _ON_PAGES_ONLY and not (key in _OFTEN_NOTHING and value is None)
    }
    return {**kept, "doubts": len(version["doubts"])} if version["doubts"] else kept


def _versions(place: Json) -> list[Json]:
    return [version for versions in place["policies"].values() for version in versions]


def _asked(fact: Json) -> Json:
    return {key: value for key, value in fact.items() if key not in _OF_A_FACT_ON_PAGES_ONLY}


def _unasked(fact: Json) -> Json:
    kept = {key: fact[key] for key in _OF_A_FACT if key in fact}
    if "options" in fact:
        kept["options"] = {option: {} for option in fact["options"]}
    return {**kept, "name": fact["name"]}


def _terms(terms: Json, places: Json) -> Json:
    used = {reading for place in places.values() for reading in place["readings"]}
    used |= {reading for place in places.values() for version in _versions(place) for reading in version["readings"]}
    kept: Json = {group: terms[group] for group in _TERMS if group in terms}
    return {**kept, "readings": {name: text for name, text in terms["readings"].items() if name in used}}
