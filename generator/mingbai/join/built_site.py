"""A finished site as another office hands it over: what it says of itself, and why it cannot be joined to others."""

import json
import os
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from itertools import combinations
from pathlib import Path
from typing import Any

from mingbai.assets.offline_manifest import ROOT
from mingbai.diagnostics.errors import CallError
from mingbai.i18n.languages import SITE
from mingbai.loader.names import parse_id
from mingbai.model.reserved_names import PAGES_OF_THE_SITE
from mingbai.pages.data.sitemap import address_in_robots
from mingbai.release.build_info import BUILD
from mingbai.release.checksums import SUMS, SumsError, read_sums, verify
from mingbai_calculator import __version__ as engine

INDEX = "data/index.json"
SITES = "data/sites.json"
"""Lists the sites of a joined one, and tells that it is one."""

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finished:
    """A site that was built; `listed` is the hash of each of its files, `address` where it is to stand."""

    source: Path
    revision: str
    known: str
    languages: tuple[str, ...]
    places: list[Json]
    listed: dict[str, str]
    address: str

    @property
    def folder(self) -> str:
        """The folder that it has among others: its only place, else as whoever joins calls its own folder."""
        if len(self.places) == 1:
            return str(self.places[0]["id"])
        return Path(os.path.abspath(self.source)).name  # noqa: PTH100 - a link has a name of its own


def read_finished(folders: tuple[Path, ...], output: Path) -> tuple[list[Finished], list[CallError]]:
    """Return the sites to be joined at `output`, in the order of their folders there, and all that is wrong."""
    found, errors = [], []
    for folder in folders:
        try:
            found.append(_read(folder, output))
        except CallError as error:
            errors.append(error)
    return sorted(found, key=lambda site: site.folder), errors + _clashes(found)


def _read(folder: Path, output: Path) -> Finished:
    """Return a finished site. Raises CallError if it is none that can be joined."""
    here, there = folder.resolve(), output.resolve()
    if here == there or here in there.parents or there in here.parents:
        key = "join_itself"
        raise CallError(key, folder)
    _check_whole(folder)
    if (folder / SITES).is_file():
        key = "is_joined"
        raise CallError(key, folder)
    try:
        site, preview, theirs = _said(folder)
    except (OSError, ValueError, KeyError, TypeError) as error:
        key = "not_a_site"
        raise CallError(key, folder) from error
    if preview:
        key = "is_preview"
        raise CallError(key, folder)
    ours = f"{version('mingbai')} / {engine}"
    if theirs != ours:
        key = "join_other_version"
        raise CallError(key, folder, theirs=theirs, ours=ours)
    try:
        parse_id(site.folder, PAGES_OF_THE_SITE)
    except CallError as error:
        key = "join_folder_name"
        raise CallError(key, folder, name=site.folder) from error
    return site


def _check_whole(folder: Path) -> None:
    """Raise CallError unless a folder is as it was published."""
    try:
        verdict = verify(folder)
    except SumsError as error:
        not_sealed, inside = CallError("not_sealed", folder), folder / "site"
        if (inside / SUMS).is_file():  # an office's folder, with the site in it
            not_sealed.nearest = str(inside)
        raise not_sealed from error
    if not verdict.whole:
        key, counts = "join_damaged", (verdict.missing, verdict.changed, verdict.added)
        missing, changed, added = map(len, counts)
        raise CallError(key, folder, missing=missing, changed=changed, added=added)


def _said(folder: Path) -> tuple[Finished, str, str]:
    """Return a site by what it says of itself, of which day it is a preview, and the versions that it was made with.

    Raises OSError, ValueError, KeyError or TypeError if it does not say so.
    """
    told, index = _json(folder / BUILD), _json(folder / INDEX)
    site = Finished(
        source=folder,
        revision=str(told["revision"]),
        known=told["known"] and date.fromisoformat(told["known"]).isoformat(),
        languages=tuple(each["id"] for each in index["languages"]),
        places=[{key: each[key] for key in ("id", "name", "level", "code")} for each in index["places"]],
        listed=read_sums(folder / SUMS),
        address=address_in_robots((folder / "robots.txt").read_text(encoding="utf-8")),
    )
    named = all(isinstance(place["id"], str) and place["name"][SITE.chosen[0]] for place in site.places)
    if not (site.places and named and ROOT in site.listed):
        raise ValueError(INDEX)
    return site, told["preview"], f"{told['tools']['mingbai']} / {told['engine']}"


def _clashes(sites: list[Finished]) -> list[CallError]:
    """Return which sites would be in each other's way: they have a place in common, or one name for their folders."""
    errors = []
    for first, later in combinations(sites, 2):
        both = sorted({each["id"] for each in first.places} & {each["id"] for each in later.places})
        if both:
            errors.append(CallError("join_same_place", later.source, place=both[0], other=first.source))
        elif first.folder == later.folder:
            errors.append(CallError("join_same_folder", later.source, name=later.folder, other=first.source))
    return errors


def _json(file: Path) -> Json:
    found: Json = json.loads(file.read_text(encoding="utf-8"))
    return found
