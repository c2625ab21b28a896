"""A province from its counties: finished sites side by side, each as it was."""

import json
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mingbai.assets.offline_manifest import ROOT as LIST
from mingbai.cli.main import main
from mingbai.diagnostics.errors import CallError
from mingbai.join.built_site import INDEX, SITES, read_finished_sites
from mingbai.join.province import join_sites
from mingbai.release.build_info import BUILD_FILE
from mingbai.release.checksums import CHECKSUMS_FILE, verify_checksums, write_checksums
from mingbai_calculator import __version__ as engine

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
        BUILD_FILE: json.dumps({**made, "tools": {"mingbai": version("mingbai")}} | told),
        INDEX: json.dumps({"languages": languages, "places": named}),
        LIST: "{}",
        "robots.txt": f"Sitemap: {address}sitemap.xml\n" if address else "",
        "index.html": f"home of {folder.name}",
        HEAVY: "the same everywhere",
    }
    for path, content in contents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")
    write_checksums(folder)
    return folder


def mingbai(*words: str, lang: str = "en") -> Result:
    return CliRunner().invoke(main, [*words, "--lang", lang])


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder that has no pages of its own: whoever joins needs none."""
    monkeypatch.chdir(tmp_path)


def test_each_county_stays_as_it_is_below_a_page_that_leads_to_it(tmp_path: Path) -> None:
    one = finished(tmp_path / "handed-over", "one", address=f"{URL}one/")
    several = finished(tmp_path / "several", "two", "three", address="https://elsewhere.example/")
    output = tmp_path / "province"
    settings = f"site_url: {URL}\nextra: {{operator: {{zh: 省里, en: The <province>}}}}\n"
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    done = mingbai("join", "several", "handed-over")
    assert (done.exit_code, "2 sites joined" in done.stdout) == (0, True), done.stderr
    assert (done.stderr.count("\n"), done.stderr.endswith(f"have it built with {URL}several/\n")) == (1, True)
    for source, folder in ((one, "one"), (several, "several")):
        assert verify_checksums(output / folder).intact
        assert (output / folder / CHECKSUMS_FILE).read_bytes() == (source / CHECKSUMS_FILE).read_bytes()
    assert verify_checksums(output).intact
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
    assert [link for link in (*links, "January 2, 2026", "The &lt;province&gt;") if link not in english] == []
    assert f"Sitemap: {URL}sitemap.xml\nSitemap: {URL}one/sitemap.xml\n" in (output / "robots.txt").read_text()
    assert 'href="/rules/assets/mingbai.css"' in (output / "404.html").read_text(encoding="utf-8")
    told = json.loads((output / SITES).read_text(encoding="utf-8"))
    assert [each["revision"] for each in told["sites"]] == ["of handed-over", "of several"]
    assert told["revision"] in mingbai("verify", "province").stdout


def test_the_same_sites_give_the_same_bytes_and_a_new_one_changes_its_own_folder(tmp_path: Path) -> None:
    one, _ = finished(tmp_path / "one"), finished(tmp_path / "two")
    sums = tmp_path / "province" / CHECKSUMS_FILE
    assert mingbai("join", "one", "two").exit_code == 0
    before = sums.read_text(encoding="utf-8")
    assert mingbai("join", "two", "one").exit_code == 0
    assert sums.read_text(encoding="utf-8") == before
    (one / "index.html").write_text("new", encoding="utf-8")
    write_checksums(one)
    assert mingbai("join", "one", "two").exit_code == 0
    changed = set(sums.read_text(encoding="utf-8").splitlines()) - set(before.splitlines())
    paths = {line.split("  ")[1] for line in changed}
    assert {path for path in paths if "/" in path and not path.startswith(("en/", "zh-"))} == {
        "one/index.html",
        f"one/{CHECKSUMS_FILE}",
        SITES,
    }
    assert BUILD_FILE in paths  # the revision of all of it stands for the lists of all sites


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", "../two"),
        ("id", "javascript:alert(1)"),
        ("name", {"zh": " ", "en": "x"}),
        ("name", {"en": "x"}),
        ("name", {"zh": "县\u202e", "en": "x"}),
        ("name", {"zh": "县", "en": ["x"]}),
        ("name", {"zh": 7, "en": "x"}),
        ("name", "县"),
        ("level", {"a": 1}),
    ],
)
def test_what_is_no_name_is_refused(tmp_path: Path, key: str, value: object) -> None:
    site = finished(tmp_path / "several", "one", "two")
    index = json.loads((site / INDEX).read_text(encoding="utf-8"))
    index["places"][1][key] = value
    (site / INDEX).write_text(json.dumps(index), encoding="utf-8")
    write_checksums(site)
    _, errors = read_finished_sites((site,), tmp_path / "province")
    assert [error.key for error in errors] == ["not_a_site"]


def test_only_sites_that_a_known_signer_has_signed_are_joined(tmp_path: Path) -> None:
    for name in ("clerk", "stranger"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", name]
        subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)
    (tmp_path / "signers").write_text(f"clerk {(tmp_path / 'clerk.pub').read_text(encoding='utf-8')}", encoding="utf-8")
    for name, key in (("one", "clerk"), ("two", "stranger"), ("three", "")):
        site = finished(tmp_path / name)
        if key:
            command = ["ssh-keygen", "-Y", "sign", "-f", key, "-n", "mingbai", str(site / CHECKSUMS_FILE)]
            subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)
    done = mingbai("join", "one", "two", "three", "--signers", "signers")
    assert (done.exit_code, done.stderr.count("no signature"), "“one”" in done.stderr) == (2, 2, False)
    assert not (tmp_path / "province").exists()
    done = mingbai("join", "one", "--signers", "signers")
    assert done.exit_code == 0, done.stderr
    assert verify_checksums(tmp_path / "province").intact


def test_what_others_put_into_the_province_stays(tmp_path: Path) -> None:
    finished(tmp_path / "one")
    assert mingbai("join", "one").exit_code == 0
    (tmp_path / "province" / "CNAME").write_text("province.example", encoding="utf-8")
    assert mingbai("join", "one").exit_code == 0
    assert (tmp_path / "province" / "CNAME").read_text(encoding="utf-8") == "province.example"


def test_a_site_that_changes_while_it_is_taken_is_not_joined(tmp_path: Path) -> None:
    one, output = finished(tmp_path / "one"), tmp_path / "province"
    sites, errors = read_finished_sites((one,), output)
    (one / "index.html").write_text("being sent", encoding="utf-8")
    with pytest.raises(CallError, match="join_changed"):
        join_sites(sites, output, "", {})
    assert (errors, [path.name for path in tmp_path.iterdir() if path.is_dir()]) == ([], ["one"])


def test_all_that_cannot_be_joined_is_told_at_once_and_the_old_folder_stays(tmp_path: Path) -> None:
    finished(tmp_path / "good")
    assert mingbai("join", "good").exit_code == 0
    sums = tmp_path / "province" / CHECKSUMS_FILE
    before = sums.read_bytes()
    finished(tmp_path / "again", "good")
    finished(tmp_path / "damaged").joinpath("index.html").write_text("altered", encoding="utf-8")
    finished(tmp_path / "preview", preview="2030-01-01")
    finished(tmp_path / "older", engine="0.0.1")
    finished(tmp_path / "odd", known="soon")
    finished(tmp_path / "assets")
    finished(tmp_path / "Of all", "north", "south")
    finished(tmp_path / "unsealed" / "site", "hidden")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("dear", encoding="utf-8")
    write_checksums(tmp_path / "other")
    bad = {
        "damaged": "0 files missing, 1 changed, 0 added",
        "province": "is the folder to be written",
        "again": "and “good” both have the place “good”",
        "preview": "is a preview",
        "older": f"({version('mingbai')} / 0.0.1, here",
        "odd": "is no built site",
        "assets": "would go to “assets”",
        "Of all": "would go to “Of all”",
        "unsealed": "that can be read; did you mean “unsealed/site”?",
        "other": "is no built site",
    }
    for lang in ("zh", "en"):
        done = mingbai("join", "good", *bad, lang=lang)
        assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", len(bad)), done.stderr
        assert [name for name in bad if f"“{name}”" not in done.stderr] == []
    for name, says in bad.items():
        assert any(f"“{name}”" in line and says in line for line in done.stderr.splitlines()), says
    assert sums.read_bytes() == before
    for words, says in (
        (("good", "--output", "other"), "would be lost"),
        (("province", "--output", "nation"), "joined site"),
    ):
        done = mingbai("join", *words)
        assert (done.exit_code, says in done.stderr) == (2, True), done.stderr
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".") and path.is_dir()) == []
