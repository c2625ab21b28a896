"""Rows of a decision table that overlap or are unreachable, and tables that leave a gap.

The first row that matches applies. So an earlier row may take precedence over a later one only by being narrower, and
for every combination of options that `who` and `when` allow some row must match.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from mingbai.checks.lints.shared.context import LintContext, Rule, make_warning
from mingbai.diagnostics.problem import KeyPath, Problem
from mingbai_calculator.core.facts import Facts, Scenario, enumerate_scenarios, split_member_key
from mingbai_calculator.law.laws import CashLaw, CashRow, CeilingLaw, CeilingRow, Law, ShareLaw, ShareRow

MAX_SCENARIOS = 4096
"""A table with more combinations is not checked."""
type TableRow = ShareRow | CeilingRow | CashRow
type RowMatches = tuple[bool, ...]
"""For each row whether it matches."""


class _DecisionTable(NamedTuple):
    """The rows of a version: their path, the compiled rows, whether some row must match each person."""

    path: KeyPath
    rows: Sequence[TableRow]
    complete: bool


def check_rows(context: LintContext) -> Iterator[Problem]:
    """Find overlapping rows, unreachable rows, and gaps."""
    for rule in context.rules:
        table = _find_table(rule)
        if table is None:
            continue
        scenarios = _enumerate_matches(context, rule)
        if scenarios:
            yield from _check_unreachable(rule, table, scenarios)
            yield from _check_overlaps(rule, table, scenarios)
            if table.complete:
                yield from _check_gaps(rule, table, scenarios)


def _find_table(rule: Rule) -> _DecisionTable | None:
    model, law = rule.version.model, rule.law.law
    if isinstance(law, ShareLaw | CeilingLaw):
        return _DecisionTable(("table",), law.rows, complete=True) if getattr(model, "table", None) else None
    if isinstance(law, CashLaw) and law.pick == "first":  # a person without a matching row gets nothing, by design
        return _DecisionTable(("amounts",), law.amounts, complete=False)
    return None


def _enumerate_matches(context: LintContext, rule: Rule) -> list[Scenario[RowMatches]]:
    """Return the matching rows in every scenario that `who` and `when` allow; ``[]`` if there are too many."""
    ruleset = context.ruleset(rule.place.id, rule.day)
    version = ruleset.versions.get(rule.policy)
    if version is None:
        return []
    applies = version.compile_applies()
    tests = [row.condition.holds for row in _list_rows(version.law)]

    def matches(facts: Facts) -> RowMatches:
        return tuple(test(facts) for test in tests) if applies(facts) else ()

    scenarios, complete = enumerate_scenarios(matches, Facts(), ruleset.candidate_values, MAX_SCENARIOS)
    return [scenario for scenario in scenarios if scenario.outcome] if complete else []


def _list_rows(law: Law) -> Sequence[TableRow]:
    if isinstance(law, CashLaw):
        return law.amounts
    return law.rows if isinstance(law, ShareLaw | CeilingLaw) else ()


def _check_unreachable(rule: Rule, table: _DecisionTable, scenarios: list[Scenario[RowMatches]]) -> Iterator[Problem]:
    reached = {scenario.outcome.index(True) for scenario in scenarios if True in scenario.outcome}
    for index, row in enumerate(table.rows):
        if index not in reached:
            yield make_warning(rule.document, "row-unreachable", (*table.path, index), found=row.id)


def _check_overlaps(rule: Rule, table: _DecisionTable, scenarios: list[Scenario[RowMatches]]) -> Iterator[Problem]:
    outcomes = {scenario.outcome for scenario in scenarios}
    for first, second in combinations(range(len(table.rows)), 2):
        pairs = {(matches[first], matches[second]) for matches in outcomes}
        differ = _row_numbers(table.rows[first]) != _row_numbers(table.rows[second])
        if differ and {(True, True), (True, False), (False, True)} <= pairs:
            row, other = table.rows[second].id, table.rows[first].id
            yield make_warning(rule.document, "rows-overlap", (*table.path, second), found=row, other=other)


def _check_gaps(rule: Rule, table: _DecisionTable, scenarios: list[Scenario[RowMatches]]) -> Iterator[Problem]:
    gap = next((scenario for scenario in scenarios if True not in scenario.outcome), None)
    if gap is not None:
        yield make_warning(rule.document, "table-gap", table.path, found=describe_case(gap.assumed))


def _row_numbers(row: TableRow) -> list[object]:
    if isinstance(row, ShareRow):
        return [row.deductible, row.rate, row.limit, row.base_limit, row.brackets]
    return [row.of, row.amount] if isinstance(row, CeilingRow) else [row.amount]


def describe_case(supposed: dict[str, object]) -> str:
    """Return a case as text: ``hospital_level: village, registered_poor: true``; absent list members are left out."""
    parts = []
    for key, value in supposed.items():
        name, member = split_member_key(key)
        if member and value is True:
            parts.append(f"{name}: {member}")
        elif not member and "/" not in key:
            parts.append(f"{name}: {str(value).lower()}")
    return ", ".join(parts)
