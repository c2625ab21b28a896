"""The program's own files: no result is cached that another state of the program has made, even if it is being edited.

Data files (templates, catalogues) are read once per process, and used as they were read. Python reads modules at times
of its own choosing; therefore a process caches nothing if one of these files was changed since the process began. An
edit that was undone counts as well: the system records the time of every change (`st_ctime`), and nobody can set it
back.
"""

import hashlib
import os
import sys
from functools import cache
from pathlib import Path

import mingbai_calculator
import mingbai_reading
from mingbai.files.start_time import START_TIME

_PACKAGE = Path(__file__).parents[1]
_PACKAGES = (_PACKAGE, Path(mingbai_calculator.__file__).parent, Path(mingbai_reading.__file__).parent)
_RESOURCES = _PACKAGE / "resources"
"""What an installed package brings for its sites: megabytes, and `program_file` is not called for any of it."""
_CLOCK_TICK = 0.02
"""Seconds. The system takes times of changes from its last tick: they are up to 10 milliseconds too early."""


@cache
def program_file(file: Path) -> bytes:
    """Return the content of a file of the program, the same for the whole life of the process."""
    return file.read_bytes()


@cache
def code_stamp() -> str:
    """Return a hash of the program itself: of its files, and of the version of Python that runs it."""
    digest = hashlib.sha256(sys.version.encode())
    for folder, file in _files():
        is_read_later = file.suffix == ".py" or file.is_relative_to(_RESOURCES)
        content = file.read_bytes() if is_read_later else program_file(file)
        for part in (str(file.relative_to(folder)).encode("utf-8", "surrogateescape"), content):
            digest.update(f"{len(part)}:".encode() + part)
    return digest.hexdigest()


def is_unchanged(since: float = START_TIME) -> bool:
    """Return whether no file of the program was changed since a time, in seconds since 1970."""
    try:
        return all(os.stat(file).st_ctime < since - _CLOCK_TICK for file in _paths())  # noqa: PTH116 - hundreds, and often
    except OSError:
        return False


@cache
def _files() -> list[tuple[Path, Path]]:
    """Return the files of the program, each with the folder of its package."""
    return [
        (folder, file)
        for folder in _PACKAGES
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.suffix != ".pyc"
    ]


@cache
def _paths() -> list[str]:
    return [str(file) for _, file in _files()]
