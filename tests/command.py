"""Running `mingbai` as people do: as a process of its own, or, in the quick run, within this one.

Starting Python and importing the program takes most of a second; `make test` does so for each call.
"""

import subprocess
import sys
from contextlib import chdir
from pathlib import Path

from click.testing import CliRunner

from mingbai.cli.main import main
from tests.conftest import ROOT
from tests.quick import is_quick

PROGRAM = str(Path(sys.executable).parent / "mingbai")


def mingbai(*words: str, cwd: Path = ROOT, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder; return its exit code and what it printed. A traceback fails the test."""
    if not is_quick():
        command = [PROGRAM, *words]
        return subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, text=True, check=False)
    with chdir(cwd):
        done = CliRunner().invoke(main, words, input=stdin, catch_exceptions=False)
    return subprocess.CompletedProcess(list(words), done.exit_code, done.stdout, done.stderr)
