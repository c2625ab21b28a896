"""Everything that changed from one version of a policy to the next, in words, part by part."""

from dataclasses import dataclass

from mingbai.pages.policy.history import Change, changes, gone
from mingbai.pages.policy.kinds import how_much
from mingbai.pages.wording.language import Json, Language

PARTS = ("who", "when", "papers", "where", "steps", "words")
"""What is told as phrases; `papers`, `where` and `steps` are how to apply."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """What is no longer said, and what is said now."""

    less: list[str]
    more: list[str]


@dataclass(frozen=True, slots=True)
class Differences:
    """What changed: figures by group of people, rows that are gone, and phrases by part (`PARTS`).

    `confirmed` (until when the papers show it: "" where they do not say) and `kind` are pairs, before and after.
    """

    ends: bool
    confirmed: tuple[str, str] | None
    kind: tuple[str, str] | None
    figures: dict[str, list[Change]]
    gone: list[str]
    phrases: dict[str, Phrases]


def differences(old: Json, new: Json, language: Language) -> Differences:
    """Return what changed from the version `old` to `new`."""
    days = [language.day(each["confirmed_until"]) if each["confirmed_until"] else "" for each in (old, new)]
    kinds = [language.say(f"policy.how_much_{each['kind']}") for each in (old, new)]
    said = {part: [language.speaker.phrases(each[part]) for each in (old, new)] for part in ("who", "when")}
    for part in ("papers", "where", "steps"):
        said[part] = [_applying(each, part, language) for each in (old, new)]
    said["words"] = [_notes(each, language) for each in (old, new)]
    phrases = {part: _phrases(*said[part]) for part in PARTS}
    return Differences(
        new["ends"] and not old["ends"],
        (days[0], days[1]) if days[0] != days[1] else None,
        (kinds[0], kinds[1]) if old["kind"] != new["kind"] else None,
        changes(old, new, language),
        gone(old, new, language),
        {part: each for part, each in phrases.items() if each.less or each.more},
    )


def _applying(version: Json, part: str, language: Language) -> list[str]:
    """Return what is said of how to apply."""
    told = (version["apply"] or {}).get(part) or []
    return [language.text(each) for each in (told if isinstance(told, list) else [told])]


def _phrases(before: list[str], after: list[str]) -> Phrases:
    return Phrases([text for text in before if text not in after], [text for text in after if text not in before])


def _notes(version: Json, language: Language) -> list[str]:
    """Return what is said of a version beside its figures: who pays, of what, how often."""
    how = how_much(version, language)
    unit = language.say("amount.unit", unit=language.term("units", version["unit"]))
    pairs = [f"{name}{language.say('mark.colon')}{text}" for name, text in how.pairs]
    return list(dict.fromkeys([*pairs, *how.notes, unit]))
