"""Every file that stands beside the pages: data and its schemas, feeds, sitemap, robots.txt, pages that have moved."""

import json
from collections.abc import Iterable

from mingbai.bundle.changes import Day
from mingbai.i18n.languages import Languages
from mingbai.pages.data.data import make_data, make_index
from mingbai.pages.data.schemas import schemas
from mingbai.pages.data.sitemap import moved_pages, robots, sitemap
from mingbai.pages.revision.feeds import make_feeds
from mingbai.pages.wording.language import Json


def files_beside(
    bundle: Json, languages: Languages, days: dict[str, list[Day]], paths: Iterable[str], site_url: str = ""
) -> dict[str, str]:
    """Return the content of each file by its path from the root of the site.

    `paths` are those of all pages. Without `site_url` all addresses are relative and there is no sitemap, for a
    sitemap must name whole ones.
    """
    return files_of_places(bundle, languages, days, site_url) | general_files(bundle, languages, paths, site_url)


def files_of_places(
    bundle: Json, languages: Languages, days: dict[str, list[Day]], site_url: str = ""
) -> dict[str, str]:
    """Return the data and feeds of the places in `days`, by path.

    They are made from what all places share, the place and those above it: `mingbai.build.place_cache` relies on it.
    """
    files = {path: _json(content) for path, content in make_data(bundle, languages, days).items()}
    return files | make_feeds(bundle, languages, days, site_url)


def general_files(bundle: Json, languages: Languages, paths: Iterable[str], site_url: str = "") -> dict[str, str]:
    """Return the content of each file about all places, by path."""
    files = {path: _json(content) for path, content in make_index(bundle, languages).items()}
    files |= {path: _json(schema, indent=1) for path, schema in schemas().items()}
    files |= moved_pages(bundle, languages, site_url)
    files["robots.txt"] = robots(site_url)
    if site_url:
        files["sitemap.xml"] = sitemap(site_url, paths, languages)
    return files


def _json(value: Json, indent: int | None = None) -> str:
    separators = None if indent else (",", ":")
    return json.dumps(value, ensure_ascii=False, indent=indent, separators=separators) + "\n"
