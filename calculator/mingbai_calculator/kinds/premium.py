"""`premium`: a part of an insurance contribution is paid for the person.

Of several subsidies of the same contribution only the best one is given (reading R17).
"""

from collections.abc import Callable
from typing import NamedTuple, cast

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.money import part
from mingbai_calculator.law.numbers import compile_number
from mingbai_calculator.law.version import Version


class Subsidy(NamedTuple):
    """What is paid of a contribution, and what is left to the person (fen)."""

    amount: int
    self_pays: int


type Subsidise = Callable[[Facts], Subsidy]


def prepare(version: Version) -> Subsidise:
    """Return the function that tells what is paid of the contribution."""
    rate, premium = compile_number(version.law["rate"]), compile_number(version.law["premium"])

    def subsidise(facts: Facts) -> Subsidy:
        whole = cast("int", premium(facts))
        amount = part(rate(facts), whole)
        return Subsidy(amount, whole - amount)

    return subsidise
