"""What is shown of a result: each part of it, for everybody; shared without a server; on one page of paper."""

import base64
import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Route, ViewportSize

from mingbai_calculator import estimate
from tests.browser.conftest import COUNTY_STAY, PATHS, Visit, visiting
from tests.browser.journeys import (
    CITY_STAY,
    DESK,
    LANGUAGES,
    NARROW,
    PHONE,
    TROUBLES,
    answered,
    fill_folds,
    new_requests,
    open_folds,
    too_small,
    wait_for_requests,
    width,
)
from tests.browser.machine import ROOT, violations
from tests.conftest import sample

pytestmark = pytest.mark.browser

STAYS, SLIP, DATES = "这次以前，今年住过院吗", "和医院的结算单对一对", "按别的时候的规定"


@pytest.fixture(scope="module")
def ready(browser: Browser, server: str) -> Iterator[Visit]:
    """A page on which the calculator runs already, under the site's own policy; several tests use it in turn."""
    with visiting(browser, server, bypass_csp=False) as page:
        page.open("zh")
        yield page


def again(ready: Visit, /, **answers: str) -> Locator:
    """Answer anew for another person, and wait until everything of the result is there."""
    ready.page.click(".mbe-reset")
    return answered(ready, **answers)


def shown(visit: Visit, lang: str = "zh", size: ViewportSize = PHONE, /, **answers: str) -> Locator:
    """Open the estimator, answer, and wait until everything of the result is there."""
    visit.page.set_viewport_size(size)
    visit.open(lang)
    return answered(visit, **answers)


def opened(result: Locator, title: str) -> Locator:
    fold = result.locator("> details").filter(has=result.page.locator(f'summary:has-text("{title}")'))
    fold.locator("> summary").click()
    fold.locator("> :not(summary) > *").first.wait_for()
    return fold


# each part


def test_each_payer_says_why_and_on_which_lines_it_rests(ready: Visit) -> None:
    line = again(ready).locator(".mbe-block .mbe-list > li").first
    assert "6,502.50 元" in line.inner_text()
    assert "85%" in line.inner_text()
    source = line.locator(".mbe-source a").first
    assert "第173行" in source.inner_text()
    assert str(source.get_attribute("href")).endswith("sources/#f0")
    with ready.context.new_page() as page:
        page.goto(urljoin(ready.page.url, str(source.get_attribute("href"))))
        assert page.locator("#f0").count() == 1


def test_the_deductible_and_the_way_to_the_next_one_are_told(ready: Visit) -> None:
    table = again(ready).locator("table", has_text="起付线和限额")
    assert [row.split("\t") for row in table.locator("tbody").inner_text().splitlines()] == [
        ["这次用掉的起付线", "350 元"],
        ["离“大病保险”的起付线还差", "1,502.50 元"],
    ]


def test_the_same_stay_at_each_level_of_hospital(ready: Visit) -> None:
    rows = again(ready).locator(".mbe-compare tbody tr").all_inner_texts()
    assert len(rows) == 5
    assert "495 元" in rows[1]
    assert "这次" in rows[2]
    assert "1,497.50 元" in rows[2]
    assert "3,000 到 3,450 元" in rows[3]
    assert "算不出" in rows[4]


def test_by_the_rules_before_and_after_a_revision(ready: Visit) -> None:
    fold = opened(again(ready), DATES)
    fold.get_by_text("2,000 元").wait_for()
    rows = fold.locator("tbody tr").all_inner_texts()
    assert ["2015年12月31日" in rows[0], "2,000 元" in rows[0]] == [True, True]
    assert ["2016年1月1日" in rows[1], "1,497.50 元" in rows[1], "这次" in rows[1]] == [True, True, True]
    assert len(rows) == 2


def test_earlier_stays_count_for_this_one(ready: Visit) -> None:
    fold = opened(again(ready, hospital_level="city", total_cost="6500"), STAYS)
    fold.locator("input").nth(0).fill("2016年2月1日")
    fold.locator("input").nth(1).fill("6500")
    fold.get_by_role("button", name="一起算").click()
    found = fold.locator(".mbe-found")
    found.locator("table").first.wait_for()
    # the first stay leaves a burden of 3,000, so that serious illness insurance pays a part of the second one
    rows = found.locator("table").first.locator("tbody tr").all_inner_texts()
    assert len(rows) == 3
    assert "2016年2月1日" in rows[0]
    assert "3,000 元" in rows[0]
    assert "这次" in rows[1]
    assert "单独算这次是 3,000 元" in found.inner_text()
    # its rate is not printed: who knows it may type it in, and the stay is still there
    found.locator(".mbe-missing input").fill("60")
    found.locator(".mbe-missing button").click()
    once_more = opened(ready.page.locator(".mbe-on-screen"), STAYS)
    once_more.get_by_role("button", name="一起算").click()
    once_more.get_by_text("这次您自己付 1,200 元").wait_for()


