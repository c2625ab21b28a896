"""Screenshots of every type of page, for review: ``python -m tests.screenshots`` fills build/screenshots.

It also regenerates the README's picture (docs/assets/readme.png) from the real site.
"""

import os
import sys
from base64 import b64encode
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.conftest import COUNTY_STAY, visiting
from tests.browser.journeys import answer_all, start
from tests.browser.machine import ROOT, chromium, serve
from tests.browser.test_pages_look import PAGES

TARGET = ROOT / "build" / "screenshots"
SIZES = [(360, 740), (1280, 800)]
TALLEST = 4000
"""Pixels; taller pages are cut off below."""


def main() -> None:
    """Take all screenshots."""
    site = Path(os.environ.get("MINGBAI_TEST_SITE") or ROOT / "build" / "test-site")
    if not (site / "index.html").is_file():
        sys.exit(f"there is no built site in {site}: run `make screenshots`")
    TARGET.mkdir(parents=True, exist_ok=True)
    with serve(site) as address, chromium() as browser:
        for name, path in PAGES.items():
            for lang, folder in (("zh", ""), ("zh-Hant", "zh-Hant/"), ("en", "en/")):
                _take_screenshots(browser, f"{address}/{folder}{path}", f"{name}-{lang}")
        _make_readme_picture(browser, address)
    sys.stdout.write(f"{TARGET}\n")


def _take_screenshots(browser: Browser, url: str, name: str) -> None:
    for width, height in SIZES:
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(url, wait_until="networkidle")
        page_height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        clip = {"x": 0, "y": 0, "width": width, "height": max(page_height, height)}
        page.screenshot(path=TARGET / f"{name}-{width}x{height}.png", full_page=True, clip=clip)  # type: ignore[arg-type]
        page.close()


def _make_readme_picture(browser: Browser, server: str) -> None:
    """Write the README's picture: a policy page and an estimate side by side."""
    with visiting(browser, server) as visit:
        page = visit.page
        page.goto(f"{server}/gaotai/inpatient/", wait_until="networkidle")
        pictures = [page.screenshot()]
        start(visit, "zh")
        answer_all(page, COUNTY_STAY)
        page.get_by_text("1,497.50").first.wait_for()
        page.add_style_tag(content=".mb-keep { display: none }")  # no service worker here, so it complains
        page.wait_for_timeout(1000)  # it scrolls to the answer
        pictures.append(page.screenshot())
    page = browser.new_page(viewport={"width": 780, "height": 780})
    images = "".join(f'<img src="data:image/png;base64,{b64encode(picture).decode()}" alt="">' for picture in pictures)
    style = "body{margin:0;display:flex;gap:20px;padding:20px;background:#d9d6cc}img{border-radius:12px}"
    page.set_content(f"<style>{style}</style>{images}")
    page.wait_for_timeout(300)
    page.screenshot(path=ROOT / "docs/assets/readme.png")
    page.close()


if __name__ == "__main__":
    main()
