"""Lints: find policies that are valid and compile, but are probably wrong as law.

Each lint is a small module, mirrored by its messages (`diagnostics`) and its files ``tests/policies/bad/<code>.yaml``.
Findings are warnings, or errors if they are certainly wrong. A file may accept a finding with a reason (`accepted`).
"""

from typing import Any

from mingbai.checks.lints.changes.jumps import check_jumps
from mingbai.checks.lints.changes.losers import check_losers
from mingbai.checks.lints.changes.sources import check_new_sources
from mingbai.checks.lints.coverage.mutation import find_surviving_mutants
from mingbai.checks.lints.coverage.thresholds import check_threshold_coverage
from mingbai.checks.lints.effects.bill_cliffs import check_bill_cliffs
from mingbai.checks.lints.effects.equity import check_equity
from mingbai.checks.lints.effects.threshold_cliffs import check_threshold_cliffs
from mingbai.checks.lints.shared.accepted import ACCEPTABLE_CODES, CHANGE_CODES, MUTATION_CODES, drop_accepted
from mingbai.checks.lints.shared.context import Lint, make_context
from mingbai.checks.lints.tables.brackets import check_brackets
from mingbai.checks.lints.tables.limits import check_limits
from mingbai.checks.lints.tables.reference_cycles import check_reference_cycles
from mingbai.checks.lints.tables.rows import check_rows
from mingbai.checks.lints.tables.sums import check_sums
from mingbai.checks.lints.text.figures import check_figures
from mingbai.checks.lints.text.language import check_language
from mingbai.checks.lints.text.meant_for import check_meant_for
from mingbai.checks.lints.text.misread import check_misread_words
from mingbai.checks.lints.text.revisions import check_revisions
from mingbai.checks.lints.text.versions import check_versions
from mingbai.core.progress import Progress
from mingbai.diagnostics.problem import Problems
from mingbai.loader.library import Library

ERROR_LINTS: tuple[Lint, ...] = (check_reference_cycles, check_brackets)
"""Lints of rules that cannot be evaluated; they run before the examples."""
WARNING_LINTS: tuple[Lint, ...] = (
    check_rows,
    check_sums,
    check_limits,
    check_versions,
    check_revisions,
    check_language,
    check_misread_words,
    check_figures,
    check_meant_for,
    check_threshold_coverage,
    check_bill_cliffs,
    check_threshold_cliffs,
    check_equity,
    check_jumps,
    check_losers,
    check_new_sources,
)


def run_error_lints(bundle: dict[str, Any], library: Library, problems: Problems) -> None:
    """Report what is certainly wrong: reference cycles, brackets out of order."""
    context = make_context(bundle, library)
    for lint in ERROR_LINTS:
        for problem in lint(context):
            problems.add(problem)


def run_warning_lints(
    bundle: dict[str, Any],
    library: Library,
    problems: Problems,
    locked: frozenset[str] = frozenset(),
    entered: frozenset[str] = frozenset(),
) -> None:
    """Report what is probably wrong, without the findings that a file accepts.

    `locked` and `entered` are those of `LintContext`.
    """
    context = make_context(bundle, library, locked, entered)
    findings = [problem for lint in WARNING_LINTS for problem in lint(context)]
    new = {rule.document.file for before, rule in context.list_revisions() if not context.is_settled(before, rule)}
    for problem in drop_accepted(context, findings, ACCEPTABLE_CODES):
        if problem.code not in CHANGE_CODES or problem.file in new:
            problems.add(problem)


def run_mutation_lint(bundle: dict[str, Any], library: Library, problems: Problems, progress: Progress) -> None:
    """Report the numbers that no example covers, without the findings that a file accepts; this is slow."""
    context = make_context(bundle, library)
    for problem in drop_accepted(context, find_surviving_mutants(context, progress), MUTATION_CODES):
        problems.add(problem)
