"""A policy's text reaches the page as text, whatever it says: HTML, Markdown, templates, the end of a script."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PATHS, Visit
from tests.browser.machine import ROOT, serve, unfold

MARKUP = (
    '<img src=x onerror="window.owned=1"><script>window.owned=1</script></script><h1 id=owned>'
    " **bold** _it_ `code` [link](javascript:window.owned=1) ![i](x) # head | cell | ~~no~~ &lt;b&gt;"
    " &amp; \\* <!-- --> ]]>"
    " '\" onmouseover=window.owned=1"
)
TEMPLATE = MARKUP + " ${7*7} {{ 7*7 }} {% raw %} {# no #} {{ config }} {{{ x }}} $$ %(x)s %s"
"""In a version braces name figures, and `check` refuses unknown ones; elsewhere they are text like any other."""
PAGES = {"home": "", "place": "gaotai/", "policy": "gaotai/inpatient/", "glossary": "glossary/", "sources": "sources/"}
STAY = {"date": "2016-03-01", "visit": "inpatient", "hospital_level": "city", "total_cost": "20000", "insured": "true"}


def put(file: Path, label: str, text: str, *, instead: str) -> None:
    """Write a text in place of the one that begins in Chinese with `instead`, in both languages, each labelled."""
    new = json.dumps({"zh": f"{label}中 {text}", "en": f"{label} en {text}"}, ensure_ascii=False)
    pattern = re.compile(rf'\{{zh: "{instead}[^"]*", en: "[^"]*"\}}')
    changed, count = pattern.subn(lambda _: new, file.read_text(encoding="utf-8"))
    assert count >= 1, instead
    file.write_text(changed, encoding="utf-8")


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of one place, a copy of a real one, into which such texts were written."""
    folder = tmp_path_factory.mktemp("hostile")
    policies = folder / "policies"
    shutil.copytree(ROOT / "policies/gaotai", policies / "gaotai")
    for file in (ROOT / "policies").glob("*.yaml"):
        shutil.copy(file, policies)
    place, inpatient = policies / "gaotai/place.yaml", policies / "gaotai/inpatient"
    place.write_text(re.sub(r"(?m)^parent:.*\n", "", place.read_text(encoding="utf-8")), encoding="utf-8")
    put(place, "office", TEMPLATE, instead="高台县卫生")
    put(place, "place", TEMPLATE, instead="高台县")
    put(place, "prefecture", TEMPLATE, instead="张掖市")
    for version in ("2016-01-01", "initial"):
        put(inpatient / f"{version}.yaml", "title", MARKUP, instead="住院报销")
    put(inpatient / "2016-01-01.yaml", "doubt", MARKUP, instead="原文没写新数")
    put(inpatient / "2016-01-01.yaml", "example", MARKUP, instead="建档立卡户，县医院住院")
    put(policies / "facts.yaml", "question", TEMPLATE, instead="您家是建档立卡")
    put(policies / "facts.yaml", "why", TEMPLATE, instead="没有参合")
    put(policies / "terms.yaml", "payer", TEMPLATE, instead="基本医保（新农合）")
    put(policies / "sources.yaml", "publisher", TEMPLATE, instead="不清楚，来自文档网站")
    command = [str(Path(sys.executable).parent / "mingbai"), "build", "--policies", str(policies)]
    command += ["--output", str(folder / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def hostile_server(hostile_site: Path) -> Iterator[str]:
    with serve(hostile_site) as address:
        yield address


@pytest.fixture
def hostile_visit(browser: Browser, hostile_server: str) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield Visit(page, context, hostile_server)
    assert errors == []
    assert is_clean(page)
    context.close()


def is_clean(page: Page) -> bool:
    """Return whether no text has become an element, an attribute or a script that ran."""
    made = page.locator('img[src="x"], #owned, a[href^="javascript:"], [onmouseover], [onerror], del, pre code')
    return page.evaluate("window.owned === undefined") and made.count() == 0


def shown(page: Page) -> str:
    """Return all text of a page, closed parts too, on one line."""
    unfold(page)
    return " ".join(page.inner_text("body").split())


@pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
@pytest.mark.parametrize(
    ("page", "labels"),
    [
        ("home", {"place": TEMPLATE}),
        ("place", {"place": TEMPLATE, "title": MARKUP, "office": TEMPLATE}),
        ("policy", {"title": MARKUP, "doubt": MARKUP, "example": MARKUP}),
        ("sources", {"publisher": TEMPLATE}),
    ],
)
def test_texts_stand_on_the_pages_as_they_were_typed(
    hostile_visit: Visit, prefix: str, page: str, labels: dict[str, str]
) -> None:
    hostile_visit.page.goto(f"{hostile_visit.server}/{prefix}{PAGES[page]}")
    text = shown(hostile_visit.page)
    for label, hostile_text in labels.items():
        assert f"{label} en {hostile_text}" in text if prefix else f"{label}中 {hostile_text}" in text
    assert is_clean(hostile_visit.page)
    assert hostile_visit.page.locator("h1").count() == 1


@pytest.mark.parametrize("lang", PATHS)
def test_texts_stand_in_the_estimator_as_they_were_typed(hostile_visit: Visit, lang: str) -> None:
    hostile_visit.open(lang)
    between = "中" if lang == "zh" else " en"
    assert f"question{between} {TEMPLATE}" in shown(hostile_visit.page)
    hostile_visit.choose(**STAY)
    hostile_visit.submit()
    text = shown(hostile_visit.page)
    assert f"title{between} {MARKUP}" in text
    assert f"payer{between} {TEMPLATE}" in text
    assert is_clean(hostile_visit.page)


def test_data_in_a_page_cannot_end_its_script(hostile_site: Path) -> None:
    for file in hostile_site.rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        assert "<script>window.owned" not in html
        assert "<img src=x" not in html
