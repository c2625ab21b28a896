"""Read a row of a household list as a member of a household, or tell everything that is wrong with it."""

from dataclasses import dataclass, field
from datetime import date

from mingbai.cards.households.birth import NotBornError, Person, read_person
from mingbai.cards.households.cell_values import BadValue, CellValue, drop_time, find_fact_faults, read_value
from mingbai.cards.households.cells import Cell, RowId, SheetRow
from mingbai.cards.households.columns import (
    BILL_DAY,
    BIRTH,
    IDENTITY,
    MEMBER,
    TEAM,
    VILLAGE,
    Columns,
    find_content,
)
from mingbai.cards.households.damage import find_damage
from mingbai.cards.households.household import Member, Visit
from mingbai.cards.households.numbering import MAX_NAME_LENGTH
from mingbai.pages.wording.language import Json
from mingbai_reading import DAY, read
from mingbai_reading.identity import holds_identity

type Facts = dict[str, CellValue]

_BILLS = ("total_cost", "fee", "self_share_after_insurance")
_NOT_OF_A_BILL = ("premium",)
"""An amount that is no part of a bill."""
_AMOUNTS = ("money", "year")
"""Groups of facts that are about one person's bills."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A refused row, or a heading that is not known: where, its column's heading, the key of the message.

    No cell contents (privacy).
    """

    at: RowId
    column: str
    key: str
    nearest: str | None = None
    expected: tuple[str, ...] = ()
    characters: str = ""
    household: str = ""


@dataclass(slots=True)
class MemberRow:
    """A row as it was read: it is used where it has no `faults`.

    `stale_age`: the column of the age says something else than the date of birth, which counts.
    """

    row: SheetRow
    sheet: str
    columns: Columns
    name: str = ""
    facts: Facts = field(default_factory=dict)
    visit: Visit | None = None
    faults: list[BadRow] = field(default_factory=list)
    stale_age: bool = False

    @property
    def at(self) -> RowId:
        """Which row it is."""
        return RowId(self.sheet, self.row.number)

    def refuse(self, name: str, key: str, nearest: str | None = None, expected: tuple[str, ...] = ()) -> None:
        """Add a fault of a column."""
        heading = self.columns.headings.get(name, name)
        self.faults.append(BadRow(self.at, heading, key, nearest, expected))

    def make_member(self) -> Member:
        """Return the member that the row is about."""
        return Member(self.at, self.name, self.facts, self.visit)


def read_member(read_row: MemberRow, vocabulary: Json, day: date) -> None:
    """Read a row of people; the age is that on the day of its bill, else on `day`."""
    row, columns = read_row.row, read_row.columns
    for name in (VILLAGE, TEAM):
        damage = find_damage(row.cell(columns.index[name]), "name") if name in columns.index else None
        if damage:
            read_row.refuse(name, damage)
    _read_facts(read_row, vocabulary)
    _read_name(read_row)
    bill_day = _read_bill_day(read_row)
    person = read_person(row, columns, read_row.refuse)
    ages_at_bill = _add_person(read_row, person, vocabulary, day, bill_day)
    _check_together(read_row, vocabulary)
    if bill_day and not read_row.faults:
        _make_visit(read_row, bill_day, ages_at_bill, vocabulary)


def _read_facts(read_row: MemberRow, vocabulary: Json) -> None:
    columns = read_row.columns
    for name in columns.facts:
        cell = read_row.row.cell(columns.index[name])
        damage = _find_merged_amount(cell, vocabulary[name]) or find_damage(cell, find_content(name, vocabulary))
        if damage:
            read_row.refuse(name, damage)
            continue
        value = read_value(name, cell.text, vocabulary, columns.units.get(name, ""))
        if isinstance(value, BadValue):
            read_row.refuse(name, value.key, value.nearest, value.expected)
        elif value is not None:
            read_row.facts[name] = value


def _find_merged_amount(cell: Cell, fact: Json) -> str | None:
    """Return the fault of an amount that stands for several people at once: nobody knows whose it is."""
    is_amount = fact["group"] in _AMOUNTS and not fact.get("shared")
    return "merged_amount" if is_amount and cell.text and (cell.merged or cell.spans) else None


def _read_name(read_row: MemberRow) -> None:
    if MEMBER not in read_row.columns.index:
        return
    cell = read_row.row.cell(read_row.columns.index[MEMBER])
    damage = find_damage(cell, "name")
    if damage:
        read_row.refuse(MEMBER, damage)
    elif holds_identity(cell.text):
        read_row.refuse(MEMBER, "identity_as_name")
    elif len(cell.text) > MAX_NAME_LENGTH or not cell.text.isprintable():
        read_row.refuse(MEMBER, "not_a_name")
    else:
        read_row.name = cell.text


def _read_bill_day(read_row: MemberRow) -> date | None:
    """Return the day of the bill, if the row has one."""
    if BILL_DAY not in read_row.columns.index:
        return None
    cell = read_row.row.cell(read_row.columns.index[BILL_DAY])
    damage = find_damage(cell, "date")
    reading = read(DAY, drop_time(cell.text))
    if damage or reading.kind in ("fault", "ask"):
        read_row.refuse(BILL_DAY, damage or (reading.key if reading.kind == "ask" else "not_a_day"))
        return None
    if reading.kind != "value":
        return None
    if not any(name in read_row.facts for name in _BILLS):
        read_row.refuse(BILL_DAY, "day_without_bill")
    return date.fromisoformat(reading.value)


def _add_person(read_row: MemberRow, person: Person, vocabulary: Json, day: date, bill_day: date | None) -> Facts:
    """Add age and sex to the facts; return the ages on the day of the bill."""
    facts = read_row.facts
    try:
        ages = {name: age for name, age in person.find_ages(day).items() if name in vocabulary}
        ages_at_bill = person.find_ages(bill_day) if bill_day else {}
    except NotBornError as error:
        read_row.refuse(str(error), "born_after")
        return {}
    read_row.stale_age = any(facts.get(name, age) != age for name, age in ages.items())
    facts.update(ages)
    if person.sex is not None and facts.setdefault("sex", person.sex) != person.sex:
        read_row.refuse("sex", "identity_sex")
    return {name: age for name, age in ages_at_bill.items() if name in vocabulary}


def _check_together(read_row: MemberRow, vocabulary: Json) -> None:
    """Add the faults of facts that contradict each other, unless single cells have faults already."""
    if read_row.faults:
        return
    index = read_row.columns.index
    source = next((name for name in (IDENTITY, BIRTH) if name in index), "age")
    columns = [name if name in index else source for _, name in find_fact_faults(read_row.facts, vocabulary)]
    for name in dict.fromkeys(columns):
        read_row.refuse(name, "do_not_fit")


def _make_visit(read_row: MemberRow, day: date, ages: Facts, vocabulary: Json) -> None:
    """Move the bill out of the facts to a visit of its own; what else is known of the visit stays there too."""
    facts = read_row.facts
    groups = {name: vocabulary[name]["group"] for name in facts}
    amounts = [name for name in facts if groups[name] == "money" and name not in _NOT_OF_A_BILL]
    of_visit = {name: facts[name] for name in facts if name in amounts or groups[name] == "visit"}
    read_row.visit = Visit(day.isoformat(), of_visit | ages)
    read_row.facts = {name: value for name, value in facts.items() if name not in amounts}
