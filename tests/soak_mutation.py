"""Mutation of the calculator's arithmetic with mutmut: does a test notice each small change? `make soak` runs this.

`python -m tests.soak_mutation` stages the calculator and the tests that are to notice in build/mutation, and runs
mutmut there. It fails if a mutant survives that is not in `HARMLESS`; a harmless one that is noticed after all (or
times out on a busy machine) is only reported. Code outside functions and properties are not mutated.
"""

import ast
import difflib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAGE = ROOT / "build/mutation"
PACKAGE = "mingbai_calculator"
SCOPE = [
    *("kinds/cash.py", "kinds/ceiling.py", "kinds/fee.py", "kinds/floor.py", "kinds/premium.py", "kinds/share.py"),
    *(
        "kinds/claim.py",
        "core/money.py",
        "law/numbers.py",
        "law/conditions.py",
        "core/facts.py",
        "engine/discontinuities.py",
    ),
]
TESTS = ["test_money.py", "test_kinds.py"]
SURVIVED, UNTESTED = 0, 33  # codes of mutmut: exit code of pytest, 33 where no test ran the mutant

HARMLESS: dict[str, str] = {
    "kinds/ceiling.py: remaining = max(1, ceiling - earlier * FULL_RATE)": (
        "a ten-thousandth of a fen less does not change whole fen"
    ),
    "kinds/ceiling.py: amount = round_rate_product(left * FULL_RATE - remaining)"
    " if left * FULL_RATE >= remaining else 0": ("nothing exceeds the ceiling: 0 both ways"),
    "kinds/fee.py: best, best_reduction = (None, -2)": "no discount is below 0",
    "kinds/floor.py: amount = min(claim.eligible_left, round_rate_product(shortfall)) if shortfall >= 0 else 0": (
        "nothing is short: 0 both ways"
    ),
    "kinds/floor.py: amount = min(claim.eligible_left, round_rate_product(shortfall)) if shortfall > 1 else 0": (
        "a ten-thousandth of a fen is rounded to 0"
    ),
    "kinds/share.py: record(claim, 0, None, 'not_triggered', {}, 0)": "no excess, as 0",
    "kinds/share.py: record(claim, 0, None, 'no_row', {}, 0)": "no excess, as 0",
    "kinds/share.py: counted = base if base_limit is None or base < base_limit else round_half_up(base_limit)": (
        "where both are equal, both are whole fen"
    ),
    "kinds/share.py: over = end - start if end >= start else 0": "where both are equal, 0 either way",
    "kinds/claim.py: if self.eligible_left <= 0:": "0 is taken off",
    "kinds/claim.py: if self.eligible_left < 1:": "0 is taken off",
    "core/money.py: return value if isinstance(value, int) and False else (2 * value + 1) // 2": (
        "a whole number comes out as it is; the condition saves time"
    ),
    "core/money.py: return f'{whole}.{rest:02d}'.rstrip('XX0XX') + '%' if rest else f'{whole}%'": (
        "a number has no X to strip"
    ),
    "law/numbers.py: if ceiling is not None and exact >= ceiling:": (
        "where both are equal, both are the same whole number"
    ),
    **{
        f"core/facts.py: for (assumed, _), outcome in zip(scenarios, outcomes{strict}):": (
            "there is an outcome for each scenario"
        )
        for strict in ("", ", strict=None", ", strict=False")
    },
    "law/numbers.py: if isinstance(product, int) and product / FULL_RATE == 0:": (
        "a fraction comes to the same, and takes longer"
    ),
    "engine/discontinuities.py: if scenario.assumed.get(number) == bounds[0] and len(bounds) >= 1:": (
        "between a value and itself nothing sets in"
    ),
}
"""Equivalent mutants, which change no observable result: file and changed line -> the reason."""

CONFIG = f"""
[tool.mutmut]
source_paths = ["{PACKAGE}"]
only_mutate = {json.dumps([f"{PACKAGE}/{name}" for name in SCOPE])}
pytest_add_cli_args = ["-p", "no:cacheprovider", "-p", "no:xdist"]
pytest_add_cli_args_test_selection = ["tests"]
track_dependencies = false
use_git_change_detection = false

[tool.pytest.ini_options]
addopts = "--import-mode=importlib"
"""


class WithoutCasts(ast.NodeTransformer):
    """Replaces `cast(type, value)` by the value: no test can notice a mutated type."""

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        return node.args[1] if isinstance(node.func, ast.Name) and node.func.id == "cast" else node


def stage() -> None:
    """Write the calculator without casts, the tests and mutmut's configuration into `STAGE`."""
    shutil.rmtree(STAGE, ignore_errors=True)
    package = STAGE / PACKAGE
    shutil.copytree(ROOT / "calculator" / PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in SCOPE:
        tree = WithoutCasts().visit(ast.parse((package / name).read_text()))
        (package / name).write_text(ast.unparse(tree) + "\n")
    (STAGE / "tests").mkdir()
    for name in TESTS:
        shutil.copy(ROOT / "tests/calculator" / name, STAGE / "tests")
    (STAGE / "pyproject.toml").write_text(CONFIG)


def mutate() -> None:
    """Run mutmut with its output in a file, as it repeats everything a thousand times; exit if it fails."""
    log = STAGE / "mutmut.log"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHONPATH", "PYTEST_"))}
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", str(os.cpu_count() or 2)]
    with log.open("w") as output:
        mutmut = subprocess.run(
            command, cwd=STAGE, env=environment, stdout=output, stderr=subprocess.STDOUT, check=False
        )
    if mutmut.returncode != 0:
        sys.exit(f"mutmut ended with {mutmut.returncode}, see {log}")


def read_functions(path: Path) -> dict[str, list[str]]:
    """Return the source lines of each function of a file by its name, without the line of `def`."""
    tree = ast.parse(path.read_text())
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return {node.name: ast.unparse(node).split("\n")[1:] for node in functions}


def read_outcomes() -> Iterator[tuple[int | None, str]]:
    """Yield for each mutant the exit code of pytest (None: not run) and its file with the changed line."""
    for name in SCOPE:
        path = STAGE / "mutants" / PACKAGE / name
        codes: dict[str, int | None] = json.loads(path.with_name(f"{path.name}.meta").read_text())["exit_code_by_key"]
        lines = read_functions(path)
        for key, code in codes.items():
            mutant = key.rpartition(".")[2]
            original = lines[mutant.rpartition("__mutmut_")[0] + "__mutmut_orig"]
            diff = list(difflib.unified_diff(original, lines[mutant], n=0, lineterm=""))[2:]
            changed = " ".join(line[1:].strip() for line in diff if line.startswith("+"))
            yield code, f"{name}: {changed}"


def main() -> None:
    sys.stderr.write("mutating the calculator (some minutes)\n")
    stage()
    mutate()
    results = list(read_outcomes())
    left = [change for code, change in results if code in (SURVIVED, UNTESTED, None)]
    bad = [change for change in left if change not in HARMLESS]
    lines = [
        f"{len(results) - len(left)} of {len(results)} mutants noticed; of the others {len(left) - len(bad)} harmless"
    ]
    lines += [f"not noticed: {change}" for change in bad]
    lines += [f"called harmless, but noticed or gone: {change}" for change in HARMLESS if change not in left]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
