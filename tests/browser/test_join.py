"""A province from its counties, on a phone: from the front page into a county, which works as it does alone."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import A_MINUTE, ESTIMATE, PHONE, REQUEST
from tests.browser.machine import ROOT, serve, violations
from tests.conftest import share_caches

pytestmark = pytest.mark.browser

MINGBAI = str(Path(sys.executable).parent / "mingbai")
GOOD = ROOT / "tests" / "policies" / "good"
URL = "https://province.example/"
"""Where all of it is to stand; it is served from this machine all the same."""
TOWN_STAY = {
    "place": "testland",
    "date": "2016-01-01",
    "facts": {"level": "town", "poor": False, "total_cost": "1100"},
    "inputs": {},
    "lang": "zh",
}
"""A worked example of the other place."""
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


@pytest.fixture(scope="module")
def province(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of all places and one of an office that knows its address in the province, joined."""
    folder = tmp_path_factory.mktemp("province")
    (folder / "others").symlink_to(site)
    office = folder / "office"
    office.mkdir()
    for name in ("docs", "calculator", "node_modules"):
        (office / name).symlink_to(ROOT / name)
    share_caches(office)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings, count = re.subn('(?m)^site_url: ""', f"site_url: {URL}testland/", settings)
    assert count == 1
    (office / "mkdocs.yml").write_text(settings, encoding="utf-8")
    run(office, "build", "--policies", str(GOOD))
    said = run(folder, "join", "office/site", "others", "--site-url", URL)
    assert (said.count("\n"), said.startswith("others was built without a site_url")) == (1, True)
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
        counties = {
            "others": ("others/gaotai/", REQUEST, "1497.50"),
            "testland": ("testland/", TOWN_STAY, "200.00"),
        }
        for county, (home, stay, pays) in counties.items():
            page.goto(f"{address}/")
            page.locator(f'main a[href="{home}"]').click()
            assert page.url == f"{address}/{home}"
            page.locator(".mb-menu a[href$='estimator/']").click()
            page.wait_for_url(f"{address}/{county}/estimator/")
            page.wait_for_function("window.mingbai", timeout=A_MINUTE)
            result = page.evaluate(ESTIMATE, stay)
            assert [result["place"], result["self_pays"]] == [stay["place"], {"low": pays, "high": pays}]
            fetched = page.evaluate("localStorage.getItem('mingbai-runtime')")
            assert fetched.startswith(f"{address}/{county}/")  # the other county's calculator is not there yet
        assert page.locator("link[rel=canonical]").get_attribute("href") == f"{URL}testland/estimator/"
        scopes, stores = page.evaluate(KEPT)
        homes = [f"{address}/{county}/" for county in counties]
        assert sorted(scopes) == sorted(homes)
        assert {re.split("runtime$|data$|pages$", name)[0] for name in stores if "snapshot" not in name} == {
            f"mingbai {home}" for home in homes
        }
        assert wrong == []
        context.close()
