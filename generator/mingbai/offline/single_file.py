"""The single file: pages, estimator, rules and Pyodide in one HTML file that opens from anywhere."""

import base64
import json
from functools import cache
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mingbai.assets.web_files import FILES_WORKER, READER, web_files
from mingbai.core.resources import REPOSITORY
from mingbai.i18n.languages import Entry
from mingbai.i18n.site_catalogue import catalogue
from mingbai.offline.markup import Attributes, Change, changed
from mingbai.offline.pages import (
    ESTIMATOR,
    LANGUAGES,
    Site,
    address_of,
    dead,
    is_search,
    of_language,
    target,
    without_language,
)
from mingbai.offline.text_encoding import packed
from mingbai.pages.make import RULES, RUNTIME, WEB
from mingbai.pages.policy.quick_answer import QUICK
from mingbai.release.build_info import BUILD

BASE = "https://mingbai.invalid/"
"""Stands before the names of the files inside the file; nobody can have this address."""

_HERE = Path(__file__).parent
_STYLES = ("assets/mingbai.css", f"{WEB}estimator.css", f"{WEB}result.css", f"{QUICK}quick.css")
_IDS = ("id", "for", "aria-labelledby", "aria-describedby", "aria-controls", "headers")
_DATA = 'type="application/json" id="mingbai-ui">'


def single_file(site: Site) -> str:
    """Return the single file of a built site."""
    files = {"rules": (site.folder / RULES).read_bytes(), **_of_folder(site, RUNTIME, "runtime/"), **_of_worker(site)}
    for entry in LANGUAGES:
        files[f"pages/{entry.id}"] = _pages(site, entry).encode()
    ours = web_files(REPOSITORY)
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    words = {entry: catalogue("authoring", entry.id).texts["offline"] for entry in LANGUAGES}
    told = {
        "base": BASE,
        "languages": [{"id": each.id, "tag": each.tag, "direction": each.direction} for each in LANGUAGES],
        "site": {entry.id: catalogue("pages", entry.id).say("frame.site_name") for entry in LANGUAGES},
    }
    return environment.get_template("single_file.html.j2").render(
        words=words,
        title=told["site"],
        told=Markup(_as_data(told)),  # noqa: S704 - JSON without a "<"
        styles=[Markup(_style(site, name)) for name in _STYLES],  # noqa: S704 - our own
        worker=_safe(ours[FILES_WORKER]),
        reader=_safe(ours[READER]),
        display=_script(site, "assets/display.js"),
        moment=_script(site, "assets/moment.js"),
        known=json.loads((site.folder / BUILD).read_text(encoding="utf-8"))["known"],
        estimator=_module(site, f"{WEB}estimator.js", f"{BASE}worker/"),
        quick=_module(site, f"{QUICK}start.js", BASE),
        files={name: packed(content) for name, content in sorted(files.items())},
    )


@cache
def _inside(site: Site) -> dict[str, Entry]:
    """Return the pages that stand in the file, with their languages."""
    return {page: entry for entry in LANGUAGES for page in of_language(site, entry)}


def _of_folder(site: Site, folder: str, name: str) -> dict[str, bytes]:
    """Return the files of a folder that are not compressed copies, by their names inside the file."""
    found = sorted(file for file in (site.folder / folder).iterdir() if file.is_file())
    return {name + file.name: file.read_bytes() for file in found if file.suffix not in {".br", ".gz"}}


def _of_worker(site: Site) -> dict[str, bytes]:
    """Return the script of the calculator's worker."""
    return {"worker/worker.js": (site.folder / WEB / "worker.js").read_bytes()}


def _pages(site: Site, entry: Entry) -> str:
    """Return everything in one language: what stands around the pages, and each page as a section."""
    home = entry.folder
    before, after = (changed(part, _for(site, home)) for part in _around(site.page(home)))
    sections = "".join(
        f'<section data-page="{escape(_id(page))}"{" hidden" if page != home else ""}>{_section(site, page)}</section>'
        for page in of_language(site, entry)
    )
    return f'{before}<main class="mb-single" id="main" tabindex="-1">{sections}</main>{after}'


