"""Which versions a second person has confirmed, as pages tell it."""

from typing import Any

from mingbai.checks.entries import Confirmed, join_hashes
from mingbai.checks.lock import Lock, hashes

type Json = dict[str, Any]


def add_confirmations(bundle: Json, lock: Lock) -> Json:
    """Return the places of a bundle; a version whose present law is confirmed says by which role and when.

    It is no part of the law: the revision of the policies is that without it.
    """
    law, places = hashes(bundle), dict(bundle["places"])
    for name, records in lock.records.items():
        place, policy, version = name.split("/")
        if records.confirmed is not None and name in law and records.confirmed.law == join_hashes(law[name]):
            places[place] = _add(places[place], policy, version, records.confirmed)
    return places


def _add(place: Json, policy: str, version: str, confirmed: Confirmed) -> Json:
    told = {"on": confirmed.on, "by": confirmed.by, "because": confirmed.because}
    versions = [{**each, "second_entry": told} if each["id"] == version else each for each in place["policies"][policy]]
    return {**place, "policies": {**place["policies"], policy: versions}}
