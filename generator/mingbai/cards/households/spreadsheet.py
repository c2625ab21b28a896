"""Read a spreadsheet file: CSV in any variant that Excel writes, or XLSX.

The file is untrusted input: one that is too large, damaged or in an unknown format raises `SheetError`.
"""

from pathlib import Path

from mingbai.cards.households.cells import MAX_BYTES, Sheet, SheetError, collect_rows
from mingbai.cards.households.csv_file import read_csv
from mingbai.cards.households.workbook import ZIP, read_workbook


def read_sheets(file: Path) -> list[Sheet]:
    """Return all worksheets in order, each without its empty rows. Raises `SheetError` if nothing stands in them."""
    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise SheetError("too_big", most=MAX_BYTES // 1_000_000)
        content = file.read_bytes()
    except OSError as error:
        raise SheetError("unreadable") from error
    sheets = read_workbook(content) if content.startswith(ZIP) else [Sheet("", collect_rows(read_csv(content)))]
    if not any(sheet.rows for sheet in sheets):
        raise SheetError("empty")
    return sheets
