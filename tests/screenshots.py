"""Pictures of every type of page, to be looked at: ``python -m tests.screenshots`` fills build/screenshots."""

import os
import sys
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, Handler
from tests.browser.test_pages_look import PAGES

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "build" / "screenshots"
SIZES = [(360, 740), (1280, 800)]
TALLEST = 4000
"""Pixels; what lies below is cut off."""


def main() -> None:
    """Take the pictures."""
    site = Path(os.environ.get("MINGBAI_TEST_SITE") or ROOT / "build" / "test-site")
    if not (site / "index.html").is_file():
        sys.exit(f"there is no built site in {site}: run `make screenshots`")
    TARGET.mkdir(parents=True, exist_ok=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            program = str(CHROMIUM) if CHROMIUM.exists() else None
            browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
            for name, address in PAGES.items():
                for lang, prefix in (("zh", ""), ("en", "en/")):
                    _take(browser, f"http://127.0.0.1:{server.server_port}/{prefix}{address}", f"{name}-{lang}")
            browser.close()
        server.shutdown()
    sys.stdout.write(f"{TARGET}\n")


def _take(browser: Browser, url: str, name: str) -> None:
    for width, height in SIZES:
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(url, wait_until="networkidle")
        tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        clip = {"x": 0, "y": 0, "width": width, "height": max(tall, height)}
        page.screenshot(path=TARGET / f"{name}-{width}x{height}.png", full_page=True, clip=clip)  # type: ignore[arg-type]
        page.close()


if __name__ == "__main__":
    main()
