"""For whoever uses no finger, no mouse, no eyes: keys alone, and nothing that moves. (Names: test_pages_look.)"""

import pytest

from tests.browser.conftest import Visit
from tests.browser.test_pages_look import EVERY_LANGUAGE, PAGES
from tests.conftest import in_turn

pytestmark = pytest.mark.browser

ADDRESSES = [PAGES[name] for name in ("home", "place", "share", "search", "estimator")]
SOME = pytest.mark.parametrize("address", ADDRESSES)
FOCUSED = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  const all = [...document.querySelectorAll("*")];
  return {
    place: all.indexOf(at),
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none",
    is: at.outerHTML.slice(0, 120),
  };
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter((each) => {
  const {transitionDuration, animationDuration, animationName, scrollBehavior} = getComputedStyle(each);
  const lasts = (durations) => durations.split(",").some((duration) => parseFloat(duration) > 0);
  const runs = animationName !== "none" && lasts(animationDuration);
  return lasts(transitionDuration) || runs || scrollBehavior === "smooth";
}).map((each) => each.outerHTML.slice(0, 120))"""


def opened(visit: Visit, address: str) -> None:
    """Open a page and wait until it stands; only the estimator's makes itself after it was loaded."""
    visit.page.goto(f"{visit.server}/{address}")
    if "estimator" in address:
        visit.page.wait_for_load_state("networkidle")


@pytest.mark.parametrize(("address", "prefix"), in_turn(ADDRESSES, ("", "en/")))
def test_tab_goes_through_the_page_in_order_and_one_sees_where_one_is(
    reading: Visit, prefix: str, address: str
) -> None:
    opened(reading, prefix + address)
    stops = []
    for _ in range(25):
        reading.page.keyboard.press("Tab")
        focused = reading.page.evaluate(FOCUSED)
        if focused is None:
            break
        stops.append(focused)
    assert len(stops) >= 8
    assert [stop["is"] for stop in stops if not (stop["seen"] and stop["ring"])] == []
    places = [stop["place"] for stop in stops]
    assert places == sorted(places)


@EVERY_LANGUAGE
def test_the_first_stop_leads_past_the_menu(reading: Visit, prefix: str) -> None:
    reading.page.goto(f"{reading.server}/{prefix}gaotai/")
    reading.page.keyboard.press("Tab")
    reading.page.keyboard.press("Enter")
    assert reading.page.evaluate("document.activeElement.id") == "main"
    reading.page.keyboard.press("Tab")
    assert reading.page.evaluate("Boolean(document.activeElement.closest('main'))")


@SOME
def test_nothing_moves_where_somebody_wants_it_still(reading: Visit, address: str) -> None:
    reading.page.emulate_media(reduced_motion="reduce")
    opened(reading, address)
    assert reading.page.evaluate(MOVING) == []
