"""State of a version in words: what a page says before its figures, and the short mark of a policy in lists."""

from mingbai.bundle.comparison import LONG_AGO
from mingbai.bundle.timeline import (
    KNOWN,
    VersionState,
    build_timeline,
    day_before,
    list_effective_versions,
    list_states,
)
from mingbai.pages.wording.language import Json, Language
from mingbai.pages.wording.validity import describe_rules, make_dated_texts, make_warning
from mingbai_calculator.law.kinds import MissingPartError


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
            "title": _say_title(bundle, versions[index], state, language),
            "says": _describe_state(bundle, place, versions, index, state, language),
            "first": state.first,
            "last": state.last,
        }
        for state in list_states(bundle, place, versions, index, permanent=permanent)
    ]


def _say_title(bundle: Json, version: Json, state: VersionState, language: Language) -> str:
    """Return the first, short sentence about a state of a version."""
    if state.name == "unconfirmed":
        ahead = state.first > bundle.get(KNOWN, "")
        return language.say("moment.unconfirmed" if ahead else "policy.unconfirmed")
    if state.name == "before_any_document":
        return language.say("state.before_any_document")
    if not state.day:
        return language.say("state.in_force_undated")
    return language.say(_TITLES[_name_wording(version, state)], date=language.day(state.day))


def _say_mark(version: Json, state: VersionState, language: Language, *, replaces: bool) -> str:
    """Return the short mark of a state of a version; `replaces`: there is a version before."""
    if state.name == "unconfirmed" and version["confirmed"] != "stated":
        return language.say("state.unconfirmed.mark_inferred", year=state.day[:4])
    if not state.day:
        return language.say("state.in_force_undated")
    if state.name == "announced" and replaces:
        return language.say("state.announced.change_mark", date=language.day(state.day))
    return language.say(_MARKS[_name_wording(version, state)], date=language.day(state.day))


def _name_wording(version: Json, state: VersionState) -> str:
    """Return the key of the words of a state: those of a first day that is inferred are others."""
    inferred = version["started"] and version["started"]["certainty"] != "stated"
    return "in_force_inferred" if state.name == "in_force" and inferred else state.name


_TITLES = {
    "announced": "state.announced.title",
    "in_force": "state.in_force.title",
    "in_force_inferred": "state.in_force_inferred.title",
    "superseded": "state.superseded.title",
    "ended": "state.ended.title",
}
_MARKS = {
    "announced": "state.announced.mark",
    "in_force": "state.in_force.mark",
    "in_force_inferred": "state.in_force_inferred.mark",
    "unconfirmed": "state.unconfirmed.mark",
    "ended": "state.ended.mark",
}


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
        case "unconfirmed":
            warning = make_warning(bundle, place, [version], state.last, language)
            return "" if warning is None else warning["text"]
        case "before_any_document":
            first, *_ = describe_rules(bundle, place, [version], day_before(state.day), language).sentences
            return first
        case _:
            day = state.day or bundle.get(KNOWN, "") or place["first_day"] or LONG_AGO
            first, *_ = describe_rules(bundle, place, [version], day, language).sentences
            return first


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
    found = {
        state.name: (versions[index], state)
        for index in range(len(versions) - len(effective), len(versions))
        for state in list_states(bundle, place, versions, index, permanent=False)
        if state.name != "unconfirmed" or state.first <= known
    }
    name = next((name for name in _MARK_ORDER if name in found), "")
    if not name:
        return ""
    version, state = found[name]
    return _say_mark(version, state, language, replaces=len(effective) > 1)


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
