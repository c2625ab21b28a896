"""Rows of a decision table that overlap or are unreachable, and tables that leave a gap.

The first row that matches applies. So an earlier row may take precedence over a later one only by being narrower, and
for every combination of options that `who` and `when` allow some row must match.
"""

from collections.abc import Iterator
from itertools import combinations

from mingbai.checks.lints.shared.context import LintContext, Rule, make_warning
from mingbai.checks.lints.shared.kinds import LINTS, DecisionTable
from mingbai.diagnostics.problem import Problem
from mingbai_calculator.core.facts import Facts, Scenario, enumerate_scenarios, split_member_key

MAX_SCENARIOS = 4096
"""A table with more combinations is not checked."""
type RowMatches = tuple[bool, ...]
"""For each row whether it matches."""


def check_rows(context: LintContext) -> Iterator[Problem]:
    """Find overlapping rows, unreachable rows, and gaps."""
    for rule in context.rules:
        table = LINTS[rule.compiled["kind"]].get_table(rule.law.law, rule)
        if table is None:
            continue
        scenarios = _enumerate_matches(context, rule)
        if scenarios:
            yield from _check_unreachable(rule, table, scenarios)
            yield from _check_overlaps(rule, table, scenarios)
            if table.complete:
                yield from _check_gaps(rule, table, scenarios)


def _enumerate_matches(context: LintContext, rule: Rule) -> list[Scenario[RowMatches]]:
    """Return the matching rows in every scenario that `who` and `when` allow; ``[]`` if there are too many."""
    ruleset = context.ruleset(rule.place.id, rule.day)
    version = ruleset.versions.get(rule.policy)
    if version is None:
        return []
    applies = version.compile_applies()
    table = LINTS[version.kind].get_table(version.law, rule)
    tests = [row.condition.holds for row in table.rows] if table else []

    def matches(facts: Facts) -> RowMatches:
        return tuple(test(facts) for test in tests) if applies(facts) else ()

    scenarios, complete = enumerate_scenarios(matches, Facts(), ruleset.candidate_values, MAX_SCENARIOS)
    return [scenario for scenario in scenarios if scenario.outcome] if complete else []


def _check_unreachable(rule: Rule, table: DecisionTable, scenarios: list[Scenario[RowMatches]]) -> Iterator[Problem]:
    reached = {scenario.outcome.index(True) for scenario in scenarios if True in scenario.outcome}
    for index, row in enumerate(table.rows):
        if index not in reached:
            yield make_warning(rule.document, "row-unreachable", (*table.path, index), found=row.id)


def _check_overlaps(rule: Rule, table: DecisionTable, scenarios: list[Scenario[RowMatches]]) -> Iterator[Problem]:
    outcomes = {scenario.outcome for scenario in scenarios}
    for first, second in combinations(range(len(table.rows)), 2):
        pairs = {(matches[first], matches[second]) for matches in outcomes}
        differ = table.rows[first].numbers != table.rows[second].numbers
        if differ and {(True, True), (True, False), (False, True)} <= pairs:
            row, other = table.rows[second].id, table.rows[first].id
            yield make_warning(rule.document, "rows-overlap", (*table.path, second), found=row, other=other)


def _check_gaps(rule: Rule, table: DecisionTable, scenarios: list[Scenario[RowMatches]]) -> Iterator[Problem]:
    gap = next((scenario for scenario in scenarios if True not in scenario.outcome), None)
    if gap is not None:
        yield make_warning(rule.document, "table-gap", table.path, found=describe_case(gap.assumed))


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
