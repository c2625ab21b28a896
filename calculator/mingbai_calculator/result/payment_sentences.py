"""Explanation of a payment: which sentences, with which figures.

Templates are parsed once (cached); explaining a payment only joins their literals and figures.
"""

from collections.abc import Callable
from functools import cache
from string import Formatter

from mingbai_calculator.core.money import FULL_RATE, MAX_AMOUNT, Exact, divide, format_amount, format_percent
from mingbai_calculator.kinds.claim import Payment

_RATE_FIGURES = frozenset(["rate", "share"])


def explain_payment(payment: Payment, sentences: dict[str, str], separator: str) -> str:
    """Return the explanation of a payment in the language of `sentences`, joined by `separator`."""
    pieces: list[str] = []
    for key in _list_sentence_keys(payment):
        if pieces:
            pieces.append(separator)
        for literal, name in _parse_template(sentences[key]):
            pieces.append(literal)
            if name is not None:
                pieces.append(_format_figure(payment, name))
    return "".join(pieces)


@cache
def _parse_template(sentence: str) -> tuple[tuple[str, str | None], ...]:
    return tuple((literal, name) for literal, name, _, _ in Formatter().parse(sentence))


def _format_figure(payment: Payment, name: str) -> str:
    """Format one figure of a payment for a reader."""
    if name == "amount":
        return format_amount(payment.amount)
    if name in _DERIVED:
        return format_amount(_DERIVED[name](payment.figures))
    value = payment.figures[name]
    return format_percent(value) if name in _RATE_FIGURES else format_amount(value)


def _compute_per_hundred(figures: dict[str, Exact]) -> Exact:
    """Return what is paid of every 100 yuan (fen): as many fen as the rate has basis points."""
    return figures["share"] if "share" in figures else figures["rate"]


_DERIVED: dict[str, Callable[[dict[str, Exact]], Exact]] = {
    "per_hundred": _compute_per_hundred,
    "target": lambda figures: divide(figures["share"] * figures["eligible"], FULL_RATE),
    "to_go": lambda figures: figures["deductible"] - figures["earlier"] - figures["base"],
}

_KEYS_BY_REASON = {
    "topped_up": ["floor", "floor_topped"],
    "floor_reached": ["floor", "floor_reached"],
    "no_row": ["no_row"],
    "not_triggered": ["not_triggered"],
    "fee": ["fee"],
    "split": ["split"],
    "split_rest": ["split_rest"],
    "excess": ["excess"],
}


def _list_sentence_keys(payment: Payment) -> list[str]:
    """Return the keys of the sentences that explain a payment."""
    if payment.why in _KEYS_BY_REASON:
        return _KEYS_BY_REASON[payment.why]
    if payment.why in ("over_ceiling", "under_ceiling"):
        earlier = ["ceiling_year"] if payment.figures["earlier"] else []
        return [*earlier, "ceiling_share" if "share" in payment.figures else "ceiling", payment.why]
    return _list_share_keys(payment)


def _list_share_keys(payment: Payment) -> list[str]:
    figures = payment.figures
    keys = ["base_limited" if figures["base"] < figures["whole"] else "base"]
    if figures["deductible"]:
        per_year = figures["per_year"]
        if per_year:
            keys = ["year_burden"]
        if not figures["over"]:
            keys.append("year_below" if per_year else "below_deductible")
            is_short = not is_unlimited(figures["deductible"]) and _DERIVED["to_go"](figures) > 0
            return [*keys, "to_go"] if is_short else keys
        keys.append("year_deductible" if per_year else "first_deductible")
    if payment.why == "limited":
        return [*keys, "rate_before_limit", "limit"]
    if not figures["rate"]:
        return [*keys, "brackets"] if payment.amount else keys
    return [*keys, "all" if figures["rate"] == FULL_RATE else "rate"]


def find_next_threshold(payment: Payment) -> tuple[str, Exact] | None:
    """Return the next threshold (deductible, limit or ceiling) and the distance to it (fen); None if there is none."""
    figures = payment.figures
    if payment.why == "below_deductible" and not is_unlimited(figures["deductible"]):
        return "deductible", _DERIVED["to_go"](figures)
    if payment.why == "share" and not is_unlimited(figures["limit"]):
        return "limit", figures["limit"] - figures["used"] - payment.amount
    if payment.why == "under_ceiling" and "ceiling" in figures:
        return "ceiling", figures["ceiling"] - figures["earlier"] - figures["left"]
    return None


def is_unlimited(amount: Exact) -> bool:
    """Tell whether an amount (fen) means "no upper bound is known", or is a part of such an amount."""
    return amount > MAX_AMOUNT * 10
