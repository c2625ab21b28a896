"""The search in a real browser: what people type finds the page they want, and nothing that they type leaves it."""

import csv
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import brotli
import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visit
from tests.browser.machine import violations
from tests.conftest import in_turn

pytestmark = pytest.mark.browser

QUERIES = Path(__file__).parents[1] / "search_queries.csv"
PREFIXES = {"zh": "", "zh-Hant": "zh-Hant/", "en": "en/"}
EVERY_LANGUAGE = pytest.mark.parametrize("lang", PREFIXES)
FIRST_SEARCH = 75_000
"""Bytes, compressed: all that the first search fetches."""

ASK = """async (queries) => {
  const pause = () => new Promise((done) => setTimeout(done, 5));
  const wait = async (check) => { while (!check()) await pause(); };
  const box = document.querySelector(".mb-search");
  const [field, choice] = [box.querySelector("input"), box.querySelector("select")];
  const answers = [];
  for (const {place, query} of queries) {
    choice.value = place;
    field.value = "";
    box.querySelector("form").requestSubmit();
    await wait(() => !box.querySelector("li"));
    field.value = query;
    box.querySelector("form").requestSubmit();
    await wait(() => box.querySelector(".mb-search__said").textContent);
    answers.push([...box.querySelectorAll(".mb-search__list a")].map((each) => each.href));
  }
  return answers;
}"""


def ready(visit: Visit, lang: str, page: str = "search/") -> None:
    visit.page.goto(f"{visit.server}/{PREFIXES[lang]}{page}")
    if page != "search/":
        visit.page.focus("#mb-query")
    visit.page.wait_for_function("document.querySelector('.mb-search').mingbai")


def asked(visit: Visit, query: str) -> list[str]:
    visit.page.fill("#mb-query", query)
    visit.page.press("#mb-query", "Enter")
    visit.page.wait_for_selector(".mb-search__said:not(:empty)")
    return visit.page.locator(".mb-search__list a").all_inner_texts()


@EVERY_LANGUAGE
def test_people_find_the_page_that_they_want(visit: Visit, lang: str) -> None:
    with QUERIES.open(encoding="utf-8", newline="") as file:
        queries = [row for row in csv.DictReader(file) if row["lang"] == lang]
    ready(visit, lang)
    answers: list[list[str]] = visit.page.evaluate(ASK, queries)
    found: Counter[str] = Counter()
    missed = []
    for row, links in zip(queries, answers, strict=True):
        addresses = [link.removeprefix(f"{visit.server}/{PREFIXES[lang]}") for link in links]
        rank = addresses.index(row["page"]) + 1 if row["page"] in addresses else 0
        found["first"] += rank == 1
        found["among three"] += 0 < rank <= 3
        if not 0 < rank <= int(row["within"]):
            missed.append((row["query"], row["place"], row["page"], rank, addresses[:3]))
    sys.stdout.write(f"{lang}: {len(queries)} queries, {dict(found)}\n")
    assert missed == [], "\n".join(map(str, missed))


@EVERY_LANGUAGE
def test_a_first_search_is_light_and_nothing_is_fetched_before(visit: Visit, site: Path, lang: str) -> None:
    visit.page.goto(f"{visit.server}/{PREFIXES[lang]}", wait_until="networkidle")
    assert not [each.url for each in visit.requests if "minisearch" in each.url or "data/search" in each.url]
    before = len(visit.requests)
    visit.page.focus("#mb-query")
    visit.page.wait_for_function("document.querySelector('.mb-search').mingbai")
    files = [site / each.url.removeprefix(visit.server + "/") for each in visit.requests[before:]]
    assert {file.name for file in files} == {
        "minisearch.js",
        "engine.js",
        "results.js",
        f"search.{lang}.json",
    }
    assert sum(len(brotli.compress(file.read_bytes())) for file in files) <= FIRST_SEARCH


@pytest.mark.parametrize("page", ["", "search/"])
def test_what_is_typed_stays_in_the_page_and_needs_no_network(visit: Visit, page: str) -> None:
    ready(visit, "zh", page)
    visit.context.set_offline(True)
    before, address = len(visit.requests), visit.page.url
    assert asked(visit, "得了糖尿病怎么办")[0] == "2型糖尿病管理"
    visit.page.select_option("#mb-search-place", "gaotai")
    visit.page.fill("#mb-query", "住院")
    visit.page.wait_for_selector(".mb-search__group >> text=高台县")
    assert visit.page.url == address
    assert len(visit.requests) == before
    kept: dict[str, Any] = visit.page.evaluate("({session: {...sessionStorage}, local: {...localStorage}})")
    assert kept["session"] == {"mingbai-place": "gaotai"}
    assert "糖尿病" not in str(kept)
    assert visit.context.cookies() == []
    visit.context.set_offline(False)
    ready(visit, "zh")
    assert visit.page.input_value("#mb-query") == ""
    assert visit.page.input_value("#mb-search-place") == "gaotai"


