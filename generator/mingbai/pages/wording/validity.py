"""Validity of texts: the days on which they apply, in words, and as ISO dates for the page's script.

How old and how sure a rule is (`describe_rules`) is worded by the calculator, for pages and cards too.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from mingbai.bundle.timeline import (
    KNOWN,
    EffectiveVersion,
    TimedContent,
    day_after,
    find_oldest_check,
)
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.result.validity import Used, Validity, describe_validity, say_contacts

SPAN_MARK = "<!-- years of the rules -->"
"""Stands on a page by hand in place of `describe_span`."""


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


def describe_rules(bundle: Json, place: Json, versions: Sequence[Json], day: str, language: Language) -> Validity:
    """Return how far versions of a place hold for someone who reads them on `day` (ISO text), in sentences.

    Each version is taken as the one that is used on that day; the first sentence is short enough for a mark or a foot.
    """
    on = date.fromisoformat(day)
    used = [
        Used(f"{place['id']}/{policy}", version["id"], on)
        for policy, of_policy in place["policies"].items()
        for version in of_policy
        if any(version is each for each in versions)
    ]
    return describe_validity(bundle, place["id"], on, used, language.speaker)


def describe_rules_later(bundle: Json, place: Json, versions: Sequence[Json], language: Language) -> list[str]:
    """Return the sentences for readers after the last confirmed day, as on paper; none where no such day is known."""
    days = [version["confirmed_until"] for version in versions if version["confirmed_until"]]
    return describe_rules(bundle, place, versions, day_after(max(days)), language).sentences if days else []


def describe_span(bundle: Json, language: Language) -> str:
    """Return from which year to which the rules of this site are, and whom to ask for today's; ``""`` without rules."""
    versions = [
        version
        for place in bundle["places"].values()
        for of_policy in place["policies"].values()
        for version in of_policy
        if not version["ends"]
    ]
    days = [day for version in versions for day in (version["start"], version["confirmed_until"]) if day]
    if not days:
        return ""
    first, last = min(days)[:4], max(days)[:4]
    ask = say_whom_to_ask([], language)
    if first == last:
        return language.say("home.span_year", year=first, ask=ask)
    return language.say("home.span", first=first, last=last, ask=ask)


def say_whom_to_ask(topics: Sequence[str], language: Language) -> str:
    """Return which offices to ask today about these topics, with their hotlines (``contacts`` of ``terms.yaml``)."""
    return say_contacts(topics, language.speaker)


def describe_old_office(place: Json, language: Language) -> str:
    """Return the sentence that names the office of the text, which may be gone, or the one that we infer."""
    assessed = (place["certainties"] or {}).get("office")
    office = language.text(place["office"]["name"])
    if assessed and assessed["certainty"] != "stated":
        return language.say("place.office_inferred", office=office)
    return language.say("place.office_of_text", office=office)


def describe_confirmed(version: Json, language: Language) -> str:
    """Return until when a version is vouched for, or is counted; ``""`` where no last day is given."""
    if version["confirmed_until"] is None:
        return ""
    return language.say(f"policy.confirmed_{version['confirmed']}", date=language.day(version["confirmed_until"]))


def explain_confirmed(version: Json, language: Language) -> str:
    """Return why the last day is not the text's own; ``""`` where the text states it, or nothing is said of it."""
    assessed = (version["certainties"] or {}).get("confirmed_until")
    return language.text(assessed["because"]) if assessed and assessed["certainty"] != "stated" else ""


def make_warning(bundle: Json, place: Json, versions: Sequence[Json], last: str, language: Language) -> Json | None:
    """Return the warning from the day on which rules are no longer confirmed; None if they end (`last`) before."""
    days = [version["confirmed_until"] for version in versions if version["confirmed_until"]]
    if not days or (last and last <= max(days)):
        return None
    first = day_after(max(days))
    past = first <= bundle.get(KNOWN, "")
    sentences = [*describe_rules_later(bundle, place, versions, language), describe_old_office(place, language)]
    return {
        "text": language.say("mark.space").join(sentences),
        "first": "" if past else first,
        "last": last,
        "past": past,
    }


def describe_check(bundle: Json, versions: Iterable[Json], language: Language) -> str:
    """Return when somebody last looked whether the sources of some versions still hold; ``""`` if nobody does."""
    day = find_oldest_check(bundle, versions)
    return language.say("policy.checked", date=language.day(day)) if day else ""
