"""A province from its counties: finished sites side by side, each as it was."""

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mingbai.offline_list import ROOT as LIST
from mingbai.publish.finished import INDEX, SITES
from mingbai.publish.sums import SUMS, seal, verify
from mingbai.publish.tools import BUILD
from mingbai_calculator import __version__ as engine

MINGBAI = str(Path(sys.executable).parent / "mingbai")
HEAVY = "assets/runtime/heavy.bin"
URL = "https://province.example/rules/"


def finished(folder: Path, *places: str, address: str = "", **told: Any) -> Path:  # noqa: ANN401 - of build.json
    """Write what a finished site consists of, as far as joining asks for it."""
    languages = [{"id": each} for each in ("zh", "en")]
    named = [
        {"id": each, "name": {"zh": f"{each}县", "en": f"<{each}>"}, "level": "county", "code": None}
        for each in places or [folder.name]
    ]
    made = {"revision": f"of {folder.name}", "engine": engine, "known": "2026-01-02", "preview": ""}
    contents = {
        BUILD: json.dumps({**made, "tools": {"mingbai": version("mingbai")}} | told),
        INDEX: json.dumps({"languages": languages, "places": named}),
        LIST: "{}",
        "robots.txt": f"Sitemap: {address}sitemap.xml\n" if address else "",
        "index.html": f"home of {folder.name}",
        HEAVY: "the same everywhere",
    }
    for path, content in contents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")
    seal(folder)
    return folder


def mingbai(folder: Path, *words: str, lang: str = "en") -> subprocess.CompletedProcess[str]:
    """Call the command in a folder that has no settings and no pages: whoever joins needs none."""
    command = [MINGBAI, *words, "--lang", lang]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_each_county_stays_as_it_is_below_a_page_that_leads_to_it(tmp_path: Path) -> None:
    one = finished(tmp_path / "handed-over", "one", address=f"{URL}one/")
    several = finished(tmp_path / "several", "two", "three", address="https://elsewhere.example/")
    output = tmp_path / "province"
    done = mingbai(tmp_path, "join", "several", "handed-over", "--site-url", URL)
    assert (done.returncode, "2 sites joined" in done.stdout) == (0, True), done.stderr
    assert (done.stderr.count("\n"), done.stderr.endswith(f"have it built with {URL}several/\n")) == (1, True)
    for source, folder in ((one, "one"), (several, "several")):
        assert verify(output / folder).whole
        assert (output / folder / SUMS).read_bytes() == (source / SUMS).read_bytes()
    assert verify(output).whole
    heavy = [folder / HEAVY for folder in (output / "one", output / "several", one)]
    assert [file.samefile(heavy[0]) for file in heavy] == [True, True, False]
    assert heavy[0].stat().st_mtime_ns == heavy[2].stat().st_mtime_ns
    english = (output / "en" / "index.html").read_text(encoding="utf-8")
    links = (
        '"../one/en/">&lt;one&gt;',
        '"../several/en/two/">',
        '"../several/en/three/">',
        f'"canonical" href="{URL}en/"',
    )
    assert [link for link in (*links, "January 2, 2026") if link not in english] == []
    assert f"Sitemap: {URL}sitemap.xml\nSitemap: {URL}one/sitemap.xml\n" in (output / "robots.txt").read_text()
    assert 'href="/rules/assets/mingbai.css"' in (output / "404.html").read_text(encoding="utf-8")
    told = json.loads((output / SITES).read_text(encoding="utf-8"))
    assert [each["revision"] for each in told["sites"]] == ["of handed-over", "of several"]
    assert told["revision"] in mingbai(tmp_path, "verify", "province").stdout


def test_the_same_sites_give_the_same_bytes_and_a_new_one_changes_its_own_folder(tmp_path: Path) -> None:
    one, _ = finished(tmp_path / "one"), finished(tmp_path / "two")
    sums = tmp_path / "province" / SUMS
    assert mingbai(tmp_path, "join", "one", "two").returncode == 0
    before = sums.read_text(encoding="utf-8")
    assert mingbai(tmp_path, "join", "two", "one").returncode == 0
    assert sums.read_text(encoding="utf-8") == before
    (one / "index.html").write_text("new", encoding="utf-8")
    seal(one)
    assert mingbai(tmp_path, "join", "one", "two").returncode == 0
    changed = set(sums.read_text(encoding="utf-8").splitlines()) - set(before.splitlines())
    assert {line.split("  ")[1] for line in changed} == {"one/index.html", f"one/{SUMS}"}


def test_all_that_cannot_be_joined_is_told_at_once_and_the_old_folder_stays(tmp_path: Path) -> None:
    finished(tmp_path / "good")
    assert mingbai(tmp_path, "join", "good").returncode == 0
    sums = tmp_path / "province" / SUMS
    before = sums.read_bytes()
    finished(tmp_path / "again", "good")
    finished(tmp_path / "damaged").joinpath("index.html").write_text("altered", encoding="utf-8")
    finished(tmp_path / "preview", preview="2030-01-01")
    finished(tmp_path / "older", engine="0.0.1")
    finished(tmp_path / "assets")
    finished(tmp_path / "Of all", "north", "south")
    (tmp_path / "unsealed").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("dear", encoding="utf-8")
    seal(tmp_path / "other")
    bad = {
        "damaged": "0 files missing, 1 changed, 0 added",
        "province": "is the folder to be written",
        "again": "and “good” both have the place “good”",
        "preview": "is a preview",
        "older": f"({version('mingbai')} / 0.0.1, here",
        "assets": "would go to “assets”",
        "Of all": "would go to “Of all”",
        "unsealed": "has no list of hashes",
        "other": "is no built site",
    }
    for lang in ("zh", "en"):
        done = mingbai(tmp_path, "join", "good", *bad, lang=lang)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", len(bad)), done.stderr
        assert [name for name in bad if f"“{name}”" not in done.stderr] == []
    for name, says in bad.items():
        assert any(f"“{name}”" in line and says in line for line in done.stderr.splitlines()), says
    assert sums.read_bytes() == before
    for words, says in (
        (("good", "--output", "other"), "would be lost"),
        (("province", "--output", "nation"), "joined site"),
    ):
        done = mingbai(tmp_path, "join", *words)
        assert (done.returncode, says in done.stderr) == (2, True), done.stderr
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".") and path.is_dir()) == []
