"""The estimator in a real browser: the right answer, the same as in CPython, for everybody, and in private."""

import json
import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Route

from mingbai_calculator import estimate_json
from tests.browser.conftest import A_MINUTE, COUNTY_STAY, PATHS, Visit, open_full_form
from tests.browser.journeys import (
    CITY_STAY,
    GIVES_UP,
    LANGUAGES,
    METERED,
    NARROW,
    PYTHON_IS_DEAD,
    TOO_OLD,
    TROUBLES,
    VERY_LARGE,
    abort_route,
    change_revision,
    crash_workers,
    open_all,
    start_afresh,
    too_small,
    wait_for_failure,
    width,
)
from tests.browser.machine import violations
from tests.conftest import sample

pytestmark = pytest.mark.browser

type Booted = Callable[[str], Visit]


@pytest.fixture
def form(booted: Booted) -> Visit:
    """The empty form, in Chinese, with the calculator ready."""
    return form_in(booted, "zh")


def form_in(booted: Booted, lang: str) -> Visit:
    visit = booted(lang)
    start_afresh(visit, "whole")
    return visit


@pytest.fixture(scope="session")
def bundle(site: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((site / "data" / "bundle.json").read_text(encoding="utf-8"))
    return read


def requests_of(bundle: dict[str, Any], lang: str) -> Iterator[dict[str, Any]]:
    """Yield every worked example of every policy file as a request."""
    for place, compiled in bundle["places"].items():
        for versions in compiled["policies"].values():
            for version in versions:
                for example in version["examples"]:
                    given = {key: example[key] for key in ("date", "facts", "inputs")}
                    yield {"place": place, "lang": lang, **given}


# the answer


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_county_stay_is_answered_to_the_fen(booted: Booted, lang: str) -> None:
    visit = form_in(booted, lang)
    visit.choose(**COUNTY_STAY)
    assert "1,497.50" in visit.submit()
    shown = visit.page.inner_text(".mbe-result")
    assert "6,502.50" in shown
    for trouble in TROUBLES:
        assert trouble not in shown


def test_the_day_decides_which_rules_are_used(form: Visit) -> None:
    form.choose(**{**COUNTY_STAY, "date": "2015年6月1日"})
    assert "2,000" in form.submit()


def test_what_one_does_not_know_gives_a_range_and_marks_the_question(form: Visit) -> None:
    form.choose(**{name: value for name, value in COUNTY_STAY.items() if name != "registered_poor"})
    answer = form.submit()
    assert "1,497.50" in answer
    assert "2,000" in answer
    assert form.page.locator(".mbe-bar:visible").count() == 2
    assert (
        form.page.locator("fieldset", has=form.page.locator("[name=registered_poor]")).locator(".mbe-wanted").count()
        == 1
    )


def test_a_range_that_says_nothing_is_not_drawn(form: Visit) -> None:
    form.choose(date="2016-03-01", visit="inpatient", total_cost="8000")
    assert "您自己付多少，现在说不准" in form.submit()
    assert "8,000 元" not in form.page.inner_text(".mbe-answer h2")
    assert form.page.locator(".mbe-bar:visible").count() == 0
    assert "起付线 0 到" not in re.sub(r"\s+", " ", form.page.inner_text(".mbe-result"))


def test_a_number_that_is_not_printed_can_be_typed_in(form: Visit) -> None:
    form.choose(**CITY_STAY)
    assert "3,000" in form.submit()
    form.page.fill(".mbe-missing input", "60")
    form.page.click(".mbe-missing button")
    form.page.wait_for_function("document.querySelector('#mbe-answer').innerText.includes('4,620')")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_worked_example_is_byte_equal_to_cpython(booted: Booted, bundle: dict[str, Any], lang: str) -> None:
    visit = form_in(booted, lang)
    requests = list(requests_of(bundle, lang))
    assert requests
    in_page = visit.page.evaluate(
        "async (requests) => { const texts = []; await window.mingbai.ready;"
        " for (const request of requests) texts.push(await window.mingbai.estimateText(request)); return texts; }",
        requests,
    )
    for request, text in zip(requests, in_page, strict=True):
        assert text == estimate_json(bundle, json.dumps(request)), request


def test_a_bad_request_is_refused_in_the_words_of_a_reader(booted: Booted) -> None:
    visit = form_in(booted, "en")
    faults = visit.page.evaluate(
        "() => window.mingbai.estimate({place: 'gaotai', date: '2016-03-01',"
        " facts: {hospital_level: 'vilage', total_cost: '8000', eligible_cost: '9000'}})"
        ".catch((error) => error.faults.map((fault) => [fault.name, fault.text]))",
    )
    assert [name for name, _ in faults] == ["hospital_level", "eligible_cost"]
    assert "did you mean “Village clinic”?" in faults[0][1]
    assert faults[1][1] == "Eligible cost: 9,000 yuan is more than “Whole bill” (8,000 yuan)"


# typing


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("１２，３４５．６０ 元", "12,345.60"),
        ("1.2万", "12,000"),
        ("1万2千", "12,000"),
        ("¥8,000", "8,000"),
        ("三千五", "3,500"),
    ],
)
def test_amounts_are_understood_as_people_write_them(form: Visit, typed: str, understood: str) -> None:
    form.choose(total_cost=typed)
    assert understood in form.page.inner_text("#mbe-field-total_cost-echo")


