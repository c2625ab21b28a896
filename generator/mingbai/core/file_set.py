"""Writing files so that they are there whole or not at all, several of them together."""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from mingbai.core.os_errors import why
from mingbai.diagnostics.errors import CallError


def read_text(file: Path) -> str:
    """Return the text of a file with its line ends as they are. Raises CallError if it cannot be read."""
    if not file.is_file():
        raise CallError("not_a_file", file.name)
    try:
        return file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CallError(
            "unreadable", file.name, why=why(error) if isinstance(error, OSError) else "encoding"
        ) from error


def write_together(new: dict[Path, str], changed: dict[Path, str] | None = None) -> None:
    """Write new files (never over an old one) and change others; if one fails, all is as it was. Raises CallError."""
    work = _Work()
    try:
        for file, text in new.items():
            work.create(file, text)
        for file, text in (changed or {}).items():
            work.replace(file, text)
    except FileExistsError as error:
        work.undo()
        raise CallError("exists", Path(error.filename2 or error.filename).name) from error
    except OSError as error:
        work.undo()
        raise CallError("unwritable", Path(error.filename or "").name, why=why(error)) from error
    except BaseException:
        work.undo()
        raise


@dataclass(slots=True)
class _Work:
    """What was done so far."""

    folders: list[Path] = field(default_factory=list)
    created: list[Path] = field(default_factory=list)
    before: dict[Path, bytes] = field(default_factory=dict)

    def create(self, file: Path, text: str) -> None:
        missing = [folder for folder in file.parents if not folder.exists()]
        for folder in reversed(missing):
            folder.mkdir()
            self.folders.append(folder)
        beside = _written_beside(file, text)
        try:
            os.link(beside, file)  # unlike a rename, it never replaces a file
        finally:
            beside.unlink()
        self.created.append(file)

    def replace(self, file: Path, text: str) -> None:
        old = file.read_bytes() if file.exists() else None
        beside = _written_beside(file, text)
        try:
            if old is not None:
                shutil.copymode(file, beside)
            beside.replace(file)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        if old is None:
            self.created.append(file)
        else:
            self.before[file] = old

    def undo(self) -> None:
        with suppress(OSError):
            for file, data in self.before.items():
                file.write_bytes(data)
            for file in self.created:
                file.unlink()
            for folder in reversed(self.folders):
                folder.rmdir()


def _written_beside(file: Path, text: str) -> Path:
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.write_bytes(text.encode("utf-8"))
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return beside
