"""The built pages in a real browser: accessible, whole without a script, alone on the network."""

import re
from itertools import cycle, product
from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PHONE, Visit
from tests.browser.journeys import NARROW
from tests.browser.machine import unfold, violations
from tests.conftest import sample

pytestmark = pytest.mark.browser

FIRST_VIEW = 75_000
"""Bytes, compressed: page, style, script and images of a first view."""

PAGES = {
    "home": "",
    "place": "gaotai/",
    "topic": "topics/illness/",
    "people": "people/registered_poor/",
    "share": "gaotai/inpatient/",
    "floor": "gaotai/floor/",
    "open-number": "gaotai/outpatient-special/",
    "cash": "gaotai/loss-grant/",
    "service": "gaotai/visiting-doctors/",
    "aid": "gaotai/delivery-aid/",
    "glossary": "glossary/",
    "search": "search/",
    "sources": "sources/",
    "absent": "absent/",
    "changes": "gaotai/changes/",
    "changes-once": "national/changes/",
    "revision": "gaotai/changes/2016-01-01/",
    "revision-began": "yaan-xian/changes/2017-09-01/",
    "data": "open-data/",
    "place-without-rules": "school-anon/",
    "ceiling": "anon-2018/major-disease-cap/",
    "perhaps": "dongpo/sheep/",
    "about": "about/",
    "privacy": "privacy/",
    "offline": "offline/",
    "diag": "diag/",
    "estimator": "estimator/",
    "authors": "authors/",
    "authors-job": "authors/revise/",
    "authors-kind": "authors/kind-share/",
    "authors-fields": "authors/fields/",
    "authors-programs": "authors/programs/",
    "authors-commands": "authors/commands/",
    "authors-codes": "authors/codes/",
}
EVERY_PAGE = pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
PREFIXES = ("", "en/")
EVERY_LANGUAGE = pytest.mark.parametrize("prefix", PREFIXES, ids=["zh", "en"])
MAIN = ("", "gaotai/", "gaotai/inpatient/", "estimator/", "gaotai/changes/2016-01-01/", "dongpo/sheep/")
LOOKED_AT = [*product(MAIN, PREFIXES), *zip(PAGES.values(), cycle(PREFIXES), strict=False)]
"""What most people open in both languages, the other pages in one of them; `make soak` has all."""


NAMELESS = re.compile(
    r"^\s*- (?:link|button|textbox|searchbox|radio|checkbox|combobox|img|table|navigation|progressbar)\b(?! \")"
)
"""A line of what a screen reader is told, of something that has no name."""
SMALL = """() => [...document.querySelectorAll('header a, footer a, .mb-page a, summary')]
    .filter((each) => each.checkVisibility() && !each.closest('p:not([class]), .mb-more li:not(.mb-links li)'))
    .map((each) => [each.textContent, each.getBoundingClientRect()])
    .filter(([, box]) => box.height < 43.5 && box.width > 1).map(([text, box]) => `${text} ${box.height}`)"""
"""What one taps and could miss; the way past the menu is for the keyboard."""


def says_who_decides(page: Page, lang: str) -> None:
    foot = page.inner_text("footer")
    assert {"zh": "以经办部门的决定为准", "en": "The office decides"}[lang] in foot
    assert re.search(r"[0-9a-f]{12}", foot)
    assert page.locator("head link[rel=alternate][hreflang]").count() == 0
    assert page.locator("h1").count() == 1


def switches_language(page: Page, lang: str, other: str) -> None:
    assert page.get_attribute("html", "lang") == lang
    switch = page.locator(f".mb-languages a[hreflang={'en' if lang == 'zh' else 'zh'}]")
    box = switch.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < PHONE["height"]
    assert switch.evaluate("(link) => link.href") == other


def is_large(page: Page) -> None:
    size, height = page.evaluate(
        "[getComputedStyle(document.body).fontSize, getComputedStyle(document.body).lineHeight].map(parseFloat)"
    )
    assert size >= 18
    assert height >= 1.6 * size
    assert [each for each in page.evaluate(SMALL) if "跳到正文" not in each and "Skip" not in each] == []


def has_names(page: Page) -> None:
    told = page.locator("body").aria_snapshot().splitlines()
    assert len(told) > 10
    assert [line for line in told if NAMELESS.match(line)] == []


@pytest.mark.parametrize(("address", "prefix"), sample(product(PAGES.values(), PREFIXES), *LOOKED_AT))
def test_a_page_can_be_read_by_everybody(reading: Visit, prefix: str, address: str) -> None:
    """Look at a page once, for all that every page must have."""
    page, lang = reading.page, "en" if prefix else "zh"
    page.goto(f"{reading.server}/{prefix}{address}")
    says_who_decides(page, lang)
    switches_language(page, lang, f"{reading.server}/{'' if prefix else 'en/'}{address}")
    is_large(page)
    unfold(page)
    has_names(page)
    assert violations(page) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_axe_finds_nothing_on_the_page_for_wrong_addresses(reading: Visit) -> None:
    reading.page.goto(f"{reading.server}/404.html")
    assert violations(reading.page) == []


def test_the_switch_of_languages_goes_there_and_back(reading: Visit) -> None:
    page, address = reading.page, "gaotai/inpatient/"
    page.goto(f"{reading.server}/{address}")
    page.locator(".mb-languages a[hreflang=en]").click()
    page.wait_for_url(f"{reading.server}/en/{address}")
    assert page.get_attribute("html", "lang") == "en"
    page.locator(".mb-languages a[hreflang=zh]").click()
    page.wait_for_url(f"{reading.server}/{address}")


def test_a_page_is_whole_without_a_script(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{server}/gaotai/inpatient/")
    table = page.locator("#how-much + table")
    assert table.is_visible()
    assert "95%" in table.inner_text()
    example = page.locator("details.mb-example").first
    assert "您自己付 1,497.50 元" in example.inner_text()
    assert "先减起付线350元" in example.inner_text()
    page.locator("summary", has_text="更多例子").first.click()
    closed = page.locator("details.mb-example").nth(2)
    assert not closed.locator(".mb-payers").first.is_visible()
    closed.locator("summary").click()
    assert closed.locator(".mb-payers").first.is_visible()
    context.close()


@pytest.mark.parametrize("address", ["", "gaotai/inpatient/", "en/gaotai/inpatient/", "estimator/"])
def test_a_first_view_is_light(visit: Visit, site: Path, address: str) -> None:
    visit.page.goto(f"{visit.server}/{address}", wait_until="networkidle")
    paths = [request.url.removeprefix(visit.server + "/") for request in visit.requests]
    files = [site / (f"{path}index.html" if path == "" or path.endswith("/") else path) for path in paths]
    assert sum(len(brotli.compress(file.read_bytes())) for file in files) <= FIRST_VIEW


def test_a_printed_page_has_no_menu_but_address_and_day(reading: Visit) -> None:
    reading.page.goto(f"{reading.server}/gaotai/inpatient/#examples")
    reading.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    reading.page.emulate_media(media="print")
    assert not reading.page.locator("header").is_visible()
    assert not reading.page.locator("footer nav").is_visible()
    assert f"{reading.server}/gaotai/inpatient/" in reading.page.inner_text(".mb-print")
    assert re.search(r"\d{4}-\d{2}-\d{2}", reading.page.inner_text(".mb-print"))
    assert "1,497.50" in reading.page.inner_text("main")
