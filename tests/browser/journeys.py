"""Steps through the estimator's page, as its users take them, and injected failures: for the tests and the gallery."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, Route, ViewportSize

from tests.browser.conftest import A_MINUTE, COUNTY_STAY, PATHS, Visit
from tests.browser.machine import answer_of

LANGUAGES = tuple(PATHS)
PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 320, "height": 640}
SIZES = (PHONE, DESK)

CITY_STAY = {**COUNTY_STAY, "hospital_level": "city", "total_cost": "20000"}
"""A stay for which the law leaves one number open, so that the result is a range."""

TROUBLES = ("undefined", "null", "NaN", "[object", "{")
"""Texts that show a bug of the page to its reader."""

VERY_LARGE = "localStorage.setItem('mingbai-display', JSON.stringify({size: 'larger'}))"
"""Script: store the reader's setting of the largest text size."""

GRANDMA = "王奶奶7391"

START_AFRESH = """(way) => {
    const kept = Object.keys(localStorage).filter((key) => key.startsWith('mingbai-households'));
    kept.forEach((key) => localStorage.removeItem(key));
    document.querySelector(`[data-way="${way}"]`).click();
    const place = document.querySelector('#mbe-place');
    place.value = 'gaotai';
    place.dispatchEvent(new Event('change'));
}"""
TAPPED = "button, summary, select, input[type=text], label.mbe-tile"
SMALL = """([within, tapped]) => [...document.querySelectorAll(within)]
    .flatMap((part) => [...part.querySelectorAll(tapped)])
    .filter((each) => each.checkVisibility() && each.offsetHeight < 60).map((each) => each.outerHTML.slice(0, 150))"""


# every mode


def start_afresh(visit: Visit, mode: str, size: ViewportSize = PHONE) -> Page:
    """Reset an open estimator to the start of a mode ("villager", "whole" or "household"), as for the next person.

    It waits until the calculator runs.
    """
    page = visit.page
    page.set_viewport_size(size)
    page.evaluate("window.mingbai.ready")
    page.evaluate(START_AFRESH, mode)
    page.locator(".mbe-ways:not([hidden])").wait_for()
    page.wait_for_selector(
        {"villager": ".mbe-villager .mbe-asks", "household": ".mbe-panel"}.get(mode, ".mbe-buttons:not([hidden])")
    )
    return page


def wait_for_requests(visit: Visit) -> int:
    """Wait until no further request is reported; return their number. A worker's requests are reported late."""
    before = -1
    while len(visit.requests) != before:
        before = len(visit.requests)
        visit.page.wait_for_timeout(700)
    return before


def new_requests(visit: Visit, before: int) -> list[str]:
    """Return the addresses requested after the first `before` requests that are new or were sent with a body.

    Left out are the calculator's own files, which it reads from the browser's cache again for its snapshot at any
    time, and pictures that the page itself drew (``data:``).
    """
    known = {request.url for request in visit.requests[:before]}
    return [
        request.url
        for request in visit.requests[before:]
        if (request.url not in known and not request.url.startswith("data:")) or request.post_data
    ]


def too_small(page: Page, *within: str) -> list[str]:
    """Return the HTML of tap targets inside the selectors `within` that are lower than 60 pixels."""
    targets: list[str] = page.evaluate(SMALL, [", ".join(within), TAPPED])
    return targets


def width(page: Page) -> int:
    """Return the width of the page's content in pixels; wider than the window, the page scrolls sideways."""
    pixels: int = page.evaluate("document.documentElement.scrollWidth")
    return pixels


def open_all(page: Page) -> None:
    """Open every collapsed part of the estimator."""
    page.evaluate("document.querySelectorAll('#mingbai-estimator details').forEach((more) => { more.open = true; })")


# the villager's mode: one question a screen


def start(visit: Visit, lang: str, *, wait: bool = True) -> Page:
    """Open the estimator; on a phone it begins with the first question."""
    visit.page.goto(visit.server + PATHS[lang])
    visit.page.wait_for_selector(".mbe-villager .mbe-asks")
    if wait:
        visit.page.evaluate("window.mingbai.ready")
    return visit.page


def asked(page: Page) -> str | None:
    """Return the fact of the question on the screen; None if the result is shown."""
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


def give_all(page: Page, *values: str | None) -> None:
    """Answer one question after the other."""
    for value in values:
        asked(page)
        give(page, value)


