"""What the gallery shows: each scene is a journey through the estimator or the quick answer, with pictures."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from playwright.sync_api import Page, Route

from tests.browser.conftest import COUNTY_STAY, PATHS, Visit
from tests.browser.journeys import (
    CITY_STAY,
    METERED,
    PYTHON_IS_DEAD,
    TOO_OLD,
    afresh,
    answer_all,
    answered,
    asked,
    broken_off,
    crashing,
    every_fold,
    failure,
    fill_folds,
    fill_in,
    give_in_turn,
    open_all,
    renewed,
    start,
    work_out,
)

WITHOUT_SCRIPTS = {
    "No script: the estimator": "estimator/",
    "No script: a page of a policy": "gaotai/inpatient/",
}


class Shoot(Protocol):
    def __call__(self, caption: str, of: str = "", *, paper: bool = False) -> None: ...


@dataclass(slots=True)
class Camera:
    """A page of one's own, the language that it is in, and what takes a picture of it with a caption."""

    visit: Visit
    lang: str
    shoot: Shoot

    @property
    def page(self) -> Page:
        return self.visit.page

    @property
    def prefix(self) -> str:
        return "/" if self.lang == "zh" else f"/{self.lang}/"

    def ready(self, way: str) -> Page:
        """Open the estimator, wait for the calculator, and begin in a way; the size of the window stays."""
        self.page.goto(self.visit.server + PATHS[self.lang])
        size = self.page.viewport_size
        assert size is not None
        return afresh(self.visit, way, size)


# one question a screen


def questions(camera: Camera) -> None:
    page = camera.ready("villager")
    camera.shoot("Villager: the first screen, a question to tap")
    give_in_turn(page, "inpatient")
    camera.shoot("Villager: a question to type")
    page.fill(".mbe-villager input", "1.2万")
    camera.shoot("Villager: how a typed amount is read")
    page.fill(".mbe-villager input", "很多")
    page.click(".mbe-next")
    camera.shoot("Villager: an amount typed wrong")
    give_in_turn(page, "8000")
    asked(page)
    camera.shoot("Villager: the day")
    page.fill(".mbe-villager input", "2016-02-30")
    page.click(".mbe-next")
    camera.shoot("Villager: a day that there is not")
    give_in_turn(page, "2016-03-01")
    page.wait_for_function("document.querySelector('.mbe-running').innerText")
    camera.shoot("Villager: the answer so far")


def questions_to_the_end(camera: Camera) -> None:
    page = camera.ready("villager")

    def see(fact: str) -> None:
        page.wait_for_timeout(200)  # for the answer so far
        if fact not in {"visit", "total_cost", "date"}:
            camera.shoot(f"Villager, question: {fact}")

    answer_all(page, COUNTY_STAY, see)
    page.wait_for_selector(".mbe-compare table")
    camera.shoot("Villager: an exact answer")
    page.click(".mbe-review summary")
    camera.shoot("Villager: what was answered, to be changed")


def enough(camera: Camera) -> None:
    page = camera.ready("villager")
    give_in_turn(page, "inpatient", "8000", "2016-03-01")
    page.click(".mbe-enough")
    page.wait_for_selector(".mbe-compare table")
    camera.shoot("Villager: enough asked, a range, and the offer to look for other help")
    page.click(".mbe-help")
    asked(page)
    camera.shoot("Villager: the first question about other help")
    answer_all(page, {"age": "66", "sex": "female", "rural": "true"})
    camera.shoot("Villager: other help found", ".mbe-result")


def nothing_known(camera: Camera) -> None:
    page = camera.ready("villager")

    def see(_: str) -> None:
        if page.locator(".mbe-villager input[type=checkbox]").count():
            camera.shoot("Villager: a list to tick")

    answer_all(page, {"visit": "inpatient", "total_cost": "8000", "date": "2016-03-01"}, see)
    camera.shoot("Villager: all answered with Not sure", ".mbe-result")
    page = camera.ready("villager")
    answer_all(page, {"visit": "inpatient", "date": "2016-03-01"})
    camera.shoot("Villager: nothing is known, so that nothing can be said")


# the form


def form(camera: Camera) -> None:
    page = camera.ready("whole")
    camera.shoot("Form: empty")
    open_all(page)
    camera.shoot("Form: empty, all groups open")
    camera.visit.choose(**{**COUNTY_STAY, "total_cost": "很多", "date": "2016-02-30"})
    page.click(".mbe-submit")
    page.wait_for_selector(".mbe-errors a")
    camera.shoot("Form: what is typed wrong")
    camera.visit.choose(**COUNTY_STAY, eligible_cost="9000")
    page.click(".mbe-submit")
    page.locator(".mbe-errors a").first.wait_for()
    page.wait_for_timeout(500)
    camera.shoot("Form: what the calculator refuses")


