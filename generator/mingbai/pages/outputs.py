"""Generates every file that is not a page: data and schemas, feeds, sitemap, robots.txt, redirects of moved pages."""

import json
from collections.abc import Iterable

from mingbai.bundle.changes import ChangeDay
from mingbai.i18n.languages import Languages
from mingbai.pages.data.data import make_data, make_index
from mingbai.pages.data.schemas import make_schemas
from mingbai.pages.data.sitemap import make_redirects, make_robots, make_sitemap
from mingbai.pages.revision.feeds import make_feeds
from mingbai.pages.wording.language import Json


def make_files(
    bundle: Json, languages: Languages, days: dict[str, list[ChangeDay]], paths: Iterable[str], site_url: str = ""
) -> dict[str, str]:
    """Return the content of each file by its path from the root of the site.

    `paths` are those of all pages. Without `site_url` all addresses are relative and there is no sitemap, because a
    sitemap needs absolute addresses.
    """
    return make_place_files(bundle, languages, days, site_url) | make_general_files(bundle, languages, paths, site_url)


def make_place_files(
    bundle: Json, languages: Languages, days: dict[str, list[ChangeDay]], site_url: str = ""
) -> dict[str, str]:
    """Return the data and feeds of the places in `days`, by path.

    They depend only on what all places share, on the place and on its ancestors: `mingbai.build.place_cache` relies on
    it.
    """
    files = {path: _to_json(content) for path, content in make_data(bundle, languages, days).items()}
    return files | make_feeds(bundle, languages, days, site_url)


def make_general_files(bundle: Json, languages: Languages, paths: Iterable[str], site_url: str = "") -> dict[str, str]:
    """Return the content of each file about all places, by path."""
    files = {path: _to_json(content) for path, content in make_index(bundle, languages).items()}
    files |= {path: _to_json(schema, indent=1) for path, schema in make_schemas().items()}
    files |= make_redirects(bundle, languages, site_url)
    files["robots.txt"] = make_robots(site_url)
    if site_url:
        files["sitemap.xml"] = make_sitemap(site_url, paths, languages)
    return files


def _to_json(value: Json, indent: int | None = None) -> str:
    separators = None if indent else (",", ":")
    return json.dumps(value, ensure_ascii=False, indent=indent, separators=separators) + "\n"
