"""Files compressed beforehand, beside the originals: a server hands out ``x.js.br`` or ``x.js.gz`` for ``x.js``.

The best compression is slow (half a minute for the WebAssembly), so each result is kept by the content
that it was made from, and files of the same content are compressed once.
"""

import gzip
import hashlib
import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import brotli

from mingbai.cache import FOLDER

SUFFIXES = frozenset({".bin", ".css", ".html", ".js", ".json", ".svg", ".txt", ".wasm", ".webmanifest", ".whl", ".xml"})
"""Files that get smaller: text, bytecode and WebAssembly. Pictures and fonts are compressed already."""

_LEAST_BYTES = 512
"""Below this a smaller file does not arrive any earlier."""
_DIGEST_BYTES = 32
_KEPT_SECONDS = 60 * 24 * 3600
"""A result that no build asked for in 60 days is of a page that has changed."""


_LEVELS = {".br": 11, ".gz": 9}
"""The best that each of them can do."""


def _brotli(content: bytes) -> bytes:
    made: bytes = brotli.compress(content, quality=_LEVELS[".br"])
    return made


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=_LEVELS[".gz"], mtime=0)


_WAYS: dict[str, Callable[[bytes], bytes]] = {".br": _brotli, ".gz": _gzip}


def compress_beside(files: Iterable[Path], kept: Path = FOLDER / "compressed") -> None:
    """Write ``.br`` and ``.gz`` beside each of the files that gets smaller by it; `kept` holds earlier results."""
    for file in files:
        if file.suffix not in SUFFIXES or file.stat().st_size < _LEAST_BYTES:
            continue
        content = file.read_bytes()
        for suffix in _WAYS:
            smaller = compressed(content, suffix, kept)
            if len(smaller) < len(content):
                file.with_name(file.name + suffix).write_bytes(smaller)
    _forget_old(kept)


def compressed(content: bytes, suffix: str, kept: Path = FOLDER / "compressed") -> bytes:
    """Return `content` compressed for the suffix ``.br`` or ``.gz``, from the earlier results if it is there."""
    file = kept / f"{hashlib.sha256(content).hexdigest()}.{_LEVELS[suffix]}{suffix}"
    found = _kept(file)
    if found is None:
        found = _WAYS[suffix](content)
        _keep(file, found)
    return found


def _kept(file: Path) -> bytes | None:
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


def _keep(file: Path, made: bytes) -> None:
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = file.with_name(f"{file.name}.{os.getpid()}")
        new.write_bytes(hashlib.sha256(made).digest() + made)
        new.replace(file)


def _forget_old(kept: Path) -> None:
    with suppress(OSError):
        for file in kept.iterdir():
            if time.time() - file.stat().st_mtime > _KEPT_SECONDS:
                file.unlink()
