"""Compilation of each kind: its law, the facts that it reads outside conditions, figures for its texts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mingbai.compile.laws import SHARE_NUMBERS, LawCompiler
from mingbai.model.kinds import Cash, Premium, Share
from mingbai_calculator.law.kinds import KindTable
from mingbai_calculator.law.laws import CashLaw, CeilingLaw, FeeLaw, Law, PremiumLaw, ShareLaw
from mingbai_calculator.law.numbers import OpenNumber


@dataclass(frozen=True, slots=True)
class KindCompiler:
    """How a kind is compiled.

    `compile` takes the model of the kind, `list_facts` its law; `list_figures` takes the model and returns figures that
    the source prints and the law has in another form (fen, basis points).
    """

    compile: Callable[[LawCompiler, Any], Law]
    list_facts: Callable[[Any], set[str]] = lambda _: set()
    list_figures: Callable[[Any], Mapping[str, int]] = lambda _: {}


def _list_share_facts(law: ShareLaw) -> set[str]:
    is_read = {
        "tcm_cost": law.base == "tcm_cost",
        "ytd_burden": law.deductible_per == "year",
        "ytd_paid": law.limit_per == "year",
    }
    return {fact for fact, read in is_read.items() if read}


def _list_ceiling_facts(law: CeilingLaw) -> set[str]:
    return {"ytd_self_paid"} if law.per == "year" else set()


def _list_fee_facts(law: FeeLaw) -> set[str]:
    categories = {item for row in law.rows for item in row.items}
    facts = {"fee"} if "fee" in categories else set[str]()
    facts |= {"items"} if categories - {"fee"} else set()
    return facts | ({"companions", "companion_days"} if any(row.daily is not None for row in law.rows) else set())


def _list_premium_facts(law: PremiumLaw) -> set[str]:
    """Return the fact with the contribution, or its open number (the name of which is no fact)."""
    return {law.premium.key} if isinstance(law.premium, OpenNumber) else set()


def _list_cash_facts(law: CashLaw) -> set[str]:
    facts = {law.times} if law.times else set[str]()
    facts |= {"terms"} if law.per == "term" else set()
    return facts | ({"wife_age", "wife_birth_month"} if law.from_month else set())


def _list_share_figures(model: Share) -> Mapping[str, int]:
    """Return the numbers of the version, which its rows have too."""
    numbers = {name: getattr(model, name) for name in SHARE_NUMBERS}
    return {name: number.value for name, number in numbers.items() if number and number.value is not None}


def _list_premium_figures(model: Premium) -> Mapping[str, int]:
    """Return the bound that the source prints: "at most 50%"."""
    return {} if model.rate.at_most is None else {"rate": model.rate.at_most}


def _list_cash_figures(model: Cash) -> Mapping[str, int]:
    """Return the bounds that the source prints: "at most 200"."""
    bounds = {f"{row.id}.amount": row.amount.at_most for row in model.amounts}
    return {name: bound for name, bound in bounds.items() if bound is not None}


COMPILERS = KindTable(
    "compile",
    "generator/mingbai/compile/kinds.py",
    {
        "share": KindCompiler(LawCompiler.compile_share, _list_share_facts, _list_share_figures),
        "ceiling": KindCompiler(LawCompiler.compile_ceiling, _list_ceiling_facts),
        "floor": KindCompiler(LawCompiler.compile_floor),
        "fee": KindCompiler(LawCompiler.compile_fee, _list_fee_facts),
        "cash": KindCompiler(LawCompiler.compile_cash, _list_cash_facts, _list_cash_figures),
        "premium": KindCompiler(LawCompiler.compile_premium, _list_premium_facts, _list_premium_figures),
        **dict.fromkeys(("aid", "service", "right", "in_kind", "status"), KindCompiler(LawCompiler.compile_plain)),
    },
)
"""How each kind is compiled."""