def test_what_is_not_clear_is_said_on_top_and_leads_to_its_field(form: Visit) -> None:
    form.choose(**{**COUNTY_STAY, "total_cost": "很多", "date": "2016-02-30"})
    form.page.click(".mbe-submit")
    summary = form.page.locator(".mbe-errors")
    assert summary.locator("li").count() == 2
    assert form.page.evaluate("document.activeElement.className") == "mbe-errors"
    assert "没有2016-02-30这一天" in summary.inner_text()
    summary.locator("a").last.click()
    assert form.page.evaluate("document.activeElement.name") == "total_cost"


def test_what_the_calculator_refuses_is_said_at_the_field(form: Visit) -> None:
    form.choose(**COUNTY_STAY, eligible_cost="9000")
    form.page.click(".mbe-submit")
    form.page.wait_for_selector(".mbe-errors a")
    form.page.click(".mbe-errors a")
    assert form.page.evaluate("document.activeElement.name") == "eligible_cost"
    assert form.page.inner_text(".mbe-errors li") == "合规费用：9,000 元比“总费用”（8,000 元）还多"


# loading


def test_the_calculator_is_fetched_only_when_it_is_asked_for(visit: Visit) -> None:
    visit.open("zh")
    assert not [request.url for request in visit.requests if ".wasm" in request.url]
    visit.page.evaluate("window.mingbai.ready")
    assert [request.url for request in visit.requests if ".wasm" in request.url]


def test_no_network_is_needed_once_it_is_ready(visit: Visit) -> None:
    visit.open("zh")
    visit.page.evaluate("window.mingbai.ready")
    visit.context.set_offline(offline=True)
    visit.choose(**COUNTY_STAY)
    assert "1,497.50" in visit.submit()


def somebody_elses_page(route: Route) -> None:
    """A log-in page instead of the file, as hotels and stations send it."""
    route.fulfill(status=200, content_type="text/html", body="<p>log in first</p>")


def damaged(route: Route) -> None:
    """As many bytes as there should be, but not the right ones."""
    response = route.fetch()
    body = response.body()
    route.fulfill(response=response, body=body[:1000] + bytes(len(body) - 1000))


def no_answer(_: Route) -> None:
    pass


TROUBLED = product([abort_route, somebody_elses_page, damaged, no_answer], LANGUAGES)
"""What is wrong with the files themselves is the matter of test_runtime."""