def test_the_own_place_comes_first_and_one_is_told_if_it_has_nothing(visit: Visit) -> None:
    ready(visit, "en")
    visit.page.select_option("#mb-search-place", "gaotai")
    asked(visit, "hospital stay")
    assert visit.page.locator(".mb-search__group").all_inner_texts() == ["Gaotai County", "Other places and pages"]
    places = visit.page.locator(".mb-search__list").first.locator(".mb-search__where").all_inner_texts()
    assert places[0] == "Gaotai County"
    assert set(places) <= {"Gaotai County", "Gansu", "China"}
    asked(visit, "kindergarten")
    assert visit.page.inner_text(".mb-search__said").startswith("Nothing found for Gaotai County.")
    assert visit.page.locator(".mb-search__list a").count() >= 2


def test_a_word_that_many_pages_share_does_not_bring_them_all(visit: Visit) -> None:
    ready(visit, "zh")
    visit.page.select_option("#mb-search-place", "gaotai")
    assert asked(visit, "养猪")[0] == "养猪补助"  # Gaotai has other grants, but none for pigs
    assert visit.page.inner_text(".mb-search__said").startswith("高台县没有找到")
    assert len(asked(visit, "残疾")) >= 3  # of all pages that speak of it, not of the best only


def test_words_are_marked_whatever_script_and_width_they_are_typed_in(visit: Visit) -> None:
    ready(visit, "zh")
    asked(visit, "養豬")
    assert visit.page.locator(".mb-search__list li").first.locator("mark").first.inner_text() == "养猪补助"
    asked(visit, "ＣＴ　検查")
    assert visit.page.locator(".mb-search__list li").count() >= 1


def test_nothing_found_says_what_to_try(visit: Visit) -> None:
    ready(visit, "zh", "")
    assert asked(visit, "xqzxqz <q>") == []
    assert visit.page.inner_text("[role=status]") == "没有找到。"
    visit.page.click(".mb-search__found a")
    visit.page.wait_for_url("**/search/#all")


def test_results_can_be_walked_through_with_the_keyboard(visit: Visit) -> None:
    ready(visit, "en")
    titles = asked(visit, "hospital")
    assert len(titles) == 10
    assert visit.page.inner_text("[role=status]").startswith("Found: ")
    focused = "document.activeElement.textContent"
    visit.page.keyboard.press("ArrowDown")
    assert visit.page.evaluate(focused) == titles[0]
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("ArrowUp")
    assert visit.page.evaluate(focused) == titles[1]
    visit.page.get_by_role("button", name="Show more").click()
    more = visit.page.locator(".mb-search__list a").all_inner_texts()
    assert visit.page.evaluate(focused) == more[10]
    visit.page.keyboard.press("Escape")
    assert visit.page.evaluate("document.activeElement.id") == "mb-query"


@pytest.mark.parametrize(("lang", "query"), in_turn(PREFIXES, ["住院", "xqzxqz"]))
def test_axe_finds_nothing_in_the_results(visit: Visit, lang: str, query: str) -> None:
    ready(visit, lang)
    visit.page.select_option("#mb-search-place", "gaotai")
    asked(visit, query)
    assert violations(visit.page) == []
    visit.page.emulate_media(color_scheme="dark")
    assert violations(visit.page) == []


@EVERY_LANGUAGE
def test_what_one_taps_is_large_and_nothing_scrolls_sideways(visit: Visit, lang: str) -> None:
    visit.page.set_viewport_size({"width": 320, "height": 640})
    ready(visit, lang)
    asked(visit, "住院")
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 320
    heights = visit.page.evaluate(
        "[...document.querySelectorAll('.mb-search :is(input, button, select, a)')]"
        ".map((each) => each.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44


def test_without_a_network_the_field_says_so_and_tries_again(visit: Visit) -> None:
    visit.page.goto(visit.server + "/", wait_until="networkidle")
    visit.context.set_offline(True)
    visit.page.focus("#mb-query")
    visit.page.wait_for_selector(".mb-search__said >> text=没有网络")
    visit.context.set_offline(False)
    visit.page.fill("#mb-query", "养猪补助")
    visit.page.press("#mb-query", "Enter")
    assert visit.page.locator(".mb-search__list a").first.inner_text() == "养猪补助"


def test_without_a_script_there_is_a_list_of_everything_and_no_form(browser: Browser, server: str, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{server}/search/")
    assert not page.locator(".mb-search form").is_visible()
    links = page.locator(".mb-search__all a")
    policies = [each for each in site.glob("*/*/index.html") if (each.parents[1] / "index.html").is_file()]
    addresses = {link.get_attribute("href") for link in links.all()}
    assert {"../gaotai/inpatient/", "../yaan-xian/university-aid/"} < addresses
    assert len(addresses) == links.count() > len(policies) / 4
    assert page.get_by_role("link", name="住院报销 高台县", exact=True).is_visible()
    context.close()
