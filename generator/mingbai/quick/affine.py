"""Affine numbers a + b x, where x is the cost of a bill: the engine computes with them as with amounts.

Each comparison is decided for costs just above a starting point, and the path records up to which cost the result
stays the same. So one run of the engine gives what it pays for every cost up to there: exact, without sampling.
"""

from fractions import Fraction
from typing import Self

type ExactNumber = int | Fraction
"""Fen, or a slope (fen for each fen of cost); never a float."""

HALF = Fraction(1, 2)


class ExecutionPath:
    """The execution path of the engine for costs just above `start` (fen); it stays the same for costs up to `end`."""

    __slots__ = ("end", "start")

    def __init__(self, start: ExactNumber, end: ExactNumber) -> None:
        """Begin at the cost `start`; comparisons move `end` down to the first cost at which one of them changes."""
        self.start, self.end = start, end

    def cost(self) -> "Affine":
        """Return the cost itself: 0 + 1 x."""
        return Affine(self, 0, 1)


class Affine:
    """The number `base` + `slope` x on a path (fen). What the engine rounds stays unrounded here."""

    __slots__ = ("base", "path", "slope")

    def __init__(self, path: ExecutionPath, base: ExactNumber, slope: ExactNumber) -> None:
        """Create the number; both coefficients are exact."""
        self.path, self.base, self.slope = path, base, slope

    def evaluate(self, cost: ExactNumber) -> ExactNumber:
        """Return the value (fen) at a cost (fen)."""
        return self.base + self.slope * cost

    def __add__(self, other: "Affine | ExactNumber") -> "Affine":
        """Add."""
        if isinstance(other, Affine):
            return Affine(self.path, self.base + other.base, self.slope + other.slope)
        return Affine(self.path, self.base + other, self.slope)

    __radd__ = __add__

    def __neg__(self) -> "Affine":
        """Negate."""
        return Affine(self.path, -self.base, -self.slope)

    def __sub__(self, other: "Affine | ExactNumber") -> "Affine":
        """Subtract."""
        return self + (-other)

    def __rsub__(self, other: ExactNumber) -> "Affine":
        """Subtract from a plain number."""
        return -self + other

    def __mul__(self, other: ExactNumber) -> "Affine":
        """Multiply by a plain number."""
        if isinstance(other, Affine):
            return NotImplemented  # no payment is the product of two amounts
        return Affine(self.path, self.base * other, self.slope * other)

    __rmul__ = __mul__

    def __floordiv__(self, other: int) -> "Affine":
        """Divide exactly. The engine floors after adding one half (rounding half up): that half is subtracted again."""
        return Affine(self.path, Fraction(self.base) / other - HALF, Fraction(self.slope) / other)

    def _sign(self, other: "Affine | ExactNumber") -> int:
        """Return the sign of the difference just above the path's start; move the path's end to where it changes."""
        difference = self - other
        if difference.slope == 0:
            return (difference.base > 0) - (difference.base < 0)
        at_start = difference.evaluate(self.path.start)
        slope_sign = 1 if difference.slope > 0 else -1
        if at_start == 0:
            return slope_sign
        sign = 1 if at_start > 0 else -1
        if sign != slope_sign:
            self.path.end = min(self.path.end, -Fraction(difference.base) / difference.slope)
        return sign

    def __eq__(self, other: object) -> bool:
        """Whether both are the same number along the path; two numbers that only cross at one cost are not equal."""
        return isinstance(other, Affine | int | Fraction) and self._sign(other) == 0

    def __lt__(self, other: "Self | ExactNumber") -> bool:
        """Compare just above the start of the path, like the three methods below."""
        return self._sign(other) < 0

    def __le__(self, other: "Self | ExactNumber") -> bool:
        """Compare."""
        return self._sign(other) <= 0

    def __gt__(self, other: "Self | ExactNumber") -> bool:
        """Compare."""
        return self._sign(other) > 0

    def __ge__(self, other: "Self | ExactNumber") -> bool:
        """Compare."""
        return self._sign(other) >= 0

    def __hash__(self) -> int:
        """Hash the two coefficients, which equality compares."""
        return hash((self.base, self.slope))

    def __bool__(self) -> bool:
        """Whether it differs from zero, as for an int."""
        return self._sign(0) != 0
