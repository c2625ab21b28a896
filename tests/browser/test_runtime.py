"""The calculator's start in a real browser: broken lines, wrong files, what may run, and what is kept."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from mingbai.assets.python_stdlib import read_stdlib_list
from mingbai.assets.trace_stdlib import find_library_files
from tests.browser.boot_server import CompressedHandler, Fault, serving
from tests.browser.conftest import COUNTY_STAY, PATHS, Visit, open_full_form
from tests.conftest import in_turn, sample

pytestmark = pytest.mark.browser

FAILURE = ".mbe-failure:not(noscript *)"
KEPT = "async () => (await (await caches.open('mingbai-snapshot')).keys()).map((request) => request.url)"


@contextmanager
def opened(browser: Browser, server: str) -> Iterator[Visit]:
    """Yield the estimator in a browser context of its own."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    try:
        yield from begin(context, server)
    finally:
        context.close()


def begin(context: BrowserContext, server: str) -> Iterator[Visit]:
    page = context.new_page()
    visit = Visit(page, context, server)
    context.on("request", lambda request: visit.requests.append(request))  # noqa: PLW0108 - it wants a function
    visit.open("zh")
    yield visit
    page.close()


def failing(name: str, times: int, fail: Callable[[CompressedHandler, Path], None]) -> tuple[Fault, list[str | None]]:
    """Return a fault for the first requests of the files whose name fits, and a list of the ranges asked for."""
    seen: list[str | None] = []

    def fault(handler: CompressedHandler, file: Path) -> bool:
        if not re.search(name, file.name):
            return False
        seen.append(handler.headers.get("Range"))
        if len(seen) <= times:
            fail(handler, file)
            return True
        return False

    return fault, seen


def body(handler: CompressedHandler, content: bytes, kind: str) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


def cut_short(handler: CompressedHandler, file: Path) -> None:
    body(handler, file.read_bytes()[:-1000], "application/octet-stream")


