"""What the command says of a household list: each fault, what was skipped, filled or taken apart, and how many rows."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from mingbai.cards.households.cells import RowId
from mingbai.cards.households.people import BadRow
from mingbai.cards.households.rows import HouseholdList
from mingbai.diagnostics.messages import make_printable
from mingbai.pages.wording.language import Language

MAX_FAULTS = 100
"""Most faults that are printed."""
MAX_LISTED = 12
"""Most row numbers, or allowed words, that a message lists."""
_LONG_NUMBER = re.compile(r"\d{9,}")
"""Something personal where a heading should be."""


@dataclass(slots=True)
class ListReport:
    """Messages about a household list: a line for each fault, at most `MAX_FAULTS`, and notes."""

    bad_rows: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def make_report(household_list: HouseholdList, wording: Language) -> ListReport:
    """Word what happened to the rows of a list; for privacy no message repeats a cell of a row."""
    return _Reporter(household_list, wording).make_report()


def describe_characters(characters: str) -> str:
    """Return characters with their code points: ``𠮷 U+20BB7``."""
    return ", ".join(f"{character} U+{ord(character):04X}" for character in characters)


class _Reporter:
    """Words the report of one list."""

    def __init__(self, household_list: HouseholdList, wording: Language) -> None:
        self.list, self.wording = household_list, wording
        self.names_sheets = len(household_list.sheets) > 1

    def make_report(self) -> ListReport:
        """Return the report."""
        order = {sheet: number for number, sheet in enumerate(self.list.sheets)}
        bad_rows = sorted(self.list.bad_rows, key=lambda bad_row: (order[bad_row.at.sheet], bad_row.at.row))
        report = ListReport([self._describe(bad_row) for bad_row in bad_rows[:MAX_FAULTS]])
        if len(bad_rows) > MAX_FAULTS:
            report.bad_rows.append(self.wording.say("cards.list.more", count=len(bad_rows) - MAX_FAULTS))
        unknown = [_hide_numbers(make_printable(heading)) for heading in self.list.unknown_columns]
        if unknown:
            report.notes.append(self.wording.say("cards.list.not_read", columns=self._join(unknown)))
        unread = [
            self.wording.say(f"cards.list.unread_why.{why}", sheet=make_printable(sheet))
            for sheet, why in self.list.unread
        ]
        if unread:
            report.notes.append(self.wording.say("cards.list.unread", sheets=self._join(unread)))
        report.notes += [
            self.wording.say(f"cards.list.rows.{key}", rows=self._rows(rows)) for key, rows in self.list.notes.items()
        ]
        report.notes += self._skipped()
        read = self.list.used + self.list.refused + len(self.list.skipped)
        report.notes.append(
            self.wording.say(
                "cards.list.counts",
                read=read,
                used=self.list.used,
                refused=self.list.refused,
                skipped=len(self.list.skipped),
            )
        )
        return report

    def _skipped(self) -> list[str]:
        rows_by_reason: dict[str, list[RowId]] = defaultdict(list)
        for skipped in self.list.skipped:
            rows_by_reason[skipped.why].append(skipped.at)
        kinds = [
            self.wording.say(f"cards.list.kinds.{why}", rows=self._rows(rows)) for why, rows in rows_by_reason.items()
        ]
        return (
            [self.wording.say("cards.list.skipped", kinds=self.wording.say("cards.and").join(kinds))] if kinds else []
        )

    def _describe(self, bad_row: BadRow) -> str:
        why = self._explain(bad_row)
        if bad_row.nearest is not None:
            why += self.wording.say("cards.list.did_you_mean", nearest=bad_row.nearest)
        elif bad_row.expected and len(bad_row.expected) <= MAX_LISTED:
            why += self.wording.say("cards.list.expected", words=self._join(bad_row.expected))
        column, row = _hide_numbers(make_printable(bad_row.column)), bad_row.at.row
        if self.names_sheets:
            return self.wording.say(
                "cards.list.bad_row_of_sheet", sheet=make_printable(bad_row.at.sheet), row=row, column=column, why=why
            )
        return self.wording.say("cards.list.bad_row", row=row, column=column, why=why)

    def _explain(self, bad_row: BadRow) -> str:
        if not bad_row.characters:
            return self.wording.say(f"cards.list.why.{bad_row.key}")
        characters = describe_characters(bad_row.characters)
        if not bad_row.household:
            return self.wording.say("cards.list.no_glyph", characters=characters)
        return self.wording.say("cards.list.no_glyph_in_household", characters=characters, household=bad_row.household)

    def _rows(self, rows: list[RowId]) -> str:
        """Return the numbers of rows, at most `MAX_LISTED`, by sheet if several were read."""
        numbers_by_sheet: dict[str, list[str]] = defaultdict(list)
        for at in rows[:MAX_LISTED]:
            numbers_by_sheet[at.sheet].append(str(at.row))
        by_sheet = {sheet: ", ".join(numbers) for sheet, numbers in numbers_by_sheet.items()}
        if self.names_sheets:
            by_sheet = {
                sheet: self.wording.say("cards.list.rows_of_sheet", sheet=make_printable(sheet), rows=numbers)
                for sheet, numbers in by_sheet.items()
            }
        return ", ".join(by_sheet.values()) + ("…" if len(rows) > MAX_LISTED else "")

    def _join(self, words: Iterable[str]) -> str:
        return self.wording.say("mark.comma").join(words)


def _hide_numbers(text: str) -> str:
    return _LONG_NUMBER.sub("…", text)
