"""A province from its counties, on a phone: from the front page into a county, which works as it does alone."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from mingbai.cache import FOLDER as CACHE
from tests.browser.conftest import A_MINUTE, PHONE
from tests.browser.machine import ROOT, serve, violations

pytestmark = pytest.mark.browser

MINGBAI = str(Path(sys.executable).parent / "mingbai")
GOOD = ROOT / "tests" / "policies" / "good"
COUNTIES = {"testland": "one", "otherland": "other"}
"""The folder that each office hands over."""
URL = "https://province.example/"
"""Where all of it is to stand; it is served from this machine all the same."""
ESTIMATE = """async (place) => {
  await window.mingbai.ready;
  const facts = {level: "town", poor: false, total_cost: "1100"};
  const result = await window.mingbai.estimate({place, date: "2018-01-01", facts, inputs: {}, lang: "zh"});
  return [result.place, result.self_pays];
}"""
KEPT = """async () => {
  await navigator.serviceWorker.ready;
  const registrations = await navigator.serviceWorker.getRegistrations();
  return [registrations.map(({scope}) => scope), await caches.keys()];
}"""


def run(folder: Path, *words: str) -> str:
    """Call `mingbai` in a folder; return what it says on the side."""
    done = subprocess.run([MINGBAI, *words, "--lang", "en"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


def office(folder: Path, place: str) -> None:
    """Write the folder of a county's office: the test policies under its name, and its address in the province."""
    folder.mkdir()
    for name in ("docs", "calculator", "node_modules"):
        (folder / name).symlink_to(ROOT / name)
    (ROOT / CACHE / "compressed").mkdir(parents=True, exist_ok=True)
    (folder / CACHE).mkdir(parents=True)
    (folder / CACHE / "compressed").symlink_to(ROOT / CACHE / "compressed")  # the best compression is slow
    settings, count = re.subn('(?m)^site_url: ""', f"site_url: {URL}{place}/", (ROOT / "mkdocs.yml").read_text("utf-8"))
    assert count == 1
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    for file in GOOD.rglob("*.yaml"):
        copy = folder / "policies" / str(file.relative_to(GOOD)).replace("testland", place)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(file.read_text(encoding="utf-8").replace("testland", place), encoding="utf-8")


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two counties, each built by an office of its own, and joined by a third."""
    folder = tmp_path_factory.mktemp("province")
    for place, name in COUNTIES.items():
        office(folder / name, place)
        run(folder / name, "build")
    said = run(folder, "join", *(f"{name}/site" for name in COUNTIES.values()), "--site-url", URL)
    assert said == ""
    return folder / "province"


def test_a_reader_goes_from_the_front_page_into_each_county(province: Path, browser: Browser) -> None:
    with serve(province) as address:
        context = browser.new_context(viewport=PHONE)
        page = context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("response", lambda answer: wrong.append(answer.url) if answer.status >= 400 else None)
        page.goto(f"{address}/en/")
        page.get_by_role("link", name="中文").click()
        assert violations(page) == []
        for place in COUNTIES:
            page.goto(f"{address}/")
            page.locator(f'main a[href="{place}/"]').click()
            assert page.url == f"{address}/{place}/"
            assert page.locator("link[rel=canonical]").get_attribute("href") == f"{URL}{place}/"
            page.locator(".mb-menu a[href='estimator/']").click()
            page.locator(".mbe-ways:not([hidden])").wait_for(timeout=A_MINUTE)
            assert page.evaluate(ESTIMATE, place) == [place, {"low": "200.00", "high": "200.00"}]
            fetched = page.evaluate("localStorage.getItem('mingbai-runtime')")
            assert fetched.startswith(f"{address}/{place}/")  # the other county's calculator is not there yet
        scopes, stores = page.evaluate(KEPT)
        homes = [f"{address}/{place}/" for place in COUNTIES]
        assert sorted(scopes) == sorted(homes)
        assert {re.split("runtime$|data$|pages$", name)[0] for name in stores if "snapshot" not in name} == {
            f"mingbai {home}" for home in homes
        }
        assert wrong == []
        context.close()
