"""Money in whole fen, rates in basis points: parsing, rounding (half up) and formatting."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

type Exact = int | Fraction
"""An exact number: fen, basis points, or their product; a fraction only where it is not whole."""

FULL_RATE = 10_000
"""A rate of 100% in basis points."""

_TWICE_FULL_RATE = 2 * FULL_RATE

UNLIMITED = 10**18
"""Fen. Means "no upper bound is known": ten thousand trillion yuan, more than any bill."""

MAX_AMOUNT = 10**14
"""Fen. The largest amount accepted in a request: a thousand billion yuan."""
MAX_WHOLE_NUMBER = 1_000_000
"""The largest whole number (years, people, metres) accepted for a fact without a bound of its own."""

_YUAN = re.compile(r"(\d{1,12})(?:\.(\d{1,2}))?")
_RATE = re.compile(r"([01])(?:\.(\d{1,4}))?")
_PERCENT = re.compile(r"(\d{1,3})(?:\.(\d{1,2}))?%")


def parse_yuan(text: str) -> int | None:
    """Parse a decimal number of yuan such as ``8000`` or ``8000.5`` to fen; None if it is not one.

    At most two decimals, no sign, no thousands separator.
    """
    match = _YUAN.fullmatch(text)
    if match is None or not text.isascii():
        return None
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))


def parse_rate(text: str) -> int | None:
    """Parse ``0.60`` or ``60%`` (at most four decimals, at most 1) to basis points; None if it is not a rate."""
    if not text.isascii():
        return None
    if match := _RATE.fullmatch(text):
        points = int(match[1]) * FULL_RATE + int((match[2] or "").ljust(4, "0"))
    elif match := _PERCENT.fullmatch(text):
        points = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
    else:
        return None
    return points if points <= FULL_RATE else None


def round_half_up(value: Exact) -> int:
    """Round an amount (fen, not negative) half up to whole fen (reading R1)."""
    return value if isinstance(value, int) else (2 * value + 1) // 2


def apply_rate(rate: Exact, amount: Exact) -> int:
    """Return `rate` (basis points) of `amount` (fen), rounded half up to whole fen (reading R1)."""
    return (2 * rate * amount + FULL_RATE) // _TWICE_FULL_RATE


def round_rate_product(product: Exact) -> int:
    """Convert a product of basis points and fen (not negative) to fen, rounded half up."""
    return (2 * product + FULL_RATE) // _TWICE_FULL_RATE


class Rounding:
    """Rounding to a multiple of `unit` (fen): ``half_up``, ``up`` or ``down``, as a notice says."""

    __slots__ = ("how", "unit")

    def __init__(self, unit: int, how: str) -> None:
        """Store unit and direction."""
        self.unit, self.how = unit, how

    def __eq__(self, other: object) -> bool:
        """Tell whether `other` rounds in the same way."""
        return isinstance(other, Rounding) and (self.unit, self.how) == (other.unit, other.how)

    def __hash__(self) -> int:
        """Return a hash of both."""
        return hash((self.unit, self.how))

    def round_product(self, product: Exact) -> int:
        """Convert a product of basis points and fen (not negative) to fen, rounded once."""
        step = FULL_RATE * self.unit
        if self.how == "up":
            return int(-(-product // step)) * self.unit
        half = step if self.how == "half_up" else 0
        return int((2 * product + half) // (2 * step)) * self.unit


def divide(dividend: Exact, divisor: int) -> "Fraction":
    """Return the exact quotient. Fractions are needed by few rules, and cost a phone more than all our own modules."""
    from fractions import Fraction  # noqa: PLC0415 - see above

    return Fraction(dividend, divisor)


def format_yuan(fen: int) -> str:
    """Format fen as yuan with two decimals: ``149750`` is ``1497.50``."""
    return f"{fen // 100}.{fen % 100:02d}"


def format_amount(fen: Exact) -> str:
    """Format fen as yuan for a reader: thousands separators, decimals only if not zero."""
    whole, cents = divmod(round_half_up(fen), 100)
    return f"{whole:,}.{cents:02d}" if cents else f"{whole:,}"


def format_percent(rate: Exact) -> str:
    """Format basis points as a percentage: ``8500`` is ``85%``, ``8525`` is ``85.25%``."""
    whole, rest = divmod(round_half_up(rate), 100)
    return f"{whole}.{rest:02d}".rstrip("0") + "%" if rest else f"{whole}%"