def corrupted(handler: CompressedHandler, file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    body(handler, bytes(content), "application/octet-stream")


def log_in_page(handler: CompressedHandler, file: Path) -> None:
    del file
    body(handler, b"<!doctype html><p>log in first</p>" * 1000, "text/html")


# broken lines


@pytest.mark.parametrize("part", sample([0.1, 0.5, 0.9], 0.5))
def test_a_line_that_breaks_is_taken_up_again_by_itself(browser: Browser, site: Path, part: float) -> None:
    fault, seen = failing(r"\.wasm$", 1, lambda handler, file: handler.answer(file, part))
    with serving(site, fault) as server, opened(browser, server) as visit:
        visit.choose(**COUNTY_STAY)
        assert "1,497.50" in visit.submit()
    assert len(seen) == 2
    # Near the end only the rest is asked for; before that, the whole is smaller, as it is sent compressed.
    assert (seen[1] is not None) == (part == 0.9)


@pytest.mark.parametrize("part", sample([0.1, 0.5, 0.9], 0.5))
def test_when_the_network_is_gone_what_has_come_stays(browser: Browser, site: Path, part: float) -> None:
    """Everything breaks at 10, 50, 90% until somebody says "try again"."""
    down = {"yes": True}
    finished: list[str] = []

    def fault(handler: CompressedHandler, file: Path) -> bool:
        if "runtime" not in file.parts or file.name == "runtime.json":
            return False
        if not down["yes"]:
            finished.append(file.name)
            return False
        if down["yes"] and file.suffix == ".wasm" and not handler.headers.get("Range"):
            handler.answer(file, part)
        elif file.suffix == ".wasm":
            handler.close_connection = True
        else:
            handler.answer(file)
        return True

    with serving(site, fault, silence_seconds=12) as server, opened(browser, server) as visit:
        visit.choose(**COUNTY_STAY)
        visit.page.click(".mbe-submit")
        visit.page.locator(FAILURE).wait_for(timeout=60_000)
        down["yes"] = False
        visit.page.click(f"{FAILURE} button")
        assert "1,497.50" in visit.answer()
        # All but the WebAssembly had come whole; importScripts may ask for the two scripts, from the cache.
        assert {name.rsplit(".", 1)[1] for name in finished} == {"wasm"}


# wrong files


FILES = [r"\.wasm$", r"^python_stdlib", r"^mingbai_calculator", r"^pyodide\.asm.*js$"]
WRONG = [cut_short, corrupted, log_in_page]


@pytest.mark.parametrize(("name", "wrong"), in_turn(FILES, WRONG))
def test_a_wrong_file_is_noticed_and_fetched_once_more(
    browser: Browser, site: Path, name: str, wrong: Callable[[CompressedHandler, Path], None]
) -> None:
    fault, seen = failing(name, 1, wrong)
    with serving(site, fault) as server, opened(browser, server) as visit:
        visit.choose(**COUNTY_STAY)
        assert "1,497.50" in visit.submit()
    assert len(seen) >= 2


@pytest.mark.parametrize("wrong", sample([cut_short, corrupted, log_in_page], log_in_page))
def test_a_file_that_stays_wrong_is_said_in_plain_words(
    browser: Browser, site: Path, wrong: Callable[[CompressedHandler, Path], None]
) -> None:
    wrongly = True

    def fault(handler: CompressedHandler, file: Path) -> bool:
        if wrongly and file.suffix == ".wasm":
            wrong(handler, file)
            return True
        return False

    with serving(site, fault) as server, opened(browser, server) as visit:
        visit.choose(**COUNTY_STAY)
        visit.page.click(".mbe-submit")
        visit.page.locator(FAILURE).wait_for(timeout=60_000)
        assert "登录" in visit.page.inner_text(FAILURE)
        wrongly = False
        visit.page.click(f"{FAILURE} button")
        assert "1,497.50" in visit.answer()


def test_wasm_that_may_not_run_is_said_and_fetches_nothing(browser: Browser, site: Path) -> None:
    policy = {"Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'"}
    with serving(site, headers=policy) as server, opened(browser, server) as visit:
        visit.choose(**COUNTY_STAY)
        visit.page.click(".mbe-submit")
        visit.page.locator(FAILURE).wait_for(timeout=30_000)
        assert "不让计算器运行" in visit.page.inner_text(FAILURE)
        assert not [request.url for request in visit.requests if ".wasm" in request.url]


def test_a_policy_that_allows_wasm_and_no_eval_is_enough(browser: Browser, site: Path) -> None:
    policy = {"Content-Security-Policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"}
    with serving(site, headers=policy) as server, opened(browser, server) as visit:
        visit.choose(**COUNTY_STAY)
        assert "1,497.50" in visit.submit()


# the snapshot


def wait_for_snapshot(page: Page) -> str:
    for _ in range(120):
        kept: list[str] = page.evaluate(KEPT)
        if kept:
            return kept[0]
        time.sleep(0.5)
    pytest.fail("no snapshot was made")


SPOIL: dict[str, str] = {
    "truncated": "bytes.slice(0, 100000)",
    "damaged": "bytes.map((byte, at) => at === 1000 ? byte ^ 255 : byte)",
}
PUT = """async (how) => {
    const shelf = await caches.open("mingbai-snapshot")
    const [key] = await shelf.keys()
    const old = await shelf.match(key)
    const bytes = new Uint8Array(await old.arrayBuffer())
    const headers = new Headers(old.headers)
    const spoilt = new Function("bytes", "return " + how)(bytes)
    await shelf.put(key, new Response(spoilt, {headers}))
}"""
TRUST = """async () => {
    const shelf = await caches.open("mingbai-snapshot")
    const [key] = await shelf.keys()
    const bytes = new Uint8Array(3000000)
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
    const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")
    const headers = {"X-Bytes": String(bytes.length), "X-Sha256": sha256, "X-Packed": "no"}
    await shelf.put(key, new Response(bytes, {headers}))
}"""


WATCH = """
window.used = []
const post = Worker.prototype.postMessage
Worker.prototype.postMessage = function (message) {
    if (message.type === "start") {
        this.addEventListener("message", ({data}) => data.type === "starting" && window.used.push(data.snapshot))
    }
    post.call(this, message)
}"""


def answered(context: BrowserContext, server: str) -> tuple[bool, bool]:
    """Whether a further visit started from a snapshot, and whether it still has one."""
    for visit in begin(context, server):
        visit.choose(**COUNTY_STAY)
        assert "1,497.50" in visit.submit()
        return any(visit.page.evaluate("window.used")), bool(visit.page.evaluate(KEPT))
    pytest.fail("no visit")


def first_visit(context: BrowserContext, server: str) -> None:
    """Come once, and stay until the snapshot is made."""
    for visit in begin(context, server):
        visit.page.evaluate("window.mingbai.ready")
        wait_for_snapshot(visit.page)


def spoil(context: BrowserContext, server: str, script: str, *how: str) -> None:
    page = context.new_page()
    page.goto(f"{server}/404.html")
    page.evaluate(script, *how)
    page.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 360, "height": 740}, bypass_csp=True)  # WATCH evaluates strings
    made.add_init_script(WATCH)
    yield made
    made.close()


