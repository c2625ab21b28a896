"""The HTML of the whole built site: valid, and fit for a strict Content-Security-Policy."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from mingbai.checks.published_addresses import read_published
from mingbai.diagnostics.problem import Problems
from mingbai.i18n.languages import WRITTEN

ROOT = Path(__file__).parents[2]
RULES = ROOT / "tests" / "htmlvalidate.json"
# What a policy without 'unsafe-inline' blocks. JSON in a script element is data: no browser runs it.
BLOCKED = re.compile(
    r"""<style\b|<[a-z][^<>]*?\s(?:style|on[a-z]+)\s*=\s*["']|<script(?![^>]*\ssrc=)(?![^>]*type="application/(?:ld\+)?json")""",
)


@pytest.fixture(scope="module")
def html_files(built_site: Path) -> list[Path]:
    found = sorted(built_site.rglob("*.html"))
    assert len(found) > 500
    return found


def faults_in(pages: list[Path], site: Path, folder: Path) -> list[str]:
    """Return what html-validate finds in these pages."""
    node, program = Path(sys.executable).parent / "node", ROOT / "node_modules/html-validate/bin/html-validate.mjs"
    told = folder / "told.json"
    command = [str(node), str(program), "--config", str(RULES), "--formatter", f"json={told}", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    results = json.loads(told.read_text(encoding="utf-8"))
    assert len(results) in (0, len(pages)), done.stderr
    return [
        f"{Path(result['filePath']).relative_to(site)}:{message['line']}:{message['column']} {message['message']}"
        for result in results
        for message in result["messages"]
    ]


def test_every_kind_of_page_is_valid_html(html_files: list[Path], built_site: Path, tmp_path: Path) -> None:
    """The pages that no place has, and those of a place, in the first language and in English."""
    paths = {page: page.relative_to(built_site).as_posix().removeprefix("en/") for page in html_files}
    chosen = [page for page, path in paths.items() if path.startswith("gaotai/") or path.count("/") < 2]
    assert len(chosen) > 130
    assert faults_in(chosen, built_site, tmp_path)[:10] == []


@pytest.mark.soak
def test_every_page_is_valid_html(html_files: list[Path], built_site: Path, tmp_path: Path) -> None:
    assert faults_in(html_files, built_site, tmp_path)[:10] == []


def test_every_link_leads_somewhere(built_site: Path, bundle: dict[str, Any]) -> None:
    """Every address and every anchor on every page; the estimator opens with the place named behind its #.

    The checker is the server too: where the machine is busy, a connection that it has just closed is used once more.
    That is status 0, no answer; so it is asked again. What is not there answers 404 and is not asked again.
    """
    node, program = Path(sys.executable).parent / "node", ROOT / "node_modules/linkinator/build/src/cli.js"
    places = f"^({'|'.join(bundle['places'])})$"
    options = ["--recurse", "--check-fragments", "--skip-fragment", places, "--format", "json"]
    options += ["--concurrency", "5", "--retry-errors", "--retry-errors-count", "6", "--retry-errors-jitter", "500"]
    done = subprocess.run(
        [str(node), str(program), str(built_site), *options], capture_output=True, text=True, check=False
    )
    links = json.loads(done.stdout)["links"]
    assert len(links) > 500, done.stderr
    outside = {link["url"] for link in links if urlsplit(link["url"]).scheme in ("http", "https")}
    assert outside == set()
    faults = [f"{link['parent']} -> {link['url']} ({link['status']})" for link in links if link["state"] == "BROKEN"]
    assert faults[:10] == []


def test_every_published_address_is_a_page(built_site: Path) -> None:
    """In every language that is written in full; a page that moved leaves one behind that leads on."""
    days = read_published(ROOT / "policies", Problems()).days
    assert len(days) > 300
    pages = [built_site / entry.folder / each.lstrip("/") / "index.html" for entry in WRITTEN.entries for each in days]
    assert [str(page) for page in pages if not page.is_file()] == []


def test_nothing_stands_inline_that_a_strict_policy_would_block(html_files: list[Path], built_site: Path) -> None:
    found = {}
    for page in html_files:
        match = BLOCKED.search(page.read_text(encoding="utf-8"))
        if match is not None:
            found[str(page.relative_to(built_site))] = match[0][:80]
    assert found == {}


@pytest.mark.parametrize(
    ("html", "blocked"),
    [
        ('<p style="color:red">', True),
        ("<style>p{}</style>", True),
        ("<a href='x' onclick='y()'>", True),
        ("<script>alert(1)</script>", True),
        ('<script type="application/json">{}</script>', False),
        ('<script defer src="a.js"></script>', False),
        ('<p class="style">style="a"</p>', False),
    ],
)
def test_what_is_blocked_is_seen(html: str, blocked: bool) -> None:  # noqa: FBT001
    assert bool(BLOCKED.search(html)) is blocked
