"""Kind `premium`: subsidy of an insurance contribution.

Of several subsidies of the same contribution only the largest is paid (reading R17).
"""

from collections.abc import Callable
from typing import NamedTuple, cast

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.money import apply_rate
from mingbai_calculator.law.laws import PremiumLaw
from mingbai_calculator.law.numbers import compile_number
from mingbai_calculator.law.version import PolicyVersion


class Subsidy(NamedTuple):
    """The subsidy (`amount`) and what the person pays of the contribution (fen)."""

    amount: int
    self_pays: int


type SubsidyFunction = Callable[[Facts], Subsidy]


def prepare(version: PolicyVersion) -> SubsidyFunction:
    """Return the function that computes the subsidy of the contribution."""
    law = version.get_law(PremiumLaw)
    rate, premium = compile_number(law.rate), compile_number(law.premium)

    def subsidise(facts: Facts) -> Subsidy:
        contribution = cast("int", premium(facts))
        amount = min(apply_rate(rate(facts), contribution), contribution)
        return Subsidy(amount, contribution - amount)

    return subsidise
