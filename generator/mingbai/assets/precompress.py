"""Precompress static files: a server sends ``x.js.br`` or ``x.js.gz`` in place of ``x.js``.

The best compression is slow (half a minute for the WebAssembly), so each result is cached under the hash of
its content; files with the same content are compressed once.
"""

import gzip
import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

import brotli

from mingbai.core.blob_cache import forget_old, kept
from mingbai.core.cache import FOLDER

SUFFIXES = frozenset({".bin", ".css", ".html", ".js", ".json", ".svg", ".txt", ".wasm", ".webmanifest", ".whl", ".xml"})
"""Suffixes of files that are compressed: text, bytecode and WebAssembly. Pictures and fonts are compressed already."""

_GROUP = "compressed"
_MIN_BYTES = 512
"""Below this size a compressed file does not arrive any earlier."""

_LEVELS = {".br": 11, ".gz": 9}
"""The highest compression level of each format."""


def _brotli(content: bytes) -> bytes:
    packed: bytes = brotli.compress(content, quality=_LEVELS[".br"])
    return packed


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=_LEVELS[".gz"], mtime=0)


_COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {".br": _brotli, ".gz": _gzip}


def write_compressed(files: Iterable[Path], cache_folder: Path = FOLDER) -> None:
    """Write ``.br`` and ``.gz`` copies beside each file that shrinks; `cache_folder` is the folder of the caches."""
    for file in files:
        if file.suffix not in SUFFIXES or file.stat().st_size < _MIN_BYTES:
            continue
        content = file.read_bytes()
        for suffix in _COMPRESSORS:
            packed = compress(content, suffix, cache_folder)
            if len(packed) < len(content):
                file.with_name(file.name + suffix).write_bytes(packed)
    forget_old(_GROUP, cache_folder)


def compress(content: bytes, suffix: str, cache_folder: Path = FOLDER) -> bytes:
    """Return `content` compressed as `suffix` (``.br`` or ``.gz``) says, from the cache if it is there."""
    name = f"{hashlib.sha256(content).hexdigest()}.{_LEVELS[suffix]}{suffix}"
    return kept(_GROUP, name, lambda: _COMPRESSORS[suffix](content), cache_folder)
