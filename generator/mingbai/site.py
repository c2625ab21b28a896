"""From a folder of policy files to the compiled bundle, or to everything that is wrong with them."""

from pathlib import Path
from typing import Any

from mingbai.compile import compile_bundle
from mingbai.examples import check_examples
from mingbai.load import load
from mingbai.problems import Problem, Problems


class PoliciesError(Exception):
    """The policy files have errors; `problems` are all of them."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems."""
        super().__init__(f"{len(problems)} problems in the policy files")
        self.problems = problems


def check_policies(policies: Path) -> tuple[dict[str, Any], Problems]:
    """Read, compile and try the policies of a folder; return the bundle and all problems, errors and warnings.

    Where the shared vocabulary cannot be read, what builds on it is not looked at, and the bundle is empty:
    one mistake there would be told a hundred times.
    """
    problems = Problems()
    library = load(policies, problems)
    if library.terms is None or not library.facts or not library.sources:
        return {}, problems
    bundle = compile_bundle(library, problems)
    if not problems.errors:
        check_examples(bundle, library, problems)
    return bundle, problems


def compiled_bundle(policies: Path) -> dict[str, Any]:
    """Return the bundle of a folder of policies; raises `PoliciesError` if there is any error in them."""
    bundle, problems = check_policies(policies)
    if problems.errors:
        raise PoliciesError(problems.sorted())
    return bundle
