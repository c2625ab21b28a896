"""Results kept from one run to the next, by the content of all that they were made from.

A name has one file, so the cache never grows beyond what is checked. What does not fit, is damaged or
cannot be written is as if it were not there. It holds JSON only: nothing in it is ever run.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingbai.files.program import is_unchanged
from mingbai.files.start_time import START_TIME

FOLDER = Path(".cache/mingbai")


@dataclass(frozen=True, slots=True)
class Cache:
    """Results in a folder.

    Nothing is put into it if the program was changed after the time `since`. A worker process gets the start time of
    the process that computed the keys.
    """

    folder: Path = FOLDER
    since: float = START_TIME

    def get(self, name: str, key: str) -> Any:  # noqa: ANN401 - any JSON value
        """Return what was kept under a name, if it was made from what `key` stands for; else None."""
        body = self._body(name, key)
        try:
            return None if body is None else json.loads(body)
        except (ValueError, RecursionError):
            return None

    def has(self, name: str, key: str) -> bool:
        """Tell whether `get` would return something; it costs less."""
        return self._body(name, key) is not None

    def put(self, name: str, key: str, value: object) -> None:
        """Keep a result; whole or not at all."""
        if not is_unchanged(self.since):
            return
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        written = None
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, written = tempfile.mkstemp(dir=self.folder, prefix="new-")
            with os.fdopen(handle, "wb") as stream:
                stream.write(f"{key} {hashlib.sha256(body).hexdigest()}\n".encode() + body)
            Path(written).replace(self._file(name))
        except OSError:
            if written is not None:
                with suppress(OSError):
                    Path(written).unlink()

    def keep_only(self, names: Iterable[str], *, of: str) -> None:
        """Forget the other results whose names begin with `of`: their places are gone."""
        kept = {self._file(name).name for name in names}
        with suppress(OSError):
            for file in self.folder.glob(f"{_short(of)}-*.json"):
                if file.name not in kept:
                    file.unlink()

    def _body(self, name: str, key: str) -> bytes | None:
        try:
            if self.folder.stat().st_uid != os.getuid():  # somebody else could have written anything there
                return None
            head, _, body = self._file(name).read_bytes().partition(b"\n")
        except OSError:
            return None
        return body if head == f"{key} {hashlib.sha256(body).hexdigest()}".encode() else None

    def _file(self, name: str) -> Path:
        group, _, _ = name.partition("\n")
        return self.folder / f"{_short(group)}-{_short(name)}.json"


def add(digest: "hashlib._Hash", *parts: str | bytes) -> None:
    """Add parts to a hash so that no two lists of parts look alike."""
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogateescape")
        digest.update(f"{len(data)}:".encode() + data)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]
