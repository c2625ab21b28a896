"""Reading a list that somebody keeps in a spreadsheet: CSV as Excel writes it (in any of its ways), or XLSX.

A list is not trusted: what is too large, in an unknown form or damaged is told in one sentence.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

MOST_BYTES, MOST_UNPACKED = 20_000_000, 200_000_000
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 20_000, 120, 200
_SEPARATORS = ",;\t，；"
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MARKED = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
NOTE = "#"
"""A row that begins with it explains something and is nobody's."""


class SheetError(Exception):
    """A list cannot be read at all; `key` names the sentence: ``error.list_<key>`` in ``ui/authoring.<lang>.yaml``."""

    def __init__(self, key: str, **figures: str | int) -> None:
        """Keep both."""
        super().__init__(key)
        self.key, self.figures = key, figures


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was written: its number in the file (from 1), and its cells without blanks around them."""

    number: int
    cells: tuple[str, ...]

    def cell(self, index: int) -> str:
        """Return a cell; empty where the row is too short."""
        return self.cells[index] if index < len(self.cells) else ""


def read_rows(file: Path) -> list[Row]:
    """Return the rows that are not empty and no notes, the header first. Raises `SheetError`."""
    try:
        size = file.stat().st_size
        if size > MOST_BYTES:
            key = "too_big"
            raise SheetError(key, most=MOST_BYTES // 1_000_000)
        content = file.read_bytes()
    except OSError as error:
        key = "unreadable"
        raise SheetError(key) from error
    rows = []
    for row in _xlsx(content) if content.startswith(_ZIP) else _csv(content):
        if row.number > MOST_ROWS:
            key = "too_many_rows"
            raise SheetError(key, most=MOST_ROWS)
        if any(row.cells) and not row.cells[0].startswith(NOTE):
            rows.append(row)
    if not rows:
        key = "empty"
        raise SheetError(key)
    return rows


def _csv(content: bytes) -> Iterator[Row]:
    text = _decoded(content)
    first = text[: text.find("\n")] if "\n" in text else text
    separator = max(_SEPARATORS, key=first.count)
    csv.field_size_limit(MOST_BYTES)  # `_row` says where a cell is too long; this would not
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            yield _row(reader.line_num, cells)
    except csv.Error as error:  # a cell without end, a zero byte
        key = "damaged"
        raise SheetError(key) from error


def _decoded(content: bytes) -> str:
    """Return the text of a CSV: Excel writes UTF-8 with its mark, UTF-16, or the encoding of the system (GBK)."""
    if content.startswith(_OLD_EXCEL):
        key = "old_excel"
        raise SheetError(key)
    marked = next((encoding for mark, encoding in _MARKED.items() if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    key = "encoding"
    raise SheetError(key)


def _xlsx(content: bytes) -> Iterator[Row]:
    """Yield the rows of the first sheet that is shown; of a formula the value that was last worked out."""
    from openpyxl import load_workbook  # noqa: PLC0415 - only who has such a file needs it

    try:
        _check_unpacked(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = next((each for each in book.worksheets if each.sheet_state == "visible"), book.worksheets[0])
        for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1), 1):
            yield _row(number, [_as_text(cell) for cell in cells])
    except SheetError:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged file leads to
        key = "damaged"
        raise SheetError(key) from error


def _check_unpacked(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
            key = "too_big"
            raise SheetError(key, most=MOST_BYTES // 1_000_000)


def _as_text(cell: Any) -> str:  # noqa: ANN401 - what a cell may hold
    """Return what a cell shows."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return format(Decimal(repr(cell)).normalize(), "f")
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(cell)


def _row(number: int, cells: list[str]) -> Row:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) > MOST_COLUMNS:
        key = "too_wide"
        raise SheetError(key, row=number, most=MOST_COLUMNS)
    for column, cell in enumerate(cells, 1):
        if len(cell) > LONGEST_CELL:
            key = "long_cell"
            raise SheetError(key, row=number, column=column, most=LONGEST_CELL)
    return Row(number, tuple(cell.strip() for cell in cells))
