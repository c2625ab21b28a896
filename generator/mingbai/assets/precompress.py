"""Files compressed beforehand, beside the originals: a server hands out ``x.js.br`` or ``x.js.gz`` for ``x.js``.

The best compression is slow (half a minute for the WebAssembly), so each result is kept by the content
that it was made from, and files of the same content are compressed once.
"""

import gzip
import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

import brotli

from mingbai.core.blob_cache import forget_old, kept
from mingbai.core.cache import FOLDER

SUFFIXES = frozenset({".bin", ".css", ".html", ".js", ".json", ".svg", ".txt", ".wasm", ".webmanifest", ".whl", ".xml"})
"""Files that get smaller: text, bytecode and WebAssembly. Pictures and fonts are compressed already."""

_GROUP = "compressed"
_LEAST_BYTES = 512
"""Below this a smaller file does not arrive any earlier."""

_LEVELS = {".br": 11, ".gz": 9}
"""The best that each of them can do."""


def _brotli(content: bytes) -> bytes:
    made: bytes = brotli.compress(content, quality=_LEVELS[".br"])
    return made


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=_LEVELS[".gz"], mtime=0)


_WAYS: dict[str, Callable[[bytes], bytes]] = {".br": _brotli, ".gz": _gzip}


def compress_beside(files: Iterable[Path], folder: Path = FOLDER) -> None:
    """Write ``.br`` and ``.gz`` beside each of the files that gets smaller by it; `folder` holds earlier results."""
    for file in files:
        if file.suffix not in SUFFIXES or file.stat().st_size < _LEAST_BYTES:
            continue
        content = file.read_bytes()
        for suffix in _WAYS:
            smaller = compressed(content, suffix, folder)
            if len(smaller) < len(content):
                file.with_name(file.name + suffix).write_bytes(smaller)
    forget_old(_GROUP, folder)


def compressed(content: bytes, suffix: str, folder: Path = FOLDER) -> bytes:
    """Return `content` compressed for the suffix ``.br`` or ``.gz``, from the earlier results if it is there."""
    name = f"{hashlib.sha256(content).hexdigest()}.{_LEVELS[suffix]}{suffix}"
    return kept(_GROUP, name, lambda: _WAYS[suffix](content), folder)