def test_the_second_start_uses_the_snapshot(context: BrowserContext, site: Path) -> None:
    with serving(site, snapshot_after_seconds=0) as server:
        first_visit(context, server)
        assert answered(context, server) == (True, True)


@pytest.mark.parametrize("how", sample(SPOIL, "damaged"))
def test_a_spoilt_snapshot_is_not_used(context: BrowserContext, site: Path, how: str) -> None:
    with serving(site, snapshot_after_seconds=0) as server:
        first_visit(context, server)
        spoil(context, server, PUT, SPOIL[how])
        assert not answered(context, server)[0]


def test_a_snapshot_that_passes_the_check_and_does_not_start_is_given_up(context: BrowserContext, site: Path) -> None:
    with serving(site, snapshot_after_seconds=0, snapshot_seconds=5) as server:
        first_visit(context, server)
        spoil(context, server, TRUST)
        assert answered(context, server)[0]
        assert not answered(context, server)[0]


def test_no_snapshot_is_kept_where_there_is_little_room(browser: Browser, site: Path) -> None:
    little = b"StorageManager.prototype.estimate = async () => ({quota: 1e8, usage: 0});"
    made: list[str] = []

    def fault(handler: CompressedHandler, file: Path) -> bool:
        if file.name != "worker.js":
            return False
        body(handler, little + file.read_bytes(), "text/javascript")
        return True

    with serving(site, fault, snapshot_after_seconds=0) as server, opened(browser, server) as visit:
        visit.page.on("worker", lambda worker: worker.on("close", lambda _: made.append(worker.url)))
        visit.page.evaluate("window.mingbai.ready")
        for _ in range(120):
            if made:
                break
            visit.page.wait_for_timeout(500)
        assert made, "nobody tried to make one"
        assert visit.page.evaluate(KEPT) == []


# imported modules


REMEMBER = b"""(() => {
  const load = self.importScripts.bind(self);
  self.importScripts = (...names) => {
    load(...names);
    const start = self.loadPyodide;
    if (start) self.loadPyodide = (settings) => (self.booted = start(settings));
  };
})();
"""
"""Stands before the worker, and lets a test reach its Python."""


def test_a_browser_imports_what_the_kept_list_says(browser: Browser, site: Path) -> None:
    def remember(handler: CompressedHandler, file: Path) -> bool:
        if file.name == "worker.js":
            body(handler, REMEMBER + file.read_bytes(), "text/javascript")
        return file.name == "worker.js"

    with serving(site, remember) as server, opened(browser, server) as visit:
        visit.choose(**COUNTY_STAY)
        visit.submit()
        worker = visit.page.workers[0]
        modules: dict[str, str | None] = worker.evaluate(
            "async () => Object.fromEntries(Object.entries((await booted).runPython("
            "'import sys; {name: module.__spec__.origin for name, module in sys.modules.items()"
            ' if getattr(module, "__spec__", None)}\').toJs({dict_converter: Object.fromEntries})))'
        )
    loaded = find_library_files(modules)
    assert loaded
    assert set(loaded) <= set(read_stdlib_list().modules)


# an early start


@pytest.mark.parametrize(("connection", "early"), [("wifi", True), ("cellular", False), ("saving", False)])
def test_it_starts_early_only_where_bytes_cost_nothing(
    browser: Browser,
    site: Path,
    connection: str,
    early: bool,  # noqa: FBT001 - a parameter
) -> None:
    saving = "true" if connection == "saving" else "false"
    kind = "wifi" if connection == "saving" else connection
    with serving(site) as server:
        context = browser.new_context()
        context.add_init_script(
            "Object.defineProperty(Navigator.prototype, 'connection',"
            f" {{get: () => ({{type: '{kind}', saveData: {saving}}})}})"
        )
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(server + PATHS["zh"])
        open_full_form(page)
        page.wait_for_timeout(1500)
        assert any(".wasm" in url for url in asked) is early
        assert page.locator(".mbe-loading").is_hidden()
        context.close()


def test_it_starts_by_itself_once_it_has_been_here(browser: Browser, site: Path) -> None:
    with serving(site) as server:
        context = browser.new_context(viewport={"width": 360, "height": 740})
        for visit in begin(context, server):
            visit.page.evaluate("window.mingbai.ready")
        for visit in begin(context, server):
            visit.page.wait_for_function("performance.getEntriesByType('resource').length > 0")
            for _ in range(60):
                if visit.page.workers:
                    break
                visit.page.wait_for_timeout(500)
            assert visit.page.workers
        context.close()
