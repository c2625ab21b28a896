"""The files of `policies/`: reading them, and what does not belong among them."""

import os
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

from mingbai.core.os_errors import why
from mingbai.diagnostics.problem import Problem, Problems
from mingbai.syntax.document import Document
from mingbai.syntax.parser import read_document

MOST_MISPLACED = 200
"""So many files in wrong places are told; more say nothing new."""

type Reader = Callable[[Path, Problems, Path], Document | None]
"""Reads a file; the last path is how messages name it."""


def read_plainly(file: Path, problems: Problems, shown_as: Path) -> Document | None:
    """Read a file, whatever was known of it."""
    return read_document(file, problems, shown_as=shown_as)


def document_at(file: Path, root: Path, problems: Problems, read: Reader) -> Document | None:
    """Read a file that must be there, and must lie in `root` wherever links lead."""
    if not within(file, root):
        problems.add(Problem("link-leads-out", shown(file), found=file.name))
        return None
    return read(file, problems, shown(file))


def optional_document(file: Path, root: Path, problems: Problems, read: Reader) -> Document | None:
    """Read a file that need not be there."""
    return document_at(file, root, problems, read) if file.exists() or file.is_symlink() else None


def within(file: Path, root: Path) -> bool:
    """Return whether a file really lies in a folder, wherever links lead."""
    try:
        real, home = os.path.realpath(file), os.path.realpath(root)
    except (OSError, ValueError):
        return False
    return real.startswith(home + os.sep)


def listing(folder: Path, most: int, problems: Problems) -> list[Path]:
    """Return what lies in a folder, in order of name; nothing where it is more than anybody would put there."""
    try:
        with os.scandir(folder) as found:
            paths = [Path(entry.path) for entry in islice(found, most + 1)]
    except OSError as error:
        problems.add(Problem("unreadable", shown(folder), found=error.strerror or "", extra={"why": why(error)}))
        return []
    if len(paths) > most:
        problems.add(Problem("too-many-files", shown(folder), found=f"{most}"))
        return []
    return sorted(paths)


def warn_of_misplaced(paths: Iterable[Path], problems: Problems) -> None:
    """Warn of policy files that nobody reads because of where they lie or how they end."""
    for path in islice(paths, MOST_MISPLACED):
        if path.suffix.lower() in (".yaml", ".yml") and not path.name.startswith(".") and not path.is_dir():
            problems.add(Problem("misplaced-file", shown(path), found=path.name, severity="warning"))


def shown(file: Path) -> Path:
    """Return a file as messages name it: relative to where one stands, if it lies there."""
    whole = Path(os.path.abspath(file))  # noqa: PTH100 - as it is called, wherever links lead
    return whole.relative_to(Path.cwd()) if whole.is_relative_to(Path.cwd()) else file
