"""The single file: all pages, the estimator, the policies and Pyodide in one HTML file that works from file://."""

import base64
import json
from functools import cache
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mingbai.assets.web_files import FILES_WORKER, READER, web_files
from mingbai.core.resources import REPOSITORY
from mingbai.i18n.catalogue import Catalogue
from mingbai.i18n.languages import LanguageEntry
from mingbai.offline.markup import Attributes, Replacement, rewrite_html
from mingbai.offline.pages import (
    ESTIMATOR,
    LANGUAGES,
    BuiltSite,
    find_address,
    is_search_element,
    list_pages,
    make_dead_link,
    resolve_link,
    strip_language,
)
from mingbai.offline.text_encoding import compress_to_text
from mingbai.pages.make import ESTIMATOR_BUNDLE, RUNTIME, WEB
from mingbai.pages.policy.quick_answer import QUICK_ASSETS
from mingbai.release.build_info import BUILD_FILE

BASE_URL = "https://mingbai.invalid/"
"""Prefix of the names of embedded files; the domain cannot exist."""

_FOLDER = Path(__file__).parent
_STYLES = ("assets/mingbai.css", f"{WEB}estimator.css", f"{WEB}result.css", f"{QUICK_ASSETS}quick.css")
_ID_ATTRIBUTES = ("id", "for", "aria-labelledby", "aria-describedby", "aria-controls", "headers")
"""Attributes whose values are ids."""
_UI_DATA_MARK = 'type="application/json" id="mingbai-ui">'


def make_single_file(site: BuiltSite) -> str:
    """Return the single HTML file of a built site."""
    files = {
        "rules": (site.folder / ESTIMATOR_BUNDLE).read_bytes(),
        **_read_folder(site, RUNTIME, "runtime/"),
        **_read_worker_scripts(site),
    }
    for entry in LANGUAGES:
        files[f"pages/{entry.id}"] = _render_language(site, entry).encode()
    scripts = web_files(REPOSITORY)
    environment = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    words = {entry: Catalogue(entry.id).part("commands.offline") for entry in LANGUAGES}
    settings = {
        "base": BASE_URL,
        "languages": [{"id": entry.id, "tag": entry.tag, "direction": entry.direction} for entry in LANGUAGES],
        "site": {entry.id: Catalogue(entry.id).say("frame.site_name") for entry in LANGUAGES},
    }
    return environment.get_template("single_file.html.j2").render(
        words=words,
        title=settings["site"],
        settings=Markup(_escape_json(settings)),  # noqa: S704 - JSON without a "<"
        styles=[Markup(_read_style(site, name)) for name in _STYLES],  # noqa: S704 - our own
        worker=_escape_script(scripts[FILES_WORKER]),
        reader=_escape_script(scripts[READER]),
        display=_read_script(site, "assets/display.js"),
        moment=_read_script(site, "assets/moment.js"),
        known=json.loads((site.folder / BUILD_FILE).read_text(encoding="utf-8"))["known"],
        estimator=_read_module(site, f"{WEB}estimator.js", f"{BASE_URL}worker/"),
        quick=_read_module(site, f"{QUICK_ASSETS}start.js", BASE_URL),
        files={name: compress_to_text(content) for name, content in sorted(files.items())},
    )


@cache
def _map_pages(site: BuiltSite) -> dict[str, LanguageEntry]:
    """Return the language of each page in the file, by address."""
    return {page: entry for entry in LANGUAGES for page in list_pages(site, entry)}


def _read_folder(site: BuiltSite, folder: str, name: str) -> dict[str, bytes]:
    """Return the files of a folder without compressed copies, by their embedded names."""
    paths = sorted(file for file in (site.folder / folder).iterdir() if file.is_file())
    return {name + file.name: file.read_bytes() for file in paths if file.suffix not in {".br", ".gz"}}


def _read_worker_scripts(site: BuiltSite) -> dict[str, bytes]:
    """Return the script of the calculator's web worker, by its embedded name."""
    return {"worker/worker.js": (site.folder / WEB / "worker.js").read_bytes()}


def _render_language(site: BuiltSite, entry: LanguageEntry) -> str:
    """Return the pages of one language as sections, inside the header and footer of the home page."""
    home = entry.folder
    before, after = (
        rewrite_html(part, _make_replacement(site, home)) for part in _split_around_main(site.read_page(home))
    )
    sections = "".join(
        f'<section data-page="{escape(_make_page_id(page))}"{" hidden" if page != home else ""}>'
        f"{_render_section(site, page)}</section>"
        for page in list_pages(site, entry)
    )
    return f'{before}<main class="mb-single" id="main" tabindex="-1">{sections}</main>{after}'


