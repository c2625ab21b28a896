"""The estimator in a real browser: the right answer, the same as in CPython, for everybody, and in private."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Route

from mingbai_calculator import estimate_json
from tests.browser.conftest import A_MINUTE, COUNTY_STAY, PATHS, Visit, whole_form
from tests.browser.machine import ROOT

pytestmark = pytest.mark.browser

LANGUAGES = tuple(PATHS)
CITY_STAY = {**COUNTY_STAY, "hospital_level": "city", "total_cost": "20000"}


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
def test_a_county_stay_is_answered_to_the_fen(visit: Visit, lang: str) -> None:
    visit.open(lang)
    visit.choose(**COUNTY_STAY)
    assert "1,497.50" in visit.submit()
    shown = visit.page.inner_text(".mbe-result")
    assert "6,502.50" in shown
    for trouble in ("undefined", "null", "NaN", "[object", "{"):
        assert trouble not in shown


def test_the_day_decides_which_rules_are_used(visit: Visit) -> None:
    visit.open("zh")
    visit.choose(**{**COUNTY_STAY, "date": "2015年6月1日"})
    assert "2,000" in visit.submit()


def test_what_one_does_not_know_gives_a_range_and_marks_the_question(visit: Visit) -> None:
    visit.open("zh")
    visit.choose(**{name: value for name, value in COUNTY_STAY.items() if name != "registered_poor"})
    answer = visit.submit()
    assert "1,497.50" in answer
    assert "2,000" in answer
    assert visit.page.locator(".mbe-bar:visible").count() == 2
    assert (
        visit.page.locator("fieldset", has=visit.page.locator("[name=registered_poor]")).locator(".mbe-wanted").count()
        == 1
    )


def test_a_number_that_is_not_printed_can_be_typed_in(visit: Visit) -> None:
    visit.open("zh")
    visit.choose(**CITY_STAY)
    assert "3,000" in visit.submit()
    visit.page.fill(".mbe-missing input", "60")
    visit.page.click(".mbe-missing button")
    visit.page.wait_for_function("document.querySelector('#mbe-answer').innerText.includes('4,620')")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_worked_example_is_byte_equal_to_cpython(visit: Visit, bundle: dict[str, Any], lang: str) -> None:
    requests = list(requests_of(bundle, lang))
    assert requests
    visit.open(lang)
    in_page = visit.page.evaluate(
        "async (requests) => { const texts = []; await window.mingbai.ready;"
        " for (const request of requests) texts.push(await window.mingbai.estimateText(request)); return texts; }",
        requests,
    )
    for request, text in zip(requests, in_page, strict=True):
        assert text == estimate_json(bundle, json.dumps(request)), request


def test_a_bad_request_is_refused_with_the_same_sentence_as_elsewhere(visit: Visit) -> None:
    visit.open("en")
    names = visit.page.evaluate(
        "() => window.mingbai.estimate({place: 'gaotai', date: '2016-03-01', facts: {hospital_level: 'vilage'}})"
        ".catch((error) => error.faults.map((fault) => [fault.name, fault.text]))",
    )
    assert names[0][0] == "hospital_level"
    assert "village" in names[0][1]


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
def test_amounts_are_understood_as_people_write_them(visit: Visit, typed: str, understood: str) -> None:
    visit.open("zh")
    visit.choose(total_cost=typed)
    assert understood in visit.page.inner_text("#mbe-field-total_cost-echo")


def test_what_is_not_clear_is_said_on_top_and_leads_to_its_field(visit: Visit) -> None:
    visit.open("zh")
    visit.choose(**{**COUNTY_STAY, "total_cost": "很多", "date": "2016-02-30"})
    visit.page.click(".mbe-submit")
    summary = visit.page.locator(".mbe-errors")
    assert summary.locator("li").count() == 2
    assert visit.page.evaluate("document.activeElement.className") == "mbe-errors"
    assert "2016-03-01" in summary.inner_text()
    summary.locator("a").last.click()
    assert visit.page.evaluate("document.activeElement.name") == "total_cost"


def test_what_the_calculator_refuses_is_said_at_the_field(visit: Visit) -> None:
    visit.open("zh")
    visit.choose(**COUNTY_STAY, eligible_cost="9000")
    visit.page.click(".mbe-submit")
    visit.page.wait_for_selector(".mbe-errors a")
    visit.page.click(".mbe-errors a")
    assert visit.page.evaluate("document.activeElement.name") == "eligible_cost"


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


def broken_off(route: Route) -> None:
    route.abort()


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


@pytest.mark.parametrize("trouble", [broken_off, somebody_elses_page, damaged, no_answer])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_trouble_with_the_download_is_said_and_can_be_tried_again(visit: Visit, lang: str, trouble: Any) -> None:  # noqa: ANN401
    if trouble is no_answer:
        visit.hurry(silence_seconds=8)
    visit.page.route("**/*.wasm", trouble)
    visit.open(lang)
    visit.choose(**COUNTY_STAY)
    visit.page.click(".mbe-submit")
    failure = visit.page.locator(".mbe-failure:not(noscript *)")
    failure.wait_for(timeout=20_000)
    assert len(failure.locator("p").inner_text()) > 15
    assert visit.page.locator(".mbe-loading").is_hidden()
    visit.page.unroute("**/*.wasm")
    failure.locator("button").click()
    assert "1,497.50" in visit.answer()
    assert failure.is_hidden()


def test_a_server_that_calls_the_wasm_something_else_does_no_harm(visit: Visit) -> None:
    visit.page.route("**/*.wasm", lambda route: route.fulfill(response=route.fetch(), content_type="text/plain"))
    visit.open("zh")
    visit.choose(**COUNTY_STAY)
    assert "1,497.50" in visit.submit()


def renewed(route: Route) -> None:
    """The same rules under another revision, as if they had just been published."""
    response = route.fetch()
    text = re.sub(r'"revision":"[0-9a-f]{12}"', '"revision":"0123456789ab"', response.text(), count=1)
    route.fulfill(response=response, body=text)


def test_rules_of_another_revision_never_mix_with_the_page(visit: Visit) -> None:
    file = "**/data/places/gaotai.json"
    visit.page.route(file, renewed)
    visit.page.goto(visit.server + "/estimator/#gaotai")
    failure = visit.page.locator(".mbe-failure:not(noscript *)")
    failure.get_by_text("规定刚刚更新了").wait_for(timeout=A_MINUTE)
    assert visit.page.locator("#mbe-answer").count() == 0
    visit.page.unroute(file)
    failure.locator("button").click()
    whole_form(visit.page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_form_that_is_open_is_finished_with_its_own_rules(visit: Visit, bundle: dict[str, Any], lang: str) -> None:
    visit.page.route("**/data/estimator.json", renewed)
    visit.open(lang)
    visit.choose(**COUNTY_STAY)
    assert "1,497.50" in visit.submit()
    assert len(visit.page.locator(".mbe-notice").inner_text()) > 15
    assert bundle["revision"] in visit.page.inner_text(".mbe-result")


# when the calculator breaks


def crashing(visit: Visit, how: str, times: int) -> None:
    """Let the first workers break at their first question."""
    left = [times]

    def serve(route: Route) -> None:
        response = route.fetch()
        text = response.text()
        if left[0] and route.request.resource_type != "document":
            left[0] -= 1
            text = text.replace(
                "function estimate({id, request, lang}) {", "function estimate({id, request, lang}) {" + how
            )
        route.fulfill(response=response, body=text)

    visit.context.route("**/worker.js", serve)


GIVES_UP = "setTimeout(() => { throw new Error('out of memory'); }); return;"
PYTHON_IS_DEAD = "postMessage({type: 'answer', id, kind: 'error', text: 'memory access out of bounds'}); return;"


@pytest.mark.parametrize("how", [GIVES_UP, PYTHON_IS_DEAD])
def test_a_crash_is_survived_and_the_question_asked_again(visit: Visit, how: str) -> None:
    crashing(visit, how, 1)
    visit.open("zh")
    visit.choose(**COUNTY_STAY)
    assert "1,497.50" in visit.submit()
    assert visit.page.locator(".mbe-failure:not(noscript *)").is_hidden()


def test_a_calculator_that_keeps_crashing_is_given_up_and_can_be_tried_again(visit: Visit) -> None:
    crashing(visit, PYTHON_IS_DEAD, 2)
    visit.open("zh")
    visit.choose(**COUNTY_STAY)
    visit.page.click(".mbe-submit")
    failure = visit.page.locator(".mbe-failure:not(noscript *)")
    failure.wait_for(timeout=A_MINUTE)
    assert visit.page.input_value("[name=total_cost]") == "8000"
    failure.locator("button").click()
    assert "1,497.50" in visit.answer()


def test_an_answer_that_never_comes_is_waited_for_twice_and_no_longer(visit: Visit) -> None:
    crashing(visit, "return;", 2)
    visit.hurry(answer_seconds=1)
    visit.open("zh")
    visit.choose(**COUNTY_STAY)
    visit.page.click(".mbe-submit")
    failure = visit.page.locator(".mbe-failure:not(noscript *)")
    failure.wait_for(timeout=A_MINUTE)
    assert "太久" in failure.inner_text()


METERED = "Object.defineProperty(navigator, 'connection', {value: {type: 'cellular', saveData: false}})"


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
    failure = visit.page.locator(".mbe-failure:not(noscript *)")
    failure.get_by_text("没有网络").wait_for(timeout=A_MINUTE)
    visit.context.set_offline(offline=False)
    assert "1,497.50" in visit.answer()


def test_a_form_that_cannot_be_fetched_can_be_tried_again(visit: Visit) -> None:
    visit.page.route("**/places/gaotai.json", broken_off)
    visit.page.goto(visit.server + PATHS["zh"])
    failure = visit.page.locator(".mbe-failure:not(noscript *)")
    failure.wait_for()
    visit.page.unroute("**/places/gaotai.json")
    failure.locator("button").click()
    whole_form(visit.page)


def test_a_browser_that_is_too_old_is_told_so(visit: Visit) -> None:
    visit.page.add_init_script("delete WebAssembly.Tag")
    visit.open("zh")
    visit.choose(**COUNTY_STAY)
    visit.page.click(".mbe-submit")
    visit.page.locator(".mbe-failure:not(noscript *)").wait_for()
    assert not [request.url for request in visit.requests if ".wasm" in request.url]


# for everybody


@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing_before_and_after_a_result(visit: Visit, lang: str) -> None:
    axe = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    visit.open(lang)
    visit.page.evaluate(axe)

    def violations() -> list[str]:
        found: list[str] = visit.page.evaluate(
            "async () => (await axe.run()).violations.flatMap("
            "(rule) => rule.nodes.map((node) => rule.id + ' ' + node.html.slice(0, 200)))",
        )
        return found

    assert violations() == []
    visit.choose(**{name: value for name, value in CITY_STAY.items() if name != "registered_poor"})
    visit.submit()
    visit.page.evaluate(
        "document.querySelectorAll('#mingbai-estimator details').forEach((more) => { more.open = true; })"
    )
    assert violations() == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_narrow_phone_needs_no_sideways_scroll(visit: Visit, lang: str) -> None:
    visit.page.set_viewport_size({"width": 320, "height": 640})
    visit.open(lang)
    width = "document.documentElement.scrollWidth"
    assert visit.page.evaluate(width) == 320
    visit.choose(**{name: value for name, value in CITY_STAY.items() if name != "registered_poor"})
    visit.submit()
    visit.page.evaluate(
        "document.querySelectorAll('#mingbai-estimator details').forEach((more) => { more.open = true; })"
    )
    assert visit.page.evaluate(width) == 320


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_tapped_is_large_enough(visit: Visit, lang: str) -> None:
    visit.open(lang)
    visit.page.evaluate(
        "document.querySelectorAll('#mingbai-estimator details').forEach((more) => { more.open = true; })"
    )
    small = visit.page.evaluate(
        "() => [...document.querySelectorAll('.mbe .mbe-tile, .mbe .mbe-typed input, .mbe summary, .mbe form button')]"
        ".filter((element) => element.offsetHeight < 60).map((element) => element.outerHTML.slice(0, 200))",
    )
    assert small == []


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
