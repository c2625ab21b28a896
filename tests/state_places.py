"""Made-up places in which every policy is in one state: for the matrix of what pages, feeds and texts must say.

Each state has its own library: a policy of each kind of `kinds_bundle`, with what they refer to, one version each (or
two, where the state needs them).
"""

import copy
from collections.abc import Callable
from typing import Any

from mingbai.bundle.timeline import KNOWN

type Json = dict[str, Any]

READ_ON = "2029-06-01"
"""The day that is certainly past when the pages are made."""
DAYS = {
    "announced": "2030-01-01",
    "in_force": "2018-07-01",
    "unconfirmed": "2018-12-31",
    "superseded": "2020-03-01",
    "ended": "2027-01-01",
    "ended_ahead": "2031-04-01",
    "before_any_document": "2018-01-01",
}
"""The day that the sentences of a state name: of `unconfirmed` the last one that is confirmed, else the first one.

`ended_ahead` is the state `ended` on a page that is made before the end."""

_POOR: Json = {"registered_poor": True, "insured": True, "rural": True, "disabled": True, "tekun": True, "age": 100}
_POOR |= {"supplementary_insured": False, "dibao": False, "diagnoses": ["other"]}
_STAY: Json = {"visit": "inpatient", "hospital_level": "county", "in_county": True, "designated": True}
_BED: Json = {"items": [{"category": "inpatient_bed", "amount": "100"}]}
_HOME: Json = {"household_income": "1", "household_size": 1, "own_eligible_payments_12m": "0"}
PEOPLE: dict[str, tuple[str, str, Json]] = {
    "share": ("everykind", "inpatient", _POOR | _STAY | {"total_cost": "10000"}),
    "ceiling": ("everykind-ceiling", "year-ceiling", _POOR | _STAY | {"total_cost": "10000"}),
    "floor": ("everykind", "floor", _POOR | _STAY | {"total_cost": "10000", "diagnoses": ["gastric_cancer"]}),
    "own_share": ("everykind-own", "away", _STAY | {"total_cost": "10000", "insured": True, "in_county": False}),
    "fee": ("everykind-fees", "city-fees", {"registered_poor": True, **_STAY, **_BED}),
    "cash": ("everykind-lists", "old-age", _POOR),
    "premium": ("everykind-lists", "premium-extra", _POOR | {"premium": "100", "supplementary_insured": True}),
    "aid": ("everykind-lists", "relief", _POOR | {"sex": "female", "role": "village_doctor"}),
    "service": ("everykind-lists", "check-up", _POOR),
    "right": ("everykind-lists", "green-channel", _POOR | _HOME),
    "in_kind": ("everykind-lists", "kit", _POOR | _HOME),
    "status": ("everykind-lists", "below-line", _POOR | _HOME),
}
"""Of each kind: place and policy, and the facts of its worked example."""
_NEEDED = {("everykind-ceiling", "inpatient")}
_INPUTS = {"everykind-ceiling/inpatient.rate": "0.60", "everykind-ceiling/inpatient.deductible": "500"}
"""Numbers that the made-up ceiling's example needs to be exact."""


def _announced(version: Json) -> list[Json]:
    return [_copy(version, DAYS["announced"], None)]


def _in_force(version: Json) -> list[Json]:
    return [_copy(version, DAYS["in_force"], "2035-12-31")]


def _unconfirmed(version: Json) -> list[Json]:
    return [_copy(version, "2018-01-01", DAYS["unconfirmed"])]


def _superseded(version: Json) -> list[Json]:
    return [_copy(version, "2018-01-01", None), _copy(version, DAYS["superseded"], "2035-12-31")]


def _ended(version: Json) -> list[Json]:
    return [_copy(version, "2018-01-01", None), _copy(version, DAYS["ended"], None, ends=True)]


def _ended_ahead(version: Json) -> list[Json]:
    return [_copy(version, "2018-01-01", None), _copy(version, DAYS["ended_ahead"], None, ends=True)]


def _before_any_document(version: Json) -> list[Json]:
    return [_copy(version, None, "2018-12-31"), _copy(version, "2025-01-01", "2035-12-31")]


MAKERS: dict[str, Callable[[Json], list[Json]]] = {
    "announced": _announced,
    "in_force": _in_force,
    "unconfirmed": _unconfirmed,
    "superseded": _superseded,
    "ended": _ended,
    "ended_ahead": _ended_ahead,
    "before_any_document": _before_any_document,
}


def make_library(kinds_bundle: Json, state: str) -> Json:
    """Return the bundle in which every policy is in one state (a key of `MAKERS`), with the revisions of its days."""
    made: Json = {**kinds_bundle, KNOWN: READ_ON, "places": {}}
    people = {(place, policy): facts for place, policy, facts in PEOPLE.values()}
    for place_id in dict.fromkeys(place for place, _ in people):
        place = kinds_bundle["places"][place_id]
        policies = {
            policy: MAKERS[state](next(version for version in versions if not version["ends"]))
            for policy, versions in place["policies"].items()
            if (place_id, policy) in {*people, *_NEEDED} or versions[0]["kind"] == "status"
        }
        order = [kept for group in place["order"] if (kept := [policy for policy in group if policy in policies])]
        for policy, versions in policies.items():
            for version in versions:
                version["examples"] = _make_examples(version, people.get((place_id, policy)))
        days = sorted({version["start"] for versions in policies.values() for version in versions if version["start"]})
        revisions = [_make_revision(policies, day) for day in reversed(days)]
        years = {
            f"{version['confirmed_until'][:4]}-01-01"
            for versions in policies.values()
            for version in versions
            if version["confirmed_until"]
        }
        order_and_days = {"order": order, "first_day": min([*days, *years])}
        made["places"][place_id] = {**place, "policies": policies, "revisions": revisions, **order_and_days}
    return made


def _copy(version: Json, start: str | None, confirmed_until: str | None, *, ends: bool = False) -> Json:
    copied = copy.deepcopy(version)
    copied |= {"id": start or "initial", "start": start, "confirmed_until": confirmed_until, "ends": ends}
    copied |= {"started": {"certainty": "stated", "reading": None, "because": None} if start else None}
    copied |= {"confirmed": "inferred", "certainties": None}
    return copied


def _make_examples(version: Json, facts: Json | None) -> list[Json]:
    if facts is None:
        return []
    title = {"zh": "某个人", "en": "Somebody"}
    day = version["start"] or "2018-06-01"
    inputs = _INPUTS if version["kind"] == "ceiling" else {}
    return [{"id": "somebody", "title": title, "date": day, "facts": facts, "inputs": inputs, "expect": {}}]


def _make_revision(policies: Json, day: str) -> Json:
    return {
        "date": day,
        "certainty": "stated",
        "adopted": None,
        "published": None,
        "document": {"id": "f0", "lines": [1, 1]},
        "says": {"zh": "试验用的一天。", "en": "A day made up for tests."},
        "policies": [
            policy for policy, versions in policies.items() if any(version["start"] == day for version in versions)
        ],
        "checked": None,
    }
