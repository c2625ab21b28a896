"""Reading policies as law: what is understood, compiles, and is still not right.

One small module a lint, mirrored by its sentences in `wording` and its files ``tests/policies/bad/<code>.yaml``. Lints
are warnings, unless what they find cannot be meant. A file may accept a finding with a reason (`accepted`).
"""

from typing import Any

from mingbai.lints.accepted import ACCEPTABLE, WITH_MUTANTS, without_accepted
from mingbai.lints.brackets import check_brackets
from mingbai.lints.cliffs import check_cliffs
from mingbai.lints.equity import check_equity
from mingbai.lints.figures import check_figures
from mingbai.lints.gates import check_gates
from mingbai.lints.ground import Lint, make_ground
from mingbai.lints.guards import check_guards
from mingbai.lints.language import check_language
from mingbai.lints.limits import check_limits
from mingbai.lints.loops import check_loops
from mingbai.lints.mutate import Progress, find_unguarded
from mingbai.lints.revisions import check_revisions
from mingbai.lints.tables import check_tables
from mingbai.lints.versions import check_versions
from mingbai.load import Library
from mingbai.problems import Problems

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