# the result


def exact(camera: Camera) -> None:
    camera.ready("whole")
    answered(camera.visit)
    camera.shoot("Result: exact", ".mbe-result")
    every_fold(camera.visit)
    camera.shoot("Result: exact, every part open", ".mbe-result")
    camera.shoot("Result: exact, on paper", paper=True)


def ranged(camera: Camera) -> None:
    camera.ready("whole")
    answered(camera.visit, **CITY_STAY)
    camera.shoot("Result: a range, as a number is not printed", ".mbe-result")
    every_fold(camera.visit)
    fill_folds(camera.page)
    camera.shoot("Result: a range, every part open; an earlier stay, a slip that differs, the picture", ".mbe-result")
    camera.shoot("Result: a range, on paper", paper=True)


def part_by_part(camera: Camera) -> None:
    """Each part that is folded away, alone."""
    page = camera.ready("whole")
    answered(camera.visit, **CITY_STAY)
    every_fold(camera.visit)
    fill_folds(page)
    folds = page.locator(".mbe-on-screen > details")
    titles = folds.locator("> summary").all_inner_texts()
    page.wait_for_timeout(300)
    for at in range(len(titles)):
        page.evaluate(
            "(at) => document.querySelectorAll('.mbe-on-screen > *').forEach((part) => {"
            " part.hidden = part !== document.querySelectorAll('.mbe-on-screen > details')[at]; })",
            at,
        )
        page.evaluate("document.querySelector('.mbe-form').hidden = true")
        camera.shoot(f"Result: part {at + 1} alone", ".mbe-result")


def not_to_be_said(camera: Camera) -> None:
    camera.ready("whole")
    camera.visit.choose(visit="inpatient", date="2016-03-01", total_cost="8000", hospital_level="province")
    camera.visit.submit()
    camera.shoot("Result: little is known", ".mbe-result")


def cash(camera: Camera) -> None:
    camera.ready("whole")
    camera.visit.choose(date="2016-03-01", only_child="died", only_child_certificate="true", rural="true", age="62")
    camera.visit.submit()
    open_all(camera.page)
    camera.shoot("Result: money and services without a bill, papers to bring", ".mbe-result")


# a household


def household(camera: Camera) -> None:
    page = camera.ready("household")
    camera.shoot("Household: empty")
    fill_in(page)
    camera.shoot("Household: filled in, the third member open")
    page.locator(".mbe-tab").nth(1).click()
    open_all(page)
    camera.shoot("Household: the second member, all groups open")
    work_out(page)
    camera.shoot("Household: result, table and members", ".mbe-overview")
    page.locator(".mbe-whole summary").nth(1).click()
    page.wait_for_timeout(300)
    camera.shoot("Household: one member's whole result", ".mbe-overview")
    page.click(".mbe-keep-it")
    camera.shoot("Household: kept on this phone", ".mbe-overview")
    page.locator(".mbe-kept summary").click()
    camera.shoot("Household: the list of kept ones")


def household_leaves(camera: Camera) -> None:
    page = camera.ready("household")
    fill_in(page)
    page.locator(".mbe-household-form .mbe-next").click()
    camera.shoot("Household: the next one, while this one is not kept")
    page.click(".mbe-loses .mbe-no")
    work_out(page)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')); }")
    page.click(".mbe-copy-text")
    page.wait_for_timeout(300)
    camera.shoot("Household: the text to copy by hand", ".mbe-overview")


def household_wrong(camera: Camera) -> None:
    page = camera.ready("household")
    fill_in(page)
    page.locator('.mbe-household input[name="age_months"]').fill("-5")
    page.click(".mbe-work")
    camera.shoot("Household: a mistake, with the member's name")


# the quick answer


def quick(camera: Camera) -> None:
    page = camera.page
    page.goto(f"{camera.visit.server}{camera.prefix}gaotai/inpatient/")
    page.wait_for_selector(".mbq:not([hidden])")
    camera.shoot("Quick answer: before")

    def ask(who: int, where: int | None, cost: str) -> None:
        page.check(f'.mbq input[name="who"][value="{who}"]')
        if where is not None:
            page.check(f'.mbq input[name="where"][value="{where}"]')
        page.fill(".mbq [name=cost]", cost)
        page.locator(".mbq [name=cost]").blur()
        page.wait_for_timeout(300)

    for caption, who, where, cost in (
        ("exact", 0, 1, "8000"),
        ("a range", 0, 2, "20000"),
        ("every hospital", 0, 3, "8000"),
        ("not insured", 2, 1, "8000"),
        ("typed wrong", 0, 1, "1,2,3"),
    ):
        ask(who, where, cost)
        camera.shoot(f"Quick answer: {caption}")
    page.goto(f"{camera.visit.server}{camera.prefix}gansu/inpatient/")
    page.wait_for_selector(".mbq:not([hidden])")
    ask(0, None, "8000")
    camera.shoot("Quick answer: what cannot be said")


