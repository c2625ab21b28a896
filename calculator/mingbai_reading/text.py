"""Ways to write the same sign: full width, blanks of all kinds, the numerals of cheques."""

import re

from mingbai_reading.rules import RULES

_WIDE = re.compile("[\uff01-\uff5e]")
_UPPER = re.compile("[A-Z]")
_BLANKS = re.compile(f"[ {RULES['blanks']}]+")
_NUMERAL = "0-9.,〇一二三四五六七八九十百千万亿点半"
_LETTERS = "〇一二三四五六七八九"
NUMERALS = f"[{_NUMERAL}]+"
_APART = re.compile(f"[{_NUMERAL}] [0-9.,{_LETTERS}]")
_WIDTH = 0xFEE0


def _table(rows: dict[str, str]) -> dict[int, str]:
    return {ord(other): sign for sign, others in rows.items() for other in others}


_SAME, _NUMERALS = _table(RULES["same"]), _table(RULES["numerals"])


def plain(text: str) -> str:
    """Return a text in half width and small letters, with single blanks between its words only."""
    text = _WIDE.sub(lambda found: chr(ord(found[0]) - _WIDTH), text.translate(_SAME))
    return _BLANKS.sub(" ", _UPPER.sub(lambda found: found[0].lower(), text)).strip(" ")


def joined(text: str) -> str:
    """Return a plain text without blanks."""
    return text.replace(" ", "")


def numerals(text: str) -> str | None:
    """Return a plain text with its numerals written in one way, without blanks; None where one stands in a number."""
    text = text.translate(_NUMERALS)
    return None if _APART.search(text) else joined(text)
