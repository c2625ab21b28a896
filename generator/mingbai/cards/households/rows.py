"""From the rows of a list to households, and to every row that cannot be used: its number, the column, and why."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mingbai.cards.households.cell_values import BadValue, Value, faults_of, read_value
from mingbai.cards.households.columns import HOUSEHOLD, MEMBER, Columns, read_columns
from mingbai.cards.households.spreadsheet import Row, read_rows
from mingbai.pages.wording.language import Json
from mingbai_calculator.request.request import MOST_MEMBERS

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is not used: where, and why. It says nothing of what stands in the row."""

    row: int
    column: str
    key: str
    nearest: str | None = None
    expected: tuple[str, ...] = ()
    characters: str = ""
    household: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a household: the name that stands on the card (may be empty), and the facts of a request."""

    row: int
    name: str
    facts: dict[str, Value]


@dataclass(slots=True)
class Household:
    """A household; `left_out` of its rows could not be used."""

    id: str
    members: list[Member] = field(default_factory=list)
    left_out: int = 0

    def request(self, place: str, day: str, lang: str, vocabulary: Json) -> Json:
        """Return the request for its estimate. What all share, and only some were asked, holds for the others too."""
        shared: dict[str, Value] = {}
        for name in (name for name, fact in vocabulary.items() if fact.get("shared")):
            said = [member.facts[name] for member in self.members if name in member.facts]
            if said and all(value == said[0] for value in said):
                shared[name] = said[0]
        members = [{"id": str(number), "facts": member.facts} for number, member in enumerate(self.members, 1)]
        return {"place": place, "date": day, "lang": lang, "shared": shared, "members": members}


@dataclass(frozen=True, slots=True)
class HouseholdList:
    """What a file holds: households in its order, the rows that cannot be used, and the columns.

    `again` are rows whose household was there before, with others in between: it may be another one.
    """

    households: list[Household]
    bad: list[BadRow]
    columns: Columns
    again: list[int]


def read_list(file: Path, vocabulary: Json) -> HouseholdList:
    """Read a list of households. Raises `SheetError` where it cannot be read as a whole."""
    header, *rows = read_rows(file)
    columns = read_columns(header, vocabulary)
    found: dict[str, Household] = {}
    bad = [
        BadRow(header.number, heading, "no_column", nearest=close)
        for heading, close in columns.unknown
        if close is not None
    ]
    again, before = [], ""
    for row in rows:
        number = row.cell(columns.index[HOUSEHOLD])
        if number != before and number in found:
            again.append(row.number)
        before = number
        _take(row, columns, vocabulary, found, bad)
    kept = [household for household in found.values() if household.members]
    return HouseholdList(kept, bad, columns, again)


def _take(row: Row, columns: Columns, vocabulary: Json, found: dict[str, Household], bad: list[BadRow]) -> None:
    """Put a row into its household, or say what is wrong with it."""
    number = row.cell(columns.index[HOUSEHOLD])
    if not number or len(number) > LONGEST_NAME or not number.isprintable():
        bad.append(BadRow(row.number, columns.headings[HOUSEHOLD], "no_number" if not number else "not_a_name"))
        return
    household = found.setdefault(number, Household(number))
    facts: dict[str, Value] = {}
    wrong = list(_read(row, columns, vocabulary, facts))
    name = row.cell(columns.index[MEMBER]) if MEMBER in columns.index else ""
    if len(name) > LONGEST_NAME or not name.isprintable():
        wrong.append(BadRow(row.number, columns.headings[MEMBER], "not_a_name"))
    elif name and any(name == member.name for member in household.members):
        wrong.append(BadRow(row.number, columns.headings[MEMBER], "twice"))
    if not wrong and len(household.members) >= MOST_MEMBERS:
        wrong.append(BadRow(row.number, columns.headings[HOUSEHOLD], "too_many_members"))
    if wrong:
        household.left_out += 1
        bad.extend(wrong)
    else:
        household.members.append(Member(row.number, name, facts))


def _read(row: Row, columns: Columns, vocabulary: Json, facts: dict[str, Value]) -> Iterator[BadRow]:
    """Put the facts of a row into `facts`; yield what is wrong with it, the single cells first."""
    found = False
    for name in columns.facts:
        value = read_value(name, row.cell(columns.index[name]), vocabulary)
        if isinstance(value, BadValue):
            found = True
            yield BadRow(row.number, columns.headings[name], value.key, value.nearest, value.expected)
        elif value is not None:
            facts[name] = value
    for _, name in [] if found else faults_of(facts, vocabulary):
        yield BadRow(row.number, columns.headings.get(name, name), "do_not_fit")