def test_a_stay_that_was_not_earlier_is_refused(ready: Visit) -> None:
    fold = opened(again(ready), STAYS)
    fold.locator("input").nth(0).fill("2016-03-02")
    fold.locator("input").nth(1).fill("6500")
    fold.get_by_role("button", name="一起算").click()
    assert "2016年3月1日以前" in fold.locator(".mbe-wrong").first.inner_text()
    assert ready.page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"


def test_the_slip_has_its_own_lines_and_codes(ready: Visit) -> None:
    fold = opened(again(ready), SLIP)
    rows = dict(
        zip(
            fold.locator("code").all_inner_texts(), fold.locator("tbody td:nth-child(2)").all_inner_texts(), strict=True
        )
    )
    assert rows["act_pay_dedc"] == "350 元"
    assert rows["hifp_pay"] == "6,502.50 元"
    assert rows["psn_part_amt"] == "1,497.50 元"
    assert set(rows) == {
        "medfee_sumamt",
        "inscp_scp_amt",
        "act_pay_dedc",
        "hifp_pay",
        "hifmi_pay",
        "maf_pay",
        "hosp_part_amt",
        "oth_pay",
        "psn_part_amt",
    }


def test_a_slip_that_differs_is_explained_by_what_the_calculator_can_tell(ready: Visit) -> None:
    fold = opened(again(ready), SLIP)
    fold.locator('input[id$="act_pay_dedc"]').fill("100")
    fold.get_by_role("button", name="对一对").click()
    found = fold.locator(".mbe-found")
    found.get_by_text("有1行对不上").wait_for()
    assert "单子上少 250 元" in found.inner_text()
    assert "如果“医院级别”是“乡镇卫生院”" in found.inner_text()
    fold.locator('input[id$="act_pay_dedc"]').fill("123.45")
    fold.get_by_role("button", name="对一对").click()
    found.get_by_text("说不出原因").wait_for()
    fold.locator('input[id$="act_pay_dedc"]').fill("350")
    fold.get_by_role("button", name="对一对").click()
    found.get_by_text("填的都对得上").wait_for()


def test_an_explanation_leads_to_its_question(ready: Visit) -> None:
    fold = opened(again(ready), SLIP)
    fold.locator('input[id$="act_pay_dedc"]').fill("100")
    fold.get_by_role("button", name="对一对").click()
    fold.get_by_role("button", name="去看“医院级别”").click()
    assert ready.page.evaluate("document.activeElement.name") == "hospital_level"


def test_whom_to_ask_and_what_is_doubtful(ready: Visit) -> None:
    result = again(ready)
    assert "高台县卫生计生委" in result.locator(".mbe-block", has_text="下一步").inner_text()
    link = opened(result, "原文有疑问的地方").locator("a").first
    assert str(link.get_attribute("href")).endswith("gaotai/inpatient/#doubts")


def test_papers_to_bring_can_be_ticked_off(ready: Visit) -> None:
    ready.page.click(".mbe-reset")
    ready.choose(date="2016-03-01", only_child="died", only_child_certificate="true")
    ready.submit()
    box = ready.page.locator(".mbe-checklist label", has_text="独生子女父母光荣证").locator("input")
    box.check()
    assert box.is_checked()


# for everybody


