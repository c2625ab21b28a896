"""Columns of a household list: household number, member name, and facts by id or by name."""

import csv
import io
from dataclasses import dataclass, field

from mingbai.cards.households.cell_values import normalize_heading
from mingbai.cards.households.spreadsheet import NOTE_PREFIX, SheetError, SheetRow
from mingbai.diagnostics.problem import find_nearest
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.law.vocabulary import FactDefinition
from mingbai_calculator.result.phrases import Speaker

HOUSEHOLD, MEMBER = "household", "member"
_OWN_HEADINGS = {
    HOUSEHOLD: ("户号", "户编号", "家庭编号", "户", "household", "household_id"),
    MEMBER: ("姓名", "名字", "家庭成员", "成员姓名", "member", "name"),
}
"""Headings of the columns that are no facts."""
_NOT_IN_A_CELL = ("items",)
"""Facts that do not fit into one cell."""
_BILL_GROUPS = ("visit", "money", "year")
"""Groups of facts that few lists have: not in the template, but a column may be added."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Column index (from 0) and heading of each fact, household and member; `unknown` are columns not read."""

    index: dict[str, int]
    headings: dict[str, str]
    unknown: list[tuple[str, str | None]] = field(default_factory=list)
    """Each with the most similar known name, if there is one."""

    @property
    def facts(self) -> list[str]:
        """The facts that have a column."""
        return [name for name in self.index if name not in _OWN_HEADINGS]


def read_columns(header: SheetRow, vocabulary: Json) -> Columns:
    """Return the columns. Raises `SheetError` without a household column, or with two columns for one thing."""
    names_by_word = _index_headings(vocabulary)
    index: dict[str, int] = {}
    headings: dict[str, str] = {}
    unknown = []
    for number, heading in enumerate(header.cells):
        word = normalize_heading(heading)
        name = names_by_word.get(word)
        if not word:
            continue
        if name is None:
            suggestion = find_nearest(word, tuple(names_by_word))
            unknown.append((heading, suggestion and _display_name(names_by_word[suggestion], vocabulary)))
        elif name in index:
            raise SheetError("twice", column=heading)
        else:
            index[name], headings[name] = number, heading
    if HOUSEHOLD not in index:
        raise SheetError("no_household", column=_OWN_HEADINGS[HOUSEHOLD][0])
    return Columns(index, headings, unknown)


def _index_headings(vocabulary: Json) -> dict[str, str]:
    """Return what each normalized heading stands for."""
    names_by_word = {}
    for name, fact in vocabulary.items():
        if name not in _NOT_IN_A_CELL:
            for word in (name, *fact["name"].values(), *(fact.get("was") or [])):
                names_by_word[normalize_heading(word)] = name
    return names_by_word | {normalize_heading(word): name for name, words in _OWN_HEADINGS.items() for word in words}


def _display_name(name: str, vocabulary: Json) -> str:
    return _OWN_HEADINGS[name][0] if name in _OWN_HEADINGS else vocabulary[name]["name"]["zh"]


def make_template(names: list[str], wording: Language) -> str:
    """Return an empty list (CSV, with BOM), and below its header a row of notes on how to fill it in.

    It has a column for the household, for the member, and for each fact of `names` that is about people.
    """
    speaker = wording.speaker
    columns = [name for name in names if speaker.facts[name].shared or speaker.facts[name].group not in _BILL_GROUPS]
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(
        [wording.say("cards.list.household"), wording.say("cards.list.member"), *map(speaker.fact, columns)]
    )
    notes = [wording.say("cards.list.household_note"), wording.say("cards.list.member_note")]
    writer.writerow(
        [
            NOTE_PREFIX + notes[0],
            notes[1],
            *(_make_note(speaker.facts[name], name, wording, speaker) for name in columns),
        ]
    )
    return "\ufeff" + buffer.getvalue()  # Excel needs the BOM to read UTF-8


def _make_note(fact: FactDefinition, name: str, wording: Language, speaker: Speaker) -> str:
    """Return the note on what to write into a column."""
    if fact.type in ("choice", "list"):
        options = wording.say("cards.list.or").join(speaker.option(name, option) for option in fact.options)
        return wording.say("cards.list.note_list" if fact.type == "list" else "cards.list.note_choice", options=options)
    if fact.type == "whole":
        return wording.say("cards.list.note_whole", low=fact.low, high=fact.high or "")
    return wording.say(f"cards.list.notes.{fact.type}")
