"""Validity of texts: the days on which they apply, in words, and as ISO dates for the page's script."""

from typing import Any

from mingbai.bundle.states import VersionState, list_states
from mingbai.bundle.timeline import (
    KNOWN,
    EffectiveVersion,
    TimedContent,
    build_timeline,
    day_after,
    day_before,
    list_effective_versions,
)
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.law.kinds import MissingPartError


def describe_days(timed: EffectiveVersion | TimedContent[Any], language: Language) -> str:
    """Return in words on which days a version or text applies; ``""`` where it always does."""
    return describe_period(timed.first, timed.last, language)


def describe_period(first: str, last: str, language: Language) -> str:
    """Return in words from which day to which (ISO text; ``""``: open end) something applies."""
    if first and last:
        return language.say("moment.from_until", first=language.day(first), last=language.day(last))
    if first:
        return language.say("moment.from", date=language.day(first))
    return language.say("moment.until", date=language.day(last)) if last else ""


def make_dated_texts(texts: list[TimedContent[str]], language: Language) -> list[Json]:
    """Return texts and their days as template variables."""
    return [
        {"text": text.content, "first": text.first, "last": text.last, "when": describe_days(text, language)}
        for text in texts
    ]


def make_state_notes(  # noqa: PLR0913
    bundle: Json, place: Json, versions: list[Json], index: int, language: Language, *, permanent: bool = False
) -> list[Json]:
    """Return what must be told of a version before its first figure, the weightiest first, as template variables.

    `title` and `says` are sentences that name their days, so that they are true whenever the page is read; `first` and
    `last` are the days on which the page's script shows them.
    """
    return [
        {
            "name": state.name,
            "title": _say_state(bundle, state, "title", language),
            "says": _describe_state(bundle, place, versions, index, state, language),
            "first": state.first,
            "last": state.last,
        }
        for state in list_states(bundle, place, versions, index, permanent=permanent)
    ]


def _say_state(bundle: Json, state: VersionState, part: str, language: Language) -> str:
    """Return the `title` or the short `mark` of a state."""
    key = state.name
    if state.name == "in_force" and not state.day:
        key = "in_force_undated"
    if state.name == "unconfirmed" and part == "title":
        return language.say("moment.unconfirmed" if state.first > bundle.get(KNOWN, "") else "policy.unconfirmed")
    return language.say(f"state.{key}.{part}", date=language.day(state.day) if state.day else "")


def _describe_state(  # noqa: PLR0913, PLR0917
    bundle: Json, place: Json, versions: list[Json], index: int, state: VersionState, language: Language
) -> str:
    """Return the sentence after the title of a state: what holds instead, by which document, whom to ask."""
    version = versions[index]
    match state.name:
        case "ended":
            return describe_ended_kind(version["kind"], language)
        case "announced":
            before = versions[index - 1] if index else None
            return language.say(
                "state.announced.nothing" if before is None or before["ends"] else "state.announced.rule"
            )
        case "superseded":
            return language.say("state.superseded.says", last=language.day(day_before(state.day)))
        case "in_force":
            document = bundle["sources"][version["source"][0]["document"]]["title"]
            return language.say("state.in_force.says", document=language.text(document))
        case "unconfirmed":
            office = language.text(place["office"]["name"])
            return language.say("policy.unconfirmed_text", date=language.day(state.day), office=office)
        case _:
            return language.say(f"state.{state.name}.says")


def describe_ended_kind(kind: str, language: Language) -> str:
    """Return what is no longer given, by kind. Raises MissingPartError if the page catalogue has no sentence for it."""
    try:
        return language.say(f"state.ended.kinds.{kind}")
    except KeyError as error:
        raise MissingPartError(
            kind, "heading", f"generator/mingbai/i18n/catalogues/pages.{language.id}.yaml"
        ) from error


def make_mark(bundle: Json, place: Json, versions: list[Json], language: Language) -> str:
    """Return one short mark with the day of a policy for lists: ended, announced, else how old its document is.

    It names its day, so that it is true before that day and after it.
    """
    effective = list_effective_versions(bundle, versions)
    known = bundle.get(KNOWN, "")
    states = [
        state
        for index in range(len(versions) - len(effective), len(versions))
        for state in list_states(bundle, place, versions, index, permanent=False)
        if state.name != "unconfirmed" or state.first <= known
    ]
    for name in _MARK_ORDER:
        found = next((state for state in reversed(states) if state.name == name), None)
        if found is not None:
            changes = name == "announced" and len(effective) > 1
            return _say_state(bundle, found, "change_mark" if changes else "mark", language)
    return ""


_MARK_ORDER = ("ended", "announced", "unconfirmed", "in_force")
"""A list has room for one mark of a policy: the first of these states that it has."""


def summarize_versions(bundle: Json, versions: list[Json], language: Language) -> list[Json]:
    """Return the summary of a policy for each relevant period; with its title where the title changes too."""
    titles = build_timeline(bundle, versions, lambda version: language.text(version["title"]))

    def say(version: Json) -> str:
        text = describe_ended_kind(version["kind"], language) if version["ends"] else language.text(version["summary"])
        renamed = len(titles) > 1 and not version["ends"]
        return language.say("moment.titled", title=language.text(version["title"]), text=text) if renamed else text

    return make_dated_texts(build_timeline(bundle, versions, say), language)


def make_warning(bundle: Json, confirmed_until: str | None, last: str, language: Language) -> Json | None:
    """Return the warning from the day on which a rule is no longer confirmed; None if it ends (`last`) before."""
    if confirmed_until is None or (last and last <= confirmed_until):
        return None
    first = day_after(confirmed_until)
    past = first <= bundle.get(KNOWN, "")
    return {
        "date": language.day(confirmed_until),
        "first": "" if past else first,
        "last": last,
        "past": past,
    }
