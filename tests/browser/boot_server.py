"""A server the way the site's hosts are: it hands out what was compressed beforehand, and parts of files.

It can fail on demand, and shorten the time-outs of the estimator's page. (Playwright could as well, but it
switches the browser's cache off where it meddles.)
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.browser.machine import Handler, serve

_A_MOMENT = 2
type Fault = Callable[["PackedHandler", Path], bool]
"""Answers a request in its own way, or gives False to have it answered rightly."""


class PackedHandler(Handler):
    """Serves ``x.js.br`` or ``x.js.gz`` for ``x.js`` where the browser takes it, and byte ranges of ``x.js``."""

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

    def answer(self, file: Path, most: float = 1.0) -> None:
        """Send a file; with `most` below 1 the line breaks after this part of the body."""
        wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        coding, body = ("", file.read_bytes()) if wanted else self._packed(file)
        if self.seconds and file.match("estimator/index.html"):
            coding, body = "", self._hurried(file.read_text(encoding="utf-8")).encode()
        begin = int(wanted[1]) if wanted else 0
        self.send_response(HTTPStatus.PARTIAL_CONTENT if wanted else HTTPStatus.OK)
        if wanted:
            self.send_header("Content-Range", f"bytes {begin}-{len(body) - 1}/{len(body)}")
        if coding:
            self.send_header("Content-Encoding", coding)
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(body) - begin))
        self.end_headers()
        self.wfile.write(body[begin : begin + int((len(body) - begin) * most)])
        if most < 1:
            time.sleep(_A_MOMENT)  # the browser may forget what it has not read when the line breaks

    def end_headers(self) -> None:
        for name, value in self.headers_for_all.items():
            self.send_header(name, value)
        super().end_headers()

    def _hurried(self, text: str) -> str:
        for name, value in self.seconds.items():
            text, count = re.subn(rf'("{name}":\s*)\d+', rf"\g<1>{value}", text)
            assert count == 1, f"the page has no {name}"
        return text

    def _packed(self, file: Path) -> tuple[str, bytes]:
        for coding, suffix in (("br", ".br"), ("gzip", ".gz")):
            packed = file.with_name(file.name + suffix)
            if coding in self.headers.get("Accept-Encoding", "") and packed.is_file():
                return coding, packed.read_bytes()
        return "", file.read_bytes()


@contextmanager
def serving(
    folder: Path, fault: Fault | None = None, headers: dict[str, str] | None = None, **seconds: float
) -> Iterator[str]:
    """Serve a folder to this machine and yield the address; `seconds` are time-outs of the estimator."""
    handler = type("Handler", (PackedHandler,), {"fault": staticmethod(fault) if fault else None})
    handler.headers_for_all = headers or {}  # type: ignore[attr-defined]
    handler.seconds = seconds  # type: ignore[attr-defined]
    with serve(folder, handler) as address:
        yield address
