"""The empty list that `mingbai new households` writes, with a row of notes on how to fill it in."""

import csv
import io

from mingbai.i18n.catalogue import Catalogue
from mingbai.i18n.languages import WRITTEN
from mingbai.pages.wording.language import Language
from mingbai_calculator.law.vocabulary import FactDefinition
from mingbai_calculator.result.phrases import Speaker

_NOTE_PREFIX = "#"
_BILL_GROUPS = ("visit", "money", "year")
"""Groups of facts that few lists have: not in the template, but a column may be added."""


def is_note(text: str) -> bool:
    """Tell whether the row that begins with a text is the template's own row of notes."""
    notes = (Catalogue(lang).say("cards.list.household_note") for lang in WRITTEN.selected)
    return text in [_NOTE_PREFIX + note for note in notes]


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
            _NOTE_PREFIX + notes[0],
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
