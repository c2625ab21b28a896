"""Files that are slow to make, kept from one build to the next under a name that says what they were made from."""

import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from mingbai.core.atomic_write import write_whole
from mingbai.core.cache import FOLDER

_DIGEST_BYTES = 32
_KEPT_SECONDS = 60 * 24 * 3600
"""A result that no build asked for in 60 days is of a page that has changed."""


def kept(
    group: str, name: str, make: Callable[[], bytes], folder: Path = FOLDER, valid: Callable[[], bool] = lambda: True
) -> bytes:
    """Return what `make` makes, from the earlier results of the group if it is there; `name` says from what it is made.

    What is damaged, or was written by somebody else, is made anew. Nothing is kept if `valid` returns false after
    the making: the name does not describe the result then.
    """
    file = folder / group / name
    found = _read(file)
    if found is None:
        found = make()
        if valid():
            _write(file, found)
    return found


def forget_old(group: str, folder: Path = FOLDER) -> None:
    """Forget the results of a group that no build has asked for in a long time."""
    with suppress(OSError):
        for file in (folder / group).iterdir():
            if time.time() - file.stat().st_mtime > _KEPT_SECONDS:
                file.unlink()


def _read(file: Path) -> bytes | None:
    """Return an earlier result, if it is whole: its own hash stands before it."""
    try:
        if file.parent.stat().st_uid != os.getuid():  # somebody else could have written anything there
            return None
        content = file.read_bytes()
        digest, found = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
        if hashlib.sha256(found).digest() == digest:
            os.utime(file)
            return found
    except OSError:
        pass
    return None


def _write(file: Path, made: bytes) -> None:
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(file, hashlib.sha256(made).digest() + made)
