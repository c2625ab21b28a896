"""What stands beside the pages for those who find them by address: sitemap, robots.txt, and pages that have moved."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from markupsafe import escape

from mingbai.bundle.routes import (
    GUIDE_FOLDER,
    address,
    relative,
)
from mingbai.i18n.languages import Languages
from mingbai.pages.wording.language import Json, language

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
ROBOTS = "User-agent: *\nAllow: /\n"
SITEMAP_FILE = "sitemap.xml"
_SITEMAP = "Sitemap: "


def sitemap(site_url: str, paths: Iterable[str], languages: Languages) -> str:
    """Return the sitemap of the pages at `paths` (from the root of the site), each with the languages it is in."""
    there = sorted(paths)
    known = set(there)
    root = Element("urlset", {"xmlns": SITEMAP, "xmlns:xhtml": XHTML})
    for path in there:
        own = languages.of_page(path)
        rest = path.removeprefix(own.folder)
        entry = SubElement(root, "url")
        SubElement(entry, "loc").text = site_url + address(path)
        for other in languages.entries:
            if other.folder + rest in known:
                about = {"rel": "alternate", "hreflang": other.tag, "href": site_url + address(other.folder + rest)}
                SubElement(entry, "xhtml:link", about)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def robots(*addresses: str) -> str:
    """Return robots.txt: everybody may read everything, and where the sitemap of each of the `addresses` is."""
    return ROBOTS + "".join(f"{_SITEMAP}{each}{SITEMAP_FILE}\n" for each in addresses if each)


def address_in_robots(text: str) -> str:
    """Return the address of a site from its robots.txt; nothing where it was built without one."""
    found = (line.removeprefix(_SITEMAP) for line in text.splitlines() if line.startswith(_SITEMAP))
    return next(found, "").removesuffix(SITEMAP_FILE)


def moved_pages(bundle: Json, languages: Languages, site_url: str = "") -> dict[str, str]:
    """Return the page at each former address, by the path of its file: it leads to where the page is now."""
    made = {}
    for was, now in bundle["aliases"].items():
        for entry in languages.entries:
            if entry.written or not f"{now}/".startswith(GUIDE_FOLDER):  # the authors' guide is there only in those
                made[f"{entry.folder}{was}/index.html"] = _moved(bundle, languages, entry.id, was, now, site_url)
    return made


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


def _moved(bundle: Json, languages: Languages, lang: str, was: str, now: str, site_url: str) -> str:  # noqa: PLR0913, PLR0917
    entry, speaks = languages[lang], language(bundle, lang, languages)
    here, target = f"{entry.folder}{was}.md", entry.folder + address(f"{now}.md")
    link = relative(here, target)
    return _PAGE.format(
        tag=entry.tag,
        dir=entry.direction,
        title=escape(speaks.say("moved.title")),
        go=escape(speaks.say("moved.go")),
        link=escape(link),
        canonical=escape(site_url + target if site_url else link),
        style=escape(relative(here, "assets/mingbai.css")),
    )
