"""The quick answer in a browser: the worked examples' own numbers, for everybody, and nothing leaves the page."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from mingbai.offline.pages import read_site
from mingbai.offline.single_file import make_single_file
from tests.browser.conftest import Visit
from tests.browser.machine import ROOT, violations

pytestmark = pytest.mark.browser

SIZES = pytest.mark.parametrize("size", [(360, 740), (1280, 800)], ids=["phone", "desk"])
LANGUAGES = pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
POOR, OTHERS, UNINSURED, NOT_SURE = range(4)
TOWNSHIP, COUNTY, CITY, EVERY = range(4)


def go(visit: Visit, address: str) -> None:
    visit.page.goto(f"{visit.server}/{address}")
    visit.page.wait_for_selector(".mbq:not([hidden])")


def ask(page: Page, who: int | None, where: int | None, cost: str) -> str:
    """Answer the questions and return what is said, on one line."""
    for name, value in (("who", who), ("where", where)):
        if value is not None:
            page.check(f'.mbq:visible input[name="{name}"][value="{value}"]')
    page.fill(".mbq:visible [name=cost]", cost)
    page.locator(".mbq:visible [name=cost]").blur()  # an answer waits for the last key, and not for long
    return " ".join(page.inner_text(".mbq:visible .mbq-answer").split())


@SIZES
@LANGUAGES
def test_the_worked_examples_of_gaotai(visit: Visit, prefix: str, size: tuple[int, int]) -> None:
    visit.page.set_viewport_size({"width": size[0], "height": size[1]})
    go(visit, f"{prefix}gaotai/inpatient/")
    way = visit.page.locator(".mbq-go a")
    box = way.bounding_box()
    assert box is not None
    assert box["y"] < size[1]  # it lies far down, so the first screen leads there
    way.click()
    assert visit.page.evaluate("location.hash") == "#quick"
    exact = ask(visit.page, POOR, COUNTY, "8000")
    assert re.search(r"约 1,49[78] 元|about 1,49[78] yuan", exact)
    assert re.search(r"6,50[23]", exact)
    assert visit.page.locator(".mbq-answer .mb-split__part").count() == 2
    assert re.search(r"约 2,000 元|about 2,000 yuan", ask(visit.page, OTHERS, COUNTY, "8000"))
    ranged = ask(visit.page, POOR, CITY, "20000")
    assert re.search(r"3,000 (到|to) 7,050", ranged)
    assert "12,950" in ranged
    assert visit.page.locator(".mbq-answer ul li").count() == 1
    assert re.search(r"约 8,000 元|about 8,000 yuan", ask(visit.page, UNINSURED, COUNTY, "8000"))
    for trouble in ("undefined", "null", "NaN", "[object", "{"):
        assert trouble not in visit.page.inner_text(".mbq")


def test_the_parts_of_an_exact_answer_add_up(visit: Visit) -> None:
    go(visit, "gaotai/")
    for cost in ("8000", "123.45", "777", "17999"):
        ask(visit.page, OTHERS, TOWNSHIP, cost)
        sums = visit.page.locator(".mbq-answer .mb-payers__sum").all_inner_texts()
        assert sum(int(re.sub(r"\D", "", each)) for each in sums) == round(float(cost))


@LANGUAGES
def test_who_does_not_know_the_hospital_sees_them_all(visit: Visit, prefix: str) -> None:
    go(visit, f"{prefix}gaotai/")
    said = ask(visit.page, POOR, EVERY, "8000")
    assert visit.page.locator(".mbq-every li").count() == 3
    assert re.search(r"1,49[78].*3,450", said)


@LANGUAGES
def test_what_cannot_be_said_is_not_said_and_says_why(visit: Visit, prefix: str) -> None:
    go(visit, f"{prefix}gansu/inpatient/")
    said = ask(visit.page, 0, None, "8000")
    assert re.search(r"说不准|not enough to tell", said)
    assert visit.page.locator(".mbq-answer ul li").count() == 3
    assert visit.page.locator(".mbq-answer .mb-split").count() == 0


@pytest.mark.parametrize(
    ("typed", "understood"),
    [("８,000", "8,000"), ("1.2万", "12,000"), ("3千5", "3,500"), ("3千", "3,000"), ("1,2,3", None), ("-5", None)],
)
def test_amounts_are_understood_as_in_the_estimator(visit: Visit, typed: str, understood: str | None) -> None:
    go(visit, "gaotai/inpatient/")
    said = ask(visit.page, POOR, COUNTY, typed)
    echo = visit.page.inner_text(".mbq-said")
    if understood is None:
        assert said == ""
        assert "请填数字" in echo
        assert visit.page.get_attribute(".mbq [name=cost]", "aria-invalid") == "true"
    else:
        assert f"就是 {understood} 元" in echo
        assert visit.page.get_attribute(".mbq [name=cost]", "aria-invalid") is None


def test_what_is_left_to_choose_is_said(visit: Visit) -> None:
    go(visit, "gaotai/inpatient/")
    assert "您是哪一种" in ask(visit.page, None, None, "8000")
    assert "哪一级医院" in ask(visit.page, POOR, None, "8000")


def test_it_works_by_keyboard_alone(visit: Visit) -> None:
    go(visit, "gaotai/inpatient/")
    visit.page.focus('.mbq input[name="who"][value="0"]')
    for key in (" ", "Tab", "ArrowDown", "ArrowDown", "ArrowUp", "Tab"):
        visit.page.keyboard.press(key)
    visit.page.keyboard.type("8000")
    visit.page.keyboard.press("Enter")
    assert re.search(r"约 \d", visit.page.inner_text(".mbq-answer"))
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.type") == "submit"
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.getAttribute('href')").endswith("estimator/#gaotai")


@SIZES
@LANGUAGES
def test_axe_finds_nothing_and_nothing_scrolls_sideways(visit: Visit, prefix: str, size: tuple[int, int]) -> None:
    width, height = (320, 640) if size[0] == 360 else size
    visit.page.set_viewport_size({"width": width, "height": height})
    go(visit, f"{prefix}chuzhou/ceiling/")
    ask(visit.page, NOT_SURE, 1, "123456")
    assert violations(visit.page, ".mbq") == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    tapped = visit.page.locator(".mbq-tile, .mbq button, .mbq [name=cost]")
    assert tapped.evaluate_all("(all) => all.filter((each) => each.offsetHeight < 60).length") == 0


def test_nothing_that_is_answered_leaves_the_page_or_is_kept(visit: Visit) -> None:
    go(visit, "gaotai/inpatient/")
    visit.page.wait_for_load_state("networkidle")
    before = len(visit.requests)
    address = visit.page.url
    ask(visit.page, POOR, COUNTY, "7391")
    assert len(visit.requests) == before
    assert visit.page.url == address
    kept = visit.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert "7391" not in kept
    visit.page.click(".mbq a.mb-button")
    visit.page.wait_for_url("**/estimator/#gaotai")


def test_without_scripts_there_is_the_table_and_no_block(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/gaotai/inpatient/")
    assert page.locator(".mbq").is_hidden()
    assert page.locator(".mb-table").first.is_visible()
    context.close()


def test_it_works_in_the_single_file(browser: Browser, site: Path, tmp_path: Path) -> None:
    file = tmp_path / "mingbai.html"
    file.write_text(make_single_file(read_site(site)), encoding="utf-8")
    context = browser.new_context(viewport={"width": 360, "height": 740}, offline=True)
    page = context.new_page()
    page.goto(f"{file.as_uri()}#zh/gaotai/inpatient/")
    page.wait_for_selector('section[data-page="zh/gaotai/inpatient/"] .mbq:not([hidden])')
    assert re.search(r"约 1,49[78] 元", ask(page, POOR, COUNTY, "8000"))
    assert page.locator(".mbq:visible a.mb-button").get_attribute("href") == "#zh/estimator/#gaotai"
    assert page.locator(".mbq-go:visible a").get_attribute("href") == "#zh/gaotai/inpatient/#quick"
    assert page.evaluate("getComputedStyle(document.querySelector('.mbq:not([hidden]) .mbq-tile')).display") == "flex"
    page.goto(f"{file.as_uri()}#zh/gansu/")
    assert "说不准" in ask(page, 0, None, "8000")
    context.close()


def test_every_table_of_the_pages_is_looked_up_right(visit: Visit, site: Path) -> None:
    """What the script looks up is what the table says, at and between its breakpoints."""
    bundle: dict[str, Any] = json.loads((site / "data/bundle.json").read_text(encoding="utf-8"))
    source = ROOT / "docs/assets/quick/table.js"  # on the site it is a part of start.js
    visit.page.route("**/modules/table.js", lambda route: route.fulfill(path=source, content_type="text/javascript"))
    for place in [place for place in bundle["places"].values() if place["settles"]]:
        go(visit, f"{place['id']}/")
        wrong = visit.page.evaluate(
            """async () => {
              const {sharesOf} = await import("/modules/table.js");
              const {tables} = JSON.parse(document.querySelector(".mbq-data").textContent);
              const wrong = [];
              for (const table of tables) {
                const [, low] = table[0];
                for (let at = 0; at < low.length; at += 2) {
                  const shares = sharesOf(table, low[at]);
                  if (Math.abs(shares[shares.length - 1].low * 100 - low[at + 1]) > 1) wrong.push([low, at]);
                }
              }
              return wrong;
            }"""
        )
        assert wrong == []