@pytest.mark.parametrize("size", [PHONE, pytest.param(DESK, marks=pytest.mark.soak)], ids=["phone", "desk"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_open_is_right_for_everybody(visit: Visit, lang: str, size: ViewportSize) -> None:
    shown(visit, lang, size, hospital_level="city", total_cost="20000")
    open_folds(visit)
    page = visit.page
    fill_folds(page)
    assert violations(page) == []
    text = page.inner_text(".mbe-on-screen")
    assert [trouble for trouble in TROUBLES if trouble in text] == []
    assert width(page) == size["width"]
    assert too_small(page, ".mbe-on-screen") == []
    page.set_viewport_size(NARROW)
    assert width(page) == NARROW["width"]
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
    assert len(ids) == len(set(ids))


SHOW = """async ([cases, rules]) => {
  const {Result} = await import("/modules/result/result.js");
  const {readPage} = await import("/modules/app/page.js");
  const shown = document.querySelector(".mbe-result");
  const page = {...readPage(), bundle: rules, form: Object.values(rules.places)[0].form};
  shown.hidden = false;
  const told = [];
  for (const {request, result} of cases) {
    const actions = {request, inputs: request.inputs, ask() {}, again() {}, estimate: async () => result};
    shown.replaceChildren(...new Result(page, result, actions).build());
    for (const more of shown.querySelectorAll("details")) more.open = true;
    await new Promise((resolve) => { setTimeout(resolve, 0); });
    told.push({
      text: shown.innerText + shown.querySelector(".mbe-sheet").textContent,
      width: document.documentElement.scrollWidth,
    });
  }
  return told;
}"""
"""Shows results that CPython worked out, one after the other, with everything open."""


def with_modules(visit: Visit) -> None:
    """Let the page import the modules one by one; in the site they are one script."""

    def give(route: Route) -> None:
        path = urlsplit(route.request.url).path.removeprefix("/modules/")
        route.fulfill(path=ROOT / "calculator" / "web" / path, content_type="text/javascript")

    visit.page.route("**/modules/**", give)


def first_examples(bundle: dict[str, Any], place: str, lang: str) -> Iterator[dict[str, Any]]:
    for versions in bundle["places"][place]["policies"].values():
        for example in versions[-1]["examples"][:1]:
            yield {"place": place, "lang": lang, **{key: example[key] for key in ("date", "facts", "inputs")}}


@pytest.mark.parametrize("lang", sample(LANGUAGES, "zh"))
def test_an_example_of_every_policy_can_be_shown(visit: Visit, site: Path, lang: str) -> None:
    bundle = json.loads((site / "data" / "bundle.json").read_text(encoding="utf-8"))
    visit.open(lang)
    with_modules(visit)
    for file in sorted((site / "data" / "places").glob("*.json")):
        requests = list(first_examples(bundle, file.stem, lang))
        cases = [{"request": request, "result": estimate(bundle, request)} for request in requests]
        told = visit.page.evaluate(SHOW, [cases, json.loads(file.read_text(encoding="utf-8"))])
        for case, each in zip(requests, told, strict=True):
            assert [trouble for trouble in TROUBLES if trouble in each["text"]] == [], case
            assert each["width"] == 360, case


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_longest_result_is_one_page_of_paper_too(visit: Visit, site: Path, tmp_path: Path, lang: str) -> None:
    bundle = json.loads((site / "data" / "bundle.json").read_text(encoding="utf-8"))
    rules = json.loads((site / "data" / "places" / "qiyang.json").read_text(encoding="utf-8"))
    facts: dict[str, Any] = dict.fromkeys(
        ("registered_poor", "insured", "supplementary_insured", "in_county", "designated"), True
    )
    facts |= {"visit": "inpatient", "hospital_level": "county", "total_cost": "50000", "diagnoses": ["gastric_cancer"]}
    request = {"place": "qiyang", "date": "2017-10-01", "lang": lang, "facts": facts}
    result = estimate(bundle, request)
    assert len(result["lines"]) == 6
    visit.open(lang)
    with_modules(visit)
    visit.page.evaluate(SHOW, [[{"request": request, "result": result}], rules])
    assert len(pypdfium2.PdfDocument(BytesIO(visit.page.pdf(path=tmp_path / "p.pdf", prefer_css_page_size=True)))) == 1


# passing it on


@pytest.mark.parametrize("lang", sample(LANGUAGES, "zh"))
def test_the_text_to_copy_is_what_is_on_the_page(visit: Visit, lang: str) -> None:
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    result = shown(visit, lang, total_cost="7391.42")
    result.locator(".mbe-shared").locator("xpath=..").locator("button").first.click()
    text = visit.page.locator(".mbe-text").input_value()
    assert visit.page.evaluate("navigator.clipboard.readText()") == text
    on_page = re.sub(r"[\s:：]+", "", result.inner_text())
    *lines, link = text.splitlines()
    for line in lines:
        for piece in re.split(r"(?<=[^\d]) (?=[\d])|[:：]\s*", line):
            assert re.sub(r"[\s:：]+", "", piece) in on_page, line
    assert link.endswith(PATHS[lang])
    assert "7391" not in link


def test_where_nothing_can_be_copied_the_text_is_selected(visit: Visit) -> None:
    visit.page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    result = shown(visit)
    result.locator(".mbe-shared").locator("xpath=..").locator("button").first.click()
    result.get_by_text("文字已经选好").wait_for()
    selected = visit.page.evaluate("document.activeElement.value.slice(0, document.activeElement.selectionEnd)")
    assert selected == visit.page.locator(".mbe-text").input_value()


def test_the_picture_holds_something_and_has_its_size(ready: Visit) -> None:
    result = again(ready, hospital_level="city", total_cost="20000")
    result.locator(".mbe-shared").locator("xpath=..").locator("button").nth(1).click()
    drawn = result.locator(".mbe-picture")
    address = str(drawn.get_attribute("src"))
    image = Image.open(BytesIO(base64.b64decode(address.partition(",")[2])))
    assert address.startswith("data:image/png;base64,")
    assert image.width == 1080
    assert [str(image.width), str(image.height)] == [drawn.get_attribute("width"), drawn.get_attribute("height")]
    assert drawn.evaluate("(image) => image.complete && image.naturalWidth") == 1080
    gray = image.convert("L")
    levels = gray.histogram()
    assert sum(levels[:100]) > 20_000  # letters and the bars
    assert gray.getextrema() == (gray.getextrema()[0], 255)
    assert "3,000" in str(drawn.get_attribute("alt"))
    for side in ((0, 0, 20, image.height), (image.width - 20, 0, image.width, image.height)):
        assert gray.crop(side).getextrema() == (255, 255)  # nothing runs out of it


def test_after_loading_nothing_is_asked_of_anybody(visit: Visit) -> None:
    result = shown(visit)
    before = wait_for_requests(visit)
    open_folds(visit)
    for button in result.locator(".mbe-shared").locator("xpath=..").locator("button").all()[:2]:
        button.click()
    opened_slip = visit.page.locator('[id$="slip-hifp_pay"]')
    opened_slip.fill("1")
    visit.page.locator(".mbe-fold", has=opened_slip).locator("> button").click()
    visit.page.get_by_text("有1行对不上").wait_for()
    assert new_requests(visit, before) == []
    assert visit.page.evaluate("localStorage.length + document.cookie.length") in (0, 1)  # the calculator's own note


# on paper


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_result_on_one_page_of_paper(visit: Visit, tmp_path: Path, lang: str) -> None:
    for stay, amounts in ((COUNTY_STAY, ["1,497.50", "6,502.50"]), (CITY_STAY, ["3,000", "7,050", "12,950"])):
        result = answered(visit, **stay) if stay is CITY_STAY else shown(visit, lang, **stay)
        stamp = result.locator(".mbe-stamp").inner_text()
        open_folds(visit)
        size = visit.page.evaluate("getComputedStyle(document.querySelector('.mbe-sheet')).getPropertyValue('--size')")
        assert float(size.removesuffix("pt")) >= 10  # letters that fill the page
        file = tmp_path / "result.pdf"
        visit.page.pdf(path=file, prefer_css_page_size=True)
        document = pypdfium2.PdfDocument(BytesIO(file.read_bytes()))
        assert len(document) == 1
        assert document[0].get_size() == pytest.approx((595, 842), abs=1)
        text = re.sub(r"\s+", "", document[0].get_textpage().get_text_range())
        wanted = ["2016年3月1日" if lang == "zh" else "March 1, 2016", stamp, *amounts]
        wanted += (
            ["以经办部门的决定为准", "建档立卡贫困户：是"] if lang == "zh" else ["The office decides", "household: Yes"]
        )
        assert [word for word in wanted if re.sub(r"\s+", "", word) not in text] == []


# a household


def test_the_members_of_a_household_stand_on_one_page(visit: Visit, site: Path) -> None:
    bundle = json.loads((site / "data" / "bundle.json").read_text(encoding="utf-8"))
    rules = json.loads((site / "data" / "places" / "gaotai.json").read_text(encoding="utf-8"))
    stay = {"visit": "inpatient", "hospital_level": "city", "total_cost": "20000", "diagnoses": ["other"]}
    members = [{"id": "1", "facts": {"insured": True, **stay}}, {"id": "2", "facts": {"insured": False, **stay}}]
    request = {"place": "gaotai", "date": "2016-03-01", "shared": {"registered_poor": True}, "members": members}
    results = estimate(bundle, {**request, "lang": "zh"})["members"]
    visit.open("zh")
    with_modules(visit)
    shown = SHOW.replace("shown.replaceChildren(...new", "shown.append(...new").replace(
        ".build()", ".build({level: 4})"
    )
    shown = shown.replace('shown.querySelector(".mbe-sheet").textContent', '""')
    visit.page.evaluate(shown, [[{"request": request, "result": result} for result in results], rules])
    both = visit.page.locator(".mbe-of-member")
    assert both.count() == 2
    assert "3,000 到 7,050 元" in both.nth(0).locator("h4").first.inner_text()
    assert "20,000 元" in both.nth(1).locator("h4").first.inner_text()
    ids = visit.page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
    assert len(ids) == len(set(ids))
    assert visit.page.locator("#mbe-answer").count() == 0
    visit.page.evaluate("[...document.querySelectorAll('.mbe-result')].forEach((result) => { result.hidden = false; })")
    # what stands above the members in the cadre's way has the headings between
    assert [line for line in violations(visit.page) if not line.startswith("heading-order:")] == []
