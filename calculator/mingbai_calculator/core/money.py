"""Money in whole fen, rates in basis points, and the one way in which both are rounded and written."""

import re
from fractions import Fraction

ALL = 10_000
"""A rate of 100% in basis points."""

_TWICE_ALL = 2 * ALL

UNLIMITED = 10**18
"""Fen. Stands for "no upper bound is known": ten thousand trillion yuan, more than any bill can be."""

LARGEST = 10**14
"""Fen. The largest amount that is accepted from outside: a thousand billion yuan."""
LARGEST_WHOLE = 1_000_000
"""The largest whole number (years, people, metres) that is accepted where a fact names no bound of its own."""

_YUAN = re.compile(r"(\d{1,12})(?:\.(\d{1,2}))?")
_RATE = re.compile(r"([01])(?:\.(\d{1,4}))?")
_PERCENT = re.compile(r"(\d{1,3})(?:\.(\d{1,2}))?%")


def parse_yuan(text: str) -> int | None:
    """Return the fen of a decimal number of yuan such as ``8000`` or ``8000.5``; None if it is not one.

    At most two decimals, no sign, no thousands separator.
    """
    match = _YUAN.fullmatch(text)
    if match is None or not text.isascii():
        return None
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))


def parse_rate(text: str) -> int | None:
    """Return the basis points of ``0.60`` or ``60%`` (at most four decimals, at most 1); None if it is not a rate."""
    if not text.isascii():
        return None
    if match := _RATE.fullmatch(text):
        points = int(match[1]) * ALL + int((match[2] or "").ljust(4, "0"))
    elif match := _PERCENT.fullmatch(text):
        points = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
    else:
        return None
    return points if points <= ALL else None


def half_up(value: int | Fraction) -> int:
    """Round fen to whole fen, halves up (reading R1). `value` is not negative."""
    return value if isinstance(value, int) else (2 * value + 1) // 2


def part(rate: int | Fraction, of: int | Fraction) -> int:
    """Return `rate` (basis points) of an amount (fen), rounded half-up to the fen (reading R1)."""
    return (2 * rate * of + ALL) // _TWICE_ALL


def half_up_part(product: int | Fraction) -> int:
    """Return a product of basis points and fen as fen, rounded half-up. `product` is not negative."""
    return (2 * product + ALL) // _TWICE_ALL


def yuan(fen: int) -> str:
    """Write fen as yuan with two decimals: ``149750`` is ``1497.50``."""
    return f"{fen // 100}.{fen % 100:02d}"


def shown(fen: int | Fraction) -> str:
    """Write fen for a reader: thousands separated, decimals only where there are any."""
    whole, cents = divmod(half_up(fen), 100)
    return f"{whole:,}.{cents:02d}" if cents else f"{whole:,}"


def percent(rate: int | Fraction) -> str:
    """Write basis points as a percentage: ``8500`` is ``85%``, ``8525`` is ``85.25%``."""
    whole, rest = divmod(half_up(rate), 100)
    return f"{whole}.{rest:02d}".rstrip("0") + "%" if rest else f"{whole}%"
