"""What is so on some days only, as pages say it: with its days in words, and as dates that a script compares."""

from typing import Any

from mingbai.bundle.timeline import KNOWN, Held, Timed, day_after, timed
from mingbai.pages.wording.language import Json, Language


def when(each: Held | Timed[Any], language: Language) -> str:
    """Say on which days something is so; ``""`` where that is any day."""
    return days(each.first, each.last, language)


def days(first: str, last: str, language: Language) -> str:
    """Say from which day, and until which, something is so; ``""`` is an end that is open."""
    if first and last:
        return language.say("moment.from_until", first=language.day(first), last=language.day(last))
    if first:
        return language.say("moment.from", date=language.day(first))
    return language.say("moment.until", date=language.day(last)) if last else ""


def spans(found: list[Timed[str]], language: Language) -> list[Json]:
    """Return texts with their days as templates need them."""
    return [{"text": each.said, "first": each.first, "last": each.last, "when": when(each, language)} for each in found]


def told(bundle: Json, versions: list[Json], language: Language) -> list[Json]:
    """Return the sentence on a policy, one for each of the times that matter; with its title where that changes too."""
    titles = timed(bundle, versions, lambda version: language.text(version["title"]))

    def say(version: Json) -> str:
        text = language.say("moment.ends") if version["ends"] else language.text(version["summary"])
        renamed = len(titles) > 1 and not version["ends"]
        return language.say("moment.titled", title=language.text(version["title"]), text=text) if renamed else text

    return spans(timed(bundle, versions, say), language)


def warning(bundle: Json, confirmed_until: str | None, last: str, language: Language) -> Json | None:
    """Return from which day on nothing shows that a rule still holds; None if it ends (`last`) before that."""
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
