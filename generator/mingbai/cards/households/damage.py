"""What a spreadsheet program has destroyed: error values, rounded numbers, months that lost a zero, numbers made dates.

Such a cell no longer holds what somebody wrote, and reading it would mix people or count wrongly.
"""

import re
import unicodedata
from typing import Literal

from mingbai.cards.households.cells import Cell

type Content = Literal["number", "name", "identity", "date", "words"]
"""What a column holds: the number of a household, a name, an identity number, a day or month; all else."""

_EXACT_DIGITS = 15
"""Spreadsheet programs compute with 64-bit floats; further digits become zeros."""
_ERROR = re.compile(r"#+|#(?:N/A|GETTING_DATA|[^\W\d_][\w/]*[!?])|(?:ERR|错误|錯誤):\d{3}", re.IGNORECASE)
"""#N/A, #REF!, #DIV/0!, #名称?; Err:502 of LibreOffice; ##### is shown, and exported, where a column is too narrow."""
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:([.,])\d+)?E([+-]?)(\d+)", re.IGNORECASE)
_UNSIGNED_EXPONENT = 11
"""From here on a program writes a number with an exponent of its own accord; 2E3 may be the name of a house."""
_ROUNDED = re.compile(rf"[1-9]\d{{{_EXACT_DIGITS - 1}}}0+")
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_MADE_DATE = re.compile(
    rf"\d{{4}}/\d\d?/\d\d?|\d{{4}}-\d\d-\d\d|(\d{{4}}年)?\d\d?月(\d\d?日)?|\d\d?-({_MONTHS})(-\d\d)?|({_MONTHS})-\d\d?",
    re.IGNORECASE,
)
"""What 3-12 becomes: 3月12日, 12-Mar, Mar-12, 2026/3/12."""
_LOST_ZERO = re.compile(r"\d{4}\.1")
"""1966.10 as a number is 1966.1, which may be January too."""
_SERIAL = re.compile(r"[1-7]\d{4}")
"""A day of 1927 to 2119 as the number that a program counts it by."""
_CODES: frozenset[Content] = frozenset(["number", "identity"])


def find_damage(cell: Cell, content: Content) -> str | None:  # noqa: PLR0911 - a rule, a line
    """Return the key of the message that says what happened to a cell, and how to mend it; None: nothing did."""
    text = "".join(unicodedata.normalize("NFKC", cell.text).split())
    if cell.kind == "error" or (cell.kind != "forced" and _ERROR.fullmatch(text)):
        return "error_value"
    if cell.kind == "formula":
        return "no_value"
    if cell.kind == "forced":
        return None
    if cell.kind == "number" and len(text.partition(".")[0].lstrip("-")) > _EXACT_DIGITS:
        return "long_number"
    if content != "name" and _is_scientific(text):
        return "scientific"
    if content in _CODES:
        return _find_damaged_code(cell, text)
    if content == "date" and cell.kind == "number" and _SERIAL.fullmatch(text):
        return "serial"
    return "lost_zero" if content == "date" and _LOST_ZERO.fullmatch(text) else None


def _is_scientific(text: str) -> bool:
    match = _SCIENTIFIC.fullmatch(text)
    return match is not None and bool(match[1] or match[2] or int(match[3]) >= _UNSIGNED_EXPONENT)


def _find_damaged_code(cell: Cell, text: str) -> str | None:
    if _ROUNDED.fullmatch(text) and len(text) > _EXACT_DIGITS:
        return "long_number"
    if cell.kind == "date" or _MADE_DATE.fullmatch(text):
        return "made_a_date"
    return "lost_zero" if cell.kind == "number" and "." in text else None
