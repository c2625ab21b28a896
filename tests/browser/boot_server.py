"""A server like the site's hosts: it sends precompressed files and byte ranges.

It can fail on demand, and shorten the time-outs of the estimator's page. (Playwright could as well, but it
disables the browser's cache for the requests that it intercepts.)
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.browser.machine import Handler, serve

_SECONDS_TO_READ = 2
type Fault = Callable[["CompressedHandler", Path], bool]
"""Answers a request with a fault and returns True, or returns False to have it answered normally."""


class CompressedHandler(Handler):
    """Serves ``x.js.br`` or ``x.js.gz`` for ``x.js`` where the browser accepts it, and byte ranges of ``x.js``."""

    fault: Fault | None = None
    headers_for_all: dict[str, str] = {}  # noqa: RUF012 - replaced, not changed

    seconds: dict[str, float] = {}  # noqa: RUF012 - as above

    def do_GET(self) -> None:  # noqa: N802 - the base class has it so
        folder = Path(self.directory)
        file = folder / unquote(urlsplit(self.path).path).lstrip("/")
        if file.is_dir():
            file /= "index.html"
        if not file.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        if self.fault is None or not type(self).fault(self, file):  # type: ignore[misc]
            self.answer(file)

    def answer(self, file: Path, fraction: float = 1.0) -> None:
        """Send a file; with `fraction` below 1 the connection breaks after this part of the body."""
        byte_range = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        coding, body = ("", file.read_bytes()) if byte_range else self._read_compressed(file)
        if self.seconds and file.match("estimator/index.html"):
            coding, body = "", self._shorten_timeouts(file.read_text(encoding="utf-8")).encode()
        begin = int(byte_range[1]) if byte_range else 0
        self.send_response(HTTPStatus.PARTIAL_CONTENT if byte_range else HTTPStatus.OK)
        if byte_range:
            self.send_header("Content-Range", f"bytes {begin}-{len(body) - 1}/{len(body)}")
        if coding:
            self.send_header("Content-Encoding", coding)
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(body) - begin))
        self.end_headers()
        self.wfile.write(body[begin : begin + int((len(body) - begin) * fraction)])
        if fraction < 1:
            time.sleep(_SECONDS_TO_READ)  # the browser may forget what it has not read when the connection breaks

    def end_headers(self) -> None:
        for name, value in self.headers_for_all.items():
            self.send_header(name, value)
        super().end_headers()

    def _shorten_timeouts(self, text: str) -> str:
        for name, value in self.seconds.items():
            text, count = re.subn(rf'("{name}":\s*)\d+', rf"\g<1>{value}", text)
            assert count == 1, f"the page has no {name}"
        return text

    def _read_compressed(self, file: Path) -> tuple[str, bytes]:
        for coding, suffix in (("br", ".br"), ("gzip", ".gz")):
            packed = file.with_name(file.name + suffix)
            if coding in self.headers.get("Accept-Encoding", "") and packed.is_file():
                return coding, packed.read_bytes()
        return "", file.read_bytes()


@contextmanager
def serving(
    folder: Path, fault: Fault | None = None, headers: dict[str, str] | None = None, **seconds: float
) -> Iterator[str]:
    """Serve a folder on the loopback interface; yield its address. `seconds` are time-outs of the estimator by name."""
    handler = type("Handler", (CompressedHandler,), {"fault": staticmethod(fault) if fault else None})
    handler.headers_for_all = headers or {}  # type: ignore[attr-defined]
    handler.seconds = seconds  # type: ignore[attr-defined]
    with serve(folder, handler) as address:
        yield address
