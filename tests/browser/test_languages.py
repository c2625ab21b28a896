"""Languages in a real browser: right to left, what is not translated, Traditional characters, two side by side."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import A_MINUTE, Visit, open_full_form
from tests.browser.few_places import copy_few_policies, served
from tests.browser.machine import violations
from tests.extra_languages import PSEUDO, RIGHT_TO_LEFT, SELECTION, outside, write_extra_languages

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
PAGES = ("", "gaotai/", "gaotai/inpatient/", "gaotai/loss-grant/", "estimator/#gaotai", "glossary/", "about/")
EVERY_PAGE = pytest.mark.parametrize("address", PAGES)

FOREIGN = """(root) => {
  const walker = document.createTreeWalker(document.querySelector(root), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const {data, parentElement: element} = walker.currentNode;
    if (!/[A-Za-z]{3}/.test(data) || element.closest("script, style, code, title, noscript, .mb-print")) continue;
    if (element.closest("[lang]").lang === document.documentElement.lang) found.push(data.trim());
  }
  return found;
}"""
"""Texts in Latin letters that do not say in which language they are."""


@pytest.fixture(scope="module")
def further_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of a few places with a right-to-left language and a pseudo-locale; its address."""
    folder = tmp_path_factory.mktemp("languages")
    copy_few_policies(folder)
    write_extra_languages(folder / "catalogues")
    with served(folder, ours={"languages": list(SELECTION), "catalogues": str(folder / "catalogues")}) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def estimated(page: Page) -> None:
    """Answer the estimator's questions and wait for the result."""
    open_full_form(page)
    for name, value in (
        ("visit", "inpatient"),
        ("hospital_level", "county"),
        ("insured", "true"),
        ("registered_poor", "false"),
    ):
        page.locator(f'#mingbai-estimator input[name="{name}"][value="{value}"]').check()
    page.fill('#mingbai-estimator input[name="total_cost"]', "8000")
    page.click(".mbe-submit")
    page.wait_for_selector("#mbe-answer", timeout=A_MINUTE)


@EVERY_PAGE
def test_a_page_from_right_to_left(further_site: str, page: Page, address: str) -> None:
    page.goto(f"{further_site}{RIGHT_TO_LEFT}/{address}")
    if "estimator" in address:
        open_full_form(page)
    page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
    assert page.get_attribute("html", "lang") == RIGHT_TO_LEFT
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate("scrollTo(-9999, 0), scrollX") == 0
    assert page.evaluate(FOREIGN, "body") == []
    note = page.locator(".mb-untranslated-note")
    assert note.count() == 1
    assert page.locator("main [lang=en][dir=ltr]").count() > 0
    assert not re.search("[\u2068\u2069]", page.inner_text("body"))
    assert violations(page) == []


def test_untranslated_pieces_of_a_policy_are_marked_in_the_language_of_the_page(further_site: str, page: Page) -> None:
    page.goto(f"{further_site}{RIGHT_TO_LEFT}/gaotai/inpatient/")
    heading = page.locator("h1")
    assert heading.locator("span[lang=en]").inner_text() == "Hospital stays"
    mark = heading.locator(".mb-untranslated")
    assert mark.inner_text() == "تېخى تەرجىمە قىلىنمىدى"
    assert mark.locator("[lang]").count() == 0
    who = page.locator("h2#who")
    assert who.inner_text() == "كىم ئالالايدۇ"
    assert page.locator(".mb-menu a").first.inner_text() == "باش بەت"


def test_an_estimate_from_right_to_left(further_site: str, page: Page) -> None:
    page.goto(f"{further_site}{RIGHT_TO_LEFT}/estimator/#gaotai")
    estimated(page)
    assert "2,000" in page.inner_text("#mbe-answer")
    assert page.evaluate(FOREIGN, "#mingbai-estimator") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(page) == []


def test_no_text_of_the_estimator_is_missed_by_a_new_language(further_site: str, page: Page) -> None:
    page.goto(f"{further_site}{PSEUDO}/estimator/#gaotai")
    estimated(page)
    page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
    page.evaluate(
        "document.querySelectorAll('#mingbai-estimator :is([lang=en], code)').forEach((each) => each.remove())"
    )
    text = page.locator("#mingbai-estimator").evaluate(
        "(root) => root.innerText + [...root.querySelectorAll('[aria-label]')]"
        ".map((each) => each.getAttribute('aria-label').replace(/\\u2068[^\\u2069]*\\u2069/g, '')).join(' ')"
    )
    left = re.sub(r"\b[0-9a-f]{12}\b", "", outside(re.sub(r"［[^］]*$", "", text)))
    assert re.findall(r"[^\W\d_]+", left) == []


# --- Traditional characters, on the whole site


@pytest.mark.parametrize("address", ["", "gaotai/", "gaotai/inpatient/", "estimator/#gaotai", "about/", "glossary/"])
def test_a_page_in_traditional_characters(visit: Visit, address: str) -> None:
    visit.page.goto(f"{visit.server}/zh-Hant/{address}")
    visit.page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
    assert visit.page.get_attribute("html", "lang") == "zh-Hant"
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(visit.page) == []


def test_an_estimate_in_traditional_characters(visit: Visit) -> None:
    visit.page.goto(f"{visit.server}/zh-Hant/estimator/#gaotai")
    estimated(visit.page)
    assert "大約您自己付\n2,000 元" in visit.page.inner_text("#mbe-answer")
    assert "先減起付線500元" in visit.page.inner_text(".mbe-result")
    asked = {"place": "gaotai", "date": "2016-03-01", "facts": {"total_cost": "8000"}}
    call = "(request) => window.mingbai.estimate(request).catch((error) => error.faults[0].code)"
    traditional, chinese = (visit.page.evaluate(call, {**asked, "lang": lang}) for lang in ("zh-Hant", "zh"))
    assert traditional["self_pays"] == chinese["self_pays"]
    assert traditional["assumptions"] != chinese["assumptions"]
    assert visit.page.evaluate(call, {**asked, "lang": "ug"}) == "unknown_lang"


# --- the switch


def test_the_switch_keeps_the_place_on_the_page(visit: Visit) -> None:
    visit.page.goto(f"{visit.server}/gaotai/inpatient/#doubts")
    visit.page.click(".mb-languages a[hreflang=zh-Hant]")
    visit.page.wait_for_url(f"{visit.server}/zh-Hant/gaotai/inpatient/#doubts")
    visit.page.click(".mb-languages a[hreflang=en]")
    visit.page.wait_for_url(f"{visit.server}/en/gaotai/inpatient/#doubts")


@pytest.mark.parametrize("prefix", ["", "zh-Hant/", "en/"])
def test_the_switch_is_one_row_beside_the_name_on_a_narrow_phone(visit: Visit, prefix: str) -> None:
    visit.page.set_viewport_size({"width": 320, "height": 640})
    visit.page.goto(f"{visit.server}/{prefix}gaotai/inpatient/")
    boxes = [each.bounding_box() for each in visit.page.locator(".mb-languages a, .mb-brand").all()]
    assert len(boxes) == 3
    assert all(box and box["y"] < 40 and box["height"] >= 44 for box in boxes)
