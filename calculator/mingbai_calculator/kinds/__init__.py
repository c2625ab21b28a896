"""The kinds of promise: one small module each.

A kind that pays a part of a bill has ``prepare(version) -> Pay``; a kind that pays cash has
``prepare(version) -> Due``; the others promise something without an amount and need no arithmetic.
To add a kind, add a module and name it here; then its sentences, its tests, its page partial and
its entry in the authors' guide.
"""

from collections.abc import Callable

from mingbai_calculator.kinds import cash, floor, share
from mingbai_calculator.settlement import Pay
from mingbai_calculator.version import Version

ON_A_BILL: dict[str, Callable[[Version], Pay]] = {"share": share.prepare, "floor": floor.prepare}
IN_CASH: dict[str, Callable[[Version], cash.Due]] = {"cash": cash.prepare}
WITHOUT_AMOUNT = ("aid", "service", "right", "in_kind")
