"""States of a version: what a page says of it before its figures. The words are in the catalogue (`state`)."""

from dataclasses import dataclass
from typing import Any

from mingbai.bundle.timeline import KNOWN, day_after, day_before, start_day

type Json = dict[str, Any]

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
