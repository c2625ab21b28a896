"""A province from its counties: their finished sites, side by side and unchanged, below a page that leads to them.

Nothing is built again. Each site keeps its revision, its own list of hashes and its service worker, which governs its
folder alone; files of the same content are one file on the disk, where the disk can do that.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mingbai.build.atomic_build import build_beside, may_be_replaced
from mingbai.bundle.timeline import KNOWN
from mingbai.diagnostics.errors import CallError
from mingbai.i18n.languages import SITE, Languages, languages
from mingbai.join.built_site import SITES, Finished
from mingbai.join.index_page import front_files
from mingbai.pages.data.sitemap import robots, sitemap
from mingbai.release.build_info import tools, write_build
from mingbai.release.checksums import SIGNATURE, SUMS, hash_of
from mingbai_calculator import __version__ as engine

FORM = 1
"""Raised when `SITES` changes in a way that breaks programs that read it."""
_DIGITS = 12

type Json = dict[str, Any]


def join_sites(sites: Sequence[Finished], output: Path, site_url: str, operator: Json) -> str:
    """Put finished sites together at `output` and return their common revision.

    `site_url` is where all of it is to stand, ``""`` if nobody has said; `operator` says in each language who runs it.
    Raises CallError if `output` is not ours to replace or cannot be written, or a site changes meanwhile.
    """
    output = output.resolve()
    may_be_replaced(output, SITES)
    spoken = languages([each for each in SITE.chosen if any(each in site.languages for site in sites)])
    revision = _revision(sites)

    def make(target: Path) -> None:
        there: dict[str, Path] = {}
        for site in sites:
            _take(site, target / site.folder, there)
        _write_own(target, sites, spoken, revision, site_url)
        for path, content in front_files(sites, spoken, revision, site_url, operator).items():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes(content)

    build_beside(output, make)
    return revision


def _revision(sites: Sequence[Finished]) -> str:
    """Return what stands for the revisions of all sites."""
    told = json.dumps([(site.folder, site.revision) for site in sites])
    return hashlib.sha256(told.encode()).hexdigest()[:_DIGITS]


def _take(site: Finished, target: Path, there: dict[str, Path]) -> None:
    """Copy a site as it is; `there` is where each content lies already, by its hash."""
    for path, digest in site.listed.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        if not _linked(there.get(digest), target / path):
            _copy(site.source / path, target / path)
            if hash_of(target / path) != digest:
                key = "join_changed"
                raise CallError(key, site.source)
            there[digest] = target / path
    for name in (SUMS, SIGNATURE):
        if (site.source / name).is_file():
            _copy(site.source / name, target / name)


def _linked(there: Path | None, new: Path) -> bool:
    """Let a file have a second name; tell whether that was possible, as not every disk can, nor without end."""
    try:
        if there is not None:
            os.link(there, new)
    except OSError:
        return False
    return there is not None


def _copy(source: Path, target: Path) -> None:
    """Copy a file with its time: what has not changed is not sent again, to the server or to a phone."""
    shutil.copyfile(source, target)
    times = source.stat()
    os.utime(target, ns=(times.st_atime_ns, times.st_mtime_ns))


def _write_own(target: Path, sites: Sequence[Finished], spoken: Languages, revision: str, site_url: str) -> None:
    """Write what programs read of the whole: which sites there are, and what search engines look for."""
    told = {"form": FORM, "revision": revision, "engine": engine, "sites": [_told(site) for site in sites]}
    (target / SITES).parent.mkdir()
    (target / SITES).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    bundle = {"revision": revision, "engine": engine, KNOWN: max(site.known for site in sites)}
    write_build(target, bundle, {"mingbai": tools({})["mingbai"]}, {})
    below = [f"{site_url}{site.folder}/" for site in sites if site.address == f"{site_url}{site.folder}/"]
    (target / "robots.txt").write_text(robots(site_url, *below), encoding="utf-8")
    if site_url:
        paths = [f"{entry.folder}index.md" for entry in spoken.entries]
        (target / "sitemap.xml").write_text(sitemap(site_url, paths, spoken), encoding="utf-8")


def _told(site: Finished) -> Json:
    """Return what the list of sites says of one; addresses start at the root of the whole."""
    home = {each: f"{site.folder}/{SITE[each].folder}" for each in site.languages if each in SITE.known}
    return {
        "folder": f"{site.folder}/",
        "revision": site.revision,
        "known": site.known,
        "home": home,
        "data": f"{site.folder}/data/index.json",
        "places": site.places,
    }
