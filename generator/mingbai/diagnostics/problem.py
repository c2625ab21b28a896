"""What is wrong with a policy file: one value, apart from its wording.

`wording` holds the sentences, `check` prints them. Nothing stops at the first problem.
"""

from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path
from typing import Literal

type Severity = Literal["error", "warning"]
type Step = str | int
type Path_ = tuple[Step, ...]

MOST_IN_A_FILE = 100
LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: where (`line` and `column` from 1; 0 = the whole file), in which field, and what.

    `code` is stable and names the sentence in `wording`; `found` is what stands there, `expected` what
    may stand there, `nearest` the expected word most like what was found.
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


def nearest(word: str, words: tuple[str, ...]) -> str | None:
    """Return the one of `words` most like `word`, or None."""
    close = get_close_matches(word.lower(), words, n=1) if len(word) <= LONGEST_WORD else []
    return close[0] if close else None


def dotted(path: Path_) -> str:
    """Write a path in a document as people do: ``table[2].rate``."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


@dataclass(slots=True)
class Problems:
    """The problems found so far."""

    found: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        """Take one more."""
        self.found.append(problem)

    @property
    def errors(self) -> int:
        """How many errors there are (warnings not counted)."""
        return sum(problem.severity == "error" for problem in self.found)

    def sorted(self) -> list[Problem]:
        """Return all problems once each, by file, line and column; of each file the first hundred."""
        unique = {(p.order, p.path, p.found): p for p in self.found}
        shown: list[Problem] = []
        for _, group in groupby(sorted(unique.values(), key=lambda problem: problem.order), lambda each: each.file):
            in_file = list(group)
            shown += in_file[:MOST_IN_A_FILE]
            left = in_file[MOST_IN_A_FILE:]
            if left:
                worst: Severity = "error" if any(problem.severity == "error" for problem in left) else "warning"
                shown.append(Problem("more-problems", left[0].file, found=f"{len(left)}", severity=worst))
        return shown
