"""The columns of a list of households: a household's number, a member's name, and facts by their ids or their names."""

import csv
import io
from dataclasses import dataclass, field

from mingbai.cards.households.cell_values import same_word
from mingbai.cards.households.spreadsheet import NOTE, Row, SheetError
from mingbai.cards.model.words import Voice
from mingbai.diagnostics.problem import nearest
from mingbai.pages.wording.language import Json
from mingbai_calculator.result.phrases import Speaker

HOUSEHOLD, MEMBER = "household", "member"
_ALSO = {
    HOUSEHOLD: ("户号", "户编号", "家庭编号", "户", "household", "household_id"),
    MEMBER: ("姓名", "名字", "家庭成员", "成员姓名", "member", "name"),
}
_NOT_ASKED = ("items",)
"""Facts that one cell cannot hold."""
_OF_A_BILL = ("visit", "money", "year")
"""The groups of facts that few lists have; a column may be added."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what (from 0), as the header names it; `unknown` are those that nobody reads."""

    index: dict[str, int]
    headings: dict[str, str]
    unknown: list[tuple[str, str | None]] = field(default_factory=list)
    """Each with the nearest name that would be read, if there is one."""

    @property
    def facts(self) -> list[str]:
        """The facts that have a column."""
        return [name for name in self.index if name not in _ALSO]


def read_columns(header: Row, vocabulary: Json) -> Columns:
    """Return the columns. Raises `SheetError` where there is none for the household, or two for one thing."""
    words = _words(vocabulary)
    index: dict[str, int] = {}
    headings: dict[str, str] = {}
    unknown = []
    for number, heading in enumerate(header.cells):
        word = same_word(heading)
        name = words.get(word)
        if not word:
            continue
        if name is None:
            close = nearest(word, tuple(words))
            unknown.append((heading, close and _shown(words[close], vocabulary)))
        elif name in index:
            key = "twice"
            raise SheetError(key, column=heading)
        else:
            index[name], headings[name] = number, heading
    if HOUSEHOLD not in index:
        key = "no_household"
        raise SheetError(key, column=_ALSO[HOUSEHOLD][0])
    return Columns(index, headings, unknown)


def _words(vocabulary: Json) -> dict[str, str]:
    """Return what each heading stands for."""
    words = {}
    for name, fact in vocabulary.items():
        if name not in _NOT_ASKED:
            for word in (name, *fact["name"].values(), *(fact.get("was") or [])):
                words[same_word(word)] = name
    return words | {same_word(word): name for name, also in _ALSO.items() for word in also}


def _shown(name: str, vocabulary: Json) -> str:
    return _ALSO[name][0] if name in _ALSO else vocabulary[name]["name"]["zh"]


def template(names: list[str], voice: Voice) -> str:
    """Return an empty list (CSV): a column for each of the facts `names` that is about people, and what goes in it."""
    speaker = voice.language.speaker
    asked = [
        name for name in names if speaker.facts[name].get("shared") or speaker.facts[name]["group"] not in _OF_A_BILL
    ]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([voice.say("list.household"), voice.say("list.member"), *map(speaker.fact, asked)])
    notes = [voice.say("list.household_note"), voice.say("list.member_note")]
    writer.writerow([NOTE + notes[0], notes[1], *(_note(speaker.facts[name], name, voice, speaker) for name in asked)])
    return "\ufeff" + out.getvalue()  # with the mark Excel reads it as UTF-8


def _note(fact: Json, name: str, voice: Voice, speaker: Speaker) -> str:
    """Say what to write into a column."""
    if fact["type"] in ("choice", "list"):
        options = voice.say("list.or").join(speaker.option(name, option) for option in fact["options"])
        return voice.say(f"list.note_{fact['type']}", options=options)
    if fact["type"] == "whole":
        return voice.say("list.note_whole", low=fact.get("low") or 0, high=fact.get("high") or "")
    return voice.say(f"list.note_{fact['type']}")
