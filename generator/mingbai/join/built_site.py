"""Read and verify finished sites that are to be joined."""

import json
import os
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from itertools import combinations
from pathlib import Path
from typing import Any

from mingbai.assets.offline_manifest import ROOT
from mingbai.core.os_errors import why
from mingbai.diagnostics.errors import CallError
from mingbai.i18n.languages import SITE
from mingbai.loader.names import parse_id
from mingbai.model.reserved_names import RESERVED_PLACE_IDS
from mingbai.pages.data.sitemap import read_robots_address
from mingbai.release.build_info import BUILD_FILE
from mingbai.release.checksums import CHECKSUMS_FILE, ChecksumsError, hash_file, read_checksums, verify_checksums
from mingbai_calculator import __version__ as engine

INDEX = "data/index.json"
SITES = "data/sites.json"
"""Lists the sites of a joined site; a folder with this file is a joined site."""

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FinishedSite:
    """A built site: SHA-256 of each file by path in `checksums`, intended URL in `address` (``""`` if not known).

    `list_digest` is the SHA-256 of its checksum file, and so stands for the whole site. `known` is the known day of its
    bundle (ISO).
    """

    source: Path
    revision: str
    known: str
    languages: tuple[str, ...]
    places: list[Json]
    checksums: dict[str, str]
    list_digest: str
    address: str

    @property
    def folder(self) -> str:
        """Its folder in the joined site: the id of its only place, else the name of its present folder."""
        if len(self.places) == 1:
            return str(self.places[0]["id"])
        return Path(os.path.abspath(self.source)).name  # noqa: PTH100 - resolve() would replace the name of a symbolic link


def read_finished_sites(folders: tuple[Path, ...], output: Path) -> tuple[list[FinishedSite], list[CallError]]:
    """Return the sites to be joined at `output`, sorted by folder, and all errors."""
    sites, errors = [], []
    for folder in folders:
        try:
            sites.append(_read_site(folder, output))
        except CallError as error:
            errors.append(error)
    return sorted(sites, key=lambda site: site.folder), errors + _find_conflicts(sites)


def _read_site(folder: Path, output: Path) -> FinishedSite:
    """Return a finished site. Raises CallError if it cannot be joined."""
    site_path, output_path = folder.resolve(), output.resolve()
    if site_path == output_path or site_path in output_path.parents or output_path in site_path.parents:
        raise CallError("join_itself", folder)
    _verify_site(folder)
    if (folder / SITES).is_file():
        raise CallError("is_joined", folder)
    try:
        site, preview, theirs = _read_metadata(folder)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CallError("not_a_site", folder) from error
    if preview:
        raise CallError("is_preview", folder)
    ours = f"{version('mingbai')} / {engine}"
    if theirs != ours:
        raise CallError("join_other_version", folder, theirs=theirs, ours=ours)
    try:
        parse_id(site.folder, RESERVED_PLACE_IDS)
    except CallError as error:
        raise CallError("join_folder_name", folder, name=site.folder) from error
    return site


def _verify_site(folder: Path) -> None:
    """Raise CallError unless all files match the site's checksums."""
    try:
        verification = verify_checksums(folder)
    except OSError as error:
        raise CallError("unreadable", folder, why=why(error)) from error
    except ChecksumsError as error:
        not_sealed, inside = CallError("not_sealed", folder), folder / "site"
        if (inside / CHECKSUMS_FILE).is_file():  # the project folder of an office, with the site inside
            not_sealed.nearest = str(inside)
        raise not_sealed from error
    if not verification.intact:
        key, counts = "join_damaged", (verification.missing, verification.changed, verification.added)
        missing, changed, added = map(len, counts)
        raise CallError(key, folder, missing=missing, changed=changed, added=added)


def _read_metadata(folder: Path) -> tuple[FinishedSite, str, str]:
    """Return a site from its metadata files, the day of its preview (``""``: none), and the versions it was built with.

    Raises OSError, ValueError, KeyError or TypeError for missing or invalid metadata.
    """
    build_info, index = _read_json(folder / BUILD_FILE), _read_json(folder / INDEX)
    site = FinishedSite(
        source=folder,
        revision=str(build_info["revision"]),
        known=build_info["known"] and date.fromisoformat(build_info["known"]).isoformat(),
        languages=tuple(entry["id"] for entry in index["languages"]),
        places=[{key: entry[key] for key in ("id", "name", "level", "code")} for entry in index["places"]],
        checksums=read_checksums(folder / CHECKSUMS_FILE),
        list_digest=hash_file(folder / CHECKSUMS_FILE),
        address=read_robots_address((folder / "robots.txt").read_text(encoding="utf-8")),
    )
    for place in site.places:
        _check_place(place)
    if not (site.places and ROOT in site.checksums and all(isinstance(lang, str) for lang in site.languages)):
        raise ValueError(INDEX)
    return site, build_info["preview"], f"{build_info['tools']['mingbai']} / {build_info['engine']}"


def _check_place(place: Json) -> None:
    """Raise ValueError or TypeError unless a place has an id that can be an address, and names that can be read."""
    try:
        parse_id(place["id"])
    except CallError as error:
        raise ValueError(place["id"]) from error
    names = {SITE.selected[0]: "", **place["name"]}.values()
    if not all(isinstance(name, str) and name.strip() and name.isprintable() for name in names):
        raise ValueError(place["id"])
    if not (isinstance(place["level"], str) and isinstance(place["code"], str | None)):
        raise TypeError(place["id"])


def _find_conflicts(sites: list[FinishedSite]) -> list[CallError]:
    """Return an error for each two sites that have a place in common, or the same folder."""
    errors = []
    for first, later in combinations(sites, 2):
        shared = sorted({place["id"] for place in first.places} & {place["id"] for place in later.places})
        if shared:
            errors.append(CallError("join_same_place", later.source, place=shared[0], other=first.source))
        elif first.folder == later.folder:
            errors.append(CallError("join_same_folder", later.source, name=later.folder, other=first.source))
    return errors


def _read_json(file: Path) -> Json:
    content: Json = json.loads(file.read_text(encoding="utf-8"))
    return content
