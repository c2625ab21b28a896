"""Validity of texts: the days on which they apply, in words, and as ISO dates for the page's script."""

from typing import Any

from mingbai.bundle.timeline import KNOWN, EffectiveVersion, TimedContent, build_timeline, day_after
from mingbai.pages.wording.language import Json, Language


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


def summarize_versions(bundle: Json, versions: list[Json], language: Language) -> list[Json]:
    """Return the summary of a policy for each relevant period; with its title where the title changes too."""
    titles = build_timeline(bundle, versions, lambda version: language.text(version["title"]))

    def say(version: Json) -> str:
        text = language.say("moment.ends") if version["ends"] else language.text(version["summary"])
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
