"""Rows of a decision table that overlap, that nobody can reach, or that leave a gap.

The first row that fits counts. So an earlier row may win over a later one only by being narrower, and for
every combination of options that `who` and `when` allow some row must fit.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple, cast

from mingbai.checks.lints.shared.context import Ground, Json, Rule, warning
from mingbai.diagnostics.problem import Path_, Problem
from mingbai_calculator.core.world import Branch, World, explore
from mingbai_calculator.law.conditions import Condition, Test, compile_condition

MOST_WAYS = 4096
"""A table of more combinations is not looked at."""
type Fits = tuple[bool, ...]


class _Table(NamedTuple):
    """The rows of a version: where they stand, which numbers they give, whether each person must find one."""

    path: Path_
    rows: list[Json]
    complete: bool


def check_tables(ground: Ground) -> Iterator[Problem]:
    """Find overlapping rows, rows that nobody reaches, and gaps."""
    for rule in ground.rules:
        table = _table(rule)
        if table is None:
            continue
        ways = _ways(ground, rule)
        if ways:
            yield from _unreachable(rule, table, ways)
            yield from _overlaps(rule, table, ways)
            if table.complete:
                yield from _gaps(rule, table, ways)


def _table(rule: Rule) -> _Table | None:
    model, law = rule.version.model, rule.compiled["law"]
    if model.kind in ("share", "ceiling"):
        return _Table(("table",), law["rows"], complete=True) if getattr(model, "table", None) else None
    if model.kind == "cash" and law["pick"] == "first":  # what fits no row gets nothing: that is said by the rows
        return _Table(("amounts",), law["amounts"], complete=False)
    return None


def _ways(ground: Ground, rule: Rule) -> list[Branch[Fits]]:
    """Return which rows fit, in every way that `who` and `when` allow; nothing where there are too many."""
    plan = ground.plan(rule.place.id, rule.day)
    version = plan.versions.get(rule.policy)
    if version is None:
        return []
    applies = version.applies()
    rows = cast("list[Json]", version.law["amounts" if "amounts" in version.law else "rows"])
    tests: list[Test] = [compile_condition(cast("Condition", row["if"])) for row in rows]

    def fits(world: World) -> Fits:
        return tuple(test(world) for test in tests) if applies(world) else ()

    ways, complete = explore(fits, World(), plan.values, MOST_WAYS)
    return [way for way in ways if way.outcome] if complete else []


def _unreachable(rule: Rule, table: _Table, ways: list[Branch[Fits]]) -> Iterator[Problem]:
    reached = {way.outcome.index(True) for way in ways if True in way.outcome}
    for index, row in enumerate(table.rows):
        if index not in reached:
            yield warning(rule.document, "row-unreachable", (*table.path, index), found=row["id"])


def _overlaps(rule: Rule, table: _Table, ways: list[Branch[Fits]]) -> Iterator[Problem]:
    outcomes = {way.outcome for way in ways}
    for first, second in combinations(range(len(table.rows)), 2):
        pairs = {(fits[first], fits[second]) for fits in outcomes}
        differ = _numbers(table.rows[first]) != _numbers(table.rows[second])
        if differ and {(True, True), (True, False), (False, True)} <= pairs:
            row, other = table.rows[second]["id"], table.rows[first]["id"]
            yield warning(rule.document, "rows-overlap", (*table.path, second), found=row, other=other)


def _gaps(rule: Rule, table: _Table, ways: list[Branch[Fits]]) -> Iterator[Problem]:
    gap = next((way for way in ways if True not in way.outcome), None)
    if gap is not None:
        yield warning(rule.document, "table-gap", table.path, found=case(gap.supposed))


def _numbers(row: Json) -> Json:
    return {name: value for name, value in row.items() if name not in ("id", "if", "title")}


def case(supposed: dict[str, object]) -> str:
    """Write a case as its facts: ``hospital_level: village, registered_poor: true``; what is not so is left out."""
    parts = []
    for key, value in supposed.items():
        name, _, member = key.partition(":")
        if member and value is True:
            parts.append(f"{name}: {member}")
        elif not member and "/" not in key:
            parts.append(f"{name}: {str(value).lower()}")
    return ", ".join(parts)
