"""The built pages in a real browser: accessible, whole without a script, alone on the network."""

import re
from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visit
from tests.browser.machine import violations

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
    "authors-commands": "authors/commands/",
    "authors-codes": "authors/codes/",
}
EVERY_PAGE = pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
EVERY_LANGUAGE = pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])


@EVERY_LANGUAGE
@EVERY_PAGE
def test_axe_finds_nothing(reading: Visit, prefix: str, address: str) -> None:
    reading.page.goto(f"{reading.server}/{prefix}{address}")
    reading.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert violations(reading.page) == []


def test_axe_finds_nothing_on_the_page_for_wrong_addresses(reading: Visit) -> None:
    reading.page.goto(f"{reading.server}/404.html")
    assert violations(reading.page) == []


@EVERY_LANGUAGE
@EVERY_PAGE
def test_nothing_scrolls_sideways_on_a_narrow_phone(reading: Visit, prefix: str, address: str) -> None:
    reading.page.set_viewport_size({"width": 320, "height": 640})
    reading.page.goto(f"{reading.server}/{prefix}{address}")
    reading.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert reading.page.evaluate("document.documentElement.scrollWidth") <= 320


@EVERY_PAGE
def test_the_switch_of_languages_is_on_the_screen_and_stays_on_the_page(reading: Visit, address: str) -> None:
    reading.page.goto(f"{reading.server}/{address}")
    assert reading.page.get_attribute("html", "lang") == "zh"
    switch = reading.page.locator(".mb-languages a[hreflang=en]")
    box = switch.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 740
    switch.click()
    reading.page.wait_for_url(f"{reading.server}/en/{address}")
    assert reading.page.get_attribute("html", "lang") == "en"
    reading.page.locator(".mb-languages a[hreflang=zh]").click()
    reading.page.wait_for_url(f"{reading.server}/{address}")


@EVERY_LANGUAGE
@EVERY_PAGE
def test_every_page_says_that_the_office_decides_and_which_revision_it_is(
    reading: Visit, prefix: str, address: str
) -> None:
    reading.page.goto(f"{reading.server}/{prefix}{address}")
    foot = reading.page.inner_text("footer")
    assert ("以经办部门的决定为准" if not prefix else "The office decides") in foot
    assert re.search(r"[0-9a-f]{12}", foot)
    assert reading.page.locator("head link[rel=alternate][hreflang]").count() == 0
    assert reading.page.locator("h1").count() == 1


@EVERY_PAGE
def test_text_is_large_and_what_one_taps_is_large(reading: Visit, address: str) -> None:
    reading.page.goto(f"{reading.server}/{address}")
    size, height = reading.page.evaluate(
        "[getComputedStyle(document.body).fontSize, getComputedStyle(document.body).lineHeight].map(parseFloat)"
    )
    assert size >= 18
    assert height >= 1.6 * size
    small = reading.page.evaluate("""() => [...document.querySelectorAll('header a, footer a, .mb-page a, summary')]
        .filter((each) => each.checkVisibility() && !each.closest('p:not([class]), .mb-more li:not(.mb-links li)'))
        .map((each) => [each.textContent, each.getBoundingClientRect()])
        .filter(([, box]) => box.height < 43.5 && box.width > 1).map(([text, box]) => `${text} ${box.height}`)""")
    assert [each for each in small if "跳到正文" not in each] == []


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
