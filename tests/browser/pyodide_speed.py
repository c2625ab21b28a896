"""How many estimates a second Pyodide works out in a real browser, on the built site."""

import os
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, PATHS, Handler, Server

ROOT = Path(__file__).parents[2]
TIMES = 40
RUN = """async ([request, times]) => {
    await window.mingbai.ready
    await window.mingbai.estimate(request)
    const start = performance.now()
    for (let time = 0; time < times; time += 1) await window.mingbai.estimate(request)
    return times * 1000 / (performance.now() - start)
}"""


def estimates_per_second(request: dict[str, Any]) -> float:
    """Return the speed of whole estimates, JSON in and out, through the page's worker."""
    site = os.environ.get("MINGBAI_TEST_SITE") or str(ROOT / "build/test-site")
    with Server(("127.0.0.1", 0), partial(Handler, directory=site)) as server, sync_playwright() as playwright:
        Thread(target=server.serve_forever, daemon=True).start()
        program = str(CHROMIUM) if CHROMIUM.exists() else None
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}{PATHS['zh']}")
        speed: float = page.evaluate(RUN, [request, TIMES])
        browser.close()
        server.shutdown()
    return speed
