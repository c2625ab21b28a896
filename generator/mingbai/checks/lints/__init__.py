"""Reading policies as law: what is understood, compiles, and is still not right.

Each lint is a small module, mirrored by its messages (`diagnostics`) and its files ``tests/policies/bad/<code>.yaml``.
Lints are warnings, unless what they find cannot be meant. A file may accept a finding with a reason (`accepted`).
"""

from typing import Any

from mingbai.checks.lints.coverage.mutation import find_unguarded
from mingbai.checks.lints.coverage.thresholds import check_guards
from mingbai.checks.lints.effects.bill_cliffs import check_cliffs
from mingbai.checks.lints.effects.equity import check_equity
from mingbai.checks.lints.effects.threshold_cliffs import check_gates
from mingbai.checks.lints.shared.accepted import ACCEPTABLE, WITH_MUTANTS, without_accepted
from mingbai.checks.lints.shared.context import Lint, make_ground
from mingbai.checks.lints.tables.brackets import check_brackets
from mingbai.checks.lints.tables.limits import check_limits
from mingbai.checks.lints.tables.reference_cycles import check_loops
from mingbai.checks.lints.tables.rows import check_tables
from mingbai.checks.lints.text.figures import check_figures
from mingbai.checks.lints.text.language import check_language
from mingbai.checks.lints.text.revisions import check_revisions
from mingbai.checks.lints.text.versions import check_versions
from mingbai.core.progress import Progress
from mingbai.diagnostics.problem import Problems
from mingbai.loader.library import Library

ERRORS: tuple[Lint, ...] = (check_loops, check_brackets)
"""What could not even be worked out: looked for before the examples."""
WARNINGS: tuple[Lint, ...] = (
    check_tables,
    check_limits,
    check_versions,
    check_revisions,
    check_language,
    check_figures,
    check_guards,
    check_cliffs,
    check_gates,
    check_equity,
)


def check_sense(bundle: dict[str, Any], library: Library, problems: Problems) -> None:
    """Find what is surely wrong: loops, brackets out of order."""
    ground = make_ground(bundle, library)
    for lint in ERRORS:
        for problem in lint(ground):
            problems.add(problem)


def check_law(bundle: dict[str, Any], library: Library, problems: Problems) -> None:
    """Find what is probably wrong; what a file accepts is left out."""
    ground = make_ground(bundle, library)
    found = [problem for lint in WARNINGS for problem in lint(ground)]
    for problem in without_accepted(ground, found, ACCEPTABLE):
        problems.add(problem)


def check_mutants(bundle: dict[str, Any], library: Library, problems: Problems, progress: Progress) -> None:
    """Find the numbers that no example guards, but for those that a file accepts; that takes its time."""
    ground = make_ground(bundle, library)
    for problem in without_accepted(ground, find_unguarded(ground, progress), WITH_MUTANTS):
        problems.add(problem)
