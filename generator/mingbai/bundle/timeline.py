"""Which versions of a policy may hold on the day somebody reads a page: a build does not know that day.

It knows a day that is past for sure (`known_day`): what was in force then may still be, and so may all that begins
later. Where that is one version, a page speaks of it alone; where there are more, it says each with its days, and a
script marks today's (docs/assets/today/today.js).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

type Json = dict[str, Any]

KNOWN, PREVIEW = "known", "preview"
"""Keys of the bundle: the day of `known_day`; the day of a preview, which stands in place of the other too."""


@dataclass(frozen=True, slots=True)
class Held:
    """A version, and the days on which it holds as far as they matter: ``""`` is an end that is open."""

    version: Json
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Timed[Said]:
    """What is so from `first` to `last`; ``""`` is an end that is open."""

    said: Said
    first: str
    last: str


def known_day(bundle: Json, published: Iterable[str] = ()) -> str:
    """Return the latest day that is surely past: one on which something was published, or checked, or mended.

    `published` are days on which addresses of the site were. ``""`` if nothing tells of any.
    """
    days = set(published)
    for place in bundle["places"].values():
        for revision in place["revisions"]:
            days |= {revision["adopted"], revision["published"]}
            days |= {revision["checked"]["date"]} if revision["checked"] else set()
        for versions in place["policies"].values():
            days |= {correction["on"] for version in versions for correction in version["corrections"]}
    return max((day for day in days if day), default="")


def held(bundle: Json, versions: list[Json]) -> list[Held]:
    """Return the version in force on the known day and those that begin after it, in order."""
    known = bundle.get(KNOWN, "")
    begun = [index for index, version in enumerate(versions) if begins(version) <= known]
    start = begun[-1] if begun else 0
    found = []
    for index in range(start, len(versions)):
        following = versions[index + 1 : index + 2]
        sure = index == start and bool(begun)
        found.append(
            Held(
                versions[index],
                "" if sure else begins(versions[index]),
                day_before(following[0]["start"]) if following else "",
            )
        )
    return found


def current(bundle: Json, place: Json) -> dict[str, Json]:
    """Return the version of each policy of a place that was in force on the known day, else its first one."""
    return {policy: held(bundle, versions)[0].version for policy, versions in place["policies"].items()}


def in_force(place: Json, day: str) -> list[Json]:
    """Return the versions of a place that are in force on a day, but for those that ended; on ``""`` the first ones."""
    started = [[each for each in versions if begins(each) <= day][-1:] for versions in place["policies"].values()]
    return [version for found in started for version in found if not version["ends"]]


def vouched(place: Json) -> list[tuple[str, str]]:
    """Return up to when the documents of a place vouch for its rules, from each day on which a rule begins.

    The first entry begins with ``""``; so is a last day that nothing tells of.
    """
    starts = sorted({"", *(begins(each) for versions in place["policies"].values() for each in versions)})
    found: list[tuple[str, str]] = []
    for start in starts:
        days = [each["confirmed_until"] or begins(each) for each in in_force(place, start)]
        last = max(days, default="")
        if not found or found[-1][1] != last:
            found.append((start, last))
    return found


def timed[Said](bundle: Json, versions: list[Json], say: Callable[[Json], Said]) -> list[Timed[Said]]:
    """Return what is said of a policy, version by version; versions of which the same is said are one."""
    found: list[Timed[Said]] = []
    for each in held(bundle, versions):
        said = say(each.version)
        if found and found[-1].said == said:
            found[-1] = Timed(said, found[-1].first, each.last)
        else:
            found.append(Timed(said, each.first, each.last))
    return found


def ahead(bundle: Json, place: Json) -> dict[str, list[str]]:
    """Return the days after the known one on which versions of a place begin, and which policies' they are."""
    days: dict[str, list[str]] = {}
    for policy, versions in place["policies"].items():
        for each in held(bundle, versions):
            if each.first:
                days.setdefault(each.first, []).append(policy)
    return dict(sorted(days.items()))


def announced_until(bundle: Json, day: str) -> str:
    """Return the day before one that may lie ahead; ``""`` if it is past."""
    return day_before(day) if day > bundle.get(KNOWN, "") else ""


def begins(version: Json) -> str:
    """Return the first day of a version; ``""``, before every day, where it is not known."""
    return version["start"] or ""


def day_before(day: str) -> str:
    """Return the day before a day (``2016-01-01``)."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def day_after(day: str) -> str:
    """Return the day after a day."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
