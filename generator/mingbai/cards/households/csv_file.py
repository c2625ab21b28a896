"""Read a CSV in any variant that Excel and WPS write."""

import csv
import io
import re
from collections.abc import Iterator

from mingbai.cards.households.cells import MAX_BYTES, Cell, SheetError, SheetRow, make_row

_SEPARATORS = ",;\t，；"
_LINES_TO_LOOK_AT = 30
"""Where titles end and the table has begun."""
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\r?\n?', re.IGNORECASE)
"""The first line that Excel writes and reads to name the separator; it shows no row for it."""
_FORCED_TEXT = re.compile(r'="(.*)"|\'(.*)')
"""Ways to keep a number as text in a CSV: ``="001"`` and ``'001``."""
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_BOM_ENCODINGS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read_csv(content: bytes) -> Iterator[SheetRow]:
    """Yield all rows. Raises `SheetError`."""
    text = _decode(content)
    named = _SEPARATOR_LINE.match(text)
    if named:
        text = text[named.end() :]
    separator = named[1] if named else _find_separator(text)
    csv.field_size_limit(MAX_BYTES)  # `make_row` reports which cell is too long
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(rows, 1):
            if any(separator in line for cell in cells for line in cell.splitlines()[1:]):
                raise _quote_error(number)
            yield make_row(number, [_make_cell(cell) for cell in cells], len(cells))
    except csv.Error as error:
        raise _quote_error(number + 1) from error


def _quote_error(row: int) -> SheetError:
    """Return the error of a quotation mark that is not closed, or closed further down: rows are swallowed by a cell."""
    return SheetError("open_quote", row=row)


def _find_separator(text: str) -> str:
    """Return the separator that stands most often in one line; a title above the table has few or none."""
    lines = text.split("\n", _LINES_TO_LOOK_AT)[:_LINES_TO_LOOK_AT]
    return max(_SEPARATORS, key=lambda separator: max(line.count(separator) for line in lines))


def _make_cell(written: str) -> Cell:
    text = written.strip()
    forced = _FORCED_TEXT.fullmatch(text)
    if forced:
        return Cell((forced[1] or forced[2] or "").strip(), "forced")
    return Cell("", "formula") if text.startswith("=") else Cell(text)


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