def _split_around_main(page: str) -> tuple[str, str]:
    """Return the body of a page before and after its ``main``."""
    body = page.partition("<body>")[2].rpartition("</body>")[0]
    return body.partition("<main")[0], body.rpartition("</main>")[2]


def _render_section(site: BuiltSite, page: str) -> str:
    html = site.read_main(page)
    if strip_language(page) == ESTIMATOR:
        before, data, rest = html.partition(_UI_DATA_MARK)
        ui_json, end, after = rest.partition("</script>")
        ui = json.loads(ui_json)
        ui["config"] |= {
            "runtime": f"{BASE_URL}runtime/",
            "bundle": f"{BASE_URL}rules",
            "places": f"{BASE_URL}places/",
            "policy_url": f"#{_make_page_id(page).removesuffix(ESTIMATOR)}",
        }
        html = before + data + _escape_json(ui) + end + after
        return f'<div class="mb-page">{rewrite_html(html, _make_replacement(site, page, ids=False))}</div>'
    return f'<div class="mb-page">{rewrite_html(html, _make_replacement(site, page))}</div>'


def _make_replacement(site: BuiltSite, page: str, *, ids: bool = True) -> Replacement:
    """Return how to rewrite the elements of `page`; the estimator keeps its ids (`ids` False)."""

    def replace(tag: str, attributes: Attributes) -> Attributes | None:
        if is_search_element(tag, attributes) or tag == "link" or (tag == "script" and "src" in attributes):
            return None
        if tag == "noscript":
            return None  # the file needs scripts anyway, and inside a template noscript is parsed as if they were off
        if "mb-print" in (attributes.get("class") or "").split():
            return None  # it prints the address of the page on a site
        if ids:
            attributes = {name: _prefix_ids(page, name, value) for name, value in attributes.items()}
        return _rewrite_address(site, page, tag, attributes)

    return replace


def _prefix_ids(page: str, name: str, value: str | None) -> str | None:
    """Return the value of an attribute with the page in front of each id: one file holds many pages."""
    if name not in _ID_ATTRIBUTES or value is None or value == "main":
        return value
    return " ".join(f"{_make_page_id(page)}#{id_}" for id_ in value.split())


def _rewrite_address(site: BuiltSite, page: str, tag: str, attributes: Attributes) -> Attributes:
    """Return the attributes with the address changed to a fragment inside the file; images are embedded."""
    attribute = find_address(attributes)
    if attribute is None:
        return attributes
    name, link = attribute
    if tag == "img":
        return {**attributes, name: _embed_picture(site, page, link)}
    if link == "#main":
        return attributes
    destination = resolve_link(page, link)
    if destination is None:
        return attributes
    address, fragment = destination
    entry = _map_pages(site).get(address)
    if entry is None:
        return make_dead_link(attributes)
    language = {"data-language": entry.id} if "hreflang" in attributes else {}
    return {**attributes, name: f"#{_make_page_id(address)}{f'#{fragment}' if fragment else ''}", **language}


def _embed_picture(site: BuiltSite, page: str, link: str) -> str:
    destination = resolve_link(page, link)
    if destination is None or not destination[0].endswith(".svg"):
        return link
    return "data:image/svg+xml;base64," + base64.b64encode((site.folder / destination[0]).read_bytes()).decode()


def _make_page_id(page: str) -> str:
    """Return the id of a page inside the file, always with its language first."""
    entry = next(candidate for candidate in (*reversed(LANGUAGES),) if page.startswith(candidate.folder))
    return f"{entry.id}/{page.removeprefix(entry.folder)}"


def _read_style(site: BuiltSite, name: str) -> str:
    return (site.folder / name).read_text(encoding="utf-8").replace("</", "<\\/")


def _read_script(site: BuiltSite, name: str) -> Markup:
    return _escape_script((site.folder / name).read_text(encoding="utf-8"))


def _read_module(site: BuiltSite, name: str, address: str) -> Markup:
    """Return a published module, which imports nothing, as the body of a function.

    `address` takes the place of the module's own folder in its ``import.meta.url``.
    """
    script = (site.folder / name).read_text(encoding="utf-8")
    return _escape_script(script.replace("import.meta.url", json.dumps(address + name.rpartition("/")[2])))


def _escape_script(script: str) -> Markup:
    """Return a script that is safe inside ``<script>``: with no end tag and no comment start in it."""
    return Markup(script.replace("</script", "<\\/script").replace("<!--", "<\\!--"))  # noqa: S704 - our own


def _escape_json(value: object) -> str:
    """Return a value as JSON that is safe inside ``<script>``: without any "<"."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
