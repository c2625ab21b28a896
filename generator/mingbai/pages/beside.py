"""Every file that stands beside the pages: data and its schemas, feeds, sitemap, robots.txt, pages that have moved."""

import json
from collections.abc import Iterable

from mingbai.changed import Day
from mingbai.languages import Languages
from mingbai.pages.addresses import moved_pages, robots, sitemap
from mingbai.pages.data import make_data, make_index
from mingbai.pages.data_schemas import schemas
from mingbai.pages.feeds import make_feeds
from mingbai.pages.language import Json


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

    They are made from what all places share, the place and those above it: `mingbai.parts` relies on it.
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
