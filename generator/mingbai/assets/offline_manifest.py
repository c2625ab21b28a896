"""What a phone may keep of the site: each file with its hash, so that it fetches what has changed and nothing else.

``offline.json`` names this edition of the site and one list for each language (``data/offline/zh.<hash>.json``);
the service worker, ``sw.js``, puts nothing into its store that is not what a list says
(docs/assets/offline/service-worker.js).
"""

import gzip
import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mingbai.i18n.languages import LanguageEntry, Languages
from mingbai.pages.data.web_manifest import SCRIPT, make_web_manifest
from mingbai.pages.wording.language import Language, make_language

ROOT, LISTS, WORKER = "offline.json", "data/offline/", "sw.js"
MANIFEST = "site.webmanifest"
WORDS = "assets/offline/"
"""Where the words lie that the scripts say, a file for each language."""
SOURCES = "assets/"
"""Where `web_files` puts the worker; a worker governs no more than the folder that it lies in."""

_HASH_BYTES = 6
"""A part of SHA-256, written as 8 characters: it tells a damaged file and an older one, it is no protection."""
_HEAVY_KB = 500
"""A file of at least so many kilobytes says its bytes as well, for the progress of its download."""
_KB = 1000
_NOT_KEPT = ("assets/readme.png", "404.html")
_FOR_EVERY_PLACE = ("estimator/", "search/", "glossary/", "sources/", "offline/", "diag/")

type Json = dict[str, Any]
type Rules = dict[str, tuple[str, str]]
"""For each language: where the rules of all places lie, and the folder with those of each place."""
type Files = dict[str, list[Any]]
"""By address: hash, compressed size in kB, for a large file also its bytes."""


def write_offline_list(
    site: Path, bundle: Json, languages: Languages, rules: Rules, packed: Mapping[str, int] | None = None
) -> Json:
    """Write worker, words, web app manifests and lists for a site that is otherwise complete.

    `packed` are the compressed bytes of files by address, as far as somebody knows them (`packed_bytes`).
    Returns what `offline.json` says.
    """
    (site / SOURCES / WORKER).replace(site / WORKER)
    for entry in languages.entries:
        speaks = make_language(bundle, entry.id, languages)
        _write(site / WORDS / f"{entry.id}.json", _words(bundle, speaks, languages))
        _write(site / entry.folder / MANIFEST, make_web_manifest(speaks))
    made = {
        entry.id: _list(site, bundle, entry, languages, rules[entry.id], packed or {}) for entry in languages.entries
    }
    lists = {}
    for lang, found in made.items():
        content = _json(found).encode()
        path = f"{LISTS}{lang}.{hashlib.sha256(content).hexdigest()[:16]}.json"
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)
        lists[lang] = path
    version = hashlib.sha256(_json(lists).encode()).hexdigest()[:12]
    root = {"version": version, "revision": bundle["revision"], "engine": bundle["engine"], "lists": lists}
    _write(site / ROOT, root)
    return root


def short_hash(content: bytes) -> str:
    """Return what stands for a content, as the service worker works it out."""
    return b64encode(hashlib.sha256(content).digest()[:_HASH_BYTES]).decode()


def _list(  # noqa: PLR0913, PLR0917
    site: Path,
    bundle: Json,
    entry: LanguageEntry,
    languages: Languages,
    rules: tuple[str, str],
    packed: Mapping[str, int],
) -> Json:
    """Return the list of one language.

    ``base`` is kept with every page that is looked at; ``kit`` is how the addresses begin of what every kept place
    needs, ``rules`` the folder with the rules of each place.
    """
    of_all, places = rules
    search = f"data/search.{entry.id}.json"
    chosen = [*_pages(site, entry, languages), *_assets(site, entry), site / search, site / of_all]
    chosen += [site / places / f"{place}.json" for place in bundle["places"]]
    files: Files = {}
    for file in chosen:
        if file.is_file():
            address = _address(site, file)
            files[address] = _about(file, packed.get(address))
    base = [path for path in files if path.startswith(SOURCES) and path.count("/") == 1 and path != SCRIPT]
    return {
        "folder": entry.folder,
        "rules": places,
        "base": [*base, f"{WORDS}{entry.id}.json", f"{entry.folder}offline/", entry.folder],
        "kit": [SOURCES, of_all, search, *(entry.folder + each for each in _FOR_EVERY_PLACE)],
        "files": files,
    }


def _pages(site: Path, entry: LanguageEntry, languages: Languages) -> Iterator[Path]:
    for file in sorted((site / entry.folder).rglob("*.html")):
        path = file.relative_to(site).as_posix()
        if path not in _NOT_KEPT and languages.of_page(path).id == entry.id:
            yield file


def _assets(site: Path, entry: LanguageEntry) -> Iterator[Path]:
    """Yield scripts, styles, pictures and the runtime; not what is compressed beside them."""
    for file in sorted((site / SOURCES).rglob("*")):
        path = file.relative_to(site).as_posix()
        others = path.startswith(WORDS) and path != f"{WORDS}{entry.id}.json"
        if file.is_file() and file.suffix not in (".br", ".gz") and path not in _NOT_KEPT and not others:
            yield file


def _address(site: Path, file: Path) -> str:
    path = file.relative_to(site).as_posix()
    return path.removesuffix("index.html") if file.name == "index.html" else path


def packed_bytes(content: bytes) -> int:
    """Return how many bytes a server sends of a content, as most are set up."""
    return len(gzip.compress(content, compresslevel=6))


def _about(file: Path, packed: int | None) -> list[Any]:
    content = file.read_bytes()
    beside = file.with_name(f"{file.name}.gz")
    size = packed or (beside.stat().st_size if beside.is_file() else packed_bytes(content))
    kilobytes = -(-size // _KB)
    about: list[Any] = [short_hash(content), kilobytes]
    return [*about, len(content)] if kilobytes >= _HEAVY_KB else about


def _words(bundle: Json, speaks: Language, languages: Languages) -> Json:
    texts = speaks.part("offline.page")
    places = {place["id"]: speaks.text(place["name"]) for place in bundle["places"].values()}
    return {"instead": languages.fallbacks(speaks.id), "text": texts, "places": places}


def _json(data: Json) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _write(file: Path, data: Json) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(_json(data) + "\n", encoding="utf-8")
