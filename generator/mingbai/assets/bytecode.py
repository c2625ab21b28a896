"""Python sources as one zip of .pyc files: a phone's Python then has nothing left to compile.

The compiling is done by ``pyodide py-compile``, without docstrings and without the columns that only
tracebacks show (a quarter of the bytes); line numbers can be left out as well. The same sources give the
same bytes. The zip is only a box: what is sent gets smaller by compressing all of it at once.
"""

import hashlib
import importlib.util
import io
import os
import subprocess
import sys
import tempfile
import zipfile
from importlib.metadata import version
from pathlib import Path

from mingbai.assets import strip_line_tables
from mingbai.core.blob_cache import forget_old, kept
from mingbai.core.cache import FOLDER, add
from mingbai.files.program import code_stamp, is_unchanged

MAGIC = importlib.util.MAGIC_NUMBER.hex()
"""What each .pyc file of this Python begins with."""

_GROUP = "bytecode"
_HEADER_BYTES = 16
_UNCHECKED = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8)
"""The header of a .pyc file that is taken as it is, without a look for its source (PEP 552)."""
_ONE_DATE = (2020, 1, 1, 0, 0, 0)
_ENVIRONMENT = {
    "PYTHONOPTIMIZE": "2",
    "PYTHONNODEBUGRANGES": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
}


class BytecodeError(Exception):
    """The sources cannot be compiled for Pyodide; the message says why."""


def compiled(sources: dict[str, bytes], magic: str, *, lines: bool = True, folder: Path = FOLDER) -> bytes:
    """Return a stored zip of the sources, compiled, with or without line numbers; their names end in ``.py``.

    `magic` is what the .pyc files of Pyodide's Python begin with, in hexadecimal digits; `folder`
    holds earlier results. Raises `BytecodeError` where this Python makes other ones: they would not load on the phone.
    """
    if magic != MAGIC:
        raise BytecodeError(
            f"Python {sys.version.split()[0]} makes .pyc files marked {MAGIC}, Pyodide reads {magic}: use Python 3.13"
        )
    name = _name(sources, lines=lines)
    made = kept(_GROUP, name, lambda: _compiled(sources, lines=lines), folder, is_unchanged)
    forget_old(_GROUP, folder)
    return made


def _compiled(sources: dict[str, bytes], *, lines: bool) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        box = Path(folder) / "sources.zip"
        box.write_bytes(zipped(sources))
        _run("-m", "pyodide_cli", "py-compile", "--silent", "--compression-level", "0", str(box))
        if not lines:
            _run("-I", "-S", strip_line_tables.__file__, str(box))
        with zipfile.ZipFile(box) as made:
            files = {name: made.read(name) for name in made.namelist()}
    if set(files) != {f"{name}c" for name in sources}:
        raise BytecodeError("`pyodide py-compile` left some of the sources as they were")
    return zipped({name: _UNCHECKED + _checked(name, content)[_HEADER_BYTES:] for name, content in files.items()})


def _name(sources: dict[str, bytes], *, lines: bool) -> str:
    """Return a name for what is made: the same only if sources, this program and the compiler are the same."""
    found = hashlib.sha256(zipped(sources))
    add(found, code_stamp(), version("pyodide-cli"), version("pyodide-build"), str(lines))
    return found.hexdigest()


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a zip with the files as they are, always in the same order and with the same date."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_STORED) as made:
        for name, content in sorted(files.items()):
            made.writestr(zipfile.ZipInfo(name, _ONE_DATE), content)
    return box.getvalue()


def _run(*words: str) -> None:
    done = subprocess.run(  # noqa: S603 - our own interpreter and fixed words
        [sys.executable, *words],
        env={**os.environ, **_ENVIRONMENT},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BytecodeError(f"the sources for the phone cannot be compiled:\n{done.stdout}{done.stderr}")


def _checked(name: str, content: bytes) -> bytes:
    if content[:4] != importlib.util.MAGIC_NUMBER:
        raise BytecodeError(f"`pyodide py-compile` made {name} for another Python")
    return content
