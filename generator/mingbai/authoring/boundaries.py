"""Cases at the boundaries of a version's figures: a deductible, a limit, a bracket, an age; on it and just beside it.

They are read off the file as it is written, so that a draft can have them too. What comes out is not worked out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mingbai_calculator.core.money import FULL_RATE, format_yuan, parse_rate, parse_yuan
from mingbai_calculator.law.kinds import BILL_PAYING_KINDS

type Facts = dict[str, Any]

_ROWS = ("table", "discounts", "amounts")
_BOUNDS = {"at_least": (0, -1), "over": (1, 0), "at_most": (0, 1), "under": (-1, 0)}
"""Bound of a whole number -> the steps from it to the last number inside and the first one outside."""


@dataclass(frozen=True, slots=True)
class BoundaryCase:
    """A case to be worked out by hand: its id, the facts, and which results are to be filled in."""

    id: str
    facts: Facts
    expect: tuple[str, ...]


def list_boundary_cases(value: Mapping[str, Any]) -> Iterator[BoundaryCase]:
    """Yield the boundary cases of a version, given the values of its file."""
    kind = value.get("kind")
    common = _assume(value.get("who") or {}) | _assume(value.get("when") or {})
    rows: list[Facts] = next((value[name] for name in _ROWS if value.get(name)), [{"id": "all"}])
    expect = (
        ("self_pays", "line") if kind in BILL_PAYING_KINDS else ("unit_amount",) if kind == "cash" else ("applies",)
    )
    for row in rows:
        facts = _deny_others(rows, row) | common | _assume(row.get("for") or {})
        if kind in BILL_PAYING_KINDS:
            for name, fen in _list_bills({**value, **row}):
                for side, bill in (("at", fen), ("over", fen + 1)):
                    yield BoundaryCase(f"{row['id']}-{name}-{side}", {**facts, "total_cost": format_yuan(bill)}, expect)
        else:
            yield BoundaryCase(f"{row['id']}-case", facts, expect)
    for conditions in (value.get("who") or {}, *(row.get("for") or {} for row in rows)):
        yield from _list_sides(conditions, common, expect)


def _list_sides(conditions: Mapping[str, Any], common: Facts, expect: tuple[str, ...]) -> Iterator[BoundaryCase]:
    """Yield a case inside and one outside of each bound of a whole number."""
    for fact, bounds in conditions.items():
        for bound, steps in _BOUNDS.items():
            text = str(bounds.get(bound, "")) if isinstance(bounds, dict) else ""
            if text.isdigit():
                for side, step in zip(("in", "out"), steps, strict=True):
                    number = int(text) + step
                    facts = {**common, **_assume(conditions), fact: number}
                    yield BoundaryCase(f"{fact.replace('_', '-')}-{number}-{side}", facts, expect)


def _list_bills(numbers: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield the bills (fen) at which a figure of a row begins to matter."""
    deductible = _money(numbers.get("deductible")) or 0
    if deductible:
        yield "deductible", deductible
    for index, bracket in enumerate(numbers.get("brackets") or (), 1):
        above = _money(bracket.get("above"))
        if above:
            yield f"bracket-{index}", deductible + above
    limit, rate = _money(numbers.get("limit")), parse_rate(str(numbers.get("rate"))) or 0
    if limit and rate:
        yield "limit", deductible + -(-limit * FULL_RATE // rate)  # the smallest bill that reaches it
    amount = _money(numbers.get("amount"))
    if amount:
        yield "amount", amount


def _money(number: object) -> int | None:
    plain = number.get("value") if isinstance(number, dict) else number
    return None if plain is None else parse_yuan(str(plain))


def _assume(conditions: Mapping[str, Any]) -> Facts:
    """Return facts of which conditions are true: of several values the first; what cannot be read off is left out."""
    facts: Facts = {}
    for fact, wanted in conditions.items():
        if isinstance(wanted, list):
            facts[fact] = wanted[0] if wanted and not isinstance(wanted[0], dict) else None
        elif not isinstance(wanted, dict):
            facts[fact] = wanted
        else:
            bound = next((name for name in _BOUNDS if str(wanted.get(name, "")).isdigit()), None)
            facts[fact] = None if bound is None else int(wanted[bound]) + _BOUNDS[bound][0]
    return {fact: value for fact, value in facts.items() if value is not None}


def _deny_others(rows: list[Facts], own: Mapping[str, Any]) -> Facts:
    """Return that nothing is true that only other rows ask for."""
    asked = {fact for row in rows for fact, wanted in (row.get("for") or {}).items() if isinstance(wanted, bool)}
    return dict.fromkeys(asked - set(own.get("for") or {}), False)