def _around(page: str) -> tuple[str, str]:
    """Return what stands before and behind the `main` of a page."""
    body = page.partition("<body>")[2].rpartition("</body>")[0]
    return body.partition("<main")[0], body.rpartition("</main>")[2]


def _section(site: Site, page: str) -> str:
    html = site.main(page)
    if without_language(page) == ESTIMATOR:
        before, data, rest = html.partition(_DATA)
        told, end, after = rest.partition("</script>")
        ui = json.loads(told)
        ui["config"] |= {
            "runtime": f"{BASE}runtime/",
            "bundle": f"{BASE}rules",
            "places": f"{BASE}places/",
            "policy_url": f"#{_id(page).removesuffix(ESTIMATOR)}",
        }
        html = before + data + _as_data(ui) + end + after
        return f'<div class="mb-page">{changed(html, _for(site, page, ids=False))}</div>'
    return f'<div class="mb-page">{changed(html, _for(site, page))}</div>'


def _for(site: Site, page: str, *, ids: bool = True) -> Change:
    """Return how the elements of `page` change; the estimator keeps its ids."""

    def change(tag: str, attributes: Attributes) -> Attributes | None:
        if is_search(tag, attributes) or tag == "link" or (tag == "script" and "src" in attributes):
            return None
        if tag == "noscript":
            return None  # the file needs its scripts, and what a template holds is read as if there were none
        if "mb-print" in (attributes.get("class") or "").split():
            return None  # it has the address of a page on a site
        if ids:
            attributes = {name: _own(page, name, value) for name, value in attributes.items()}
        return _linked(site, page, tag, attributes)

    return change


def _own(page: str, name: str, value: str | None) -> str | None:
    """Return an attribute with the page before each id in it: there are many pages in one file."""
    if name not in _IDS or value is None or value == "main":
        return value
    return " ".join(f"{_id(page)}#{each}" for each in value.split())


def _linked(site: Site, page: str, tag: str, attributes: Attributes) -> Attributes:
    """Return an element's attributes with its address as it is inside the file."""
    found = address_of(attributes)
    if found is None:
        return attributes
    name, link = found
    if tag == "img":
        return {**attributes, name: _picture(site, page, link)}
    if link == "#main":
        return attributes
    aim = target(page, link)
    if aim is None:
        return attributes
    address, place = aim
    entry = _inside(site).get(address)
    if entry is None:
        return dead(attributes)
    more = {"data-language": entry.id} if "hreflang" in attributes else {}
    return {**attributes, name: f"#{_id(address)}{f'#{place}' if place else ''}", **more}


def _picture(site: Site, page: str, link: str) -> str:
    aim = target(page, link)
    if aim is None or not aim[0].endswith(".svg"):
        return link
    return "data:image/svg+xml;base64," + base64.b64encode((site.folder / aim[0]).read_bytes()).decode()


def _id(page: str) -> str:
    """Return the id of a page inside the file: its language always stands first."""
    entry = next(each for each in (*reversed(LANGUAGES),) if page.startswith(each.folder))
    return f"{entry.id}/{page.removeprefix(entry.folder)}"


def _style(site: Site, name: str) -> str:
    return (site.folder / name).read_text(encoding="utf-8").replace("</", "<\\/")


def _script(site: Site, name: str) -> Markup:
    return _safe((site.folder / name).read_text(encoding="utf-8"))


def _module(site: Site, name: str, address: str) -> Markup:
    """Return a published module, which imports nothing, as the body of a function; `address` stands for its own."""
    script = (site.folder / name).read_text(encoding="utf-8")
    return _safe(script.replace("import.meta.url", json.dumps(address + name.rpartition("/")[2])))


def _safe(script: str) -> Markup:
    """Return a script as it may stand in a page: nothing in it may look like its end."""
    return Markup(script.replace("</script", "<\\/script").replace("<!--", "<\\!--"))  # noqa: S704 - our own


def _as_data(value: object) -> str:
    """Return a value as JSON that may stand in a block of a page: without any "<"."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