def answer_all(page: Page, answers: dict[str, str], on_question: Callable[[str], None] = lambda _: None) -> list[str]:
    """Answer questions until the result is shown; return the facts that were asked, in order.

    A fact that is not among `answers` is answered with "I do not know". `on_question` gets each fact beforehand.
    """
    facts: list[str] = []
    while (fact := asked(page)) is not None:
        facts.append(fact)
        assert len(facts) < 30
        on_question(fact)
        give(page, answers.get(fact))
    page.wait_for_selector("#mbe-answer", timeout=A_MINUTE)
    return facts


# the cadre's mode: a household on one page


def tick(page: Page, **answers: str) -> None:
    """Answer questions of the household, or of the member whose tab is open."""
    for name, value in answers.items():
        answer_of(page.locator(".mbe-household"), name, value)


def fill_in(page: Page) -> None:
    """Fill in a household: a grandmother, a man who was in hospital, a baby."""
    tick(page, registered_poor="true", rural="true", poverty_village="true", date="2016-03-01")
    page.fill("#mbe-name", GRANDMA)
    tick(page, age="70", sex="female", insured="true")
    page.click(".mbe-add")
    tick(page, age="44", sex="male", insured="true", visit="inpatient", hospital_level="county", total_cost="8000")
    tick(page, diagnoses="other")
    page.click(".mbe-add")
    tick(page, age_months="2")


def submit_household(page: Page) -> None:
    """Submit the household and wait for its result."""
    page.click(".mbe-work")
    page.wait_for_selector(".mbe-household-answer", timeout=A_MINUTE)


# the result


def answered(visit: Visit, /, **answers: str) -> Locator:
    """Fill in and submit the open form; return the result once all its parts are there."""
    visit.choose(**{**COUNTY_STAY, **answers})
    visit.submit()
    visit.page.wait_for_selector(".mbe-compare table")
    return visit.page.locator(".mbe-on-screen")


def open_folds(visit: Visit) -> None:
    """Open every fold of the result, and wait until it is filled."""
    closed = visit.page.locator(".mbe-on-screen > details:not([open]) > summary")
    while closed.count():
        closed.first.click()
    visit.page.wait_for_function(
        "![...document.querySelectorAll('.mbe-fold td')].some((cell) => cell.textContent === '…')"
    )


def fill_folds(page: Page) -> None:
    """Enter an earlier stay, compare the result with a wrong slip, and draw the picture."""
    page.locator('[id$="stay-1-day"]').fill("2016-01-10")
    page.locator('[id$="stay-1-cost"]').fill("20000")
    page.locator(".mbe-fold", has=page.locator('[id$="stay-1-day"]')).locator(".mbe-acts button").first.click()
    page.locator('[id$="slip-hifp_pay"]').fill("1")
    page.locator(".mbe-fold", has=page.locator('[id$="slip-hifp_pay"]')).locator("> button").click()
    page.locator(".mbe-shared").locator("xpath=..").locator("button").nth(1).click()
    page.locator(".mbe-picture").wait_for()
    page.wait_for_function("[...document.querySelectorAll('.mbe-found')].every((found) => found.firstChild)")


# failures

METERED = "Object.defineProperty(navigator, 'connection', {value: {type: 'cellular', saveData: false}})"
TOO_OLD = "delete WebAssembly.Tag"
GIVES_UP = "setTimeout(() => { throw new Error('out of memory'); }); return;"
PYTHON_IS_DEAD = "postMessage({type: 'answer', id, kind: 'error', text: 'memory access out of bounds'}); return;"


def abort_route(route: Route) -> None:
    """Break off the request."""
    route.abort()


def change_revision(route: Route) -> None:
    """Answer with the same rules under another revision, as if they had just been published."""
    response = route.fetch()
    text = re.sub(r'"revision":"[0-9a-f]{12}"', '"revision":"0123456789ab"', response.text(), count=1)
    route.fulfill(response=response, body=text)


CRASH = """addEventListener("message", (event) => {
  const {type, id} = event.data;
  if (type !== "estimate") return;
  event.stopImmediatePropagation();
  CODE
});
"""
"""Placed before the script of the calculator's worker, so that its listener gets each message first."""


def crash_workers(visit: Visit, code: str, times: int) -> None:
    """Make the first `times` workers run `code` (JavaScript) at their first request."""
    remaining = [times]

    def serve(route: Route) -> None:
        response = route.fetch()
        text = response.text()
        if remaining[0] and route.request.resource_type != "document":
            remaining[0] -= 1
            text = CRASH.replace("CODE", code) + text
        route.fulfill(response=response, body=text)

    visit.context.route("**/worker.js", serve)


def wait_for_failure(page: Page) -> Locator:
    """Wait for the page's failure message; return it."""
    failure = page.locator(".mbe-failure:not(noscript *)")
    failure.wait_for(timeout=A_MINUTE)
    return failure
