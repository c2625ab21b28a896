"""Large letters, dark, high contrast: chosen by hand, remembered, readable in every mode."""

import json

import pytest

from tests.browser.conftest import Visit
from tests.browser.machine import unfold, violations
from tests.browser.test_pages_look import EVERY_PAGE, PAGES
from tests.conftest import in_turn, sample

SOME = ["", "gaotai/", "gaotai/inpatient/", "topics/illness/", "glossary/", "search/"]
MODES = [("", "dark", "auto"), ("en/", "light", "high"), ("", "dark", "high")]  # the usual one: test_pages_look
EVERY_MODE = [(colour, contrast) for colour in ("light", "dark") for contrast in ("auto", "high")]
AS_CHOSEN = "localStorage.setItem('mingbai-display', {})"


def keep(visit: Visit, **chosen: str) -> None:
    visit.page.add_init_script(AS_CHOSEN.format(json.dumps(json.dumps(chosen))))


def look(visit: Visit, address: str, colour: str, contrast: str) -> None:
    """Look at a page in a mode with axe; in high contrast with its strictest rule."""
    keep(visit, size="large", colour=colour, contrast=contrast)
    visit.page.goto(f"{visit.server}/{address}")
    assert visit.page.evaluate("document.documentElement.dataset.mbSize") == "large"
    unfold(visit.page)
    paper = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
    high = {"light": "rgb(255, 255, 255)", "dark": "rgb(0, 0, 0)"}
    usual = {"light": "rgb(253, 251, 246)", "dark": "rgb(23, 24, 23)"}
    assert paper == (high if contrast == "high" else usual)[colour]
    strict = {"color-contrast-enhanced": {"enabled": contrast == "high"}}  # 7:1
    assert violations(visit.page, **strict) == []


@pytest.mark.soak
@pytest.mark.parametrize(("colour", "contrast"), EVERY_MODE)
@pytest.mark.parametrize("prefix", ["", "zh-Hant/", "en/"])
@EVERY_PAGE
def test_axe_finds_nothing_on_any_page_in_any_language_and_mode(
    reading: Visit, prefix: str, address: str, colour: str, contrast: str
) -> None:
    if prefix == "zh-Hant/" and address.startswith("authors"):
        pytest.skip("the authors' guide is not made in Traditional characters")
    look(reading, prefix + address, colour, contrast)


@pytest.mark.parametrize(("address", "mode"), in_turn(SOME, MODES))
def test_axe_finds_nothing_in_any_mode(reading: Visit, address: str, mode: tuple[str, str, str]) -> None:
    prefix, colour, contrast = mode
    look(reading, prefix + address, colour, contrast)


@pytest.mark.parametrize("address", sample(PAGES.values(), "", "gaotai/", "gaotai/inpatient/", "estimator/", "search/"))
def test_very_large_letters_fit_on_a_narrow_phone(reading: Visit, address: str) -> None:
    keep(reading, size="larger")
    reading.page.set_viewport_size({"width": 320, "height": 640})
    reading.page.goto(f"{reading.server}/en/{address}")
    unfold(reading.page)
    assert reading.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 28
    assert reading.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_choice_holds_on_the_next_page_and_is_all_that_is_kept(reading: Visit) -> None:
    reading.page.goto(reading.server)
    before = reading.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert before >= 18
    reading.page.locator("[data-mb-display] summary").click()
    reading.page.get_by_label("特大").check()
    reading.page.get_by_label("黑底白字").check()
    reading.page.goto(f"{reading.server}/en/gaotai/inpatient/")
    assert reading.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 1.4 * before
    assert reading.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 24, 23)"
    kept = reading.page.evaluate("Object.entries(localStorage)")
    assert [name for name, _ in kept] == ["mingbai-display"]
    assert json.loads(kept[0][1]) == {"size": "larger", "colour": "dark", "contrast": "auto"}
    reading.page.locator("[data-mb-display] summary").click()
    assert reading.page.get_by_label("Very large").is_checked()


@pytest.mark.parametrize("kept", ["{", "null", '{"size": "huge"}', "[]", '{"colour": 5}'])
def test_what_cannot_be_a_choice_is_passed_over(reading: Visit, kept: str) -> None:
    reading.page.add_init_script(AS_CHOSEN.format(json.dumps(kept)))
    errors: list[str] = []
    reading.page.on("pageerror", lambda error: errors.append(str(error)))
    reading.page.goto(reading.server)
    assert reading.page.evaluate("document.documentElement.dataset.mbSize") == "normal"
    assert errors == []


def test_it_works_with_the_keyboard_and_closes_with_escape(reading: Visit) -> None:
    reading.page.goto(reading.server)
    summary = reading.page.locator("[data-mb-display] summary")
    summary.focus()
    reading.page.keyboard.press("Enter")
    reading.page.keyboard.press("Tab")
    reading.page.keyboard.press("ArrowDown")
    assert reading.page.evaluate("document.documentElement.dataset.mbSize") == "large"
    reading.page.keyboard.press("Escape")
    assert not reading.page.evaluate("document.querySelector('[data-mb-display]').open")
    assert reading.page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_without_scripts_it_is_not_offered(visit: Visit) -> None:
    browser = visit.context.browser
    assert browser is not None
    page = browser.new_page(java_script_enabled=False)
    page.goto(visit.server)
    assert not page.locator("[data-mb-display]").is_visible()
    page.close()


def test_the_pages_looked_at_are_pages_of_the_site() -> None:
    assert {"", "gaotai/", "gaotai/inpatient/", "topics/illness/", "glossary/"} <= set(PAGES.values())
