"""Scenes of the gallery for the input modes: one question a screen, the full form, a household."""

from tests.browser.conftest import COUNTY_STAY
from tests.browser.journeys import (
    answer_all,
    asked,
    fill_in,
    give_all,
    open_all,
    submit_household,
)
from tests.gallery_camera import Camera, Scenes

# one question a screen


def questions(camera: Camera) -> None:
    page = camera.ready("villager")
    camera.shoot("Villager: the first screen, a question to tap")
    give_all(page, "inpatient")
    camera.shoot("Villager: a question to type")
    page.fill(".mbe-villager input", "1.2万")
    camera.shoot("Villager: how a typed amount is read")
    page.fill(".mbe-villager input", "很多")
    page.click(".mbe-next")
    camera.shoot("Villager: an amount typed wrong")
    give_all(page, "8000")
    asked(page)
    camera.shoot("Villager: the day")
    page.fill(".mbe-villager input", "2016-02-30")
    page.click(".mbe-next")
    camera.shoot("Villager: a day that there is not")
    give_all(page, "2016-03-01")
    page.wait_for_function("document.querySelector('.mbe-running').innerText")
    camera.shoot("Villager: the answer so far")


def questions_to_the_end(camera: Camera) -> None:
    page = camera.ready("villager")

    def shoot_question(fact: str) -> None:
        page.wait_for_timeout(200)  # for the answer so far
        if fact not in {"visit", "total_cost", "date"}:
            camera.shoot(f"Villager, question: {fact}")

    answer_all(page, COUNTY_STAY, shoot_question)
    page.wait_for_selector(".mbe-compare table")
    camera.shoot("Villager: an exact answer")
    page.click(".mbe-review summary")
    camera.shoot("Villager: what was answered, to be changed")


def enough(camera: Camera) -> None:
    page = camera.ready("villager")
    give_all(page, "inpatient", "8000", "2016-03-01")
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

    def shoot_question(_: str) -> None:
        if page.locator(".mbe-villager input[type=checkbox]").count():
            camera.shoot("Villager: a list to tick")

    answer_all(page, {"visit": "inpatient", "total_cost": "8000", "date": "2016-03-01"}, shoot_question)
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


# a household


def household(camera: Camera) -> None:
    page = camera.ready("household")
    camera.shoot("Household: empty")
    fill_in(page)
    camera.shoot("Household: filled in, the third member open")
    page.locator(".mbe-tab").nth(1).click()
    open_all(page)
    camera.shoot("Household: the second member, all groups open")
    submit_household(page)
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
    submit_household(page)
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


ASKING: Scenes = {
    "questions": (questions, True),
    "to-the-end": (questions_to_the_end, False),
    "enough": (enough, False),
    "nothing-known": (nothing_known, False),
    "form": (form, True),
    "household": (household, True),
    "household-leaves": (household_leaves, False),
    "household-wrong": (household_wrong, False),
}
