"""Timeline: the versions of a policy that may be in force on the day a page is read, which a build does not know.

A build knows a day that is certainly past (`find_known_day`): the version in force then may still be in force, and so
may all later ones. If that is one version, a page shows it alone; otherwise it shows each with its days, and a script
marks today's (docs/assets/today/today.js). Days are ISO text; ``""`` is an open end. The states of a version are what a
page must say of it before its figures; their words are in the catalogue (`state`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

type Json = dict[str, Any]

KNOWN, PREVIEW = "known", "preview"
"""Keys of the bundle: the day of `find_known_day`; the day of a preview, which then replaces the known day too."""


STATES = ("announced", "in_force", "unconfirmed", "superseded", "ended", "before_any_document")
"""The states of a version, as the result and pages name them; the catalogue has words for each in `state`."""

SURFACES = (
    "policy page",
    "version page",
    "place list",
    "topic page",
    "search hit",
    "list of all",
    "change page",
    "list of changes",
    "feed entry",
    "chat text",
    "notice sheet",
    "diff",
    "text output",
)
"""Where a reader meets a version, besides the answers of the estimator. tests/generator/test_told.py has what each must
say in each state: a new one fails there until it has its sentences."""


@dataclass(frozen=True, slots=True)
class EffectiveVersion:
    """A version, and the days on which it is in force as far as a page must show them; ``""`` is an open end."""

    version: Json
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class TimedContent[Content]:
    """Content that is valid from `first` to `last`; ``""`` is an open end."""

    content: Content
    first: str
    last: str


def find_known_day(bundle: Json, published: Iterable[str] = ()) -> str:
    """Return the latest day that is certainly past: of a publication, a check or a correction; ``""`` if there is none.

    `published` are the days on which addresses of the site were published.
    """
    days = set(published)
    days |= {source["checked"]["on"] for source in bundle.get("sources", {}).values() if "checked" in source}
    for place in bundle["places"].values():
        for revision in place["revisions"]:
            days |= {revision["adopted"], revision["published"]}
            days |= {revision["checked"]["date"]} if revision["checked"] else set()
        for versions in place["policies"].values():
            days |= {correction["on"] for version in versions for correction in version["corrections"]}
            days |= {version["backdated"]["on"] for version in versions if "backdated" in version}
    return max((day for day in days if day), default="")


def find_oldest_check(bundle: Json, versions: Iterable[Json]) -> str:
    """Return the oldest day on which a source of some versions was checked; ``""`` if one of them never was."""
    cited = {source["document"] for version in versions for source in version["source"]}
    days = [bundle["sources"][name].get("checked", {"on": ""})["on"] for name in cited]
    return min(days, default="")


def list_effective_versions(bundle: Json, versions: list[Json]) -> list[EffectiveVersion]:
    """Return the version in force on the known day and those that begin after it, in order."""
    known = bundle.get(KNOWN, "")
    begun = [index for index, version in enumerate(versions) if start_day(version) <= known]
    start = begun[-1] if begun else 0
    effective = []
    for index in range(start, len(versions)):
        following = versions[index + 1 : index + 2]
        in_force_then = index == start and bool(begun)
        effective.append(
            EffectiveVersion(
                versions[index],
                "" if in_force_then else start_day(versions[index]),
                day_before(following[0]["start"]) if following else "",
            )
        )
    return effective


def find_current_versions(bundle: Json, place: Json) -> dict[str, Json]:
    """Return the version of each policy of a place that was in force on the known day, else its first version."""
    return {
        policy: list_effective_versions(bundle, versions)[0].version for policy, versions in place["policies"].items()
    }


def list_versions_in_force(place: Json, day: str) -> list[Json]:
    """Return the versions of a place in force on `day`, without ended policies; on ``""`` those without a first day."""
    latest = [
        [version for version in versions if start_day(version) <= day][-1:] for versions in place["policies"].values()
    ]
    return [version for versions in latest for version in versions if not version["ends"]]


def list_confirmed_periods(place: Json) -> list[tuple[str, str]]:
    """Return (first day, last confirmed day) of each period in which the documents of a place confirm its rules.

    A period begins on a day on which a version begins; the first one with ``""``. A last day that is unknown is ``""``.
    """
    starts = sorted({"", *(start_day(version) for versions in place["policies"].values() for version in versions)})
    periods: list[tuple[str, str]] = []
    for start in starts:
        days = [version["confirmed_until"] or start_day(version) for version in list_versions_in_force(place, start)]
        last = max(days, default="")
        if not periods or periods[-1][1] != last:
            periods.append((start, last))
    return periods


def build_timeline[Content](
    bundle: Json, versions: list[Json], render: Callable[[Json], Content]
) -> list[TimedContent[Content]]:
    """Return the content that `render` gives for each effective version; neighbours with equal content are merged."""
    timeline: list[TimedContent[Content]] = []
    for effective in list_effective_versions(bundle, versions):
        content = render(effective.version)
        if timeline and timeline[-1].content == content:
            timeline[-1] = TimedContent(content, timeline[-1].first, effective.last)
        else:
            timeline.append(TimedContent(content, effective.first, effective.last))
    return timeline


def list_upcoming_changes(bundle: Json, place: Json) -> dict[str, list[str]]:
    """Return the days after the known day on which versions of a place begin, each with the policies concerned."""
    days: dict[str, list[str]] = {}
    for policy, versions in place["policies"].items():
        for effective in list_effective_versions(bundle, versions):
            if effective.first:
                days.setdefault(effective.first, []).append(policy)
    return dict(sorted(days.items()))


def announced_until(bundle: Json, day: str) -> str:
    """Return the last day before a change on `day` that may still lie ahead; ``""`` if `day` is certainly past."""
    return day_before(day) if day > bundle.get(KNOWN, "") else ""


def start_day(version: Json) -> str:
    """Return the first day of a version; ``""``, which sorts before every day, if it is not known."""
    return version["start"] or ""


def day_before(day: str) -> str:
    """Return the day before a day (ISO text)."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def day_after(day: str) -> str:
    """Return the day after a day (ISO text)."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


@dataclass(frozen=True, slots=True)
class VersionState:
    """A state of a version, and the days (ISO text; ``""``: open end) on which it may be shown.

    `day` is the day that its sentence names: the first one, or the last one of `unconfirmed` (until when it is
    confirmed) and of `before_any_document` (from when there are documents). The sentence names its days itself, so that
    it is true on every day that the page is read; without scripts it is always shown.
    """

    name: str
    day: str
    first: str = ""
    last: str = ""


def list_states(bundle: Json, place: Json, versions: list[Json], index: int, *, permanent: bool) -> list[VersionState]:
    """Return the states of a version that a page must name.

    The page of a policy is about the days after the known one. The `permanent` page of a version is about all its days:
    it also says what replaced it, and that no document is from before the first one.
    """
    version, known = versions[index], bundle.get(KNOWN, "")
    if version["ends"]:
        return [VersionState("ended", start_day(version))]
    following = versions[index + 1] if index + 1 < len(versions) else None
    replaced = following is not None and following["start"] <= known
    confirmed, last = version["confirmed_until"], day_before(following["start"]) if following else ""
    vouched_for = confirmed is None or replaced or bool(last and last <= confirmed)
    unconfirmed_since = "" if vouched_for else day_after(confirmed)
    states = []
    if following is not None and (permanent or following["ends"]):
        states.append(VersionState("ended" if following["ends"] else "superseded", following["start"]))
    if start_day(version) > known:
        states.append(VersionState("announced", start_day(version)))
    elif not replaced and not (unconfirmed_since and unconfirmed_since <= known):
        states.append(VersionState("in_force", start_day(version), "", confirmed or last))
    if unconfirmed_since:
        first = unconfirmed_since if unconfirmed_since > known else ""
        states.append(VersionState("unconfirmed", confirmed, first, last))
    if version["start"] is None and permanent and place["first_day"]:
        states.append(VersionState("before_any_document", place["first_day"]))
    return states


def has_ended(bundle: Json, versions: list[Json]) -> bool:
    """Return whether a policy has certainly ended: the version of the known day ends it, and none follows."""
    return bool(versions[-1]["ends"]) and start_day(versions[-1]) <= bundle.get(KNOWN, "")
