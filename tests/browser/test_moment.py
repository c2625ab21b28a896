"""A rule that begins on a day takes effect by itself on that day in China: without a rebuild, offline, in any zone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from mingbai.build.atomic_build import build_site
from tests.announced import DAY_BEFORE, NEW, write_announced_policies
from tests.browser.conftest import open_full_form
from tests.browser.machine import serve, violations
from tests.conftest import in_turn

pytestmark = pytest.mark.browser

LAST_SECOND = datetime.fromisoformat(f"{DAY_BEFORE}T23:59:30+08:00")
FIRST_SECOND = datetime.fromisoformat(f"{NEW}T00:00:30+08:00")
WRONG_CLOCK = datetime.fromisoformat("1970-01-02T00:00:00+08:00")
ZONES = ("Asia/Shanghai", "America/Los_Angeles", "Pacific/Auckland")
"""The phone's own day is the same as China's, or one earlier, or one later."""


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_announced_policies(tmp_path_factory.mktemp("announced") / "policies")


@pytest.fixture(scope="module")
def address(policies: Path) -> Iterator[str]:
    build_site(policies, policies.parent / "site")
    with serve(policies.parent / "site") as found:
        yield found


@contextmanager
def phone(browser: Browser, moment: datetime, zone: str = ZONES[0], *, scripts: bool = True) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, timezone_id=zone, service_workers="allow", java_script_enabled=scripts
    )
    page = context.new_page()
    page.clock.install(time=moment)
    yield page
    context.close()


def towns_rate(page: Page) -> list[str]:
    """Return the first rates of the tables on a policy page, in the order in which they stand."""
    return [
        table.locator("tbody td").nth(1).locator("strong").inner_text()
        for table in page.locator("[id^=how-much] + .mb-cards-table").all()
    ]


def shown_quick(page: Page) -> list[str]:
    page.locator(".mbq:visible").wait_for()
    return [str(block.get_attribute("id")) for block in page.locator(".mbq:visible").all()]


def today_says(page: Page) -> str:
    """Return the days of the version that the page marks as today's."""
    (mark,) = page.locator(".mb-times .mb-is--now:visible").all()
    return mark.locator("xpath=..").locator("a").inner_text()


@pytest.mark.parametrize(("zone", "moment"), in_turn(ZONES, (LAST_SECOND, FIRST_SECOND)))
def test_pages_follow_the_day_in_china(browser: Browser, address: str, zone: str, moment: datetime) -> None:
    begun = moment is FIRST_SECOND
    with phone(browser, moment, zone) as page:
        page.goto(f"{address}/testland/inpatient/")
        assert today_says(page) == ("2030年1月1日起" if begun else "到2029年12月31日为止")
        assert towns_rate(page) == (["95%", "90%"] if begun else ["90%", "95%"])
        assert shown_quick(page) == (["quick-1"] if begun else ["quick"])
        page.goto(f"{address}/testland/")
        assert page.locator(".mb-ahead").is_visible() is not begun
        listed = page.locator(".mb-list").get_by_text("乡里住院报")
        assert [each.inner_text() for each in listed.all() if each.is_visible()][-1].endswith("95%。")
        assert listed.get_by_text("90%").first.is_visible() is not begun
        assert shown_quick(page) == (["quick-1"] if begun else ["quick"])
        page.goto(f"{address}/en/testland/changes/")
        assert page.get_by_text("This begins on January 1, 2030.").is_visible() is not begun
        page.goto(f"{address}/estimator/#testland")
        open_full_form(page)
        assert page.locator("input[name=date]").input_value() == (NEW if begun else "2016-01-01")


def test_a_page_that_stays_open_offline_changes_at_midnight(browser: Browser, address: str) -> None:
    with phone(browser, LAST_SECOND) as page:
        page.goto(f"{address}/testland/inpatient/")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        expect(page.locator("html")).to_have_attribute("data-mb-today", DAY_BEFORE)
        page.context.set_offline(True)
        page.clock.fast_forward("01:00")
        expect(page.locator("html")).to_have_attribute("data-mb-today", NEW)
        assert towns_rate(page) == ["95%", "90%"]
        assert shown_quick(page) == ["quick-1"]


def test_without_scripts_both_rules_stand_there_with_their_days(browser: Browser, address: str) -> None:
    with phone(browser, FIRST_SECOND, scripts=False) as page:
        page.goto(f"{address}/en/testland/inpatient/")
        strips = page.locator(".mb-held").all_inner_texts()
        assert [text.strip() for text in strips] == ["Until December 31, 2029", "From January 1, 2030"]
        assert towns_rate(page) == ["90%", "95%"]


def test_a_clock_that_was_reset_does_not_bring_old_rules_back(browser: Browser, address: str) -> None:
    with phone(browser, WRONG_CLOCK) as page:
        page.goto(f"{address}/testland/inpatient/")
        expect(page.locator("html")).to_have_attribute("data-mb-today", "2029-06-01")


def test_each_version_has_a_page_that_says_its_days(browser: Browser, address: str) -> None:
    with phone(browser, FIRST_SECOND) as page:
        page.goto(f"{address}/en/testland/inpatient/initial/")
        assert "Until December 31, 2029" in page.inner_text(".mb-held")
        assert page.locator(".mb-is--past").is_visible()
        assert towns_rate(page) == ["90%"]
        page.get_by_role("link", name="See the rule of now").first.click()
        assert page.url.endswith("/en/testland/inpatient/")


def test_a_change_is_passed_on_by_one_tap(browser: Browser, address: str) -> None:
    with phone(browser, LAST_SECOND) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{address}/testland/changes/{NEW}/")
        page.get_by_role("button", name="抄下来").click()
        page.get_by_text("抄好了，去群里粘贴。").wait_for()
        told = "试验县：2030年1月1日起，乡里住院报得多了，要多带一样东西。"
        told += "变多：住院报销。例子里得好处的 1 个，吃亏的 0 个。"
        assert page.evaluate("navigator.clipboard.readText()") == told == page.inner_text("#chat")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_everybody_can_read_which_rule_holds(browser: Browser, address: str, colours: Literal["light", "dark"]) -> None:
    with phone(browser, LAST_SECOND) as page:
        page.emulate_media(color_scheme=colours)
        for path in ("/testland/inpatient/", "/en/testland/", f"/testland/changes/{NEW}/"):
            page.goto(address + path)
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_preview_is_of_its_day_and_says_so(browser: Browser, policies: Path, tmp_path: Path) -> None:
    build_site(policies, tmp_path / "site", (), NEW)
    with serve(tmp_path / "site") as preview, phone(browser, LAST_SECOND) as page:
        page.goto(f"{preview}/testland/inpatient/")
        assert page.inner_text(".mb-preview") == "预览：2030年1月1日。没有公布，请不要转发。"
        assert towns_rate(page)[0] == "95%"
        assert shown_quick(page) == ["quick"]
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
        page.goto(f"{preview}/estimator/#testland")
        open_full_form(page)
        assert page.locator("input[name=date]").input_value() == NEW
