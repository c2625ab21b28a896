"""Read the rows of a spreadsheet: CSV in any variant that Excel writes, or XLSX.

The file is untrusted input: one that is too large, damaged or in an unknown format raises `SheetError`.
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

from mingbai.diagnostics.errors import CallError

MAX_BYTES, MAX_UNPACKED_BYTES = 20_000_000, 200_000_000
MAX_ROWS, MAX_COLUMNS, MAX_CELL_LENGTH = 20_000, 120, 200
_SEPARATORS = ",;\t，；"
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_BOM_ENCODINGS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
NOTE_PREFIX = "#"
"""A row that begins with it is a comment."""


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


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its number in the file (from 1), and its cells, stripped."""

    number: int
    cells: tuple[str, ...]

    def cell(self, index: int) -> str:
        """Return a cell; ``""`` if the row is too short."""
        return self.cells[index] if index < len(self.cells) else ""


def read_rows(file: Path) -> list[SheetRow]:
    """Return all rows but empty ones and comments, the header first. Raises `SheetError`."""
    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise SheetError("too_big", most=MAX_BYTES // 1_000_000)
        content = file.read_bytes()
    except OSError as error:
        raise SheetError("unreadable") from error
    rows = []
    for row in _read_xlsx(content) if content.startswith(_ZIP) else _read_csv(content):
        if row.number > MAX_ROWS:
            raise SheetError("too_many_rows", most=MAX_ROWS)
        if any(row.cells) and not row.cells[0].startswith(NOTE_PREFIX):
            rows.append(row)
    if not rows:
        raise SheetError("empty")
    return rows


def _read_csv(content: bytes) -> Iterator[SheetRow]:
    text = _decode(content)
    first_line = text[: text.find("\n")] if "\n" in text else text
    separator = max(_SEPARATORS, key=first_line.count)
    csv.field_size_limit(MAX_BYTES)  # `_make_row` reports which cell is too long
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            yield _make_row(reader.line_num, cells)
    except csv.Error as error:  # an unterminated cell, a zero byte
        raise SheetError("damaged") from error


def _decode(content: bytes) -> str:
    """Return the text of a CSV: UTF-8 with or without BOM, UTF-16 with BOM, else GB 18030. Raises `SheetError`."""
    if content.startswith(_OLD_EXCEL):
        raise SheetError("old_excel")
    bom_encoding = next((encoding for mark, encoding in _BOM_ENCODINGS.items() if content.startswith(mark)), None)
    for encoding in (bom_encoding,) if bom_encoding else ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise SheetError("encoding")


def _read_xlsx(content: bytes) -> Iterator[SheetRow]:
    """Yield the rows of the first visible worksheet; for a formula its last calculated value."""
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import, rarely needed

    try:
        _check_unpacked(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = next(
            (worksheet for worksheet in book.worksheets if worksheet.sheet_state == "visible"), book.worksheets[0]
        )
        for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1), 1):
            yield _make_row(number, [_format_cell(cell) for cell in cells])
    except SheetError:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged file leads to
        raise SheetError("damaged") from error


def _check_unpacked(content: bytes) -> None:
    """Raise `SheetError` for a file that would unpack to too many bytes (zip bomb)."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
            raise SheetError("too_big", most=MAX_BYTES // 1_000_000)


def _format_cell(cell: Any) -> str:  # noqa: ANN401 - what a cell may hold
    """Return the text of a cell."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return format(Decimal(repr(cell)).normalize(), "f")
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(cell)


def _make_row(number: int, cells: list[str]) -> SheetRow:
    """Return a row without empty cells at its end. Raises `SheetError` if it is too wide or a cell too long."""
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) > MAX_COLUMNS:
        raise SheetError("too_wide", row=number, most=MAX_COLUMNS)
    for column, cell in enumerate(cells, 1):
        if len(cell) > MAX_CELL_LENGTH:
            raise SheetError("long_cell", row=number, column=column, most=MAX_CELL_LENGTH)
    return SheetRow(number, tuple(cell.strip() for cell in cells))
