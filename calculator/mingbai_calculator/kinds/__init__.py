"""The kinds of promise: one small module each.

``ON_A_BILL``
    pays a part of a bill: ``prepare(version) -> Pay``; `fee` policies are prepared together
``IN_CASH``
    pays money without a bill: ``prepare(version) -> Due``
``ON_A_PREMIUM``
    pays a part of an insurance contribution: ``prepare(version) -> Subsidise``
``WITHOUT_AMOUNT``
    promises something that no figure says; needs no arithmetic
``TESTS``
    promises nothing itself; others refer to its condition

To add a kind, add a module and name it here; then its model, its rule, its sentences, its tests, its
page partial and its entry in the authors' guide.
"""

from collections.abc import Callable

from mingbai_calculator.kinds import cash, ceiling, floor, premium, share
from mingbai_calculator.kinds.claim import Pay
from mingbai_calculator.law.version import Version

PAYS: dict[str, Callable[[Version], Pay]] = {
    "share": share.prepare,
    "ceiling": ceiling.prepare,
    "floor": floor.prepare,
}
ON_A_BILL = (*PAYS, "fee")
IN_CASH: dict[str, Callable[[Version], cash.Due]] = {"cash": cash.prepare}
ON_A_PREMIUM: dict[str, Callable[[Version], premium.Subsidise]] = {"premium": premium.prepare}
WITHOUT_AMOUNT = ("aid", "service", "right", "in_kind")
TESTS = ("status",)
