"""Kinds of benefit, one module for each kind that needs arithmetic.

``BILL_PAYING_KINDS``
    pay a part of a bill: ``prepare(version) -> PayFunction``; all `fee` policies are prepared together
``CASH_KINDS``
    pay cash without a bill: ``prepare(version) -> DueFunction``
``PREMIUM_KINDS``
    pay a part of an insurance contribution: ``prepare(version) -> SubsidyFunction``
``KINDS_WITHOUT_AMOUNT``
    benefits without an amount (services, rights, goods, aid); no arithmetic
``STATUS_KINDS``
    no benefit: a condition that other policies refer to

To add a kind, add a module and name it here; then its model, its compiler, its sentences, its tests, its
page partial and its entry in the authors' guide.
"""

from collections.abc import Callable

from mingbai_calculator.kinds import cash, ceiling, floor, premium, share
from mingbai_calculator.kinds.claim import PayFunction
from mingbai_calculator.law.version import PolicyVersion

PREPARE_BY_KIND: dict[str, Callable[[PolicyVersion], PayFunction]] = {
    "share": share.prepare,
    "ceiling": ceiling.prepare,
    "floor": floor.prepare,
}
BILL_PAYING_KINDS = (*PREPARE_BY_KIND, "fee")
CASH_KINDS: dict[str, Callable[[PolicyVersion], cash.DueFunction]] = {"cash": cash.prepare}
PREMIUM_KINDS: dict[str, Callable[[PolicyVersion], premium.SubsidyFunction]] = {"premium": premium.prepare}
KINDS_WITHOUT_AMOUNT = ("aid", "service", "right", "in_kind")
STATUS_KINDS = ("status",)
