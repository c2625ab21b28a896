"""Age and sex of a person from the date of birth or the identity number. The number itself goes no further."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from mingbai.cards.households.cell_values import CellValue, drop_time
from mingbai.cards.households.cells import SheetRow
from mingbai.cards.households.columns import BIRTH, IDENTITY, Columns
from mingbai.cards.households.damage import find_damage
from mingbai_reading import Reading, read
from mingbai_reading.identity import Identity, age_on, read_identity

_BIRTH = {"type": "day", "kind": "birth"}
_BIRTH_MONTH = {"type": "month", "kind": "birth"}
_MESSAGE_KEYS = {"implausible": "out_of_range", "which": "which", "range": "range"}


type Refuse = Callable[[str, str], None]
"""Takes a fault of the row: its column, and the key of the message."""


@dataclass(frozen=True, slots=True)
class Person:
    """When somebody was born, as the first and the last day that it may have been, and the sex; None: not known."""

    first: date | None = None
    last: date | None = None
    sex: str | None = None
    column: str = BIRTH
    """Where the date of birth stands."""

    def find_ages(self, day: date) -> dict[str, CellValue]:
        """Return the facts `age` and `age_months` on a day as far as they are certain.

        Raises `NotBornError` for a day before the birth.
        """
        if self.first is None or self.last is None:
            return {}
        (years, months), (fewest_years, fewest_months) = age_on(self.first, day), age_on(self.last, day)
        if months < 0:
            raise NotBornError(self.column)
        ages: dict[str, CellValue] = {"age": years} if years == fewest_years else {}
        return ages | ({"age_months": months} if months == fewest_months else {})


class NotBornError(Exception):
    """Somebody was born after the day in question; the argument is the column of the date of birth."""


def read_person(row: SheetRow, columns: Columns, refuse: Refuse) -> Person:
    """Return what the columns of birth and identity say; both must say the same."""
    identity = _read_identity(row, columns, refuse)
    first, last = _read_birth(row, columns, refuse)
    if identity is None:
        return Person(first, last)
    if first is not None and last is not None and not first <= identity.birth <= last:
        refuse(BIRTH, "identity_differs")
    return Person(identity.birth, identity.birth, identity.sex, IDENTITY)


def _read_identity(row: SheetRow, columns: Columns, refuse: Refuse) -> Identity | None:
    if IDENTITY not in columns.index:
        return None
    cell = row.cell(columns.index[IDENTITY])
    damage = "merged_person" if cell.merged or cell.spans else find_damage(cell, "identity")
    if damage is None and _says_nothing(cell.text):
        return None
    found = damage or read_identity(cell.text)
    if isinstance(found, Identity):
        return found
    refuse(IDENTITY, found)
    return None


def _says_nothing(text: str) -> bool:
    return read(_BIRTH, text).kind in ("empty", "unknown") or text in ("无", "没有")


def _read_birth(row: SheetRow, columns: Columns, refuse: Refuse) -> tuple[date | None, date | None]:
    """Return the first and the last day on which somebody may have been born: the same one, or those of a month."""
    if BIRTH not in columns.index:
        return None, None
    cell = row.cell(columns.index[BIRTH])
    damage = find_damage(cell, "date")
    if damage:
        refuse(BIRTH, damage)
        return None, None
    text = drop_time(cell.text)
    reading = read(_BIRTH, text)
    if reading.kind == "value":
        day = date.fromisoformat(reading.value)
        return day, day
    month = read(_BIRTH_MONTH, text)
    if (reading.kind == "fault" or reading.key == "which_day") and month.kind == "value":
        first = date.fromisoformat(f"{month.value}-01")
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if reading.kind not in ("empty", "unknown"):
        refuse(BIRTH, _find_key(reading, month))
    return None, None


def _find_key(day: Reading, month: Reading) -> str:
    return _MESSAGE_KEYS.get(month.key if day.key == "day" else day.key, "not_a_day")
