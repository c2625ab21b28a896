"""Group the rows of a household list into households; report every row that cannot be used."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mingbai.cards.households.cell_values import BadValue, CellValue, find_fact_faults, read_value
from mingbai.cards.households.columns import HOUSEHOLD, MEMBER, Columns, read_columns
from mingbai.cards.households.spreadsheet import SheetRow, read_rows
from mingbai.pages.wording.language import Json
from mingbai_calculator.request.request import MAX_MEMBERS

MAX_NAME_LENGTH = 40


@dataclass(frozen=True, slots=True)
class BadRow:
    """A rejected row: number in the file, heading of the column, key of the message. No cell contents (privacy)."""

    row: int
    column: str
    key: str
    nearest: str | None = None
    expected: tuple[str, ...] = ()
    characters: str = ""
    household: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a household: the name on the card (may be empty), and the facts of a request."""

    row: int
    name: str
    facts: dict[str, CellValue]


@dataclass(slots=True)
class Household:
    """A household; `left_out` counts its rejected rows."""

    id: str
    members: list[Member] = field(default_factory=list)
    left_out: int = 0

    def make_request(self, place: str, day: str, lang: str, vocabulary: Json) -> Json:
        """Return the request for its estimate on `day` (ISO).

        A shared fact (income of the household) given for some members, without contradiction, holds for all.
        """
        shared: dict[str, CellValue] = {}
        for name in (name for name, fact in vocabulary.items() if fact.get("shared")):
            answers = [member.facts[name] for member in self.members if name in member.facts]
            if answers and all(value == answers[0] for value in answers):
                shared[name] = answers[0]
        members = [{"id": str(number), "facts": member.facts} for number, member in enumerate(self.members, 1)]
        return {"place": place, "date": day, "lang": lang, "shared": shared, "members": members}


@dataclass(frozen=True, slots=True)
class HouseholdList:
    """A parsed file: households in file order, rejected rows, and columns.

    `repeated_rows` are row numbers whose household occurred earlier with others in between: it may be a different one.
    """

    households: list[Household]
    bad_rows: list[BadRow]
    columns: Columns
    repeated_rows: list[int]


def read_household_list(file: Path, vocabulary: Json) -> HouseholdList:
    """Read a household list. Raises `SheetError` if the file as a whole cannot be read."""
    header, *rows = read_rows(file)
    columns = read_columns(header, vocabulary)
    households_by_id: dict[str, Household] = {}
    bad_rows = [
        BadRow(header.number, heading, "no_column", nearest=suggestion)
        for heading, suggestion in columns.unknown
        if suggestion is not None
    ]
    repeated_rows, previous = [], ""
    for row in rows:
        household_id = row.cell(columns.index[HOUSEHOLD])
        if household_id != previous and household_id in households_by_id:
            repeated_rows.append(row.number)
        previous = household_id
        _add_row(row, columns, vocabulary, households_by_id, bad_rows)
    households = [household for household in households_by_id.values() if household.members]
    return HouseholdList(households, bad_rows, columns, repeated_rows)


def _add_row(
    row: SheetRow, columns: Columns, vocabulary: Json, households_by_id: dict[str, Household], bad_rows: list[BadRow]
) -> None:
    """Add a row to its household, or its faults to `bad_rows`."""
    household_id = row.cell(columns.index[HOUSEHOLD])
    if not household_id or len(household_id) > MAX_NAME_LENGTH or not household_id.isprintable():
        bad_rows.append(
            BadRow(row.number, columns.headings[HOUSEHOLD], "no_number" if not household_id else "not_a_name")
        )
        return
    household = households_by_id.setdefault(household_id, Household(household_id))
    facts: dict[str, CellValue] = {}
    problems = list(_read_facts(row, columns, vocabulary, facts))
    name = row.cell(columns.index[MEMBER]) if MEMBER in columns.index else ""
    if len(name) > MAX_NAME_LENGTH or not name.isprintable():
        problems.append(BadRow(row.number, columns.headings[MEMBER], "not_a_name"))
    elif name and any(name == member.name for member in household.members):
        problems.append(BadRow(row.number, columns.headings[MEMBER], "twice"))
    if not problems and len(household.members) >= MAX_MEMBERS:
        problems.append(BadRow(row.number, columns.headings[HOUSEHOLD], "too_many_members"))
    if problems:
        household.left_out += 1
        bad_rows.extend(problems)
    else:
        household.members.append(Member(row.number, name, facts))


def _read_facts(row: SheetRow, columns: Columns, vocabulary: Json, facts: dict[str, CellValue]) -> Iterator[BadRow]:
    """Fill `facts` from a row; yield its faults: first those of single cells, else facts that contradict each other."""
    has_bad_cell = False
    for name in columns.facts:
        value = read_value(name, row.cell(columns.index[name]), vocabulary)
        if isinstance(value, BadValue):
            has_bad_cell = True
            yield BadRow(row.number, columns.headings[name], value.key, value.nearest, value.expected)
        elif value is not None:
            facts[name] = value
    for _, name in [] if has_bad_cell else find_fact_faults(facts, vocabulary):
        yield BadRow(row.number, columns.headings.get(name, name), "do_not_fit")
