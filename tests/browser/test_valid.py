"""How old the rules are stands wherever an answer is seen: box, copied text, picture, paper, household."""

import pytest

from tests.browser.conftest import Visit
from tests.browser.journeys import LANGUAGES, answered, fill_in, start_afresh, submit_household

SAID = {
    "zh": "原文没写用到哪天，我们当作2016年的规定。",
    "en": "The text names no last day. We take it as the rules of 2016.",
}


@pytest.mark.sampled(1)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sentence_stands_on_every_surface_of_an_answer(visit: Visit, lang: str) -> None:
    visit.open(lang)
    result = answered(visit, date="2018-03-01")
    box = result.locator(".mbe-answer")
    assert SAID[lang] in box.inner_text()
    assert "12393" in box.inner_text()
    sizes = "(all) => all.map((each) => getComputedStyle(each).fontSize)"
    assert len(set(box.locator("p").evaluate_all(sizes))) == 1  # as large as the other reasons
    copy, picture = result.locator(".mbe-acts button").nth(0), result.locator(".mbe-acts button").nth(1)
    copy.click()
    assert SAID[lang] in result.locator(".mbe-text").input_value()
    picture.click()
    assert SAID[lang] in str(result.locator(".mbe-picture").get_attribute("alt"))
    assert SAID[lang] in str(visit.page.locator(".mbe-sheet").text_content())


def test_a_household_reads_it_beside_its_sums(visit: Visit) -> None:
    visit.open("zh")
    page = start_afresh(visit, "household")
    fill_in(page)
    page.fill("[name=date]", "2018-03-01")
    submit_household(page)
    assert SAID["zh"] in page.locator(".mbe-totals + p").inner_text()


@pytest.mark.sampled(1)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_the_day_that_the_form_fills_in_one_reads_whom_to_ask_today(visit: Visit, lang: str) -> None:
    visit.open(lang)
    said = answered(visit).locator(".mbe-answer").inner_text()
    until = {"zh": "规定我们只算到2016年12月31日。", "en": "We count these rules only until December 31, 2016."}[lang]
    assert until not in said  # a day that the reader gave
    visit.page.fill("#mbe-field-date", "2016-12-31")
    visit.submit()
    visit.page.wait_for_function(
        "(until) => document.querySelector('.mbe-answer').innerText.includes(until)", arg=until
    )
    said = visit.page.locator(".mbe-on-screen .mbe-answer").inner_text()
    assert "12393" in said
