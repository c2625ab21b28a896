"""Cards of each kind of policy: under which label it stands, and which rows of its law are for one person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.json_value import Texts
from mingbai_calculator.law.conditions import All, evaluate_condition, split_conjunction
from mingbai_calculator.law.kinds import KindTable
from mingbai_calculator.law.laws import CeilingLaw, CeilingRow, FeeLaw, FeeRow, Law, PlainLaw, ShareLaw, ShareRow


@dataclass(frozen=True, slots=True)
class KindCard:
    """How cards show a kind.

    `label` is a key of ``labels`` in the card catalogue: the heading above an entitlement. `select_rows` takes the law
    of the kind and facts of a person, and returns the law with only the rows that may apply, each with only the
    conditions that are not known to hold; unchanged if no row remains. `list_details` takes the law, and returns the
    texts that stand behind the title of a service.
    """

    label: str
    select_rows: Callable[[Any, Facts], Law] = lambda law, _: law
    list_details: Callable[[Any], Sequence[Texts]] = lambda _: ()


def _list_plain_details(law: PlainLaw) -> list[Texts]:
    return [text for text in (law.how_often, law.where) if text]


def _select_share_rows(law: ShareLaw, facts: Facts) -> Law:
    rows = [
        ShareRow(row.id, rest, row.deductible, row.rate, row.limit, row.base_limit, row.brackets)
        for row, rest in _drop_covered(_list_remaining(law.rows, facts))
    ]
    return law.with_rows(rows) if rows else law


def _select_ceiling_rows(law: CeilingLaw, facts: Facts) -> Law:
    rows = [
        CeilingRow(row.id, rest, row.of, row.amount, row.plus)
        for row, rest in _drop_covered(_list_remaining(law.rows, facts))
    ]
    return law.with_rows(rows) if rows else law


def _select_fee_rows(law: FeeLaw, facts: Facts) -> Law:
    rows = [
        FeeRow(row.id, row.items, rest, row.off, row.persons, row.up_to, row.daily)
        for row, rest in _list_remaining(law.rows, facts)
    ]
    return law.with_rows(rows) if rows else law


def _list_remaining[T: ShareRow | CeilingRow | FeeRow](rows: Sequence[T], facts: Facts) -> list[tuple[T, All]]:
    """Return the rows that may apply, each with its conditions that are not known to hold."""
    remaining = []
    for row in rows:
        parts = [part for part in split_conjunction(row.condition) if evaluate_condition(part, facts) is not True]
        if not any(evaluate_condition(part, facts) is False for part in parts):
            remaining.append((row, All(parts)))
    return remaining


def _drop_covered[T](rows: list[tuple[T, All]]) -> list[tuple[T, All]]:
    """Return the rows without those behind a row that matches whenever they do: only the first that matches applies."""
    selected: list[tuple[T, All]] = []
    for row, rest in rows:
        if not any(all(part in rest.parts for part in earlier.parts) for _, earlier in selected):
            selected.append((row, rest))
    return selected


CARDS = KindTable(
    "card",
    "generator/mingbai/cards/content/kinds.py",
    {
        "own_share": KindCard("rates"),
        "share": KindCard("rates", _select_share_rows),
        "ceiling": KindCard("rates", _select_ceiling_rows),
        "floor": KindCard("rates"),
        "fee": KindCard("rates", _select_fee_rows),
        "cash": KindCard("money"),
        "premium": KindCard("money"),
        "aid": KindCard("perhaps"),
        "service": KindCard("services", list_details=_list_plain_details),
        "right": KindCard("rights", list_details=_list_plain_details),
        "in_kind": KindCard("goods", list_details=_list_plain_details),
    },
    ["lines", "cash", "subsidies", "may_also_help", "services"],
)
"""How cards show each kind; a status is no entitlement."""
