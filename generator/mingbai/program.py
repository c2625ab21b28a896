"""The program's own files: what is cached is of the program that made it, also while somebody edits the program.

Files with data (templates, catalogues) are read once by a process, and used as they were read. Python reads modules
when it likes; so nothing is cached by a process during whose life one of the files was changed. An edit that was
undone counts: the system notes the time of every change (`st_ctime`), and nobody can set that back.
"""

import hashlib
import os
import sys
from functools import cache
from pathlib import Path

import mingbai_calculator
from mingbai import STARTED

_HERE = Path(__file__).parent
_CODE = (_HERE, Path(mingbai_calculator.__file__).parent)
_ROOM = _HERE / "room"
"""What comes with an installed package for its sites: megabytes, and read by nobody from here."""
_CLOCK = 0.02
"""Times of changes are those of the system's last tick: up to 10 milliseconds too early."""


@cache
def program_file(file: Path) -> bytes:
    """Return what a file of the program holds, the same for the whole life of the process."""
    return file.read_bytes()


@cache
def stamp() -> str:
    """Return what stands for the program itself: its files, and the Python that runs it."""
    found = hashlib.sha256(sys.version.encode())
    for folder, file in _files():
        data = file.read_bytes() if file.suffix == ".py" or file.is_relative_to(_ROOM) else program_file(file)
        for part in (str(file.relative_to(folder)).encode("utf-8", "surrogateescape"), data):
            found.update(f"{len(part)}:".encode() + part)
    return found.hexdigest()


def is_unchanged(since: float = STARTED) -> bool:
    """Tell whether no file of the program was changed since a time, in seconds since 1970."""
    try:
        return all(os.stat(file).st_ctime < since - _CLOCK for file in _paths())  # noqa: PTH116 - hundreds, and often
    except OSError:
        return False


@cache
def _files() -> list[tuple[Path, Path]]:
    """Return the files of the program, each with the folder of its package."""
    return [
        (folder, file)
        for folder in _CODE
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.suffix != ".pyc"
    ]


@cache
def _paths() -> list[str]:
    return [str(file) for _, file in _files()]
