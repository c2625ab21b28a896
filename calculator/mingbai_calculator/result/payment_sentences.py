"""Explanation of a payment: which sentences, with which figures.

Templates are parsed once (cached); explaining a payment only joins their literals and figures.
"""

from collections.abc import Callable
from functools import cache
from string import Formatter

from mingbai_calculator.core.money import FULL_RATE, MAX_AMOUNT, Exact, divide, format_amount, format_percent
from mingbai_calculator.kinds.claim import Payment
from mingbai_calculator.law.kinds import KindTable, MissingPartError

type Threshold = tuple[str, Exact]
"""Deductible, limit or ceiling, and the distance to it (fen)."""

_CATALOGUE = "calculator/mingbai_calculator/sentences/zh.py, en.py"
_RATE_FIGURES = frozenset(["rate", "share"])


def explain_payment(kind: str, payment: Payment, sentences: dict[str, str], separator: str) -> str:
    """Return the explanation of a payment by a kind of policy: `sentences` of one language joined by `separator`."""
    pieces: list[str] = []
    for key in ["shared_limit"] if payment.why == "shared_limit" else SENTENCES[kind][0](payment):
        if pieces:
            pieces.append(separator)
        if key not in sentences:
            raise MissingPartError(kind, "sentences", _CATALOGUE)
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


def _list_share_keys(payment: Payment) -> list[str]:
    if payment.why in ("no_row", "not_triggered", "split", "split_rest", "excess"):
        return [payment.why]
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


def _list_ceiling_keys(payment: Payment) -> list[str]:
    earlier = ["ceiling_year"] if payment.figures["earlier"] else []
    ceiling = "ceiling_share" if "share" in payment.figures else "ceiling"
    return [*earlier, "ceiling_rises" if "above" in payment.figures else ceiling, payment.why]


def _list_floor_keys(payment: Payment) -> list[str]:
    return ["floor", "floor_topped" if payment.why == "topped_up" else "floor_reached"]


def _find_share_threshold(payment: Payment) -> Threshold | None:
    figures = payment.figures
    if payment.why == "below_deductible" and not is_unlimited(figures["deductible"]):
        return "deductible", _DERIVED["to_go"](figures)
    if payment.why == "share" and not is_unlimited(figures["limit"]):
        return "limit", figures["limit"] - figures["used"] - payment.amount
    return None


def _find_ceiling_threshold(payment: Payment) -> Threshold | None:
    figures = payment.figures
    if payment.why == "under_ceiling" and "ceiling" in figures and "above" not in figures:
        return "ceiling", figures["ceiling"] - figures["earlier"] - figures["left"]
    return None


SENTENCES: KindTable[tuple[Callable[[Payment], list[str]], Callable[[Payment], Threshold | None]]] = KindTable(
    "sentences",
    "calculator/mingbai_calculator/result/payment_sentences.py",
    {
        "share": (_list_share_keys, _find_share_threshold),
        "ceiling": (_list_ceiling_keys, _find_ceiling_threshold),
        "floor": (_list_floor_keys, lambda _: None),
        "own_share": (lambda payment: [payment.why], lambda _: None),
        "fee": (lambda payment: [payment.why], lambda _: None),
    },
    ["lines"],
)
"""For each kind that pays a part of a bill: the keys of the sentences that explain a payment, and its threshold."""


def find_next_threshold(kind: str, payment: Payment) -> Threshold | None:
    """Return the next threshold of a payment by a kind of policy; None if there is none."""
    return SENTENCES[kind][1](payment)


def is_unlimited(amount: Exact) -> bool:
    """Tell whether an amount (fen) means "no upper bound is known", or is a part of such an amount."""
    return amount > MAX_AMOUNT * 10
