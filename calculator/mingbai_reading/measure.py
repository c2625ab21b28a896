"""Numbers with their units: 66岁, 1岁半, 3块5毛, 1.5公里; and the words that may stand around a number."""

import re
from functools import cache
from typing import NamedTuple

from mingbai_reading.number import HALF, LIMIT, SCALE, Number, number
from mingbai_reading.rules import RULES
from mingbai_reading.text import NUMERALS

MEASURES = RULES["measures"]
_ONE = re.compile("[一二三四五六七八九1-9]")
_BETWEEN = re.compile("^[〇又]")
_WHOLE_LIMIT = 10**7 * SCALE
"""No count and no age comes near it."""


class Measure(NamedTuple):
    """A quantity in ten-thousandths of the smallest unit of its kind that divides all others.

    `unit` is the size of the smallest unit that is written, None where none is; `name` is that of the first.
    """

    total: int
    unit: int | None = None
    name: str = ""
    doubt: bool = False
    half: bool = False
    broken: bool = False


def kind_of(unit: str | None) -> str:
    """Return the kind of quantity that a unit measures; ``""`` for no unit."""
    return next((kind for kind, rule in MEASURES.items() for row in rule["units"] if row[0] == unit), "")


def size_of(unit: str | None) -> int:
    """Return the size of a unit; one where a number has none."""
    return next((_size(row) for rule in MEASURES.values() for row in rule["units"] if row[0] == unit), SCALE)


def _size(row: list[int]) -> int:
    return SCALE * row[1] // row[2]


def around(text: str, before: str) -> str:
    """Return a text without the words that may stand before and behind a number; `before` are further ones."""
    words = f"{before}|{RULES['before']}" if before else RULES["before"]
    start, end = _pattern(f"^(?:{words})+"), _pattern(f"(?:{RULES['after']})+$")
    return end.sub("", start.sub("", text))


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


def measure(text: str, kind: str) -> Measure | None:
    """Return the quantity that a text without words around it is; None for none."""
    largest = LIMIT if kind == "money" else _WHOLE_LIMIT
    bare = number(text)
    if bare:
        return Measure(min(bare.units, largest), doubt=bare.doubt, broken=bare.units % SCALE > 0)
    rows = MEASURES[kind]["units"] if kind else []
    part = _pattern(f"^({NUMERALS})(?:{'|'.join(f'({row[3]})' for row in rows)})") if rows else None
    found: Measure | None = None
    while text and part:
        if found and found.unit and text == HALF:
            return found._replace(total=found.total + found.unit // 2, half=True)
        if found and found.unit and _ONE.fullmatch(text) and MEASURES[kind].get("tenths"):  # 3块5 is 3.50
            few = number(text)
            return few and found._replace(total=found.total + few.units * found.unit // SCALE // 10, doubt=True)
        match = part.search(text)
        many = number(match[1]) if match else None
        if match is None or many is None:
            return None
        row = next(row for row, word in zip(rows, match.groups()[1:], strict=True) if word)
        found = _more(found, many, row, largest)
        if found is None:
            return None
        text = _BETWEEN.sub("", text[match.end() :])
    return found


def _more(found: Measure | None, many: Number, row: list[int], largest: int) -> Measure | None:
    """Return a quantity with one more part, which must be smaller than the unit before it; None if it is not."""
    size = _size(row)
    doubt, broken = many.doubt or many.loose, many.units % SCALE > 0
    part = min(many.units, largest) * row[1]
    if part % row[2]:
        return None
    part //= row[2]
    if found is None:
        return Measure(part, size, str(row[0]), doubt, many.units == SCALE // 2, broken)
    if found.unit is None or part >= found.unit or size >= found.unit or found.broken:
        return None
    return Measure(found.total + part, size, found.name, found.doubt or doubt, found.half, broken)
