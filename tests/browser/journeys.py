"""The ways through the estimator, as a reader goes them, and what can go wrong there: for the tests and the gallery."""

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
"""One number of the rules is not printed, so that the answer is a range."""

TROUBLES = ("undefined", "null", "NaN", "[object", "{")
"""What a mistake of the page looks like to its reader."""

VERY_LARGE = "localStorage.setItem('mingbai-display', JSON.stringify({size: 'larger'}))"
"""The reader chose the largest letters before."""

GRANDMA = "王奶奶7391"

AFRESH = """(way) => {
    localStorage.removeItem('mingbai-households');
    document.querySelector(`[data-way="${way}"]`).click();
    document.querySelector('#mbe-place').dispatchEvent(new Event('change'));
}"""
TAPPED = "button, summary, select, input[type=text], label.mbe-tile"
SMALL = """([within, tapped]) => [...document.querySelectorAll(within)]
    .flatMap((part) => [...part.querySelectorAll(tapped)])
    .filter((each) => each.checkVisibility() && each.offsetHeight < 60).map((each) => each.outerHTML.slice(0, 150))"""


# every way


def afresh(visit: Visit, way: str, size: ViewportSize = PHONE) -> Page:
    """Begin anew in a way, as the next person, on a page on which the estimator is open; the calculator runs."""
    page = visit.page
    page.set_viewport_size(size)
    page.evaluate("window.mingbai.ready")
    page.evaluate(AFRESH, way)
    page.locator(".mbe-ways:not([hidden])").wait_for()
    page.wait_for_selector(
        {"villager": ".mbe-villager .mbe-asks", "household": ".mbe-panel"}.get(way, ".mbe-buttons:not([hidden])")
    )
    return page


def asked_so_far(visit: Visit) -> int:
    """Wait until no request is told any more, and return how many there were: a worker's are told late."""
    before = -1
    while len(visit.requests) != before:
        before = len(visit.requests)
        visit.page.wait_for_timeout(700)
    return before


def asked_anew(visit: Visit, before: int) -> list[str]:
    """Return what was asked for after the first `before` requests and either was never asked for before or has a body.

    What stays out: the calculator's own files, which it reads from the browser's store once more for its snapshot, at
    a moment of its own; and pictures that the page itself drew.
    """
    known = {request.url for request in visit.requests[:before]}
    return [
        request.url
        for request in visit.requests[before:]
        if (request.url not in known and not request.url.startswith("data:")) or request.post_data
    ]


def too_small(page: Page, *within: str) -> list[str]:
    """Return what is to be tapped and is lower than 60 pixels."""
    found: list[str] = page.evaluate(SMALL, [", ".join(within), TAPPED])
    return found


def width(page: Page) -> int:
    """Return how wide the page is, in pixels; wider than its window it scrolls sideways."""
    found: int = page.evaluate("document.documentElement.scrollWidth")
    return found


def open_all(page: Page) -> None:
    """Open all that is folded away in the estimator."""
    page.evaluate("document.querySelectorAll('#mingbai-estimator details').forEach((more) => { more.open = true; })")


# the villager's way: one question a screen


def start(visit: Visit, lang: str, *, wait: bool = True) -> Page:
    """Open the estimator; on a phone it begins with the first question."""
    visit.page.goto(visit.server + PATHS[lang])
    visit.page.wait_for_selector(".mbe-villager .mbe-asks")
    if wait:
        visit.page.evaluate("window.mingbai.ready")
    return visit.page


def asked(page: Page) -> str | None:
    """Return the fact of the question on the screen; None where there is the answer."""
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


def give_in_turn(page: Page, *values: str | None) -> None:
    """Answer one question after the other."""
    for value in values:
        asked(page)
        give(page, value)


def answer_all(page: Page, answers: dict[str, str], see: Callable[[str], None] = lambda _: None) -> list[str]:
    """Answer until there is a result; what is not among `answers` is not known. Return what was asked.

    Each question is shown to `see` before it is answered.
    """
    trail: list[str] = []
    while (fact := asked(page)) is not None:
        trail.append(fact)
        assert len(trail) < 30
        see(fact)
        give(page, answers.get(fact))
    page.wait_for_selector("#mbe-answer", timeout=A_MINUTE)
    return trail


