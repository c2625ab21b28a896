"""A policy or a place in two languages side by side."""

import pytest

from tests.browser.conftest import Visit
from tests.browser.machine import violations
from tests.conftest import in_turn

pytestmark = pytest.mark.browser

ADDRESSES = ["gaotai/inpatient/", "gaotai/", "en/gaotai/", "en/gaotai/inpatient/", "zh-Hant/anon-2018/"]
CONTENT = (
    "[...document.querySelectorAll('main > :not(.mb-keep)')].map((each) => each.outerHTML.replace(/ open=\"\"/g, ''))"
)


@pytest.mark.parametrize(("address", "width"), in_turn(ADDRESSES, (360, 1280)))
def test_two_languages_side_by_side(reading: Visit, address: str, width: int) -> None:
    page = reading.page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{reading.server}/{address}")
    before = page.evaluate(CONTENT)
    button = page.locator(".mb-both-button").first
    button.click()
    page.wait_for_selector("main.mb-both")
    assert button.get_attribute("aria-pressed") == "true"
    assert page.evaluate("document.activeElement.className").startswith("mb-button")
    own = page.get_attribute("html", "lang")
    other = "zh" if own == "en" else "en"
    assert set(page.locator(".mb-pair__own").evaluate_all("(all) => all.map((each) => each.lang)")) == {own}
    assert set(page.locator(".mb-pair__other").evaluate_all("(all) => all.map((each) => each.lang)")) == {other}
    ids = page.locator("[id]").evaluate_all("(all) => all.map((each) => each.id)")
    assert len(ids) == len(set(ids))
    for pair in page.locator(".mb-pair").all()[:6]:
        heads = pair.evaluate(
            "(each) => [...each.children].map((side) => side.firstElementChild && side.firstElementChild.tagName)"
        )
        assert heads[0] == heads[1]
    first, second = (page.locator(f".mb-pair__{side}").nth(1).bounding_box() for side in ("own", "other"))
    assert first
    assert second
    if width == 360:
        assert second["y"] >= first["y"] + first["height"]
    else:
        assert second["y"] == first["y"]
        assert second["x"] >= first["x"] + first["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
    assert violations(page) == []
    for link in page.locator(".mb-pair__other a:not([href^='#'])").evaluate_all(
        "(all) => all.map((each) => each.href)"
    ):
        assert ("/en/" in link) == (other == "en"), link
    page.emulate_media(media="print")
    assert not button.is_visible()
    assert page.locator(".mb-pair__other").nth(1).is_visible()
    page.emulate_media(media="screen")
    button.click()
    page.wait_for_selector("main:not(.mb-both)")
    assert button.get_attribute("aria-pressed") == "false"
    assert page.evaluate(CONTENT) == before


def test_the_place_on_the_page_stays_where_it_was(reading: Visit) -> None:
    page = reading.page
    page.goto(f"{reading.server}/gaotai/inpatient/#doubts")
    where = "document.getElementById('doubts').getBoundingClientRect().top"
    before = page.evaluate(where)
    page.evaluate("document.querySelector('.mb-both-button').click()")
    page.wait_for_selector("main.mb-both")
    assert abs(page.evaluate(where) - before) < 40


def test_without_a_network_one_sentence_says_so(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.server}/gaotai/inpatient/")
    page.route("**/en/gaotai/**", lambda route: route.abort())
    page.click(".mb-both-button")
    page.wait_for_function("document.querySelector('.mb-both-failed').textContent !== ''")
    assert "联网" in page.inner_text(".mb-both-failed")
    assert page.locator(".mb-pair").count() == 0


def test_pages_without_a_counterpart_have_no_button(reading: Visit) -> None:
    for address in ("", "glossary/", "estimator/", "authors/"):
        reading.page.goto(f"{reading.server}/{address}")
        assert reading.page.locator(".mb-both-button").count() == 0
