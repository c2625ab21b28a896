"""What a YAML file says, and where each part of it stands."""

from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from mingbai.diagnostics.problem import KeyPath, Problem, find_nearest, format_path

MOST_PROBLEMS = 100
"""As many problems of one file are looked at closely."""
_MOST_INSIDE, _DEEPEST = 5, 3
"""How much of a list or a map is shown."""


@dataclass(slots=True)
class Document:
    """A file's values, and the position (line, column, from 1) of each key and value by path.

    What could not be read stands in `broken`: it has its problem already.
    """

    file: Path
    value: Any = None
    keys: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)
    values: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)
    broken: set[KeyPath] = field(default_factory=set)
    told: int = 0

    def problem(
        self,
        code: str,
        path: KeyPath = (),
        *,
        found: object = "",
        expected: tuple[str, ...] = (),
        at_key: bool = False,
        **extra: str,
    ) -> Problem:
        """Return a problem at a path of this document, with the nearest expected word."""
        line, column = self.position(path, at_key=at_key)
        word = found if isinstance(found, str) else as_written(found)
        self.told += 1
        close = find_nearest(word, expected) if self.told <= MOST_PROBLEMS else None
        return Problem(code, self.file, line, column, format_path(path), word, expected, close, extra)

    def position(self, path: KeyPath, *, at_key: bool = False) -> tuple[int, int]:
        """Return where `path` stands; where it does not, the nearest thing above it."""
        if at_key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))


def as_written(value: object, depth: int = 0) -> str:
    """Return a value as YAML writes it in one line; of a large one, how it begins."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, dict | list):
        return str(value)
    left, right = "{}" if isinstance(value, dict) else "[]"
    if depth == _DEEPEST:
        return f"{left}...{right}"
    entries = value.items() if isinstance(value, dict) else ((None, each) for each in value)
    shown = [
        ("" if key is None else f"{key}: ") + as_written(inner, depth + 1)
        for key, inner in islice(entries, _MOST_INSIDE)
    ]
    return left + ", ".join([*shown, *(["..."] if len(value) > _MOST_INSIDE else [])]) + right