# states


def asks_for_a_result(camera: Camera) -> Page:
    camera.visit.open(camera.lang)
    camera.visit.choose(**COUNTY_STAY)
    camera.page.click(".mbe-submit")
    return camera.page


def loading(camera: Camera) -> None:
    def slowly(route: Route) -> None:
        time.sleep(3)
        route.fallback()

    page = camera.page
    page.route("**/*stdlib*", slowly)
    page.route("**/*.wasm", slowly)
    asks_for_a_result(camera)
    page.wait_for_function("/MB/.test(document.querySelector('.mbe-loading-text').innerText)")
    camera.shoot("State: loading, with megabytes")


def metered(camera: Camera) -> None:
    camera.page.add_init_script(METERED)
    camera.visit.open(camera.lang)
    camera.page.locator(".mbe-offer").wait_for()
    camera.shoot("State: bytes cost money, so it waits for a tap")


def offline(camera: Camera) -> None:
    camera.visit.open(camera.lang)
    camera.visit.context.set_offline(offline=True)
    camera.visit.choose(**COUNTY_STAY)
    camera.page.click(".mbe-submit")
    failure(camera.page)
    camera.shoot("State: no network")


def unreachable(camera: Camera) -> None:
    camera.page.route("**/*.wasm", broken_off)
    failure(asks_for_a_result(camera))
    camera.shoot("State: the download breaks off")


def too_old(camera: Camera) -> None:
    camera.page.add_init_script(TOO_OLD)
    failure(asks_for_a_result(camera))
    camera.shoot("State: too old a browser")


def timed_out(camera: Camera) -> None:
    crashing(camera.visit, "return;", 2)
    camera.visit.hurry(answer_seconds=1)
    failure(asks_for_a_result(camera))
    camera.shoot("State: the answer takes too long")


def crashed(camera: Camera) -> None:
    crashing(camera.visit, PYTHON_IS_DEAD, 2)
    failure(asks_for_a_result(camera))
    camera.shoot("State: the calculator broke twice")


def new_revision(camera: Camera) -> None:
    camera.page.route("**/data/estimator.json", renewed)
    asks_for_a_result(camera)
    camera.visit.answer()
    camera.shoot("State: new rules while the form is open")


def newer_place(camera: Camera) -> None:
    camera.page.route("**/data/places/gaotai.json", renewed)
    camera.page.goto(camera.visit.server + PATHS[camera.lang])
    failure(camera.page)
    camera.shoot("State: the rules are newer than the page")


def no_place(camera: Camera) -> None:
    camera.page.goto(f"{camera.visit.server}{camera.prefix}estimator/")
    camera.page.wait_for_selector("#mbe-place")
    camera.shoot("Start: no place chosen")


def in_the_dark(camera: Camera) -> None:
    camera.page.emulate_media(color_scheme="dark")
    start(camera.visit, camera.lang)
    answer_all(camera.page, CITY_STAY)
    camera.page.wait_for_selector(".mbe-compare table")
    every_fold(camera.visit)
    camera.shoot("Dark: a range, every part open", ".mbe-result")


SCENES: dict[str, tuple[Callable[[Camera], None], bool]] = {
    "start": (no_place, False),
    "questions": (questions, True),
    "to-the-end": (questions_to_the_end, False),
    "enough": (enough, False),
    "nothing-known": (nothing_known, False),
    "form": (form, True),
    "exact": (exact, True),
    "range": (ranged, True),
    "parts": (part_by_part, False),
    "not-said": (not_to_be_said, False),
    "cash": (cash, False),
    "household": (household, True),
    "household-leaves": (household_leaves, False),
    "household-wrong": (household_wrong, False),
    "quick": (quick, True),
    "loading": (loading, False),
    "metered": (metered, False),
    "offline": (offline, False),
    "unreachable": (unreachable, False),
    "too-old": (too_old, False),
    "timed-out": (timed_out, False),
    "crashed": (crashed, False),
    "new-revision": (new_revision, False),
    "newer-place": (newer_place, False),
    "dark": (in_the_dark, False),
}
"""By name: what is played, and whether it is played at a desk too."""