@pytest.mark.parametrize(("trouble", "lang"), sample(TROUBLED, (somebody_elses_page, "en"), (no_answer, "zh")))
def test_trouble_with_the_download_is_said_and_can_be_tried_again(visit: Visit, lang: str, trouble: Any) -> None:  # noqa: ANN401
    if trouble is no_answer:
        visit.hurry(silence_seconds=8)
    visit.page.route("**/*.wasm", trouble)
    visit.open(lang)
    visit.choose(**COUNTY_STAY)
    visit.page.click(".mbe-submit")
    told = wait_for_failure(visit.page)
    assert {"zh": "您填的还在", "en": "answers are still here"}[lang] in told.locator("p").inner_text()
    assert visit.page.locator(".mbe-loading").is_hidden()
    visit.page.unroute("**/*.wasm")
    told.locator("button").click()
    assert "1,497.50" in visit.answer()
    assert told.is_hidden()


def test_a_server_that_calls_the_wasm_something_else_does_no_harm(visit: Visit) -> None:
    visit.page.route("**/*.wasm", lambda route: route.fulfill(response=route.fetch(), content_type="text/plain"))
    visit.open("zh")
    visit.choose(**COUNTY_STAY)
    assert "1,497.50" in visit.submit()


def test_rules_of_another_revision_never_mix_with_the_page(visit: Visit) -> None:
    file = "**/data/places/gaotai.json"
    visit.page.route(file, change_revision)
    visit.page.goto(visit.server + "/estimator/#gaotai")
    told = wait_for_failure(visit.page)
    told.get_by_text("规定刚刚更新了").wait_for(timeout=A_MINUTE)
    assert "您填的" not in told.inner_text()  # nothing was
    assert visit.page.locator("#mbe-answer").count() == 0
    visit.page.unroute(file)
    told.locator("button").click()
    open_full_form(visit.page)


@pytest.mark.parametrize("lang", sample(LANGUAGES, "en"))
def test_a_form_that_is_open_is_finished_with_its_own_rules(visit: Visit, bundle: dict[str, Any], lang: str) -> None:
    visit.page.route("**/data/estimator.json", change_revision)
    visit.open(lang)
    visit.choose(**COUNTY_STAY)
    assert "1,497.50" in visit.submit()
    assert len(visit.page.locator(".mbe-notice").inner_text()) > 15
    assert bundle["revision"] in visit.page.inner_text(".mbe-result")


# when the calculator breaks


@pytest.mark.parametrize("how", [GIVES_UP, PYTHON_IS_DEAD])
def test_a_crash_is_survived_and_the_question_asked_again(visit: Visit, how: str) -> None:
    crash_workers(visit, how, 1)
    visit.open("zh")
    visit.choose(**COUNTY_STAY)
    assert "1,497.50" in visit.submit()
    assert visit.page.locator(".mbe-failure:not(noscript *)").is_hidden()


def test_a_calculator_that_keeps_crashing_is_given_up_and_can_be_tried_again(visit: Visit) -> None:
    crash_workers(visit, PYTHON_IS_DEAD, 2)
    visit.open("zh")
    visit.choose(**COUNTY_STAY)
    visit.page.click(".mbe-submit")
    told = wait_for_failure(visit.page)
    assert visit.page.input_value("[name=total_cost]") == "8000"
    told.locator("button").click()
    assert "1,497.50" in visit.answer()


def test_an_answer_that_never_comes_is_waited_for_twice_and_no_longer(visit: Visit) -> None:
    crash_workers(visit, "return;", 2)
    visit.hurry(answer_seconds=1)
    visit.open("zh")
    visit.choose(**COUNTY_STAY)
    visit.page.click(".mbe-submit")
    told = wait_for_failure(visit.page)
    assert "太久" in told.inner_text()


def test_where_bytes_cost_money_they_are_fetched_after_a_tap_only(visit: Visit) -> None:
    visit.page.add_init_script(METERED)
    visit.open("zh")
    offer = visit.page.locator(".mbe-offer")
    offer.wait_for()
    assert re.search(r"\d\.\d MB", offer.inner_text())
    visit.choose(**COUNTY_STAY)
    visit.page.wait_for_timeout(500)
    assert not [request.url for request in visit.requests if ".wasm" in request.url]
    offer.locator("button").click()
    visit.page.wait_for_selector(".mbe-loading:not([hidden])")
    assert offer.is_hidden()
    assert "1,497.50" in visit.submit()


