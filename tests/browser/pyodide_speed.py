"""Benchmark of estimates per second in Pyodide, in a real browser on the built site."""

import os
from pathlib import Path
from typing import Any

from tests.browser.conftest import PATHS
from tests.browser.machine import ROOT, chromium, serve

TIMES = 40
RUN = """async ([request, times]) => {
    await window.mingbai.ready
    await window.mingbai.estimate(request)
    const start = performance.now()
    for (let time = 0; time < times; time += 1) await window.mingbai.estimate(request)
    return times * 1000 / (performance.now() - start)
}"""


def estimates_per_second(request: dict[str, Any]) -> float:
    """Return whole estimates per second, JSON in and out, through the page's worker."""
    site = Path(os.environ.get("MINGBAI_TEST_SITE") or ROOT / "build/test-site")
    with serve(site) as address, chromium() as browser:
        page = browser.new_page()
        page.goto(address + PATHS["zh"])
        speed: float = page.evaluate(RUN, [request, TIMES])
    return speed
