"""Numbers as people write them: 12,345.60, 七十, 一百零五, 1万2千, 3千5, 一点五万. Whole or refused, never in part."""

import re
from typing import NamedTuple

from mingbai_reading.rules import RULES

SCALE = 10_000
"""A number is counted in ten-thousandths: no float, and four decimals."""
LIMIT = 10**11 * SCALE
"""From here on a number is only known to be too large; a browser counts exactly up to it."""
HALF = "半"
_DIGITS = "〇一二三四五六七八九"
_POSITIONAL = re.compile(f"[{_DIGITS}]+")
_ONE = re.compile(f"[{_DIGITS[1:]}1-9]")
_ASCII = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?:[.]([0-9]*))?")
_SMALL_DECIMAL = re.compile(r"[0-9][.][0-9]+")
_WHOLE_OR_DECIMAL = re.compile(r"[1-9][0-9]*(?:[.][0-9]+)?")
_TEN_THOUSAND = 4
_LONGEST, _MOST_PLACES = 15, 4


class Number(NamedTuple):
    """A number in ten-thousandths.

    `loose`: its last digit counts in the next smaller power (三千五 is 3500), as people say it without a unit behind.
    `doubt`: something else may be meant (六五, 百五).
    """

    units: int
    loose: bool = False
    doubt: bool = False


_ZERO = Number(0)


def number(text: str) -> Number | None:
    """Return the number that a text without blanks is, its numerals being those of `text.numerals`; None for none."""
    if text == HALF:
        return Number(SCALE // 2)
    match = _ASCII.fullmatch(text)
    if match:
        return _decimal(match[1].replace(",", ""), match[2] or "") if match[1] or match[2] else None
    before, _, after = text.partition("点")
    if _POSITIONAL.fullmatch(after):
        return _with_places(number(before), _decimal("", _ascii(after)))
    if _POSITIONAL.fullmatch(text):
        digits = _ascii(text)
        if len(digits) > 1 and digits in "123456789":  # 七八 is seven or eight
            return None
        return _doubted(_decimal(digits, ""), doubt=len(digits) == 2 and "0" not in digits)  # noqa: PLR2004 - 六五
    return _powers(text, 9)


def _with_places(whole: Number | None, places: Number | None) -> Number | None:
    if whole is None or places is None or whole.loose or whole.doubt or whole.units % SCALE:
        return None
    return Number(min(whole.units + places.units, LIMIT))


def _doubted(value: Number | None, *, doubt: bool) -> Number | None:
    return value and value._replace(doubt=doubt)


def _ascii(digits: str) -> str:
    return "".join(str(_DIGITS.index(digit)) for digit in digits)


def _decimal(whole: str, places: str) -> Number | None:
    """Return a number by its digits; 8.000 may be eight, or eight thousand."""
    whole, places, written = whole.lstrip("0"), places.rstrip("0"), places
    if len(places) > _MOST_PLACES or written == "000":
        return None
    if len(whole) > _LONGEST:
        return Number(LIMIT)
    return Number(min(int(whole or "0") * SCALE + int(places.ljust(_MOST_PLACES, "0")), LIMIT))


def _powers(text: str, below: int) -> Number | None:
    """Read 一万二千三百: the largest power splits it; each power inside is smaller than 10^`below`."""
    for power, sign in RULES["powers"]:
        at = text.find(sign) if power < below else -1
        if at < 0:
            continue
        rest = text[at + 1 :]
        head, tail = _head(text[:at], power), _tail(rest, power)
        if head is None or tail is None or (rest and head.units % SCALE):
            return None
        return Number(min(head.units * 10**power + tail.units, LIMIT), tail.loose, head.doubt)
    return None


def _head(text: str, power: int) -> Number | None:
    """Return how many of a power there are: 三 in 三百, 二十三 in 二十三万; one of ten where nothing stands."""
    if not text:
        return Number(SCALE, doubt=power != 1)
    if power < _TEN_THOUSAND:
        small = _ONE.fullmatch(text) or (power > 1 and _SMALL_DECIMAL.fullmatch(text))
        return number(text) if small else None
    many = number(text)
    if many is None or many.loose or not many.units or (many.doubt and _POSITIONAL.fullmatch(text)):
        return None
    return many


def _tail(text: str, power: int) -> Number | None:
    """Return what stands behind a power, such as 二千 in 一万二千; a single digit counts in the next smaller power."""
    if not text:
        return _ZERO
    if _ONE.fullmatch(text):
        digit = number(text)
        return digit and Number(digit.units * 10 ** (power - 1), loose=power > 1)
    if text[0] == _DIGITS[0]:
        few = _WHOLE_OR_DECIMAL.fullmatch(text[1:]) or _ONE.fullmatch(text[1:])
        rest = number(text[1:]) if few else _powers(text[1:], power)
        return rest if rest and 0 < rest.units < 10 ** (power - 1) * SCALE and not rest.doubt else None
    whole, _, _ = text.partition(".")
    if len(whole) == power and _ASCII.fullmatch(text):
        return number(text)
    rest = _powers(text, power)
    return rest if rest and rest.units < 10**power * SCALE and not rest.doubt else None
