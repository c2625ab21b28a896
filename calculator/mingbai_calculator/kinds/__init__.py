"""Evaluation of each kind that promises money, one module for each.

A kind that pays a part of a bill is evaluated in steps, so that an engine for columns of bills can share all but the
last one:

``applies(facts)``
    whether the policy is for this person and this event (`PolicyVersion.compile_applies`)
``terms(facts)``
    the numbers that hold for this person and event: everything that conditions decide, whatever the amounts are
``sums(terms, ..., claim)``
    the payments: what the terms come to for the amounts of a bill and of its year
"""

from collections.abc import Callable

from mingbai_calculator.kinds import cash, ceiling, fee, floor, own_share, premium, share
from mingbai_calculator.kinds.claim import PayFunction
from mingbai_calculator.law.kinds import KindTable
from mingbai_calculator.law.version import PolicyVersion

_FILE = "calculator/mingbai_calculator/kinds/__init__.py"


class BillKind:
    """A kind that pays a part of a bill.

    `prepare` returns the function that pays by a version; if `together`, by all versions of a place that are of this
    kind, in the place of the first. `prepare_terms` takes the same, and returns the function ``terms``.
    """

    __slots__ = ("prepare", "prepare_terms", "together")

    def __init__(
        self,
        prepare: Callable[..., PayFunction],
        prepare_terms: Callable[..., Callable[..., object]],
        *,
        together: bool = False,
    ) -> None:
        """Store the functions."""
        self.prepare, self.prepare_terms, self.together = prepare, prepare_terms, together


BILLS = KindTable(
    "evaluation",
    _FILE,
    {
        "own_share": BillKind(own_share.prepare, own_share.prepare_terms),
        "share": BillKind(share.prepare, share.prepare_terms),
        "ceiling": BillKind(ceiling.prepare, ceiling.prepare_terms),
        "floor": BillKind(floor.prepare, floor.prepare_terms),
        "fee": BillKind(fee.prepare, fee.prepare_terms, together=True),
    },
    ["lines"],
)
"""Kinds that pay a part of a bill."""
CASH: KindTable[Callable[[PolicyVersion], cash.DueFunction]] = KindTable(
    "evaluation", _FILE, {"cash": cash.prepare}, ["cash"]
)
"""Kinds that pay cash without a bill."""
SUBSIDIES: KindTable[Callable[[PolicyVersion], premium.SubsidyFunction]] = KindTable(
    "evaluation", _FILE, {"premium": premium.prepare}, ["subsidies"]
)
"""Kinds that pay a part of an insurance contribution."""
