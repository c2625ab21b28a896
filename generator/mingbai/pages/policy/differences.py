"""Differences between two versions of a policy in words: figures by group of people, phrases by topic."""

from dataclasses import dataclass

from mingbai.bundle.law import get_version_law
from mingbai.pages.policy.history import VersionChange, list_changes, list_removed_rows
from mingbai.pages.policy.kinds import describe_benefit, describe_heading
from mingbai.pages.wording.language import Json, Language

PHRASE_TOPICS = ("who", "when", "papers", "where", "steps", "words")
"""The topics compared as phrases; `papers`, `where` and `steps` are how to apply."""


@dataclass(frozen=True, slots=True)
class PhraseChanges:
    """Phrases of the old version only, and of the new version only."""

    removed: list[str]
    added: list[str]


@dataclass(frozen=True, slots=True)
class Differences:
    """What changed: figures by group of people, removed rows, and phrases by topic (`PHRASE_TOPICS`).

    `confirmed` (the day until which sources confirm it, in words; "" where they do not say) and `kind` are pairs of
    before and after; None where they are equal.
    """

    ends: bool
    confirmed: tuple[str, str] | None
    kind: tuple[str, str] | None
    figures: dict[str, list[VersionChange]]
    removed_rows: list[str]
    phrases: dict[str, PhraseChanges]


def compare_versions(old: Json, new: Json, language: Language) -> Differences:
    """Return what changed from the version `old` to `new`."""
    confirmed = [
        language.day(version["confirmed_until"]) if version["confirmed_until"] else "" for version in (old, new)
    ]
    kinds = [describe_heading(version["kind"], language) for version in (old, new)]
    laws = [get_version_law(version) for version in (old, new)]
    texts = {
        "who": [language.speaker.phrases(law.who) for law in laws],
        "when": [language.speaker.phrases(law.when) for law in laws],
    }
    for topic in ("papers", "where", "steps"):
        texts[topic] = [_list_apply_texts(version, topic, language) for version in (old, new)]
    texts["words"] = [_list_notes(version, language) for version in (old, new)]
    phrases = {topic: _compare_phrases(*texts[topic]) for topic in PHRASE_TOPICS}
    return Differences(
        new["ends"] and not old["ends"],
        (confirmed[0], confirmed[1]) if confirmed[0] != confirmed[1] else None,
        (kinds[0], kinds[1]) if old["kind"] != new["kind"] else None,
        list_changes(old, new, language),
        list_removed_rows(old, new, language),
        {topic: changes for topic, changes in phrases.items() if changes.removed or changes.added},
    )


def _list_apply_texts(version: Json, part: str, language: Language) -> list[str]:
    """Return the texts of a topic on how to apply."""
    texts = (version["apply"] or {}).get(part) or []
    return [language.text(text) for text in (texts if isinstance(texts, list) else [texts])]


def _compare_phrases(before: list[str], after: list[str]) -> PhraseChanges:
    return PhraseChanges([text for text in before if text not in after], [text for text in after if text not in before])


def _list_notes(version: Json, language: Language) -> list[str]:
    """Return the notes of a version besides its figures: who pays, of what, how often."""
    benefit = describe_benefit(version, language)
    unit = language.say("amount.unit", unit=language.term("units", version["unit"]))
    pairs = [f"{name}{language.say('mark.colon')}{text}" for name, text in benefit.pairs]
    return list(dict.fromkeys([*pairs, *benefit.notes, unit]))
