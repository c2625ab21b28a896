"""Scenes of the gallery for the output: the result, the quick answer, and failures."""

from playwright.sync_api import Page, Route

from tests.browser.conftest import COUNTY_STAY, PATHS
from tests.browser.journeys import (
    CITY_STAY,
    METERED,
    PYTHON_IS_DEAD,
    TOO_OLD,
    abort_route,
    answer_all,
    answered,
    change_revision,
    crash_workers,
    fill_folds,
    open_all,
    open_folds,
    start,
    wait_for_failure,
)
from tests.gallery_camera import Camera, Scenes

WITHOUT_SCRIPTS = {
    "No script: the estimator": "estimator/",
    "No script: a page of a policy": "gaotai/inpatient/",
}

# the result


def exact(camera: Camera) -> None:
    camera.ready("whole")
    answered(camera.visit)
    camera.shoot("Result: exact", ".mbe-result")
    open_folds(camera.visit)
    camera.shoot("Result: exact, every part open", ".mbe-result")
    camera.shoot("Result: exact, on paper", paper=True)


def ranged(camera: Camera) -> None:
    camera.ready("whole")
    answered(camera.visit, **CITY_STAY)
    camera.shoot("Result: a range, as a number is not printed", ".mbe-result")
    open_folds(camera.visit)
    fill_folds(camera.page)
    camera.shoot("Result: a range, every part open; an earlier stay, a slip that differs, the picture", ".mbe-result")
    camera.shoot("Result: a range, on paper", paper=True)


def part_by_part(camera: Camera) -> None:
    """Each fold of the result alone."""
    page = camera.ready("whole")
    answered(camera.visit, **CITY_STAY)
    open_folds(camera.visit)
    fill_folds(page)
    folds = page.locator(".mbe-on-screen > details")
    titles = folds.locator("> summary").all_inner_texts()
    page.wait_for_timeout(300)
    for index in range(len(titles)):
        page.evaluate(
            "(at) => document.querySelectorAll('.mbe-on-screen > *').forEach((part) => {"
            " part.hidden = part !== document.querySelectorAll('.mbe-on-screen > details')[at]; })",
            index,
        )
        page.evaluate("document.querySelector('.mbe-form').hidden = true")
        camera.shoot(f"Result: part {index + 1} alone", ".mbe-result")


def result_withheld(camera: Camera) -> None:
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
        camera.shoot(f"Quick answer: {caption}", ".mbq")
    page.goto(f"{camera.visit.server}{camera.prefix}gansu/inpatient/")
    page.wait_for_selector(".mbq:not([hidden])")
    ask(0, None, "8000")
    camera.shoot("Quick answer: what cannot be said", ".mbq")


# states


def request_result(camera: Camera) -> Page:
    camera.visit.open(camera.lang)
    camera.visit.choose(**COUNTY_STAY)
    camera.page.click(".mbe-submit")
    return camera.page


def loading(camera: Camera) -> None:
    waiting: list[Route] = []

    def hold(route: Route) -> None:  # Playwright marks its handlers, and a built-in one takes no mark
        waiting.append(route)

    camera.page.route("**/*.wasm", hold)
    page = request_result(camera)
    page.wait_for_function(r"/\d\.\d/.test(document.querySelector('.mbe-loading-text').innerText)")
    camera.shoot("State: loading, with megabytes")
    for route in waiting:
        route.abort()


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
    wait_for_failure(camera.page)
    camera.shoot("State: no network")


def unreachable(camera: Camera) -> None:
    camera.page.route("**/*.wasm", abort_route)
    wait_for_failure(request_result(camera))
    camera.shoot("State: the download breaks off")


def too_old(camera: Camera) -> None:
    camera.page.add_init_script(TOO_OLD)
    wait_for_failure(request_result(camera))
    camera.shoot("State: too old a browser")


def timed_out(camera: Camera) -> None:
    crash_workers(camera.visit, "return;", 2)
    camera.visit.hurry(answer_seconds=1)
    wait_for_failure(request_result(camera))
    camera.shoot("State: the answer takes too long")


def crashed(camera: Camera) -> None:
    crash_workers(camera.visit, PYTHON_IS_DEAD, 2)
    wait_for_failure(request_result(camera))
    camera.shoot("State: the calculator broke twice")


def new_revision(camera: Camera) -> None:
    camera.page.route("**/data/estimator.json", change_revision)
    request_result(camera)
    camera.visit.answer()
    camera.shoot("State: new rules while the form is open")


def newer_place(camera: Camera) -> None:
    camera.page.route("**/data/places/gaotai.json", change_revision)
    camera.page.goto(camera.visit.server + PATHS[camera.lang])
    wait_for_failure(camera.page)
    camera.shoot("State: the rules are newer than the page")


def no_place(camera: Camera) -> None:
    camera.page.goto(f"{camera.visit.server}{camera.prefix}estimator/")
    camera.page.wait_for_selector("#mbe-place")
    camera.shoot("Start: no place chosen")


def dark_colours(camera: Camera) -> None:
    camera.page.emulate_media(color_scheme="dark")
    start(camera.visit, camera.lang)
    answer_all(camera.page, CITY_STAY)
    camera.page.wait_for_selector(".mbe-compare table")
    open_folds(camera.visit)
    camera.shoot("Dark: a range, every part open", ".mbe-result")


SHOWING: Scenes = {
    "start": (no_place, False),
    "exact": (exact, True),
    "range": (ranged, True),
    "parts": (part_by_part, False),
    "not-said": (result_withheld, False),
    "cash": (cash, False),
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
    "dark": (dark_colours, False),
}
