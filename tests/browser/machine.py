"""Helpers of every browser test: the browser of this machine, a static file server, axe, answering questions."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
HASHED = re.compile(r"\.[0-9a-f]{16}\.\w+$")


class Handler(SimpleHTTPRequestHandler):
    """Serves files as the site's hosts do: with the right types; hashed names are cached for ever."""

    extensions_map = {  # noqa: RUF012 - the base class has it so
        **SimpleHTTPRequestHandler.extensions_map,
        ".bin": "application/octet-stream",
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".whl": "application/octet-stream",
    }

    def end_headers(self) -> None:
        hashed = HASHED.search(urlsplit(self.path).path)
        self.send_header("Cache-Control", "max-age=31536000, immutable" if hashed else "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 - the base class has it so
        pass


class Server(ThreadingHTTPServer):
    """A server that ignores connections closed by the browser."""

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - the base class has it so
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def running[ServerType: Server](server: ServerType) -> Iterator[ServerType]:
    """Run a server in a thread; shut it down at the end."""
    with server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def serve(folder: Path, handler: type[Handler] = Handler) -> Iterator[str]:
    """Serve a folder on the loopback interface; yield its address, without a slash at the end."""
    with running(Server(("127.0.0.1", 0), partial(handler, directory=str(folder)))) as server:
        yield f"http://127.0.0.1:{server.server_port}"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser: Debian's Chromium where it is installed, else Playwright's."""
    with sync_playwright() as playwright:
        program = str(CHROMIUM) if CHROMIUM.exists() else None
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


def unfold(page: Page) -> None:
    """Open every collapsed part (`details`) of a page."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")


def violations(page: Page, within: Any = None, **rules: Any) -> list[str]:  # noqa: ANN401 - axe's own options
    """Return axe's violations on a page, or inside the selector `within`, one line for each element.

    The browser injects axe, as the page's policy admits no script.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    run = "async ([within, rules]) => (await axe.run(within || document, {rules})).violations"
    results = page.evaluate(run, [within, rules])
    return [
        f"{result['id']}: {node['html'][:200]} {node['failureSummary']}"
        for result in results
        for node in result["nodes"]
    ]


def answer_of(form: Locator, name: str, value: str) -> None:
    """Answer a question of a form: a tile by its value, a field by typing; folds around it are opened."""
    tile = form.locator(f'input[name="{name}"][value="{value}"]')
    field = tile if tile.count() else form.locator(f'input[name="{name}"]')
    closed = field.first.locator("xpath=ancestor::details[not(@open)]")
    if closed.count():
        closed.first.locator("summary").first.click()
    if tile.count():
        tile.check()
    else:
        field.fill(value)
