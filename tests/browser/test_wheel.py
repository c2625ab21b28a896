"""The package alone, in an empty folder: a site with its estimator, without node and without the repository."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import visiting
from tests.browser.machine import ROOT, serve
from tests.conftest import share_caches

pytestmark = pytest.mark.browser

PLACE = "dongpo"
FACTS = {
    "registered_poor": True,
    "farm_project": "chicken",
    "poverty_village": True,
    "has_premises": True,
    "town": "liusheng",
    "urban_core": False,
    "water_source": False,
    "river_distance_m": 800,
}
"""A worked example: 3,000 yuan."""


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    done = subprocess.run(
        [
            *command,
            "--wheel-dir",
            str(folder),
            str(ROOT / "calculator"),
            str(ROOT / "calculator/mingbai_reading"),
            str(ROOT),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return sorted(folder.glob("*.whl"))


def begun(site: Path, run: list[str], **environment: str) -> None:
    """Begin a site, give it a real place, and build it."""
    left = {name: value for name, value in os.environ.items() if name != "MINGBAI_TEST_SITE"}

    def mingbai(*words: str) -> None:
        done = subprocess.run(
            [*run, *words], cwd=site, env={**left, **environment}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    site.mkdir(exist_ok=True)
    mingbai("new", "site", "--lang", "en")
    shutil.copytree(ROOT / "policies" / PLACE, site / "policies" / PLACE)
    shutil.copy(ROOT / "policies/sources.yaml", site / "policies")
    place = site / "policies" / PLACE / "place.yaml"
    place.write_text(re.sub(r"(?m)^parent:.*\n", "", place.read_text(encoding="utf-8")), encoding="utf-8")
    mingbai("check", "--lang", "en")
    mingbai("build", "--lang", "en")


def test_a_site_from_the_package_alone(browser: Browser, wheels: list[Path], tmp_path: Path) -> None:
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as box:
            box.extractall(tmp_path / "lib")
    run = [sys.executable, "-c", "from mingbai.cli.main import main; main()"]
    share_caches(tmp_path / "site")
    begun(tmp_path / "site", run, PYTHONPATH=str(tmp_path / "lib"))
    request = {"place": PLACE, "date": "2016-06-15", "facts": FACTS, "lang": "en"}
    with serve(tmp_path / "site" / "site") as server, visiting(browser, server) as visit:
        visit.page.goto(f"{server}/en/estimator/#{PLACE}")
        visit.page.evaluate("window.mingbai.ready")
        result = visit.page.evaluate("async (request) => JSON.stringify(await mingbai.estimate(request))", request)
    assert [entry["unit_amount"]["low"] for entry in json.loads(result)["cash"]] == ["3000.00"]


@pytest.mark.soak
def test_it_is_installed_into_a_venv_of_its_own(wheels: list[Path], tmp_path: Path) -> None:
    """What it needs is fetched from the registry, as by whoever installs it."""
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", *map(str, wheels)], check=True)
    begun(tmp_path / "site", [str(python.with_name("mingbai"))])
    assert (tmp_path / "site" / "site" / PLACE / "index.html").is_file()
