"""The villager's way: one question a screen, only what can still change the result, nothing asked twice."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import COUNTY_STAY as ANSWERS
from tests.browser.conftest import PATHS, Visit
from tests.browser.journeys import (
    DESK,
    LANGUAGES,
    NARROW,
    PHONE,
    VERY_LARGE,
    answer_all,
    asked,
    give,
    give_all,
    open_all,
    start,
    start_afresh,
    too_small,
    wait_for_requests,
    width,
)
from tests.browser.machine import violations

pytestmark = pytest.mark.browser

type Booted = Callable[[str], Visit]


@pytest.fixture
def page(booted: Booted) -> Page:
    """The first question, in Chinese, with the calculator ready."""
    return start_afresh(booted("zh"), "villager")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_few_questions_lead_to_the_answer(booted: Booted, lang: str) -> None:
    page = start_afresh(booted(lang), "villager")
    intro = page.locator(".mbe-intro")
    assert intro.is_visible()
    trail = answer_all(page, ANSWERS, lambda fact: expect(intro).to_be_visible(visible=fact == "visit"))
    assert "1,497.50" in page.inner_text("#mbe-answer")
    assert len(trail) <= 7  # the illness decides too: an operation for cataract is free (R37)
    assert trail[:3] == ["visit", "total_cost", "date"]
    assert len(trail) == len(set(trail))


def test_the_answer_so_far_narrows_until_it_is_exact(page: Page) -> None:
    spans = []
    while (fact := asked(page)) is not None:
        give(page, ANSWERS.get(fact))
        said = page.locator(".mbe-running").all_inner_texts()
        amounts = [float(each.replace(",", "")) for each in re.findall(r"\d[\d,]*(?:\.\d+)?", said[0])] if said else []
        if len(amounts) >= 2:
            spans.append(amounts[1] - amounts[0])
    assert len(spans) >= 2
    assert spans == sorted(spans, reverse=True)
    assert page.locator(".mbe-running[aria-live=polite]").count() == 0  # the answer itself stands there now


def test_all_unknown_asks_little_and_gives_a_range(page: Page) -> None:
    trail = answer_all(page, {"visit": "inpatient", "total_cost": "8000", "date": "2016-03-01"})
    assert len(trail) == len(set(trail)) <= 9
    assert "8,000" in page.inner_text(".mbe-answer")


@pytest.mark.parametrize(("reply", "asks"), [("yes", True), ("no", False), (None, False)])
def test_a_loss_is_asked_about_last_and_behind_one_gentle_question(page: Page, reply: str | None, asks: bool) -> None:  # noqa: FBT001
    """Who says no is not asked again, who would rather not say keeps it open, and going back changes the reply."""
    loss = {"only_child", "wife_birth_month", "no_other_child", "only_child_certificate"}
    give_all(page, "inpatient", "8000", "2016-03-01")
    page.click(".mbe-enough")
    page.click(".mbe-help")
    answers = {"age": "52", "sex": "female", "rural": "true"}
    trail = answer_all(page, {**answers, **({} if reply is None else {"gentle": reply})})
    before, behind = trail[: trail.index("gentle")], trail[trail.index("gentle") + 1 :]
    assert not loss & set(before)
    assert set(behind) == ({"only_child"} if asks else set())
    page.click(".mbe-review summary")
    said = page.inner_text(".mbe-review")
    assert ("独生子女的情况" in said) is (reply == "no")  # what was not said is not listed either


def test_a_school_fee_is_asked_and_told_without_a_hospital(page: Page) -> None:
    hospital = re.compile("医院|住院|出院|看病|合规|结算单|账单")
    page.select_option("#mbe-place", "yaan-xian")
    said: list[str] = []

    def note(_: str) -> None:
        said.append(page.inner_text(".mbe-villager"))

    trail = answer_all(
        page,
        {"fee": "3000", "date": "2017-10-01", "school_stage": "senior", "registered_poor": "true"},
        note,
    )
    assert trail[:2] == ["fee", "date"]
    open_all(page)
    said.append(page.evaluate("document.querySelector('.mbe-on-screen').innerText"))
    readings = "几份扶贫工作计划"
    assert [found for text in said for found in hospital.findall(text.replace(readings, ""))] == []
    assert page.locator(".mbe-slip").count() == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_enough_is_enough_and_other_help_comes_after_the_answer(booted: Booted, lang: str) -> None:
    page = start_afresh(booted(lang), "villager")
    give_all(page, "inpatient", "8000", "2016-03-01")
    page.click(".mbe-enough")
    page.wait_for_selector("#mbe-answer")
    page.click(".mbe-help")
    trail = answer_all(page, {"age": "66", "sex": "female", "rural": "true"})
    assert {"sex", "age"} <= set(trail)
    assert not {"visit", "total_cost", "hospital_level"} & set(trail)
    assert page.locator(".mbe-help").count() == 0


def test_back_loses_nothing_and_nothing_is_asked_twice(page: Page) -> None:
    address = page.url
    give_all(page, "inpatient", "8000", "2016-03-01", "county")
    at = asked(page)
    page.go_back()
    expect(page.locator('.mbe-villager [data-fact="hospital_level"]')).to_be_visible()
    assert page.locator('[data-value="county"]').get_attribute("aria-pressed") == "true"
    page.click(".mbe-back")
    expect(page.locator('.mbe-villager [data-fact="date"]')).to_be_visible()
    assert page.input_value(".mbe-villager input") == "2016-03-01"
    give(page, "2016-03-02")
    assert asked(page) == at
    assert page.url == address
    assert "8000" not in page.evaluate("JSON.stringify(history.state)")


def test_an_answer_can_be_changed_from_the_result(page: Page) -> None:
    answer_all(page, ANSWERS)
    page.click(".mbe-review summary")
    page.locator(".mbe-review li", has_text="总费用").locator("button").click()
    assert asked(page) == "total_cost"
    give(page, "9000")
    assert asked(page) is None
    assert "1,497.50" not in page.inner_text("#mbe-answer")


def test_the_tab_remembers_where_one_was(page: Page) -> None:
    give_all(page, "inpatient", "8000")
    page.reload()
    assert asked(page) == "date"
    page.click(".mbe-back")
    assert asked(page) == "total_cost"
    assert page.input_value(".mbe-villager input") == "8000"


def test_the_form_and_the_questions_share_their_answers(page: Page) -> None:
    give_all(page, "inpatient", "1.2万")
    page.click(".mbe-all")
    page.wait_for_selector(".mbe-form [name=total_cost]")
    assert page.input_value("[name=total_cost]") == "1.2万"
    assert page.is_checked('[name=visit][value="inpatient"]')
    page.locator('[name=hospital_level][value="county"]').check()
    page.click('[data-way="villager"]')
    assert asked(page) == "date"
    give(page, "2016-03-01")
    assert asked(page) != "hospital_level"


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("５６,000", "56,000"),
        ("1.2万", "12,000"),
        ("三千五百", "3,500"),
        ("3千5", "3,500"),
        ("1,2,3", None),
        ("-5", None),
        ("很多", None),
    ],
)
def test_amounts_are_read_as_people_write_them(page: Page, typed: str, understood: str | None) -> None:
    give(page, "inpatient")
    page.fill(".mbe-villager input", typed)
    if understood:
        assert understood in page.inner_text(".mbe-echo")
        return
    page.click(".mbe-next")
    assert re.search("例如8000|不能填负数", page.inner_text(".mbe-villager .mbe-wrong"))
    assert page.evaluate("document.activeElement.name") == "total_cost"
    assert asked(page) == "total_cost"


@pytest.mark.parametrize("typed", ["", "  "])
def test_an_empty_amount_is_one_that_is_not_known(page: Page, typed: str) -> None:
    give_all(page, "inpatient", typed)
    assert asked(page) != "total_cost"
    page.click(".mbe-back")
    expect(page.locator('.mbe-villager [data-fact="total_cost"]')).to_be_visible()
    assert page.locator(".mbe-wrong").count() == 0


def test_keys_alone_are_enough(page: Page) -> None:
    page.locator('[data-value="inpatient"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator('[data-fact="total_cost"]')).to_be_visible()
    assert page.evaluate("document.activeElement.className") == "mbe-asks"
    page.keyboard.press("Tab")
    page.keyboard.type("8000")
    page.keyboard.press("Enter")
    expect(page.locator('[data-fact="date"]')).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator('[data-fact="hospital_level"]')).to_be_visible()


def look_at_all(page: Page, *sizes: ViewportSize) -> None:
    """Go through the questions to the result: on every screen nothing is amiss, nor too small, nor too wide."""

    def see(fact: str) -> None:
        assert violations(page) == [], fact
        assert too_small(page, ".mbe-villager", ".mbe-ways") == [], fact
        for size in reversed(sizes):
            page.set_viewport_size(size)
            assert width(page) == size["width"], fact

    answer_all(page, ANSWERS, see)
    page.evaluate("document.querySelector('.mbe-review').open = true")
    see("result")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_screen_is_for_everybody(booted: Booted, lang: str) -> None:
    look_at_all(start_afresh(booted(lang), "villager"), PHONE, NARROW)


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.soak)])
def test_every_screen_is_for_everybody_at_a_desk(booted: Booted, lang: str) -> None:
    look_at_all(start_afresh(booted(lang), "villager", DESK), DESK)


def test_very_large_letters_fit_on_every_screen(visit: Visit) -> None:
    visit.context.add_init_script(VERY_LARGE)
    page = start(visit, "en")
    page.set_viewport_size(NARROW)

    def see(fact: str) -> None:
        assert width(page) == NARROW["width"], fact

    answer_all(page, ANSWERS, see)
    see("result")


def test_a_finger_is_enough_on_a_phone(visit: Visit, browser: Browser) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, service_workers="block", bypass_csp=True
    )
    page = context.new_page()
    page.goto(visit.server + PATHS["zh"])
    page.locator('.mbe-villager [data-value="inpatient"]').tap()
    expect(page.locator('[data-fact="total_cost"]')).to_be_visible()
    context.close()


def test_nothing_is_fetched_once_the_calculator_is_there(visit: Visit) -> None:
    page = start(visit, "zh")
    before = wait_for_requests(visit)
    answer_all(page, ANSWERS)
    assert len(visit.requests) == before


def test_another_place_begins_anew_whatever_the_way(visit: Visit) -> None:
    page = start(visit, "zh")
    give_all(page, "inpatient", "8000")
    page.click(".mbe-all")
    page.wait_for_selector(".mbe-form [name=total_cost]")
    page.select_option("#mbe-place", "chuzhou")
    page.wait_for_selector(".mbe-form [name=total_cost]")
    page.click('[data-way="villager"]')
    assert asked(page) == "visit"
    assert page.locator(".mbe-back").count() == 0
