"""Join finished sites of counties: each unchanged in its folder, below an index page.

Nothing is rebuilt. Each site keeps its revision, its checksums, and its service worker, whose scope is its own folder.
Files of the same content are hard links to one file, if the file system supports that.
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
from mingbai.i18n.languages import SITE, Languages, select_languages
from mingbai.join.built_site import SITES, FinishedSite
from mingbai.join.index_page import make_index_files
from mingbai.pages.data.sitemap import make_robots, make_sitemap
from mingbai.release.build_info import list_tool_versions, write_build_info
from mingbai.release.checksums import CHECKSUMS_FILE, SIGNATURE_FILE, hash_file, is_regular_file, read_checksums
from mingbai_calculator import __version__ as engine

FORMAT_VERSION = 1
"""Version of the format of `SITES`; incremented by changes that break programs that read it."""
_REVISION_DIGITS = 12

type Json = dict[str, Any]


def join_sites(sites: Sequence[FinishedSite], output: Path, site_url: str, operator: Json) -> str:
    """Write the joined site to `output`, atomically; return its revision.

    `site_url` is its intended URL, ``""`` if not known; `operator` names its operator by language. Raises CallError if
    `output` must not be replaced or cannot be written, or if a site changes meanwhile.
    """
    output = output.resolve()
    may_be_replaced(output, SITES)
    site_languages = select_languages([lang for lang in SITE.selected if any(lang in site.languages for site in sites)])
    revision = _hash_revisions(sites)

    def make(target: Path) -> None:
        file_by_hash: dict[str, Path] = {}
        for site in sites:
            _copy_site(site, target / site.folder, file_by_hash)
        _write_metadata(target, sites, site_languages, revision, site_url)
        for path, content in make_index_files(sites, site_languages, revision, site_url, operator).items():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes(content)

    build_beside(output, make)
    return revision


def _hash_revisions(sites: Sequence[FinishedSite]) -> str:
    """Return a hash over the folders of all sites, their revisions, and the lists of all their files."""
    revisions = json.dumps([(site.folder, site.revision, site.list_digest) for site in sites])
    return hashlib.sha256(revisions.encode()).hexdigest()[:_REVISION_DIGITS]


def _copy_site(site: FinishedSite, target: Path, file_by_hash: dict[str, Path]) -> None:
    """Copy a site unchanged; `file_by_hash` maps SHA-256 to a file written before, for hard links."""
    for path, digest in site.checksums.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        if not _try_hard_link(file_by_hash.get(digest), target / path):
            _copy_file(site.source / path, target / path)
            if hash_file(target / path) != digest:
                raise CallError("join_changed", site.source)
            file_by_hash[digest] = target / path
    for name in (CHECKSUMS_FILE, SIGNATURE_FILE):
        if is_regular_file(site.source / name):
            _copy_file(site.source / name, target / name)
    copied = target / CHECKSUMS_FILE
    if hash_file(copied) != site.list_digest or read_checksums(copied) != site.checksums:
        raise CallError("join_changed", site.source)


def _try_hard_link(existing: Path | None, new: Path) -> bool:
    """Link a file if it exists; return False if the file system cannot (no support, too many links)."""
    try:
        if existing is not None:
            os.link(existing, new)
    except OSError:
        return False
    return existing is not None


def _copy_file(source: Path, target: Path) -> None:
    """Copy a file with its modification time, so that servers and browsers do not transfer unchanged files again."""
    shutil.copyfile(source, target)
    times = source.stat()
    os.utime(target, ns=(times.st_atime_ns, times.st_mtime_ns))


def _write_metadata(
    target: Path, sites: Sequence[FinishedSite], site_languages: Languages, revision: str, site_url: str
) -> None:
    """Write `SITES`, build information, robots.txt and sitemap of the joined site."""
    content = {
        "form": FORMAT_VERSION,
        "revision": revision,
        "engine": engine,
        "sites": [_describe_site(site) for site in sites],
    }
    (target / SITES).parent.mkdir()
    (target / SITES).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    bundle = {"revision": revision, "engine": engine, KNOWN: max(site.known for site in sites)}
    write_build_info(target, bundle, {"mingbai": list_tool_versions({})["mingbai"]}, {})
    sitemap_urls = [f"{site_url}{site.folder}/" for site in sites if site.address == f"{site_url}{site.folder}/"]
    (target / "robots.txt").write_text(make_robots(site_url, *sitemap_urls), encoding="utf-8")
    if site_url:
        paths = [f"{entry.folder}index.md" for entry in site_languages.entries]
        (target / "sitemap.xml").write_text(make_sitemap(site_url, paths, site_languages), encoding="utf-8")


def _describe_site(site: FinishedSite) -> Json:
    """Return the entry of a site in `SITES`; addresses are relative to the root of the joined site."""
    home = {lang: f"{site.folder}/{SITE[lang].folder}" for lang in site.languages if lang in SITE.known}
    return {
        "folder": f"{site.folder}/",
        "revision": site.revision,
        "known": site.known,
        "home": home,
        "data": f"{site.folder}/data/index.json",
        "places": site.places,
    }
