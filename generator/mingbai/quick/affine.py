"""A number along the cost of a bill: a + b x, where x is the cost. The engine works with it as with an amount.

Each comparison is decided for costs just above a starting point, and the path notes up to which cost it comes out the
same. So one run of the engine gives what it pays for every cost up to there: no sampling, no guess.
"""

from fractions import Fraction
from typing import Self

type Number = int | Fraction

HALF = Fraction(1, 2)


class Path:
    """The way that the engine takes for costs just above `start` (fen); it is the same for costs up to `end`."""

    __slots__ = ("end", "start")

    def __init__(self, start: Number, end: Number) -> None:
        """Begin at a cost; nothing is known yet that would change before `end`."""
        self.start, self.end = start, end

    def cost(self) -> "Affine":
        """Return the cost itself."""
        return Affine(self, 0, 1)


class Affine:
    """The number `base` + `slope` x on a path. What the engine rounds is left unrounded here."""

    __slots__ = ("base", "path", "slope")

    def __init__(self, path: Path, base: Number, slope: Number) -> None:
        """Make the number; both parts are exact."""
        self.path, self.base, self.slope = path, base, slope

    def at(self, cost: Number) -> Number:
        """Return the value at a cost."""
        return self.base + self.slope * cost

    def __add__(self, other: "Affine | Number") -> "Affine":
        """Add."""
        if isinstance(other, Affine):
            return Affine(self.path, self.base + other.base, self.slope + other.slope)
        return Affine(self.path, self.base + other, self.slope)

    __radd__ = __add__

    def __neg__(self) -> "Affine":
        """Turn the sign."""
        return Affine(self.path, -self.base, -self.slope)

    def __sub__(self, other: "Affine | Number") -> "Affine":
        """Subtract."""
        return self + (-other)

    def __rsub__(self, other: Number) -> "Affine":
        """Subtract from a plain number."""
        return -self + other

    def __mul__(self, other: Number) -> "Affine":
        """Multiply by a plain number."""
        if isinstance(other, Affine):
            return NotImplemented  # no payment is a product of two amounts
        return Affine(self.path, self.base * other, self.slope * other)

    __rmul__ = __mul__

    def __floordiv__(self, other: int) -> "Affine":
        """Divide. The engine divides to round halves up, so half is taken off: what is left is the exact share."""
        return Affine(self.path, Fraction(self.base) / other - HALF, Fraction(self.slope) / other)

    def _sign(self, other: "Affine | Number") -> int:
        """Compare just above the path's start; note where it would come out differently."""
        off = self - other
        if off.slope == 0:
            return (off.base > 0) - (off.base < 0)
        start = off.at(self.path.start)
        rises = 1 if off.slope > 0 else -1
        if start == 0:
            return rises
        sign = 1 if start > 0 else -1
        if sign != rises:
            self.path.end = min(self.path.end, -Fraction(off.base) / off.slope)
        return sign

    def __eq__(self, other: object) -> bool:
        """Whether it is the same number along the path; where two numbers only cross they are not the same."""
        return isinstance(other, Affine | int | Fraction) and self._sign(other) == 0

    def __lt__(self, other: "Self | Number") -> bool:
        """Compare just above the start of the path, as the three below."""
        return self._sign(other) < 0

    def __le__(self, other: "Self | Number") -> bool:
        """Compare."""
        return self._sign(other) <= 0

    def __gt__(self, other: "Self | Number") -> bool:
        """Compare."""
        return self._sign(other) > 0

    def __ge__(self, other: "Self | Number") -> bool:
        """Compare."""
        return self._sign(other) >= 0

    def __hash__(self) -> int:
        """Hash by its two parts, as equality goes by them."""
        return hash((self.base, self.slope))

    def __bool__(self) -> bool:
        """Tell whether it is anything but zero, as of an int."""
        return self._sign(0) != 0
