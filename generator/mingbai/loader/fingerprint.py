"""What the result of checking a place depends on, as one hash: the content of its files, and how they lie."""

import hashlib
import os
import stat
from itertools import islice
from pathlib import Path

from mingbai.core.cache import add, code_stamp
from mingbai.loader.files import shown
from mingbai.loader.library import MOST_POLICIES, SHARED_FILES
from mingbai.syntax.text import LARGEST_FILE

_LEVELS = 3
"""A place, its policies, and what lies misplaced inside them."""


def of_shared(root: Path) -> str:
    """Return what stands for the shared vocabulary of a folder and for the program."""
    found = hashlib.sha256()
    add(found, code_stamp(), os.path.realpath(root), str(shown(root)))
    for file in sorted({root / name for name in SHARED_FILES} | set(islice(root.glob("*.yaml"), MOST_POLICIES))):
        _entry(found, file, file.name)
    return found.hexdigest()


def of_place(folder: Path, shared: str, lock: list[str]) -> str:
    """Return what stands for a place, given what stands for the shared vocabulary, and the lines of the lock."""
    found = hashlib.sha256()
    add(found, shared, folder.name, *(line for line in lock if line.startswith(f"{folder.name}/")))
    _folder(found, folder, "", _LEVELS)
    return found.hexdigest()


def _folder(found: "hashlib._Hash", folder: Path, under: str, levels: int) -> None:
    try:
        with os.scandir(folder) as inside:
            entries = sorted(islice(inside, MOST_POLICIES + 1), key=lambda entry: entry.name)
    except OSError as error:
        add(found, "unreadable", under, str(error.errno))
        return
    for entry in entries:
        path, name = Path(entry.path), f"{under}/{entry.name}"
        if levels > 1 and path.is_dir():
            add(found, "folder", name, os.path.realpath(path))
            _folder(found, path, name, levels - 1)
        else:
            _entry(found, path, name)


def _entry(found: "hashlib._Hash", file: Path, name: str) -> None:
    """Add a file: its name, where it really lies, and what it holds as far as anybody reads it."""
    add(found, name, os.path.realpath(file))
    try:
        about = file.stat()
        add(found, f"{stat.S_IFMT(about.st_mode)} {about.st_size}")
        if stat.S_ISREG(about.st_mode) and about.st_size <= LARGEST_FILE and file.suffix in (".yaml", ".yml"):
            add(found, file.read_bytes())
    except (OSError, ValueError) as error:
        add(found, type(error).__name__, str(getattr(error, "errno", "")))
