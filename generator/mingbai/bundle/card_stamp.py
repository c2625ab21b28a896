"""Stamp of a place's printed cards: the hash of what the place says, and the day as of which its cards are set.

The revision of a site changes with every edit of any place. A card on a wall must not go stale when another county
edits its rules; so it carries the hash of its own place and of those above it, with the words they use and no others.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from mingbai.bundle.timeline import KNOWN, find_known_day, start_day

type Json = dict[str, Any]

CARD_STAMP = "card_stamp"
"""Key of a place in the bundle that holds its stamp; no part of the revision."""
_ID = re.compile(r'"([\w.-]+)"')
_SAYS_NOTHING = ("accepted", CARD_STAMP)
"""Keys of a place that nobody reads: findings of lints that its author accepted."""


@dataclass(frozen=True, slots=True)
class CardStamp:
    """What a place's card shows of its origin.

    `hash`: 12 hexadecimal digits. `source_day`: ISO day of the newest document; ``""`` where no day is known.
    `known`: the latest ISO day that is certainly past, as far as this place alone can tell; it decides which versions
    a card shows.
    """

    hash: str
    source_day: str
    known: str


def add_card_stamps(bundle: Json, published: Mapping[str, str]) -> Json:
    """Return the places of a bundle, each with its stamp, by id.

    `published` maps an address to the day of its first publication.
    """
    places = bundle["places"]
    contents = {name: _read_content(bundle, place) for name, place in places.items()}
    days = _list_days_by_place(published)
    stamped = {}
    for name, place in places.items():
        content = "\n".join(contents[each] for each in _list_upwards(name, places))
        stamp = CardStamp(
            hash=hashlib.sha256(content.encode()).hexdigest()[:12],
            source_day=find_known_day({"places": {name: place}}),
            known=_find_known_day(place, days.get(name, ())),
        )
        stamped[name] = {**place, CARD_STAMP: asdict(stamp)}
    return stamped


def get_card_stamp(place: Json) -> CardStamp:
    """Return the stamp of a place of a checked bundle."""
    return CardStamp(**place[CARD_STAMP])


def as_of_card(bundle: Json, place: Json, day: str = "") -> Json:
    """Return the bundle as of the day of a place's card: `day` (ISO), or the place's own known day."""
    return {**bundle, KNOWN: day or get_card_stamp(place).known}


def _read_content(bundle: Json, place: Json) -> str:
    """Return all that a place says as text: its compiled law and words, and the shared words that it refers to."""
    said = {key: value for key, value in place.items() if key not in _SAYS_NOTHING}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    ids = set(_ID.findall(text))
    sections = [bundle["facts"], bundle["sources"], *bundle["terms"].values()]
    words = [{name: entry for name, entry in section.items() if name in ids} for section in sections]
    whom_to_ask = bundle["terms"].get("contacts") or {}
    return text + json.dumps([*words, whom_to_ask], ensure_ascii=False, sort_keys=True)


def _list_upwards(name: str | None, places: Json) -> Iterator[str]:
    """Yield a place, then each place above it."""
    seen: set[str] = set()
    while name in places and name not in seen:
        seen.add(name)
        yield name
        name = places[name]["parent"]


def _list_days_by_place(published: Mapping[str, str]) -> dict[str, set[str]]:
    """Return the days of first publication of a place's addresses (``/gaotai/inpatient/``), by its id."""
    days: dict[str, set[str]] = {}
    for address, day in published.items():
        days.setdefault(address.strip("/").partition("/")[0], set()).add(day)
    return days


def _find_known_day(place: Json, published: Iterable[str]) -> str:
    """Return the latest day that documents, corrections and publications of a place alone show to be past."""
    day = max([find_known_day({"places": {place["id"]: place}}), *published])
    if day:
        return day
    starts = [start_day(version) for versions in place["policies"].values() for version in versions]
    return max(starts, default="")
