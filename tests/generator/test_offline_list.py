"""The lists of what a phone may keep, and the service worker as it goes out."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from mingbai.assets.offline_manifest import LISTS, ROOT, WORDS, WORKER, short_hash, write_offline_list
from mingbai.assets.web_files import web_file
from mingbai.i18n.catalogue import read_own_texts
from mingbai.i18n.languages import select_languages
from mingbai.i18n.translate import add_languages
from mingbai.pages.data.web_manifest import ICONS, SCRIPT, make_web_manifest
from mingbai.pages.make import estimator_bundle_path, estimator_places_folder
from mingbai.pages.wording.language import make_language

ROOT_FOLDER = Path(__file__).parents[2]
OFFLINE = ROOT_FOLDER / "docs" / "assets" / "offline"
LANGUAGES = select_languages(["zh", "zh-Hant", "en"])


def made(site: Path, bundle: dict[str, Any], **pages: str) -> dict[str, Any]:
    """Write a small site and its lists; return `offline.json`."""
    files = {"index.html": "首页", "gaotai/index.html": "高台", "en/gaotai/index.html": "Gaotai", "404.html": "?"}
    files |= {"data/search.zh.json": "{}", "data/estimator.json": "{}", "data/places/gaotai.json": "{}"}
    files |= {"assets/mingbai.css": "p{}", "assets/runtime/a.wasm": "wasm", "assets/runtime/a.wasm.br": "w", SCRIPT: ""}
    files |= {"assets/sw.js": web_file("assets/sw.js", ROOT_FOLDER), **pages}
    for path, text in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")
    folders = {entry.id: (estimator_bundle_path(entry), estimator_places_folder(entry)) for entry in LANGUAGES.entries}
    return write_offline_list(site, add_languages(bundle, LANGUAGES), LANGUAGES, folders)


def listed(site: Path, lang: str) -> dict[str, Any]:
    root = json.loads((site / ROOT).read_text(encoding="utf-8"))
    found: dict[str, Any] = json.loads((site / root["lists"][lang]).read_text(encoding="utf-8"))
    return found


def test_each_language_lists_its_own_pages_and_what_all_share(tmp_path: Path, bundle: dict[str, Any]) -> None:
    root = made(tmp_path, bundle)
    assert root["revision"] == bundle["revision"]
    chinese, english = listed(tmp_path, "zh"), listed(tmp_path, "en")
    assert {"", "gaotai/", "data/places/gaotai.json", "assets/runtime/a.wasm"} <= set(chinese["files"])
    assert "en/gaotai/" in english["files"]
    assert "gaotai/" not in english["files"]
    assert f"{WORDS}en.json" not in chinese["files"]
    assert not [path for path in chinese["files"] if path.endswith((".br", ".html", "sw.js")) or path.startswith(LISTS)]


def test_a_hash_is_that_of_the_file(tmp_path: Path, bundle: dict[str, Any]) -> None:
    made(tmp_path, bundle)
    files = listed(tmp_path, "zh")["files"]
    assert files["gaotai/"] == [short_hash("高台".encode()), 1]
    assert len(short_hash(b"")) == 8


def test_what_is_kept_with_every_page_is_there(tmp_path: Path, bundle: dict[str, Any]) -> None:
    made(tmp_path, bundle, **{"offline/index.html": "没有网络", "assets/offline-chunk-A.js": "export {}"})
    found = listed(tmp_path, "zh")
    assert set(found["base"]) <= set(found["files"])
    assert {"offline/", "", "assets/mingbai.css", "assets/offline-chunk-A.js", f"{WORDS}zh.json"} <= set(found["base"])
    assert SCRIPT not in found["base"]


def test_the_version_changes_with_any_file_and_with_nothing_else(tmp_path: Path, bundle: dict[str, Any]) -> None:
    first = made(tmp_path / "a", bundle)
    assert made(tmp_path / "b", bundle) == first
    assert made(tmp_path / "c", bundle, **{"en/gaotai/index.html": "New"})["version"] != first["version"]


def test_a_large_file_says_its_bytes(tmp_path: Path, bundle: dict[str, Any]) -> None:
    heavy = "".join(map(str, range(400_000)))
    made(tmp_path, bundle, **{"assets/runtime/b.bin": heavy})
    assert listed(tmp_path, "zh")["files"]["assets/runtime/b.bin"][2] == len(heavy)


def test_the_worker_is_at_the_root(tmp_path: Path, bundle: dict[str, Any]) -> None:
    made(tmp_path, bundle)
    assert (tmp_path / WORKER).read_text(encoding="utf-8") == web_file("assets/sw.js", ROOT_FOLDER)
    assert not (tmp_path / "assets" / WORKER).exists()


def test_the_words_are_those_that_the_scripts_say() -> None:
    script = (OFFLINE / "kept-pages.js").read_text(encoding="utf-8")
    said = set(re.findall(r'say\((?:\w+ in kept \? )?"(\w+)"', script)) | set(re.findall(r'[?:] "(\w+_?\w*)"', script))
    for lang in ("zh", "en"):
        texts = read_own_texts("offline", lang)["page"]
        assert {"fail_network", "fail_full", "fail_changed"} <= set(texts)
        unsaid = {name for name in texts if name not in said and f'"{name}"' not in script}
        assert unsaid == {"fail_network", "fail_full", "fail_changed"}
    diag = (OFFLINE / "diagnosis.js").read_text(encoding="utf-8")
    for name in re.findall(r'line\(list, "(\w+)"', diag):
        assert name in read_own_texts("offline", "zh")["diag"]["words"]


@pytest.mark.parametrize("lang", LANGUAGES.selected)
def test_a_manifest_leads_to_the_home_page_of_its_language(bundle: dict[str, Any], lang: str) -> None:
    speaks = make_language(add_languages(bundle, LANGUAGES), lang, LANGUAGES)
    found = make_web_manifest(speaks)
    assert (found["start_url"], found["lang"]) == ("./", LANGUAGES[lang].tag)
    assert found["name"].startswith(speaks.say("frame.site_name"))
    for side, path in ICONS.items():
        header = (ROOT_FOLDER / "docs" / path).read_bytes()[:24]
        assert header[:8] == b"\x89PNG\r\n\x1a\n"
        assert int.from_bytes(header[16:20]) == int.from_bytes(header[20:24]) == int(side)
