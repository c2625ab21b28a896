"""Group the rows of a household list into households; every row is used, refused or skipped, and each is reported."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from mingbai.cards.households.cells import RowId, Sheet
from mingbai.cards.households.columns import HOUSEHOLD, MEMBER, index_headings, no_household_column
from mingbai.cards.households.household import Household, label_households
from mingbai.cards.households.numbering import MOVED, Numbered, make_key, number_rows
from mingbai.cards.households.people import BadRow, MemberRow, read_member
from mingbai.cards.households.spreadsheet import read_sheets
from mingbai.cards.households.tables import Part, SkippedRow, find_parts
from mingbai.pages.wording.language import Json
from mingbai_calculator.request.request import MAX_MEMBERS


@dataclass(slots=True)
class HouseholdList:
    """A list as it was read: households in the order of the file, and what the command says of each row.

    Every row that is not empty, of the sheets that were read, is in one of: the members of `households`, `bad_rows`,
    `skipped`. `unread` are sheets that were not read, with the reason.
    """

    households: list[Household] = field(default_factory=list)
    bad_rows: list[BadRow] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)
    unknown_columns: list[str] = field(default_factory=list)
    notes: dict[str, list[RowId]] = field(default_factory=lambda: defaultdict(list))
    """Rows to look at, by the key of the message: ``again``, ``apart``, ``alike``, ``merged``, ``filled``, ``age``."""

    @property
    def used(self) -> int:
        """The number of rows on cards."""
        return sum(len(household.members) for household in self.households)

    @property
    def refused(self) -> int:
        """The number of refused rows."""
        headings = {skipped.at for skipped in self.skipped}
        return len({bad_row.at for bad_row in self.bad_rows} - headings)


def read_household_list(file: Path, vocabulary: Json, day: date) -> HouseholdList:
    """Read a household list; ages are those on `day`. Raises `SheetError` if the file as a whole cannot be read."""
    result = HouseholdList()
    names = index_headings(vocabulary)
    for sheet in read_sheets(file):
        parts = find_parts(sheet, names, vocabulary, result.skipped)
        if parts or any(skipped.at.sheet == sheet.name for skipped in result.skipped):
            result.sheets.append(sheet.name)
            _Reader(result, vocabulary, day).read_sheet(parts)
        else:
            result.unread.append((sheet.name, _why_unread(sheet)))
    if not result.sheets:
        raise no_household_column()
    _note_alike(result)
    result.households = [household for household in result.households if household.members]
    label_households(result.households)
    return result


def _why_unread(sheet: Sheet) -> str:
    return sheet.unread or ("no_household" if sheet.rows else "empty")


class _Reader:
    """Reads the parts of one sheet into the households of a list."""

    def __init__(self, result: HouseholdList, vocabulary: Json, day: date) -> None:
        self.result, self.vocabulary, self.day = result, vocabulary, day
        self.households: dict[tuple[str, str], Household] = {}
        """Those of the part that is being read, by number and area."""
        self.earlier: dict[tuple[str, str], Household] = {}
        """Those before the numbers began anew."""
        self.last: Household | None = None
        self.unnumbered = 0
        """Rows without a number since the last one that has one."""
        self.own: list[Household] = []

    def read_sheet(self, parts: list[Part]) -> None:
        """Read all parts."""
        of_nobody = 0
        for part in parts:
            self._note_columns(part)
            self.households, self.earlier, above, before = {}, {}, self.last, len(self.own)
            for row, numbered in zip(part.rows, number_rows(part), strict=True):
                member = MemberRow(row, part.sheet, part.columns)
                if numbered.fault != MOVED:
                    read_member(member, self.vocabulary, self.day)
                if numbered.fault:
                    member.refuse(HOUSEHOLD, numbered.fault)
                    of_nobody += 1
                    self._mark_neighbours()
                else:
                    self._add_to_household(member, numbered)
                self.result.bad_rows.extend(member.faults)
            if part.continued and above is not None and [above.id] == [new.id for new in self.own[before : before + 1]]:
                above.alike += 1  # one household on both sides of a page break, or the first one of another list
                self.own[before].alike += 1
        if parts and any(at.sheet == parts[0].sheet for at in self.result.notes.get("again", [])):
            for household in self.own:  # the list is not in the order of households: a row may be anybody's
                household.perhaps = of_nobody

    def _note_columns(self, part: Part) -> None:
        self.result.headings = part.columns.headings | self.result.headings
        for heading, suggestion in part.columns.unknown:
            at = RowId(part.sheet, part.header)
            bad_heading = BadRow(at, heading, "no_column", nearest=suggestion)
            if suggestion is None and heading not in self.result.unknown_columns:
                self.result.unknown_columns.append(heading)
            elif suggestion is not None and bad_heading not in self.result.bad_rows:
                self.result.bad_rows.append(bad_heading)

    def _mark_neighbours(self) -> None:
        """Count a row without a number for the household above it, and for the one below, once that comes."""
        self.unnumbered += 1
        if self.last is not None:
            self.last.perhaps += 1

    def _find_household(self, member: MemberRow, numbered: Numbered) -> Household:
        """Return the household with the number of a row; a new one where the part has none so far."""
        key = numbered.number, numbered.area
        household = self.households.get(key)
        if household is not None:
            if household is not self.last:
                self.result.notes["again"].append(member.at)
            return household
        household = Household(numbered.number, member.at, numbered.area or member.sheet)
        self.households[key] = household
        self.result.households.append(household)
        self.own.append(household)
        if key in self.earlier:  # nothing but the order of the numbers tells that it is another one
            household.alike += 1
            self.earlier[key].alike += 1
        return household

    def _add_to_household(self, member: MemberRow, numbered: Numbered) -> None:
        if numbered.restart:
            self.households, self.earlier = {}, self.households
        household = self._find_household(member, numbered)
        if household is not self.last:
            household.perhaps += self.unnumbered
        self.last, self.unnumbered = household, 0
        if member.name and any(member.name == other.name for other in household.members):
            member.refuse(MEMBER, "twice")
        if not member.faults and len(household.members) >= MAX_MEMBERS:
            member.refuse(HOUSEHOLD, "too_many_members")
        if member.faults:
            household.left_out += 1
            return
        household.members.append(member.make_member())
        household.filled += numbered.source in ("filled", "repeated")
        if numbered.source != "written":
            self.result.notes["merged" if numbered.source == "merged" else "filled"].append(member.at)
        if member.stale_age:
            self.result.notes["age"].append(member.at)


def _note_alike(result: HouseholdList) -> None:
    """Note households whose numbers are the same in several parts of the list, or only written in another way."""
    by_key: dict[str, list[Household]] = defaultdict(list)
    for household in result.households:
        by_key[make_key(household.id)].append(household)
    for same in by_key.values():
        if len(same) > 1:
            key = "apart" if len({household.id for household in same}) == 1 else "alike"
            result.notes[key] += [household.first for household in same]
        for household in same:
            household.alike += sum(other.id != household.id for other in same)
