"""Made-up places in which every policy is in one state: for the matrix of what pages, feeds and texts must say.

Each state has its own library: all policies of `kinds_bundle`, one version each (or two, where the state needs them).
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
    for place in kinds_bundle["places"].values():
        policies = {
            policy: MAKERS[state](next(version for version in versions if not version["ends"]))
            for policy, versions in place["policies"].items()
        }
        days = sorted({version["start"] for versions in policies.values() for version in versions if version["start"]})
        revisions = [_make_revision(policies, day) for day in reversed(days)]
        made["places"][place["id"]] = {**place, "policies": policies, "revisions": revisions}
    return made


def _copy(version: Json, start: str | None, confirmed_until: str | None, *, ends: bool = False) -> Json:
    copied = copy.deepcopy(version)
    copied |= {"id": start or "initial", "start": start, "confirmed_until": confirmed_until, "ends": ends}
    copied["started"] = None
    for example in copied["examples"]:
        example["date"] = start or "2018-06-01"
    return copied


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
