"""Compilation of each kind: its law, and figures for its texts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mingbai.compile.laws import SHARE_NUMBERS, LawCompiler
from mingbai.model.kinds import Cash, Premium, Share
from mingbai_calculator.law.kinds import KindTable
from mingbai_calculator.law.laws import Law


@dataclass(frozen=True, slots=True)
class KindCompiler:
    """How a kind is compiled.

    `compile` takes the model of the kind; `list_figures` takes it too, and returns figures that the source prints and
    the law has in another form (fen, basis points).
    """

    compile: Callable[[LawCompiler, Any], Law]
    list_figures: Callable[[Any], Mapping[str, int]] = lambda _: {}


def _list_share_figures(model: Share) -> Mapping[str, int]:
    """Return the numbers of the version, which its rows have too."""
    numbers = {name: getattr(model, name) for name in SHARE_NUMBERS}
    return {name: number.value for name, number in numbers.items() if number and number.value is not None}


def _list_premium_figures(model: Premium) -> Mapping[str, int]:
    """Return the bound that the source prints: "at most 50%"."""
    return {} if model.rate.at_most is None else {"rate": model.rate.at_most}


def _list_cash_figures(model: Cash) -> Mapping[str, int]:
    """Return the bounds that the source prints: "at most 200"."""
    bounds = {f"{row.id}.amount": row.amount.at_most for row in model.amounts if row.amount is not None}
    return {name: bound for name, bound in bounds.items() if bound is not None}


COMPILERS = KindTable(
    "compile",
    "generator/mingbai/compile/kinds.py",
    {
        "own_share": KindCompiler(LawCompiler.compile_own_share),
        "share": KindCompiler(LawCompiler.compile_share, _list_share_figures),
        "ceiling": KindCompiler(LawCompiler.compile_ceiling),
        "floor": KindCompiler(LawCompiler.compile_floor),
        "fee": KindCompiler(LawCompiler.compile_fee),
        "cash": KindCompiler(LawCompiler.compile_cash, _list_cash_figures),
        "premium": KindCompiler(LawCompiler.compile_premium, _list_premium_figures),
        **dict.fromkeys(("aid", "service", "right", "in_kind", "status"), KindCompiler(LawCompiler.compile_plain)),
    },
)
"""How each kind is compiled."""
