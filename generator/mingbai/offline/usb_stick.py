"""The zip for a USB stick: the site's pages, rewritten to work without a server, and the single file."""

import io
import zipfile
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mingbai.bundle.routes import relative_address
from mingbai.i18n.catalogue import Catalogue
from mingbai.i18n.languages import SITE
from mingbai.offline.markup import Attributes, Replacement, rewrite_html
from mingbai.offline.pages import (
    ESTIMATOR,
    LANGUAGES,
    BuiltSite,
    find_address,
    find_language,
    is_search_element,
    make_dead_link,
    resolve_link,
    strip_language,
)
from mingbai.pages.policy.quick_answer import QUICK_ASSETS
from mingbai.release.build_info import BUILD_FILE
from mingbai.release.checksums import CHECKSUMS_FILE, format_checksums

START_PAGE = "start.html"

_TEMPLATE = Path(__file__).with_name("usb_stick.html.j2")
_FOLDER = "pages/"
"""Folder of the pages in the zip."""
_ASSET_SUFFIXES = (".css", ".svg", ".png", ".js")
_ASSETS = "assets/"
_NEEDS_SERVER = ("assets/runtime/", "assets/web/", "assets/search/", QUICK_ASSETS)
_WORKING_SCRIPTS = ("/display.js", "/moment.js", "/mingbai.js")
"""Scripts that work in a page opened from file://."""
_FIXED_DATE = (2020, 1, 1, 0, 0, 0)
"""Date of all entries, so that the same site gives the same zip."""
_FILE_MODE = 0o644 << 16


def make_stick_zip(site: BuiltSite, single_name: str, single: str, revision: str) -> bytes:
    """Return the zip of a built site; `single` is its single file (HTML), `single_name` its file name."""
    files = {START_PAGE: _render_start_page(single_name, revision).encode(), single_name: single.encode()}
    for page in site.pages:
        if strip_language(page) != ESTIMATOR:
            files[f"{_FOLDER}{page}index.html"] = rewrite_html(
                site.read_page(page), _make_replacement(site, page, single_name)
            ).encode()
    for file in (site.folder / _ASSETS).rglob("*"):
        name = file.relative_to(site.folder).as_posix()
        if file.is_file() and file.suffix in _ASSET_SUFFIXES and not name.startswith(_NEEDS_SERVER):
            files[_FOLDER + name] = file.read_bytes()
    files[BUILD_FILE] = (site.folder / BUILD_FILE).read_bytes()
    files[CHECKSUMS_FILE] = format_checksums(files).encode()
    return _make_zip(files)


def _render_start_page(single_name: str, revision: str) -> str:
    """Return the start page, which links to the pages and to the single file."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATE.parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    parts = [
        {
            "tag": entry.tag,
            "direction": entry.direction,
            "words": Catalogue(entry.id).part("commands.offline"),
            "pages": f"{_FOLDER}{entry.folder}index.html",
            "estimator": f"{single_name}#{entry.id}/{ESTIMATOR}",
        }
        for entry in LANGUAGES
    ]
    return environment.get_template(_TEMPLATE.name).render(
        parts=parts, style=f"{_FOLDER}{_ASSETS}mingbai.css", revision=revision
    )


def _make_replacement(site: BuiltSite, page: str, single_name: str) -> Replacement:
    """Return how to rewrite the elements of `page`: links lead to files, the estimator is the single file."""

    def replace(tag: str, attributes: Attributes) -> Attributes | None:
        return None if _needs_server(tag, attributes) else _rewrite_address(site, page, attributes, single_name)

    return replace


def _needs_server(tag: str, attributes: Attributes) -> bool:
    """Return whether an element is useless or harmful in a page opened from file://."""
    script = attributes.get("src") or "" if tag == "script" else ""
    return (
        is_search_element(tag, attributes)
        or attributes.get("rel") in {"alternate", "manifest"}
        or "http-equiv" in attributes  # the security policy's 'self' matches nothing on file://
        or attributes.get("data-mb-choice") in {"colour", "contrast"}  # their script reads the style sheet
        or (bool(script) and not script.endswith(_WORKING_SCRIPTS))
        or QUICK_ASSETS in (attributes.get("href") or "")
    )


def _rewrite_address(site: BuiltSite, page: str, attributes: Attributes, single_name: str) -> Attributes:
    """Return the attributes with the address changed to a relative path of a file."""
    attribute = find_address(attributes)
    destination = resolve_link(page, attribute[1]) if attribute else None
    if attribute is None or destination is None or attribute[1].startswith("#"):
        return attributes
    name, (address, anchor) = attribute[0], destination
    fragment = f"#{anchor}" if anchor else ""
    if strip_language(address) == ESTIMATOR:
        entry = SITE.nearest_written(find_language(address).id)
        return {**attributes, name: f"{_climb_to_root(page)}../{single_name}#{entry.id}/{ESTIMATOR}{fragment}"}
    if address in site.pages:
        return {**attributes, name: relative_address(f"{page}index.md", f"{address}index.html") + fragment}
    return attributes if address.startswith(_ASSETS) else make_dead_link(attributes)


def _climb_to_root(page: str) -> str:
    """Return the relative path from a page to the folder of the pages."""
    return "../" * page.count("/")


def _make_zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _FIXED_DATE)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, _FILE_MODE
            archive.writestr(entry, content, compresslevel=9)
    return buffer.getvalue()
