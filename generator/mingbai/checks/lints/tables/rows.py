"""Rows of a decision table that overlap, that nobody can reach, or that leave a gap.

The first row that fits counts. So an earlier row may win over a later one only by being narrower, and for
every combination of options that `who` and `when` allow some row must fit.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple, cast

from mingbai.checks.lints.shared.context import Ground, Json, Rule, warning
from mingbai.diagnostics.problem import Path_, Problem
from mingbai_calculator.core.facts import Facts, Scenario, enumerate_scenarios
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
        scenarios = _ways(ground, rule)
        if scenarios:
            yield from _unreachable(rule, table, scenarios)
            yield from _overlaps(rule, table, scenarios)
            if table.complete:
                yield from _gaps(rule, table, scenarios)


def _table(rule: Rule) -> _Table | None:
    model, law = rule.version.model, rule.compiled["law"]
    if model.kind in ("share", "ceiling"):
        return _Table(("table",), law["rows"], complete=True) if getattr(model, "table", None) else None
    if model.kind == "cash" and law["pick"] == "first":  # what fits no row gets nothing: that is said by the rows
        return _Table(("amounts",), law["amounts"], complete=False)
    return None


def _ways(ground: Ground, rule: Rule) -> list[Scenario[Fits]]:
    """Return which rows fit, in every way that `who` and `when` allow; nothing where there are too many."""
    ruleset = ground.ruleset(rule.place.id, rule.day)
    version = ruleset.versions.get(rule.policy)
    if version is None:
        return []
    applies = version.applies()
    rows = cast("list[Json]", version.law["amounts" if "amounts" in version.law else "rows"])
    tests: list[Test] = [compile_condition(cast("Condition", row["if"])) for row in rows]

    def fits(facts: Facts) -> Fits:
        return tuple(test(facts) for test in tests) if applies(facts) else ()

    scenarios, complete = enumerate_scenarios(fits, Facts(), ruleset.values, MOST_WAYS)
    return [scenario for scenario in scenarios if scenario.outcome] if complete else []


def _unreachable(rule: Rule, table: _Table, scenarios: list[Scenario[Fits]]) -> Iterator[Problem]:
    reached = {scenario.outcome.index(True) for scenario in scenarios if True in scenario.outcome}
    for index, row in enumerate(table.rows):
        if index not in reached:
            yield warning(rule.document, "row-unreachable", (*table.path, index), found=row["id"])


def _overlaps(rule: Rule, table: _Table, scenarios: list[Scenario[Fits]]) -> Iterator[Problem]:
    outcomes = {scenario.outcome for scenario in scenarios}
    for first, second in combinations(range(len(table.rows)), 2):
        pairs = {(fits[first], fits[second]) for fits in outcomes}
        differ = _numbers(table.rows[first]) != _numbers(table.rows[second])
        if differ and {(True, True), (True, False), (False, True)} <= pairs:
            row, other = table.rows[second]["id"], table.rows[first]["id"]
            yield warning(rule.document, "rows-overlap", (*table.path, second), found=row, other=other)


def _gaps(rule: Rule, table: _Table, scenarios: list[Scenario[Fits]]) -> Iterator[Problem]:
    gap = next((scenario for scenario in scenarios if True not in scenario.outcome), None)
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
