"""What lints know of each kind of policy: its amounts, its facts of the year, its decision table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from mingbai.checks.lints.shared.context import Rule
from mingbai.diagnostics.problem import KeyPath
from mingbai_calculator.law.conditions import Condition
from mingbai_calculator.law.kinds import KindTable
from mingbai_calculator.law.laws import CashLaw, CeilingLaw, FeeLaw, OwnShareLaw, ShareLaw
from mingbai_calculator.law.numbers import Number


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a decision table: its id, whom it is for, its numbers."""

    id: str
    condition: Condition
    numbers: Sequence[object]


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """The rows of a version: their path in the file, and whether some row must match each person (`complete`)."""

    path: KeyPath
    rows: Sequence[TableRow]
    complete: bool


@dataclass(frozen=True, slots=True)
class KindLints:
    """What lints read of a kind; each function takes the law of the kind.

    `list_amounts`: the amounts (fen) at which the slope of a payment may change. `list_year_facts`: the facts about
    earlier visits of the year that it reads. `get_table`: the rows of which the first that matches applies.
    """

    list_amounts: Callable[[Any], Sequence[Number | None]] = lambda _: ()
    list_year_facts: Callable[[Any], Sequence[str]] = lambda _: ()
    get_table: Callable[[Any, Rule], DecisionTable | None] = lambda _law, _rule: None


def _list_share_amounts(law: ShareLaw) -> list[Number | None]:
    amounts = [number for row in law.rows for number in (row.deductible, row.limit, row.base_limit)]
    return [*amounts, *(bracket.start for row in law.rows for bracket in row.brackets)]


def _list_share_year_facts(law: ShareLaw) -> list[str]:
    counted = (("ytd_burden", law.deductible_per), ("ytd_paid", law.limit_per))
    return [fact for fact, per in counted if per == "year"]


def _get_share_table(law: ShareLaw, rule: Rule) -> DecisionTable | None:
    rows = [
        TableRow(row.id, row.condition, (row.deductible, row.rate, row.limit, row.base_limit, row.brackets))
        for row in law.rows
    ]
    return DecisionTable(("table",), rows, complete=True) if rule.document.value.get("table") else None


def _get_own_share_table(law: OwnShareLaw, _rule: Rule) -> DecisionTable | None:
    """Return the rows if all are about the whole bill; where none matches, nothing comes off first, by design."""
    rows = [TableRow(row.id, row.condition, (row.rate,)) for row in law.rows]
    return None if any(row.items for row in law.rows) else DecisionTable(("table",), rows, complete=False)


def _list_ceiling_amounts(law: CeilingLaw) -> list[Number | None]:
    starts = [row.plus.above for row in law.rows if row.plus is not None]
    return [*(row.amount for row in law.rows if row.of != "share"), *starts]


def _list_ceiling_year_facts(law: CeilingLaw) -> list[str]:
    return ["ytd_self_paid"] if law.per == "year" else []


def _get_ceiling_table(law: CeilingLaw, rule: Rule) -> DecisionTable | None:
    rows = [TableRow(row.id, row.condition, (row.of, row.amount, row.plus)) for row in law.rows]
    return DecisionTable(("table",), rows, complete=True) if rule.document.value.get("table") else None


def _list_fee_amounts(law: FeeLaw) -> list[Number | None]:
    return [row.up_to for row in law.rows]


def _get_cash_table(law: CashLaw, _rule: Rule) -> DecisionTable | None:
    """Return the amounts if the first that matches counts; a person without one gets nothing, by design."""
    rows = [TableRow(row.id, row.condition, (row.amount, row.rate, row.of, row.less)) for row in law.amounts]
    return DecisionTable(("amounts",), rows, complete=False) if law.pick == "first" else None


LINTS = KindTable(
    "lints",
    "generator/mingbai/checks/lints/shared/kinds.py",
    {
        "own_share": KindLints(get_table=_get_own_share_table),
        "share": KindLints(_list_share_amounts, _list_share_year_facts, _get_share_table),
        "ceiling": KindLints(_list_ceiling_amounts, _list_ceiling_year_facts, _get_ceiling_table),
        "floor": KindLints(),
        "fee": KindLints(_list_fee_amounts),
        "cash": KindLints(get_table=_get_cash_table),
        **dict.fromkeys(("premium", "aid", "service", "right", "in_kind", "status"), KindLints()),
    },
)
"""What lints know of each kind."""
