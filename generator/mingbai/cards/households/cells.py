"""Sheets of a spreadsheet file as rows of cells, whatever the format of the file."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from mingbai.diagnostics.errors import CallError

MAX_BYTES, MAX_UNPACKED_BYTES = 20_000_000, 200_000_000
MAX_ROWS, MAX_COLUMNS, MAX_CELL_LENGTH = 20_000, 120, 200


class SheetError(Exception):
    """A list cannot be read at all.

    `key` names the message: ``error.list_<key>`` in ``i18n/catalogues/commands.<lang>.yaml``.
    """

    def __init__(self, key: str, **figures: str | int) -> None:
        """Store the key and the figures of the message."""
        super().__init__(key)
        self.key, self.figures = key, figures

    def of_file(self, name: str) -> CallError:
        """Return the error of the whole call; `name` is that of the file."""
        return CallError(f"list_{self.key}", name, (), **self.figures)


class Cell(NamedTuple):
    """A cell: its text, stripped, and what it was in the file.

    A CSV has texts and formulas only, and texts that are ``forced`` to be one; a workbook also has numbers, dates and
    errors. A formula has no stored value. `spans`: the cell is the first one of a merged range; `merged`: the text is
    that of the first one, further up in the same column.
    """

    text: str = ""
    kind: Literal["text", "forced", "number", "date", "error", "formula"] = "text"
    merged: bool = False
    spans: bool = False


class RowId(NamedTuple):
    """Which row: its sheet (``""``: a CSV), and its number there."""

    sheet: str
    row: int


_NO_CELL = Cell()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its number as a spreadsheet program shows it (from 1), and its cells.

    `width` is the number of cells as written, where that tells something: in a CSV, whose cells move if a separator is
    written too often. 0: it tells nothing.
    """

    number: int
    cells: tuple[Cell, ...]
    width: int = 0

    def cell(self, index: int) -> Cell:
        """Return a cell; an empty one if the row is too short."""
        return self.cells[index] if index < len(self.cells) else _NO_CELL

    def text(self, index: int) -> str:
        """Return the text of a cell; ``""`` if the row is too short."""
        return self.cell(index).text

    @property
    def texts(self) -> list[str]:
        """The texts of the cells that are not empty."""
        return [cell.text for cell in self.cells if cell.text]

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in the row; what only comes down from a merged cell does not count."""
        return all(cell.merged or (not cell.text and cell.kind == "text") for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: its name (``""``: a CSV), and its rows without empty ones. `unread` says why it has none."""

    name: str
    rows: list[SheetRow]
    unread: Literal["", "hidden", "chart"] = ""


def collect_rows(rows: Iterable[SheetRow]) -> list[SheetRow]:
    """Return the rows without empty ones. Raises `SheetError` if there are too many."""
    collected: list[SheetRow] = []
    for row in rows:
        if row.is_empty:
            continue
        if len(collected) == MAX_ROWS:
            raise SheetError("too_many_rows", most=MAX_ROWS)
        collected.append(row)
    return collected


def make_row(number: int, cells: list[Cell], width: int = 0) -> SheetRow:
    """Return a row without empty cells at its end. Raises `SheetError` if it is too wide or a cell too long."""
    while cells and not cells[-1].text and cells[-1].kind == "text":
        cells = cells[:-1]
    if len(cells) > MAX_COLUMNS:
        raise SheetError("too_wide", row=number, most=MAX_COLUMNS)
    for column, cell in enumerate(cells, 1):
        if len(cell.text) > MAX_CELL_LENGTH:
            raise SheetError("long_cell", row=number, column=column, most=MAX_CELL_LENGTH)
    return SheetRow(number, tuple(cells), width)
