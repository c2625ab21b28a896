"""Problems of policy files as data, apart from their wording.

The catalogue ``problems`` holds the sentences, `cli.report` prints them. Problems are collected; none stops the check.
"""

from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path
from typing import Literal

type Severity = Literal["error", "warning"]
type Step = str | int
type KeyPath = tuple[Step, ...]

MAX_PER_FILE = 100
MAX_WORD_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: its position (`line` and `column` from 1; 0 = the whole file), the path of the field, and the code.

    `code` is stable and names the sentence in the catalogue; `found` is the value in the file, `expected` the
    allowed values, `nearest` the allowed word most similar to `found`, `extra` other values for the sentence.
    """

    code: str
    file: Path
    line: int = 0
    column: int = 0
    path: str = ""
    found: str = ""
    expected: tuple[str, ...] = ()
    nearest: str | None = None
    extra: dict[str, str] = field(default_factory=dict)
    severity: Severity = "error"

    @property
    def order(self) -> tuple[str, int, int, str]:
        """The key by which problems are sorted: file, line, column, code."""
        return str(self.file), self.line, self.column, self.code


def find_nearest(word: str, words: tuple[str, ...]) -> str | None:
    """Return the one of `words` most similar to `word`; None if none is close or `word` is too long."""
    close = get_close_matches(word.lower(), words, n=1) if len(word) <= MAX_WORD_LENGTH else []
    return close[0] if close else None


def format_path(path: KeyPath) -> str:
    """Return a key path as text, list indices from 1: ``table[2].rate``."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


@dataclass(slots=True)
class Problems:
    """Collector of the problems found so far."""

    found: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        """Add a problem."""
        self.found.append(problem)

    @property
    def errors(self) -> int:
        """The number of errors (warnings not counted)."""
        return sum(problem.severity == "error" for problem in self.found)

    def sorted(self) -> list[Problem]:
        """Return the problems without duplicates, by file, line and column; at most `MAX_PER_FILE` of each file."""
        unique = {(p.order, p.path, p.found): p for p in self.found}
        shown: list[Problem] = []
        for _, group in groupby(
            sorted(unique.values(), key=lambda problem: problem.order), lambda problem: problem.file
        ):
            in_file = list(group)
            shown += in_file[:MAX_PER_FILE]
            omitted = in_file[MAX_PER_FILE:]
            if omitted:
                worst: Severity = "error" if any(problem.severity == "error" for problem in omitted) else "warning"
                shown.append(Problem("more-problems", omitted[0].file, found=f"{len(omitted)}", severity=worst))
        return shown