def test_without_a_network_it_says_so_and_goes_on_by_itself(visit: Visit) -> None:
    visit.open("zh")
    visit.context.set_offline(offline=True)
    visit.choose(**COUNTY_STAY)
    visit.page.click(".mbe-submit")
    told = wait_for_failure(visit.page)
    told.get_by_text("没有网络").wait_for(timeout=A_MINUTE)
    visit.context.set_offline(offline=False)
    assert "1,497.50" in visit.answer()


def test_a_form_that_cannot_be_fetched_can_be_tried_again(visit: Visit) -> None:
    visit.page.route("**/places/gaotai.json", abort_route)
    visit.page.goto(visit.server + PATHS["zh"])
    told = wait_for_failure(visit.page)
    visit.page.unroute("**/places/gaotai.json")
    told.locator("button").click()
    open_full_form(visit.page)


def test_a_browser_that_is_too_old_is_told_so(visit: Visit) -> None:
    visit.page.add_init_script(TOO_OLD)
    visit.open("zh")
    visit.choose(**COUNTY_STAY)
    visit.page.click(".mbe-submit")
    wait_for_failure(visit.page)
    assert not [request.url for request in visit.requests if ".wasm" in request.url]


# for everybody


@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing_before_and_after_a_result(booted: Booted, lang: str) -> None:
    visit = form_in(booted, lang)
    assert violations(visit.page) == []
    visit.choose(**{name: value for name, value in CITY_STAY.items() if name != "registered_poor"})
    visit.submit()
    open_all(visit.page)
    assert violations(visit.page) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_narrow_phone_needs_no_sideways_scroll(booted: Booted, lang: str) -> None:
    visit = form_in(booted, lang)
    visit.page.set_viewport_size(NARROW)
    assert width(visit.page) == NARROW["width"]
    visit.choose(**{name: value for name, value in CITY_STAY.items() if name != "registered_poor"})
    visit.submit()
    open_all(visit.page)
    assert width(visit.page) == NARROW["width"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_tapped_is_large_enough(booted: Booted, lang: str) -> None:
    visit = form_in(booted, lang)
    open_all(visit.page)
    assert too_small(visit.page, ".mbe-form") == []


def test_very_large_letters_fit_on_a_narrow_phone(visit: Visit) -> None:
    visit.context.add_init_script(VERY_LARGE)
    visit.page.set_viewport_size(NARROW)
    visit.open("en")
    open_all(visit.page)
    assert width(visit.page) == NARROW["width"]
    visit.choose(**CITY_STAY)
    visit.submit()
    open_all(visit.page)
    assert width(visit.page) == NARROW["width"]


# in private


def test_answers_stay_in_the_tab(visit: Visit) -> None:
    visit.open("zh")
    address = visit.page.url
    visit.choose(**{**COUNTY_STAY, "total_cost": "7391.42"})
    visit.submit()
    assert visit.page.url == address
    assert visit.context.cookies() == []
    assert "7391" not in visit.page.evaluate("JSON.stringify(localStorage)")
    assert "7391" in visit.page.evaluate("JSON.stringify(sessionStorage)")
    assert all("7391" not in request.url and request.post_data is None for request in visit.requests)
    assert {request.method for request in visit.requests} == {"GET"}


def test_answers_are_still_there_after_coming_back(visit: Visit) -> None:
    visit.open("zh")
    visit.choose(**COUNTY_STAY)
    visit.page.goto("about:blank")
    visit.page.go_back()
    visit.page.wait_for_selector(
        "#mingbai-estimator .mbe-questions fieldset, #mingbai-estimator .mbe-questions .mbe-question"
    )
    assert visit.page.input_value("[name=total_cost]") == "8000"
    assert visit.page.is_checked('[name=hospital_level][value="county"]')


def test_one_button_wipes_everything_for_the_next_person(visit: Visit) -> None:
    visit.open("zh")
    visit.choose(**COUNTY_STAY)
    visit.submit()
    visit.page.click(".mbe-reset")
    assert visit.page.input_value("[name=total_cost]") == ""
    assert visit.page.locator(".mbe-result").is_hidden()
    assert visit.page.evaluate("sessionStorage.length") == 0
