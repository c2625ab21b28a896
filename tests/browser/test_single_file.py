"""Without a site: one HTML file and a zip, opened from file:// in a browser without a network."""

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
from playwright.sync_api import Browser, Page

from mingbai.offline.text_encoding import ALPHABET, compress_to_text, encode_text
from mingbai_calculator import estimate_json
from tests.browser.conftest import A_MINUTE, open_full_form
from tests.browser.machine import ROOT, violations

LANGUAGES = ("zh", "en")
MOST_BYTES = 5_700_000
SIZES = ((360, 740), (1280, 800))
STAY: dict[str, Any] = {
    "visit": "inpatient",
    "hospital_level": "county",
    "diagnoses": ["other"],
    "total_cost": "8000.00",
    "registered_poor": True,
    "insured": True,
}


def mingbai(*words: str | Path, given: str = "") -> str:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("mingbai")), *map(str, words)],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def made(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the single file and the zip of the site with all its places."""
    folder = tmp_path_factory.mktemp("offline")
    mingbai("offline", "--site", site, "--output", folder)
    return folder


@pytest.fixture(scope="module")
def stick(made: Path) -> Path:
    """The zip, unpacked."""
    folder = made / "stick"
    with zipfile.ZipFile(made / "mingbai.zip") as box:
        box.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def rules(site: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((site / "data/bundle.json").read_text(encoding="utf-8"))
    return read


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page without a network; when the test is over, nothing may have gone wrong or been asked for outside."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, offline=True)
    page = context.new_page()
    said: list[str] = []
    outside: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda told: said.append(told.text) if told.type in {"error", "warning"} else None)
    context.on("request", lambda request: outside.append(request.url))
    yield page
    context.close()
    assert said == []
    assert [address for address in outside if not address.startswith(("file:", "blob:", "data:"))] == []


def open_single(page: Page, file: Path, place: str) -> None:
    page.goto(f"{file.as_uri()}#{place}")
    page.wait_for_selector("#main > section:not([hidden]) h1")


def estimated(page: Page, requests: list[dict[str, Any]]) -> list[str]:
    texts: list[str] = page.evaluate(
        "async (requests) => { const texts = []; await window.mingbai.ready;"
        " for (const request of requests) texts.push(await window.mingbai.estimateText(request)); return texts; }",
        requests,
    )
    return texts


# the single file


def test_it_is_small_enough_to_be_sent(made: Path) -> None:
    assert (made / "mingbai.html").stat().st_size <= MOST_BYTES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_answers_as_the_command_line_does(page: Page, made: Path, lang: str) -> None:
    open_single(page, made / "mingbai.html", f"{lang}/estimator/#gaotai")
    root = page.locator("#mingbai-estimator")
    open_full_form(page)
    root.locator('input[name="date"]').fill("2016-03-01")
    root.locator('input[name="total_cost"]').fill("8000")
    for name in ("visit", "hospital_level", "diagnoses", "registered_poor", "insured"):
        value = STAY[name]
        told = value[0] if isinstance(value, list) else str(value).lower()
        tile = root.locator(f'input[name="{name}"][value="{told}"]')
        closed = tile.locator("xpath=ancestor::details[not(@open)]")
        if closed.count():
            closed.first.locator("summary").click()
        tile.check()
    root.locator(".mbe-submit").click()
    page.wait_for_selector("#mbe-answer", timeout=A_MINUTE)
    facts = json.dumps({"facts": STAY})
    told = mingbai(
        "estimate", "gaotai", "--date", "2016-03-01", "--lang", lang, "--facts", "-", "--format", "json", given=facts
    )
    by_command = json.loads(told)
    assert f"{float(by_command['self_pays']['low']):,.2f}" in page.inner_text("#mbe-answer")
    request = {"place": "gaotai", "date": "2016-03-01", "facts": STAY, "lang": lang}
    assert json.loads(estimated(page, [request])[0]) == by_command


def test_worked_examples_are_byte_equal(page: Page, made: Path, rules: dict[str, Any]) -> None:
    requests = [
        {"place": place, "lang": "zh", **{key: version["examples"][0][key] for key in ("date", "facts", "inputs")}}
        for place, compiled in rules["places"].items()
        for versions in compiled["policies"].values()
        for version in versions
        if version["examples"]
    ]
    assert requests
    open_single(page, made / "mingbai.html", "zh/")
    for request, text in zip(requests, estimated(page, requests), strict=True):
        assert text == estimate_json(rules, json.dumps(request)), request


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_link_inside_leads_somewhere(page: Page, made: Path, lang: str) -> None:
    open_single(page, made / "mingbai.html", f"{lang}/")
    lost = page.evaluate(
        """(lang) => {
          const pages = new Set([...document.querySelectorAll("#main > section")].map((each) => each.dataset.page));
          const places = new Set([...document.querySelectorAll("[id]")].map((each) => each.id));
          const known = (link) => {
            const [page, place] = link.split("#");
            if (!page.startsWith(lang + "/")) return page === "main" || !place;
            return pages.has(page) && (!place || page.endsWith("/estimator/") || places.has(link));
          };
          return [...document.querySelectorAll('a[href]')].map((each) => each.getAttribute("href"))
            .filter((href) => !href.startsWith("http") && !(href.startsWith("#") && known(href.slice(1))));
        }""",
        lang,
    )
    assert lost == []
    double = page.evaluate(
        "() => { const ids = [...document.querySelectorAll('[id]')].map((each) => each.id);"
        " return ids.filter((id, at) => ids.indexOf(id) !== at); }"
    )
    assert double == []


def test_one_page_is_shown_at_a_time_and_the_language_can_be_changed(page: Page, made: Path) -> None:
    open_single(page, made / "mingbai.html", "zh/")
    assert page.evaluate("scrollY") == 0
    page.locator('#main a[href="#zh/gaotai/"]').first.click()
    page.wait_for_selector('section[data-page="zh/gaotai/"]:not([hidden])')
    assert page.locator("#main > section:not([hidden])").count() == 1
    page.locator('section:not([hidden]) a[href="#zh/gaotai/inpatient/"]').first.click()
    page.locator(".mb-languages a").first.click()
    page.wait_for_selector('section[data-page="en/gaotai/inpatient/"]:not([hidden])')
    assert page.evaluate("document.documentElement.lang") == "en"
    page.go_back()
    page.wait_for_selector('section[data-page="zh/gaotai/inpatient/"]:not([hidden])')


@pytest.mark.soak  # ten seconds a page: everything is in it
@pytest.mark.parametrize(("lang", "size"), list(zip(LANGUAGES, SIZES, strict=True)))
def test_it_is_for_everybody(page: Page, made: Path, lang: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for place in ("gaotai/inpatient/", "estimator/#gaotai"):
        open_single(page, made / "mingbai.html", f"{lang}/{place}")
        assert page.evaluate("document.documentElement.scrollWidth") == size[0]
        assert violations(page, {"exclude": ["section[hidden]"]}) == [], place


def test_letters_can_be_large_there_too(page: Page, made: Path) -> None:
    open_single(page, made / "mingbai.html", "zh/")
    page.locator("[data-mb-display] summary").click()
    page.locator('input[name="mb-size"][value="larger"]').check()
    assert page.evaluate("document.documentElement.dataset.mbSize") == "larger"


def test_a_place_alone_is_made_too(page: Page, tmp_path: Path) -> None:
    said = mingbai("offline", "gaotai", "--output", tmp_path, "--lang", "en")
    assert "mingbai-gaotai.html: " in said
    assert (tmp_path / "mingbai-gaotai.html").stat().st_size <= MOST_BYTES
    open_single(page, tmp_path / "mingbai-gaotai.html", "en/estimator/")
    assert page.locator("input[type=hidden][name=place]").input_value() == "gaotai"
    told = mingbai(
        "estimate",
        "gaotai",
        "--date",
        "2016-03-01",
        "--facts",
        "-",
        "--format",
        "json",
        given=json.dumps({"facts": STAY}),
    )
    request = {"place": "gaotai", "date": "2016-03-01", "facts": STAY, "lang": "zh"}
    assert json.loads(estimated(page, [request])[0]) == json.loads(told)
    with zipfile.ZipFile(tmp_path / "mingbai-gaotai.zip") as box:
        names = box.namelist()
    assert "pages/gaotai/inpatient/index.html" in names
    assert not any("gansu" in name for name in names)


# the stick


class Links(HTMLParser):
    """Every address and every id of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        for name, value in attrs:
            if name in {"href", "src"} and value:
                self.links.append(value)
            if name == "id" and value:
                self.ids.add(value)


def read(file: Path) -> Links:
    links = Links()
    links.feed(file.read_text(encoding="utf-8"))
    return links


def test_every_link_on_the_stick_leads_to_a_file(stick: Path) -> None:
    found = {file: read(file) for file in stick.rglob("*.html") if not file.name.startswith("mingbai")}
    assert len(found) > 100
    lost = []
    for file, links in found.items():
        for link in links.links:
            path, place = urldefrag(link)
            if re.match(r"[a-z]+:", link):
                continue
            aim = (file.parent / unquote(path)).resolve() if path else file
            if not aim.is_file() or (aim in found and place and place not in found[aim].ids):
                lost.append(f"{file.relative_to(stick)}: {link}")
    assert lost == []


def test_a_stick_can_be_verified(stick: Path) -> None:
    told = mingbai("verify", stick, "--lang", "en")
    assert "agree with the copy's own list" in told
    assert json.loads((stick / "build.json").read_text(encoding="utf-8"))["revision"] in told


def test_the_stick_opens_without_a_network(page: Page, stick: Path) -> None:
    page.goto((stick / "start.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.mb-button')).display") != "inline"
    page.locator('a[href="pages/index.html"]').click()
    page.locator('a[href="gaotai/index.html"]').first.click()
    page.locator('a[href$="inpatient/index.html"]').first.click()
    assert "高台县" in page.title()
    assert page.locator(".mb-search").count() == 0
    page.locator('.mb-languages a[lang="en"]').click()
    assert "Gaotai" in page.title()
    page.locator('#main a[href*="estimator/#gaotai"]:visible').first.click()
    open_full_form(page)
    assert page.locator("#mbe-place").input_value() == "gaotai"


# the parts


def test_letters_hold_every_byte() -> None:
    content = bytes(range(256)) * 3
    text = encode_text(content)
    assert set(text) <= {*ALPHABET, "\n"}
    assert len(text) < len(content) * 1.3
    assert compress_to_text(content) == compress_to_text(content)
