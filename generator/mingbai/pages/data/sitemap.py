"""Sitemap, robots.txt, and redirects from former addresses of pages."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from markupsafe import escape

from mingbai.bundle.routes import (
    GUIDE_FOLDER,
    address,
    relative_address,
)
from mingbai.i18n.languages import Languages
from mingbai.pages.wording.language import Json, make_language

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
ROBOTS = "User-agent: *\nAllow: /\n"
SITEMAP_FILE = "sitemap.xml"
_SITEMAP = "Sitemap: "


def make_sitemap(site_url: str, paths: Iterable[str], languages: Languages) -> str:
    """Return the sitemap (XML) of the pages at `paths` (from the root of the site), each with its other languages."""
    ordered = sorted(paths)
    known = set(ordered)
    root = Element("urlset", {"xmlns": SITEMAP, "xmlns:xhtml": XHTML})
    for path in ordered:
        page_language = languages.of_page(path)
        path_in_language = path.removeprefix(page_language.folder)
        entry = SubElement(root, "url")
        SubElement(entry, "loc").text = site_url + address(path)
        for other in languages.entries:
            if other.folder + path_in_language in known:
                attributes = {
                    "rel": "alternate",
                    "hreflang": other.tag,
                    "href": site_url + address(other.folder + path_in_language),
                }
                SubElement(entry, "xhtml:link", attributes)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def make_robots(*site_urls: str) -> str:
    """Return robots.txt: everything may be read; with the sitemap of each site in `site_urls` (``""``: skipped)."""
    return ROBOTS + "".join(f"{_SITEMAP}{site_url}{SITEMAP_FILE}\n" for site_url in site_urls if site_url)


def read_robots_address(text: str) -> str:
    """Return the address of a site from its robots.txt; ``""`` where it was built without one."""
    addresses = (line.removeprefix(_SITEMAP) for line in text.splitlines() if line.startswith(_SITEMAP))
    return next(addresses, "").removesuffix(SITEMAP_FILE)


def make_redirects(bundle: Json, languages: Languages, site_url: str = "") -> dict[str, str]:
    """Return a redirect page for each former address, by the path of its file."""
    redirects = {}
    for old_path, new_path in bundle["aliases"].items():
        for entry in languages.entries:
            if entry.written or not f"{new_path}/".startswith(GUIDE_FOLDER):  # the authors' guide exists only in these
                redirects[f"{entry.folder}{old_path}/index.html"] = _make_redirect(
                    bundle, languages, entry.id, old_path, new_path, site_url
                )
    return redirects


_PAGE = """<!DOCTYPE html>
<html lang="{tag}" dir="{dir}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={link}">
<link rel="canonical" href="{canonical}">
<link rel="stylesheet" href="{style}">
</head>
<body>
<main class="mb-page">
<h1>{title}</h1>
<p><a class="mb-button" href="{link}">{go}</a></p>
</main>
</body>
</html>
"""


def _make_redirect(bundle: Json, languages: Languages, lang: str, old_path: str, new_path: str, site_url: str) -> str:  # noqa: PLR0913, PLR0917
    entry, language = languages[lang], make_language(bundle, lang, languages)
    page, target = f"{entry.folder}{old_path}.md", entry.folder + address(f"{new_path}.md")
    link = relative_address(page, target)
    return _PAGE.format(
        tag=entry.tag,
        dir=entry.direction,
        title=escape(language.say("moved.title")),
        go=escape(language.say("moved.go")),
        link=escape(link),
        canonical=escape(site_url + target if site_url else link),
        style=escape(relative_address(page, "assets/mingbai.css")),
    )
