"""What a printed figure amounts to: ``85%``, ``八成五`` and ``百分之八十五`` are all 85 percent."""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Literal, NamedTuple

from mingbai.figures.tokens import WORDS, kind_of, split_parts, to_plain
from mingbai_reading.number import SCALE, number

type Kind = Literal[
    "percent", "points", "money", "years", "months", "metres", "year", "month", "day", "count", "number"
]
"""``year``, ``month``, ``day`` are parts of a date, ``years`` and ``months`` an age; ``number`` has no unit."""

_ALL, _HALF = Fraction(100), Fraction(50)
_UNITS: dict[str, tuple[Kind, Fraction]] = {
    "": ("number", Fraction(1)),
    "%": ("percent", Fraction(1)),
    "‰": ("percent", Fraction(1, 10)),
    "成": ("percent", Fraction(10)),
    "折": ("percent", Fraction(10)),
    "个百分点": ("points", Fraction(1)),
    "百分点": ("points", Fraction(1)),
    "元": ("money", Fraction(1)),
    "块": ("money", Fraction(1)),
    "岁": ("years", Fraction(1)),
    "周岁": ("years", Fraction(1)),
    "个月": ("months", Fraction(1)),
    "米": ("metres", Fraction(1)),
    "公里": ("metres", Fraction(1000)),
    "千米": ("metres", Fraction(1000)),
}
_DATE_PARTS: tuple[Kind, ...] = ("year", "month", "day")
_TWO_DIGIT_DISCOUNT = 10


class Quantity(NamedTuple):
    """A value in the unit of its kind: percent, percentage points, yuan, years, months, metres, or a plain count."""

    kind: Kind
    value: Fraction


@cache
def find_quantities(figure: str) -> tuple[Quantity, ...]:
    """Return the quantities that a printed figure may stand for; none for a masked one."""
    return tuple(_quantities(figure))


def _quantities(figure: str) -> Iterator[Quantity]:
    plain, kind = to_plain(figure), kind_of(figure)
    if kind == "word":
        word = next(name for name, words in WORDS.items() if plain in words.split("|"))
        if word in {"free", "full"}:
            yield Quantity("percent", _ALL)
        if word in {"free", "none"}:
            yield Quantity("money", Fraction(0))
        if word == "half":
            yield Quantity("percent", _HALF)
    elif kind == "fraction":
        yield from _fraction(plain)
    elif kind == "tenths":
        tens, _, ones = plain.partition("成")
        rest = Fraction(5) if ones == "半" else _value(ones)
        yield Quantity("percent", (_value(tens) or Fraction(0)) * 10 + (rest or 0))
    elif kind == "date":
        numbers = [part.number for part in split_parts(plain.replace(".", "-"))]
        first = 0 if "年" in plain or "月" not in plain else 1
        for name, digits in zip(_DATE_PARTS[first:], numbers, strict=False):
            yield Quantity(name, Fraction(int(digits)))
    elif kind in {"number", "range"}:
        yield from _numbers(plain)


def _fraction(plain: str) -> Iterator[Quantity]:
    below, above = plain.split("分之") if "分之" in plain else reversed(plain.split("/"))
    whole, part = _value({"百": "100", "千": "1000", "万": "10000"}.get(below, below)), _value(above)
    if whole and part is not None:
        yield Quantity("percent", part / whole * 100)


def _numbers(plain: str) -> Iterator[Quantity]:
    parts = split_parts(plain)
    for part in parts:
        value, unit = _value(part.number), part.unit or parts[-1].unit
        if value is None:
            continue
        if part is not parts[-1] and not part.unit and parts[-1].number[-1] in "万亿" and part.number[-1] not in "万亿":
            value *= 10_000 if parts[-1].number[-1] == "万" else 100_000_000  # 3-5万元 begins at 3万元
        kind, size = _UNITS.get(unit, ("count", Fraction(1)))
        if unit == "折" and value >= _TWO_DIGIT_DISCOUNT:  # 85折
            size = Fraction(1)
        yield Quantity(kind, value * size)
        if "," in part.number:  # 500,350 may be two numbers
            yield from (Quantity(kind, Fraction(each)) for each in part.number.split(",") if each.isdigit())


def _value(text: str) -> Fraction | None:
    found = number(text) if text else None
    return None if found is None else Fraction(found.units, SCALE)
