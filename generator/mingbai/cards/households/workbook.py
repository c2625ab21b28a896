"""Read the worksheets of an XLSX file: each cell with what it was, merged cells filled down."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, Any
from xml.etree.ElementTree import Element, iterparse

from mingbai.cards.households.cells import (
    MAX_BYTES,
    MAX_UNPACKED_BYTES,
    Cell,
    Sheet,
    SheetError,
    SheetRow,
    collect_rows,
    make_row,
)

ZIP = b"PK\x03\x04"
_PADDED = re.compile("0{2,20}")
"""A number format that shows zeros in front: 001."""


def read_workbook(content: bytes) -> list[Sheet]:
    """Return all worksheets in order; hidden ones without rows. Raises `SheetError`."""
    from openpyxl.reader.excel import ExcelReader  # noqa: PLC0415 - slow to import, rarely needed

    try:
        _check_unpacked(content)
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # parts of the file that openpyxl does not know; a bad date is an error cell
            reader = ExcelReader(io.BytesIO(content), read_only=True, data_only=True)
            reader.read()
            paths = {sheet.name: part.target for sheet, part in reader.parser.find_sheets()}
            return [_read_sheet(reader, name, paths[name]) for name in reader.wb.sheetnames]
    except SheetError:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged file leads to
        raise SheetError("damaged") from error


def _check_unpacked(content: bytes) -> None:
    """Raise `SheetError` for a file that would unpack to too many bytes (zip bomb)."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
            raise SheetError("too_big", most=MAX_BYTES // 1_000_000)


def _read_sheet(reader: Any, name: str, path: str) -> Sheet:  # noqa: ANN401 - openpyxl has no types
    sheet = reader.wb[name]
    if not hasattr(sheet, "reset_dimensions"):
        return Sheet(name, [], "chart")
    if sheet.sheet_state != "visible":
        return Sheet(name, [], "hidden")
    sheet.reset_dimensions()  # what a file says of its own size may be wrong, and rows beyond it would be lost
    with reader.archive.open(path) as source:
        marks = _read_marks(source)
    return Sheet(name, collect_rows(_fill_rows(sheet.iter_rows(), marks)))


@dataclass(slots=True)
class _Marks:
    """What the library does not tell of a sheet that it streams.

    `formulas`: the places (``C2``) of formulas without a stored value. `merged`: by column (from 0), first and last row
    of each merged range; what is merged across columns belongs to the first one.
    """

    formulas: set[str] = field(default_factory=set)
    merged: dict[int, list[tuple[int, int]]] = field(default_factory=dict)


def _read_marks(source: IO[bytes]) -> _Marks:
    from openpyxl.utils import range_boundaries  # noqa: PLC0415 - as above

    marks = _Marks()
    for _, element in iterparse(source):  # noqa: S314 - as openpyxl reads it; expat stops expanding entities
        tag = element.tag.rpartition("}")[2]
        if tag == "c" and _has_no_value(element):
            marks.formulas.add(element.get("r", ""))
        elif tag == "mergeCell":
            column, first, _, last = range_boundaries(element.get("ref"))
            if last > first:
                marks.merged.setdefault(column - 1, []).append((first, last))
        if tag in ("c", "row"):
            element.clear()
    return marks


def _has_no_value(cell: Element) -> bool:
    """Tell whether a cell has a formula, but no result of it; an empty text is a result."""
    parts = {part.tag.rpartition("}")[2]: part for part in cell}
    value = parts.get("v")
    return "f" in parts and (value is None or not value.text) and cell.get("t") != "str"


def _fill_rows(rows: Iterator[tuple[Any, ...]], marks: _Marks) -> Iterator[SheetRow]:
    """Yield the rows, each merged cell with the text of the first cell of its range."""
    filled: dict[int, tuple[int, Cell]] = {}
    starts = {(column, first): last for column, ranges in marks.merged.items() for first, last in ranges}
    for number, row in enumerate(rows, 1):
        cells = [_make_cell(cell, marks) for cell in row]
        for column in marks.merged if cells else ():
            cells += [Cell()] * (column + 1 - len(cells))
            if (column, number) in starts:
                filled[column] = starts[column, number], cells[column]
                cells[column] = cells[column]._replace(spans=True)
            elif column in filled and number <= filled[column][0] and not cells[column].text:
                cells[column] = filled[column][1]._replace(merged=True)
        yield make_row(number, cells)


def _make_cell(cell: Any, marks: _Marks) -> Cell:  # noqa: ANN401 - openpyxl has no types
    value = cell.value
    if value is None:
        place = marks.formulas and getattr(cell, "column", None) and cell.coordinate
        return Cell("", "formula") if place in marks.formulas else Cell()
    if isinstance(value, bool):
        return Cell("true" if value else "false")
    if isinstance(value, int | float):
        return Cell(_format_number(value, str(cell.number_format)), "number")
    if isinstance(value, datetime | date):
        return Cell(value.isoformat()[:10], "date")
    if isinstance(value, time | timedelta):
        return Cell(str(value), "date")
    return Cell(str(value).strip(), "error" if cell.data_type == "e" else "text")


def _format_number(value: float, number_format: str) -> str:
    text = format(Decimal(repr(value)).normalize(), "f")
    return text.zfill(len(number_format)) if _PADDED.fullmatch(number_format) and text.isdigit() else text
