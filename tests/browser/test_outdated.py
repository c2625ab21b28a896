"""A changed answer marks the shown result as out of date; print, picture and copy wait until it is worked out anew."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import A_MINUTE, COUNTY_STAY, Visit
from tests.browser.journeys import CITY_STAY, fill_in, open_all, start_afresh, submit_household, tick

pytestmark = pytest.mark.browser

type Booted = Callable[[str], Visit]
NOTICE = ".mbe-notice-outdated"


def seen_on_paper(page: Page, selector: str) -> bool:
    page.emulate_media(media="print")
    try:
        return page.locator(selector).first.is_visible()
    finally:
        page.emulate_media(media="screen")


def waiting(page: Page) -> list[bool]:
    return [button.is_disabled() for button in page.locator(".mbe-waits").all()]


@pytest.mark.parametrize(("name", "value"), [("total_cost", "80000"), ("registered_poor", "false")])
def test_a_changed_answer_of_one_person(booted: Booted, name: str, value: str) -> None:
    visit = booted("zh")
    page = start_afresh(visit, "whole")
    visit.choose(**COUNTY_STAY)
    before = visit.submit()
    assert waiting(page) == [False, False, False]
    page.locator(".mbe-waits").first.click()
    page.locator(".mbe-text").wait_for()
    visit.choose(**{name: value})
    expect(page.locator(NOTICE)).to_have_count(1)
    assert waiting(page) == [True, True, True]
    assert page.locator(".mbe-text").count() == 0  # what was copied before
    assert (seen_on_paper(page, ".mbe-sheet"), seen_on_paper(page, NOTICE)) == (False, True)
    page.locator(".mbe-anew").click()
    expect(page.locator(NOTICE)).to_have_count(0, timeout=A_MINUTE)
    assert visit.answer() != before
    assert waiting(page) == [False, False, False]
    assert seen_on_paper(page, ".mbe-sheet")


def test_an_answer_that_changes_while_it_is_worked_out(booted: Booted) -> None:
    visit = booted("zh")
    page = start_afresh(visit, "whole")
    visit.choose(**COUNTY_STAY)
    page.evaluate("""() => {
        document.querySelector('.mbe-submit').click();
        const cost = document.querySelector('.mbe-form [name=total_cost]');
        cost.value = '9000';
        cost.dispatchEvent(new Event('input', {bubbles: true}));
    }""")
    expect(page.locator(NOTICE)).to_have_count(1, timeout=A_MINUTE)
    assert set(waiting(page)) == {True}


def test_a_number_of_a_policy_that_is_typed(booted: Booted) -> None:
    visit = booted("zh")
    page = start_afresh(visit, "whole")
    visit.choose(**CITY_STAY)
    visit.submit()
    page.locator(".mbe-missing input").first.fill("60%")
    expect(page.locator(NOTICE)).to_have_count(1)
    page.locator(".mbe-anew").click()
    expect(page.locator(NOTICE)).to_have_count(0, timeout=A_MINUTE)
    assert page.locator(".mbe-missing input").first.input_value() == "60%"


def test_a_changed_answer_of_a_household(booted: Booted) -> None:
    page = start_afresh(booted("zh"), "household")
    fill_in(page)
    submit_household(page)
    page.click("#mbe-tab-0")  # looking at another member changes nothing
    assert page.locator(NOTICE).count() == 0
    tick(page, age="71")
    expect(page.locator(NOTICE)).to_have_count(1)
    open_all(page)  # what is built only now waits too
    assert len(waiting(page)) > 1
    assert set(waiting(page)) == {True}
    assert not page.locator(".mbe-keep-it").is_disabled()
    assert not seen_on_paper(page, ".mbe-totals")
    page.locator(".mbe-anew").click()
    expect(page.locator(NOTICE)).to_have_count(0, timeout=A_MINUTE)
    page.click(".mbe-remove")
    expect(page.locator(NOTICE)).to_have_count(1)
