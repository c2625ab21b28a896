"""A file that is read once: its bytes, and the digest of these very bytes."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

LARGEST_FILE = 250_000
"""Ten times the largest policy file there is: one of this size is read in a second."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """What was found at a path when it was read.

    `data` is None where there is nothing to parse: what lies there is no regular file, is too large, or cannot be read
    (then `error` says why). `kind` is its type as `stat.S_IFMT` has it, 0 where there is nothing.
    """

    path: Path
    kind: int = 0
    size: int = 0
    data: bytes | None = None
    error: OSError | ValueError | None = None

    @property
    def is_file(self) -> bool:
        """Whether there is a regular file, readable or not; links are followed."""
        return stat.S_ISREG(self.kind)

    @property
    def digest(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal digits. What is made from them is cached under it."""
        return hashlib.sha256(self.data or b"").hexdigest()

    def facts(self) -> tuple[str, ...]:
        """Return everything that a result made from this file depends on, except its path."""
        error = "" if self.error is None else f"{type(self.error).__name__} {self.error}"
        return f"{self.kind} {self.size}", "" if self.data is None else self.digest, error


def read_source(path: Path, largest: int | None = LARGEST_FILE) -> SourceFile:
    """Read a file, once. What cannot be read, or is larger than `largest` bytes, is a `SourceFile` too."""
    kind = 0
    try:
        about = os.stat(path)  # noqa: PTH116 - twice as fast, and called for each file
        kind = stat.S_IFMT(about.st_mode)
        if not stat.S_ISREG(kind):  # a pipe, at which opening would wait for ever
            return SourceFile(path, kind)
        if largest is not None and about.st_size > largest:
            return SourceFile(path, kind, about.st_size)
        data = _read(path, largest)
    except OSError as error:
        return SourceFile(path, kind, error=OSError(error.errno, error.strerror))
    except ValueError as error:  # a file name with NUL
        return SourceFile(path, error=ValueError(str(error)))
    whole = largest is None or len(data) <= largest  # else it has grown in between
    return SourceFile(path, kind, len(data), data if whole else None)


def _read(path: Path, largest: int | None) -> bytes:
    """Return the bytes of a file; hardly more than `largest` of them. Never waits, whatever lies there by now."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(handle, "rb") as stream:  # noqa: PTH123 - it is open already
        return stream.read() if largest is None else stream.read(largest + 1)


def decode_lines(source: SourceFile) -> list[str]:
    """Return the lines of a file that exists, whatever bytes it holds. Raises OSError if it could not be read."""
    if isinstance(source.error, OSError):
        raise source.error
    return (source.data or b"").decode("utf-8", "replace").splitlines()


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return the bytes of each file below a folder, each read once, by its path inside the folder."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
