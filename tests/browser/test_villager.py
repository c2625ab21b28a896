"""The villager's way: one question a screen, only what can still change the result, nothing asked twice."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import A_MINUTE, PATHS, Visit
from tests.browser.machine import ROOT

pytestmark = pytest.mark.browser

LANGUAGES = tuple(PATHS)
ANSWERS = {
    "visit": "inpatient",
    "total_cost": "8000",
    "date": "2016-03-01",
    "hospital_level": "county",
    "diagnoses": "other",
    "registered_poor": "true",
    "insured": "true",
}
SMALL = """() => [...document.querySelectorAll('.mbe-villager button, .mbe-villager input[type=text], .mbe-ways button,'
    + ' .mbe-villager label.mbe-tile')].filter((each) => each.checkVisibility() && each.offsetHeight < 60)
    .map((each) => each.outerHTML.slice(0, 150))"""


def start(visit: Visit, lang: str, *, wait: bool = True) -> Page:
    visit.page.goto(visit.server + PATHS[lang])
    visit.page.wait_for_selector(".mbe-villager .mbe-asks")
    if wait:
        visit.page.evaluate("window.mingbai.ready")
    return visit.page


def asked(page: Page) -> str | None:
    """The fact of the question on the screen; None where there is the answer."""
    page.wait_for_selector(".mbe-villager [data-fact], #mbe-answer", timeout=A_MINUTE)
    question = page.locator(".mbe-villager [data-fact]")
    return question.first.get_attribute("data-fact") if question.count() else None


def give(page: Page, value: str | None) -> None:
    """Answer the question on the screen; None is "I do not know"."""
    before = page.locator(".mbe-villager .mbe-asks").inner_text()
    tile = page.locator(f'.mbe-villager [data-value="{value or ""}"]')
    if tile.count():
        tile.click()
    elif value is None and page.locator(".mbe-skip").count():
        page.click(".mbe-skip")
    else:
        box = page.locator(f'.mbe-villager input[type=checkbox][value="{value or ""}"]')
        if box.count():
            box.check()
        else:
            page.locator(".mbe-villager input[type=text]").fill(value or "")
        page.click(".mbe-next")
    page.wait_for_function(
        "(before) => { const now = document.querySelector('.mbe-villager .mbe-asks');"
        " return now ? now.innerText !== before : document.querySelector('#mbe-answer'); }",
        arg=before,
        timeout=A_MINUTE,
    )


def answer_all(page: Page, answers: dict[str, str]) -> list[str]:
    """Answer until there is a result; what is not among `answers` is not known. Return what was asked."""
    trail = []
    while (fact := asked(page)) is not None:
        trail.append(fact)
        assert len(trail) < 30
        give(page, answers.get(fact))
    page.wait_for_selector("#mbe-answer", timeout=A_MINUTE)
    return trail


def axe(page: Page) -> list[str]:
    page.evaluate((ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(
        "async () => (await axe.run()).violations.flatMap("
        "(rule) => rule.nodes.map((node) => rule.id + ' ' + node.html.slice(0, 200)))",
    )
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_few_questions_lead_to_the_answer(visit: Visit, lang: str) -> None:
    page = start(visit, lang)
    trail = answer_all(page, ANSWERS)
    assert "1,497.50" in page.inner_text("#mbe-answer")
    assert len(trail) <= 6
    assert trail[:3] == ["visit", "total_cost", "date"]
    assert len(trail) == len(set(trail))


def test_the_answer_so_far_narrows_until_it_is_exact(visit: Visit) -> None:
    page = start(visit, "zh")
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


def test_all_unknown_asks_little_and_gives_a_range(visit: Visit) -> None:
    page = start(visit, "zh")
    trail = answer_all(page, {"visit": "inpatient", "total_cost": "8000", "date": "2016-03-01"})
    assert len(trail) == len(set(trail)) <= 9
    assert "8,000" in page.inner_text("#mbe-answer")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_enough_is_enough_and_other_help_comes_after_the_answer(visit: Visit, lang: str) -> None:
    page = start(visit, lang)
    for value in ("inpatient", "8000", "2016-03-01"):
        asked(page)
        give(page, value)
    page.click(".mbe-enough")
    page.wait_for_selector("#mbe-answer")
    page.click(".mbe-help")
    trail = answer_all(page, {"age": "66", "sex": "female", "rural": "true"})
    assert {"sex", "age"} <= set(trail)
    assert not {"visit", "total_cost", "hospital_level"} & set(trail)
    assert page.locator(".mbe-help").count() == 0


def test_back_loses_nothing_and_nothing_is_asked_twice(visit: Visit) -> None:
    page = start(visit, "zh")
    address = page.url
    for value in ("inpatient", "8000", "2016-03-01", "county"):
        asked(page)
        give(page, value)
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


def test_an_answer_can_be_changed_from_the_result(visit: Visit) -> None:
    page = start(visit, "zh")
    answer_all(page, ANSWERS)
    page.click(".mbe-review summary")
    page.locator(".mbe-review li", has_text="总费用").locator("button").click()
    assert asked(page) == "total_cost"
    give(page, "9000")
    assert asked(page) is None
    assert "1,497.50" not in page.inner_text("#mbe-answer")


def test_the_tab_remembers_where_one_was(visit: Visit) -> None:
    page = start(visit, "zh")
    for value in ("inpatient", "8000"):
        asked(page)
        give(page, value)
    page.reload()
    assert asked(page) == "date"
    page.click(".mbe-back")
    assert asked(page) == "total_cost"
    assert page.input_value(".mbe-villager input") == "8000"


def test_the_form_and_the_questions_share_their_answers(visit: Visit) -> None:
    page = start(visit, "zh")
    for value in ("inpatient", "1.2万"):
        asked(page)
        give(page, value)
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
        ("3千5百", None),
        ("3千5", None),
        ("1,2,3", None),
        ("-5", None),
        ("很多", None),
    ],
)
def test_amounts_are_read_as_people_write_them(visit: Visit, typed: str, understood: str | None) -> None:
    page = start(visit, "zh", wait=False)
    give(page, "inpatient")
    page.fill(".mbe-villager input", typed)
    if understood:
        assert understood in page.inner_text(".mbe-echo")
        return
    page.click(".mbe-next")
    assert "例如8000" in page.inner_text(".mbe-villager .mbe-wrong")
    assert page.evaluate("document.activeElement.name") == "total_cost"
    assert asked(page) == "total_cost"


def test_keys_alone_are_enough(visit: Visit) -> None:
    page = start(visit, "zh")
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
    assert asked(page) == "hospital_level"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_screen_is_for_everybody(visit: Visit, lang: str) -> None:
    page = start(visit, lang)
    width = "document.documentElement.scrollWidth"
    while (fact := asked(page)) is not None:
        assert axe(page) == [], fact
        assert page.evaluate(SMALL) == [], fact
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate(width) == 320, fact
        page.set_viewport_size({"width": 360, "height": 740})
        give(page, ANSWERS.get(fact))
    page.evaluate("document.querySelector('.mbe-review').open = true")
    assert axe(page) == []
    assert page.evaluate(SMALL) == []


def test_a_finger_is_enough_on_a_phone(visit: Visit, browser: Any) -> None:  # noqa: ANN401
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
    page.wait_for_timeout(300)
    before = len(visit.requests)
    answer_all(page, ANSWERS)
    assert len(visit.requests) == before
