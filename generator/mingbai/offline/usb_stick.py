"""The zip for a USB stick: the site's own pages, to be read without a server, and the single file."""

import io
import zipfile
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mingbai.bundle.routes import relative
from mingbai.i18n.languages import SITE
from mingbai.i18n.site_catalogue import catalogue
from mingbai.offline.markup import Attributes, Change, changed
from mingbai.offline.pages import (
    ESTIMATOR,
    LANGUAGES,
    Site,
    address_of,
    dead,
    is_search,
    language_of,
    target,
    without_language,
)
from mingbai.pages.policy.quick_answer import QUICK
from mingbai.release.build_info import BUILD
from mingbai.release.checksums import SUMS, sums_of

START = "start.html"

_TEMPLATE = Path(__file__).with_name("usb_stick.html.j2")
_FOLDER = "pages/"
"""Where the site's pages lie in the zip."""
_KEPT = (".css", ".svg", ".png", ".js")
_ASSETS = "assets/"
_NEEDS_SERVER = ("assets/runtime/", "assets/web/", "assets/search/", QUICK)
_SCRIPTS = ("/display.js", "/moment.js", "/mingbai.js")
"""The scripts that do something in a page that is opened as a file."""
_ONE_DATE = (2020, 1, 1, 0, 0, 0)
"""The same site gives the same zip."""
_FILE_MODE = 0o644 << 16


def stick(site: Site, single_name: str, single: str, revision: str) -> bytes:
    """Return the zip of a built site; `single` is its single file and `single_name` how it is called."""
    files = {START: _start(single_name, revision).encode(), single_name: single.encode()}
    for page in site.pages:
        if without_language(page) != ESTIMATOR:
            files[f"{_FOLDER}{page}index.html"] = changed(site.page(page), _for(site, page, single_name)).encode()
    for file in (site.folder / _ASSETS).rglob("*"):
        name = file.relative_to(site.folder).as_posix()
        if file.is_file() and file.suffix in _KEPT and not name.startswith(_NEEDS_SERVER):
            files[_FOLDER + name] = file.read_bytes()
    files[BUILD] = (site.folder / BUILD).read_bytes()
    files[SUMS] = sums_of(files).encode()
    return _zip(files)


def _start(single_name: str, revision: str) -> str:
    """Return the page that leads to all: the one to open first."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATE.parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    parts = [
        {
            "tag": entry.tag,
            "direction": entry.direction,
            "words": catalogue("authoring", entry.id).texts["offline"],
            "pages": f"{_FOLDER}{entry.folder}index.html",
            "estimator": f"{single_name}#{entry.id}/{ESTIMATOR}",
        }
        for entry in LANGUAGES
    ]
    return environment.get_template(_TEMPLATE.name).render(
        parts=parts, style=f"{_FOLDER}{_ASSETS}mingbai.css", revision=revision
    )


def _for(site: Site, page: str, single_name: str) -> Change:
    """Return how the elements of `page` change: every address is a file, and the estimator is the single file."""

    def change(tag: str, attributes: Attributes) -> Attributes | None:
        return None if _needs_server(tag, attributes) else _linked(site, page, attributes, single_name)

    return change


def _needs_server(tag: str, attributes: Attributes) -> bool:
    """Whether an element can do nothing, or only harm, in a page that is opened as a file."""
    script = attributes.get("src") or "" if tag == "script" else ""
    return (
        is_search(tag, attributes)
        or attributes.get("rel") in {"alternate", "manifest"}
        or "http-equiv" in attributes  # the policy's 'self' means nothing without a server
        or attributes.get("data-mb-choice") in {"colour", "contrast"}  # they look into the style sheet
        or (bool(script) and not script.endswith(_SCRIPTS))
        or QUICK in (attributes.get("href") or "")
    )


def _linked(site: Site, page: str, attributes: Attributes, single_name: str) -> Attributes:
    """Return an element's attributes with its address as a file."""
    found = address_of(attributes)
    aim = target(page, found[1]) if found else None
    if found is None or aim is None or found[1].startswith("#"):
        return attributes
    name, (address, place) = found[0], aim
    mark = f"#{place}" if place else ""
    if without_language(address) == ESTIMATOR:
        entry = SITE.written(language_of(address).id)
        return {**attributes, name: f"{_up(page)}../{single_name}#{entry.id}/{ESTIMATOR}{mark}"}
    if address in site.pages:
        return {**attributes, name: relative(f"{page}index.md", f"{address}index.html") + mark}
    return attributes if address.startswith(_ASSETS) else dead(attributes)


def _up(page: str) -> str:
    return "../" * page.count("/")


def _zip(files: dict[str, bytes]) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _ONE_DATE)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, _FILE_MODE
            made.writestr(entry, content, compresslevel=9)
    return box.getvalue()
