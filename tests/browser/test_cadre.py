"""The cadre's way: a household on one page, every member's entitlements, nothing leaves the phone."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from mingbai.i18n.catalogue import Catalogue
from mingbai_calculator import estimate_json
from tests.browser.conftest import A_MINUTE, Visit
from tests.browser.journeys import (
    DESK,
    GRANDMA,
    LANGUAGES,
    NARROW,
    PHONE,
    SIZES,
    TROUBLES,
    VERY_LARGE,
    fill_in,
    new_requests,
    open_all,
    start_afresh,
    submit_household,
    tick,
    too_small,
    wait_for_requests,
    width,
)
from tests.browser.machine import violations

pytestmark = pytest.mark.browser

type Json = dict[str, Any]
type Booted = Callable[[str], Visit]


@pytest.fixture
def page(booted: Booted) -> Page:
    """An empty household, in Chinese, with the calculator ready."""
    return start_afresh(booted("zh"), "household")


PLANNED = {"zh": "孕前免费检查", "en": "Free check before pregnancy"}
FOR_COUPLES = {"zh": "限打算要孩子的夫妻", "en": "for couples who plan a child"}
EVERY = [
    pytest.param(lang, size, marks=[pytest.mark.soak] if (lang, size) == ("zh", DESK) else [])
    for lang in LANGUAGES
    for size in SIZES
]


@pytest.mark.parametrize(("lang", "size"), EVERY)
def test_a_household_sees_what_each_member_gets(booted: Booted, lang: str, size: ViewportSize) -> None:
    page = start_afresh(booted(lang), "household", size)
    assert violations(page) == []
    fill_in(page)
    assert too_small(page, ".mbe-household") == []
    submit_household(page)
    assert "1,497.50" in page.inner_text(".mbe-totals")
    table = page.inner_text(".mbe-grid >> nth=0")
    assert GRANDMA in (table if size is DESK else page.inner_html(".mbe-grid >> nth=0"))
    for trouble in TROUBLES:
        assert trouble not in page.inner_text(".mbe-overview")
    page.locator(".mbe-whole summary").nth(1).click()
    expect(page.locator(".mbe-whole").nth(1)).to_contain_text("6,502.50")
    open_all(page)
    said = page.locator(".mbe-overview tr", has_text=PLANNED[lang]).locator("td").all_inner_texts()
    none = Catalogue(lang).say("estimator.household.none")
    assert set(said) == {FOR_COUPLES[lang], none}  # it is meant for neither the grandmother nor the baby
    assert violations(page) == []
    assert width(page) == size["width"]
    if size is PHONE:
        page.set_viewport_size(NARROW)
        assert width(page) == NARROW["width"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_needs_no_sideways_scroll_on_a_narrow_phone(booted: Booted, lang: str) -> None:
    page = start_afresh(booted(lang), "household", NARROW)
    fill_in(page)
    open_all(page)
    assert width(page) == NARROW["width"]


def test_very_large_letters_fit_on_a_narrow_phone(visit: Visit) -> None:
    visit.context.add_init_script(VERY_LARGE)
    visit.open("en")
    page = start_afresh(visit, "household", NARROW)
    fill_in(page)
    open_all(page)
    assert width(page) == NARROW["width"]
    submit_household(page)
    open_all(page)
    assert width(page) == NARROW["width"]


def test_what_may_come_later_is_named(page: Page) -> None:
    tick(page, registered_poor="false", age="64")
    submit_household(page)
    assert "以后可能有的" in page.inner_text(".mbe-member-result")
    assert "建档立卡" in page.inner_text(".mbe-member-result")


def test_members_are_added_copied_renamed_and_removed(page: Page) -> None:
    tabs = page.locator(".mbe-tab")
    tick(page, age="40")
    page.click(".mbe-copy")
    assert page.input_value(".mbe-household [name=age]") == "40"
    page.fill("#mbe-name", "小王")
    expect(tabs).to_have_text(["第1人", "小王"])
    page.click(".mbe-remove")
    expect(tabs).to_have_text(["第1人"])
    assert page.locator(".mbe-remove").count() == 0


def test_keys_move_between_the_members(booted: Booted) -> None:
    page = start_afresh(booted("zh"), "household", DESK)
    page.click(".mbe-add")
    page.locator(".mbe-tab").nth(1).focus()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.id") == "mbe-tab-0"
    assert page.locator("#mbe-tab-0").get_attribute("aria-selected") == "true"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "mbe-name"


@pytest.mark.parametrize(
    ("typed", "right"), [("1.2万", True), ("５６,000", True), ("1,2,3", False), ("-5", False), ("", True)]
)
def test_a_mistake_leads_to_the_member_and_the_field(page: Page, typed: str, *, right: bool) -> None:
    tick(page, visit="inpatient", total_cost=typed)
    page.click(".mbe-add")
    page.click(".mbe-work")
    if right:
        page.wait_for_selector(".mbe-household-answer", timeout=A_MINUTE)
        return
    page.locator(".mbe-household .mbe-errors a").click()
    assert page.evaluate("document.activeElement.name") == "total_cost"
    assert page.input_value(".mbe-household [name=total_cost]") == typed


def test_what_the_calculator_refuses_names_the_member(page: Page) -> None:
    page.click(".mbe-add")
    tick(page, visit="inpatient", total_cost="100", eligible_cost="200")
    page.click(".mbe-work")
    page.wait_for_selector(".mbe-household .mbe-errors a", timeout=A_MINUTE)
    assert page.inner_text(".mbe-household .mbe-errors a").startswith("第2人")


def test_the_next_household_is_asked_about_unless_this_one_is_kept(page: Page) -> None:
    fill_in(page)
    submit_household(page)
    next_one = page.locator(".mbe-household-form .mbe-next")
    next_one.click()
    page.click(".mbe-loses .mbe-no")
    assert page.locator(".mbe-tab").count() == 3
    assert stored(page) == {}
    page.click(".mbe-keep-it")
    next_one.click()
    expect(page.locator(".mbe-tab")).to_have_count(1)
    assert GRANDMA not in page.evaluate("sessionStorage.getItem('mingbai-estimator')")
    page.locator(".mbe-kept summary").click()
    page.click(".mbe-kept .mbe-load")
    expect(page.locator(".mbe-tab")).to_have_text([GRANDMA, "第2人", "第3人"])
    page.locator(".mbe-kept summary").click()
    page.click(".mbe-wipe-all")
    page.click(".mbe-wipe-yes")
    assert stored(page) == {}


def stored(page: Page) -> dict[str, str]:
    """Return what the browser keeps of households, by key."""
    kept: dict[str, str] = page.evaluate(
        "Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith('mingbai-households')))"
    )
    return kept


def test_nothing_of_others_is_deleted(page: Page) -> None:
    """What another site, place or version has kept stays as it is; the list of earlier versions is read."""
    old = {"id": "1", "saved": "2026-01-02", "household": {"label": "李家", "shared": {}, "members": [{"raw": {}}]}}
    lists = [{**old, "place": "gaotai"}, {**old, "place": "dongpo"}, {"id": "3", "place": "gaotai", "new form": True}]
    others = {
        "mingbai-households:%2Felsewhere%2F:gaotai:2": json.dumps({**old, "id": "2"}),
        "mingbai-households:%2F:dongpo:2": json.dumps({**old, "id": "2"}),
        "mingbai-households:%2F:gaotai:9": "{a form that is not known",
    }
    for key, text in {**others, "mingbai-households": json.dumps(lists)}.items():
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, text])
    fill_in(page)
    page.fill("#mbe-label", "王家")
    submit_household(page)
    page.click(".mbe-keep-it")
    (ours,) = stored(page).keys() - others.keys() - {"mingbai-households"}
    assert ours.startswith("mingbai-households:%2F:gaotai:")
    page.locator(".mbe-kept summary").click()
    expect(page.locator(".mbe-kept .mbe-load")).to_have_count(2)
    page.click(".mbe-wipe-all")
    named = page.inner_text(".mbe-kept .mbe-loses")
    assert ("李家" in named, "王家" in named) == (True, True)
    page.click(".mbe-wipe-no")
    assert ours in stored(page)
    page.click(".mbe-wipe-all")
    page.click(".mbe-wipe-yes")
    expect(page.locator(".mbe-kept .mbe-load")).to_have_count(0)
    assert stored(page) == {
        **others,
        "mingbai-households": json.dumps(lists[1:], ensure_ascii=False, separators=(",", ":")),
    }


def test_the_tab_remembers_the_household(page: Page) -> None:
    fill_in(page)
    page.reload()
    expect(page.locator(".mbe-tab")).to_have_text([GRANDMA, "第2人", "第3人"])
    assert page.input_value(".mbe-household [name=age_months]") == "2"


def test_it_goes_out_as_text_and_as_a_file_and_comes_back(page: Page, tmp_path: Path) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    fill_in(page)
    submit_household(page)
    page.click(".mbe-copy-text")
    expect(page.locator(".mbe-drawer .mbe-told")).to_have_text("复制好了。")
    text = page.evaluate("navigator.clipboard.readText()")
    assert "1,497.50" in text
    assert GRANDMA in text
    assert "以经办部门的决定为准" in text
    with page.expect_download() as saved:
        page.click(".mbe-save-file")
    file = tmp_path / "household.json"
    saved.value.save_as(file)
    page.click(".mbe-household-form .mbe-next")
    page.click(".mbe-loses .mbe-really")
    page.locator(".mbe-kept summary").click()
    page.set_input_files("#mbe-import", file)
    expect(page.locator(".mbe-tab")).to_have_text([GRANDMA, "第2人", "第3人"])


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"format": "mingbai-household", "place": "gaotai", "household": {"members": []}}', "<html>"],
)
def test_a_file_that_is_something_else_is_refused(page: Page, tmp_path: Path, content: str) -> None:
    file = tmp_path / "other.json"
    file.write_text(content, encoding="utf-8")
    page.locator(".mbe-kept summary").click()
    page.set_input_files("#mbe-import", file)
    expect(page.locator(".mbe-kept .mbe-told")).not_to_be_empty()
    assert page.locator(".mbe-tab").count() == 1


def test_a_file_cannot_bring_anything_but_texts(page: Page, tmp_path: Path) -> None:
    raw = {
        "age": "40",
        "sex": ["female"],
        "insured": {"x": 1},
        "a b": "1",
        "rural": [["x"]],
        "total_cost": "<img src=x>",
    }
    household = {"label": "<b>x</b>", "shared": raw, "members": [{"name": "<i>n</i>", "raw": raw}]}
    file = tmp_path / "bad.json"
    told = {"format": "mingbai-household", "place": "gaotai", "household": household}
    file.write_text(json.dumps(told), encoding="utf-8")
    page.locator(".mbe-kept summary").click()
    page.set_input_files("#mbe-import", file)
    expect(page.locator(".mbe-tab")).to_have_text(["<i>n</i>"])
    assert page.input_value(".mbe-household [name=age]") == "40"
    page.click(".mbe-work")
    page.wait_for_selector(".mbe-household .mbe-errors a", timeout=A_MINUTE)


def test_nothing_leaves_the_phone(booted: Booted) -> None:
    visit = booted("zh")
    page = start_afresh(visit, "household")
    before, address = wait_for_requests(visit), page.url
    fill_in(page)
    submit_household(page)
    page.click(".mbe-keep-it")
    assert new_requests(visit, before) == []
    assert page.url == address
    assert visit.context.cookies() == []
    told = page.evaluate("JSON.stringify(history.state)")
    assert GRANDMA not in told


# the same as the command line


def random_fact(fact: Json, dice: random.Random) -> Any:  # noqa: ANN401 - any JSON value
    made: dict[str, Callable[[], Any]] = {
        "bool": lambda: dice.random() < 0.5,
        "choice": lambda: dice.choice(list(fact["options"])),
        "list": lambda: dice.sample(list(fact["options"]), dice.randint(1, 2)),
        "money": lambda: f"{dice.randint(0, 5_000_000) / 100:.2f}",
        "whole": lambda: dice.randint(fact.get("low") or 0, fact.get("high") or 500),
        "month": lambda: f"{dice.randint(1940, 1999)}-{dice.randint(1, 12):02d}",
        "items": lambda: [{"category": dice.choice(list(fact["options"])), "amount": "12.50"}],
    }
    return made[fact["type"]]()


def random_household(bundle: Json, seed: int) -> Json:
    """Return a request of one to six people who say about two thirds of what can be said; it may be a refused one."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    place = dice.choice([each for each, compiled in bundle["places"].items() if compiled["policies"]])
    asks = bundle["places"][place]["asks_facts"]

    def some(share: float) -> Json:
        return {fact: random_fact(bundle["facts"][fact], dice) for fact in asks if dice.random() < share}

    return {
        "place": place,
        "date": f"{dice.randint(2014, 2019)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}",
        "shared": some(0.3),
        "members": [{"id": str(number), "facts": some(0.65)} for number in range(1, dice.randint(2, 7))],
        "lang": dice.choice(LANGUAGES),
    }


def compare(visit: Visit, bundle: Json, seeds: range) -> None:
    same = refused = 0
    for seed in seeds:
        request = random_household(bundle, seed)
        try:
            expected: str | None = estimate_json(bundle, json.dumps(request))
        except Exception:  # noqa: BLE001 - the page must refuse the same
            expected = None
        text = visit.page.evaluate(
            "(request) => window.mingbai.estimateText(request).catch((error) => error.faults.length ? null : 'broken')",
            request,
        )
        assert text == expected, request
        same, refused = same + (expected is not None), refused + (expected is None)
    assert same > refused


@pytest.fixture(scope="session")
def bundle(site: Path) -> Json:
    read: Json = json.loads((site / "data" / "bundle.json").read_text(encoding="utf-8"))
    return read


def test_random_households_are_byte_equal_to_cpython(booted: Booted, bundle: Json) -> None:
    compare(booted("zh"), bundle, range(12))


@pytest.mark.soak
def test_a_hundred_random_households_are_byte_equal_to_cpython(booted: Booted, bundle: Json) -> None:
    compare(booted("zh"), bundle, range(100, 200))
