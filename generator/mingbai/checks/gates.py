"""Gates of `check --lock`: what is only told elsewhere, and must be accepted or done before law is locked."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from mingbai.checks.lints.shared.accepted import LAW_CODES
from mingbai.checks.lock import hashes, read_lock
from mingbai.diagnostics.problem import Problem, Problems
from mingbai.loader.files import shown

type Json = dict[str, Any]


def close_gates(policies: Path, bundle: Json, problems: Problems) -> None:
    """Make errors of all warnings about law, and add one for each version that waits for a second person.

    A version that has errors is confirmed once they are mended.
    """
    problems.found[:] = [
        replace(problem, severity="error") if problem.code in LAW_CODES else problem for problem in problems.found
    ]
    lock = read_lock(policies, Problems())
    faulty = {problem.file for problem in problems.found if problem.severity == "error"}
    for name, law in hashes(bundle).items():
        file = shown(policies / f"{name}.yaml")
        if lock.waits(name, law) and file not in faulty:
            problems.add(Problem("not-confirmed", file, 1, 1, found=name))