# the cadre's way: a household on one page


def tick(page: Page, **answers: str) -> None:
    """Answer questions of the household, or of the member who is open."""
    for name, value in answers.items():
        answer_of(page.locator(".mbe-household"), name, value)


def fill_in(page: Page) -> None:
    """A grandmother, a man who was in hospital, a baby."""
    tick(page, registered_poor="true", rural="true", poverty_village="true", date="2016-03-01")
    page.fill("#mbe-name", GRANDMA)
    tick(page, age="70", sex="female", insured="true")
    page.click(".mbe-add")
    tick(page, age="44", sex="male", insured="true", visit="inpatient", hospital_level="county", total_cost="8000")
    tick(page, diagnoses="other")
    page.click(".mbe-add")
    tick(page, age_months="2")


def work_out(page: Page) -> None:
    """Ask for the household's result."""
    page.click(".mbe-work")
    page.wait_for_selector(".mbe-household-answer", timeout=A_MINUTE)


# the result


def answered(visit: Visit, /, **answers: str) -> Locator:
    """Answer the form that is open, and wait until everything of the result is there."""
    visit.choose(**{**COUNTY_STAY, **answers})
    visit.submit()
    visit.page.wait_for_selector(".mbe-compare table")
    return visit.page.locator(".mbe-on-screen")


def every_fold(visit: Visit) -> None:
    """Open every part of the result, and wait until it is filled."""
    closed = visit.page.locator(".mbe-on-screen > details:not([open]) > summary")
    while closed.count():
        closed.first.click()
    visit.page.wait_for_function(
        "![...document.querySelectorAll('.mbe-fold td')].some((cell) => cell.textContent === '…')"
    )


def fill_folds(page: Page) -> None:
    """Tell of an earlier stay, hold a wrong slip against the result, and draw the picture."""
    page.locator('[id$="stay-1-day"]').fill("2016-01-10")
    page.locator('[id$="stay-1-cost"]').fill("20000")
    page.locator(".mbe-fold", has=page.locator('[id$="stay-1-day"]')).locator(".mbe-acts button").first.click()
    page.locator('[id$="slip-hifp_pay"]').fill("1")
    page.locator(".mbe-fold", has=page.locator('[id$="slip-hifp_pay"]')).locator("> button").click()
    page.locator(".mbe-shared").locator("xpath=..").locator("button").nth(1).click()
    page.locator(".mbe-picture").wait_for()
    page.wait_for_function("[...document.querySelectorAll('.mbe-found')].every((found) => found.firstChild)")


# what can go wrong

METERED = "Object.defineProperty(navigator, 'connection', {value: {type: 'cellular', saveData: false}})"
TOO_OLD = "delete WebAssembly.Tag"
GIVES_UP = "setTimeout(() => { throw new Error('out of memory'); }); return;"
PYTHON_IS_DEAD = "postMessage({type: 'answer', id, kind: 'error', text: 'memory access out of bounds'}); return;"


def broken_off(route: Route) -> None:
    route.abort()


def renewed(route: Route) -> None:
    """Give the same rules under another revision, as if they had just been published."""
    response = route.fetch()
    text = re.sub(r'"revision":"[0-9a-f]{12}"', '"revision":"0123456789ab"', response.text(), count=1)
    route.fulfill(response=response, body=text)


CRASH = """addEventListener("message", (event) => {
  const {type, id} = event.data;
  if (type !== "estimate") return;
  event.stopImmediatePropagation();
  HOW
});
"""
"""Stands before the calculator's worker, and hears each message first."""


def crashing(visit: Visit, how: str, times: int) -> None:
    """Let the first workers break at their first question."""
    left = [times]

    def serve(route: Route) -> None:
        response = route.fetch()
        text = response.text()
        if left[0] and route.request.resource_type != "document":
            left[0] -= 1
            text = CRASH.replace("HOW", how) + text
        route.fulfill(response=response, body=text)

    visit.context.route("**/worker.js", serve)


def failure(page: Page) -> Locator:
    """Wait until the page says what went wrong."""
    found = page.locator(".mbe-failure:not(noscript *)")
    found.wait_for(timeout=A_MINUTE)
    return found
