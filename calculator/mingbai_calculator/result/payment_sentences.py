"""Why a payer pays what it pays: from a step's figures to sentences.

A sentence is taken apart once; explaining a step only writes its figures between the pieces.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from string import Formatter

from mingbai_calculator.core.money import ALL, LARGEST, percent, shown
from mingbai_calculator.kinds.claim import Payment
from mingbai_calculator.law.numbers import Exact

_RATES = frozenset(["rate", "share"])


def reason(payment: Payment, say: dict[str, str], space: str) -> str:
    """Explain what a policy did to a bill in the sentences `say`, with `space` between them."""
    pieces: list[str] = []
    for key in _sentences(payment):
        if pieces:
            pieces.append(space)
        for literal, name in _taken_apart(say[key]):
            pieces.append(literal)
            if name is not None:
                pieces.append(_figure(payment, name))
    return "".join(pieces)


@cache
def _taken_apart(sentence: str) -> tuple[tuple[str, str | None], ...]:
    return tuple((literal, name) for literal, name, _, _ in Formatter().parse(sentence))


def _figure(payment: Payment, name: str) -> str:
    """Write one figure of a step for a reader."""
    if name == "amount":
        return shown(payment.amount)
    if name in _DERIVED:
        return shown(_DERIVED[name](payment.figures))
    value = payment.figures[name]
    return percent(value) if name in _RATES else shown(value)


def _per_hundred(figures: dict[str, Exact]) -> Exact:
    """Return what is paid of every 100 yuan (fen)."""
    return figures["share"] if "share" in figures else figures["rate"]  # basis points of 100 yuan are fen


_DERIVED: dict[str, Callable[[dict[str, Exact]], Exact]] = {
    "per_hundred": _per_hundred,
    "target": lambda figures: Fraction(figures["share"] * figures["eligible"], ALL),
    "to_go": lambda figures: figures["deductible"] - figures["earlier"] - figures["base"],
}

_OF_A_KIND = {
    "topped_up": ["floor", "floor_topped"],
    "floor_reached": ["floor", "floor_reached"],
    "no_row": ["no_row"],
    "not_triggered": ["not_triggered"],
    "fee": ["fee"],
    "split": ["split"],
    "split_rest": ["split_rest"],
    "excess": ["excess"],
}


def _sentences(payment: Payment) -> list[str]:
    """Return the keys of the sentences that explain a step."""
    if payment.why in _OF_A_KIND:
        return _OF_A_KIND[payment.why]
    if payment.why in ("over_ceiling", "under_ceiling"):
        earlier = ["ceiling_year"] if payment.figures["earlier"] else []
        return [*earlier, "ceiling_share" if "share" in payment.figures else "ceiling", payment.why]
    return _of_a_share(payment)


def _of_a_share(payment: Payment) -> list[str]:
    figures = payment.figures
    keys = ["base_limited" if figures["base"] < figures["whole"] else "base"]
    if figures["deductible"]:
        per_year = figures["per_year"]
        if per_year:
            keys = ["year_burden"]
        if not figures["over"]:
            keys.append("year_below" if per_year else "below_deductible")
            far = not unlimited(figures["deductible"]) and _DERIVED["to_go"](figures) > 0
            return [*keys, "to_go"] if far else keys
        keys.append("year_deductible" if per_year else "first_deductible")
    if payment.why == "limited":
        return [*keys, "rate_before_limit", "limit"]
    if not figures["rate"]:
        return [*keys, "brackets"] if payment.amount else keys
    return [*keys, "all" if figures["rate"] == ALL else "rate"]


def distance(payment: Payment) -> tuple[str, Exact] | None:
    """Return how far (fen) it is to the next threshold: a deductible to reach, a limit or a ceiling left to use up."""
    figures = payment.figures
    if payment.why == "below_deductible" and not unlimited(figures["deductible"]):
        return "deductible", _DERIVED["to_go"](figures)
    if payment.why == "share" and not unlimited(figures["limit"]):
        return "limit", figures["limit"] - figures["used"] - payment.amount
    if payment.why == "under_ceiling" and "ceiling" in figures:
        return "ceiling", figures["ceiling"] - figures["earlier"] - figures["left"]
    return None


def unlimited(amount: Exact) -> bool:
    """Whether an amount (fen) stands for "no upper bound is known", or is a part of one that does."""
    return amount > LARGEST * 10
