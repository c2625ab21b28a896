"""The page that leads to each county of a province, in every language, in the frame that all pages have."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, pass_context, select_autoescape
from jinja2.runtime import Context

from mingbai.assets.csp import meta_policy
from mingbai.assets.web_files import web_file
from mingbai.bundle.routes import relative
from mingbai.core.resources import REPOSITORY, beside
from mingbai.i18n.languages import Entry, Languages
from mingbai.i18n.translate import said_in_all, with_languages
from mingbai.join.built_site import Finished
from mingbai.pages.frame import Frame, Link, Switch
from mingbai.pages.wording.language import Language, language
from mingbai.pages.wording.qr import qr_code
from mingbai_calculator import __version__ as engine

_CONTENT = Path(__file__).with_name("index_page.html.j2")
_WEB = ("mingbai.css", "display.js", "moment.js", "mingbai.js", "languages.js")
_PICTURES = ("icon.svg", "icons/180.png")
"""What the frame asks for."""

type Json = dict[str, Any]


def front_files(
    sites: Sequence[Finished], languages: Languages, revision: str, site_url: str, operator: Mapping[str, str]
) -> dict[str, bytes]:
    """Return the pages that lead to `sites`, and what they are made with, by path."""
    docs = beside(REPOSITORY, "docs")
    files = {f"assets/{name}": web_file(f"assets/{name}", REPOSITORY).encode() for name in _WEB}
    files |= {f"assets/{name}": (docs / "assets" / name).read_bytes() for name in _PICTURES}
    says = said_in_all(dict(operator), languages) if operator else {}
    nothing = with_languages({"facts": {}, "terms": {}}, languages)
    environment = Environment(
        loader=FileSystemLoader([docs / "overrides", _CONTENT.parent]),
        autoescape=select_autoescape(["html.j2"]),  # the frame does it itself, as MkDocs does not
    )
    environment.filters["url"] = _url
    for entry in languages.entries:
        speaks, path = language(nothing, entry.id, languages), f"{entry.folder}index.md"
        rows = [_row(site, place, speaks, languages) for site in sites for place in site.places]
        words = speaks.words.texts["joined"]
        url = site_url + entry.folder if site_url else ""
        page = {
            "meta": {"title": words["title"], "description": words["lead"]},
            "content": environment.get_template(_CONTENT.name).render(
                words=words, rows=rows, space=speaks.say("frame.space")
            ),
            "canonical_url": url,
            "url": entry.folder,
        }
        made = environment.get_template("main.html").render(
            path=path,
            page=page,
            frame=_frame(path, speaks, languages, revision),
            config=_config(speaks, {entry.id: says.get(entry.id, "")}),
            qr=qr_code(url) if url else None,
        )
        files[f"{entry.folder}index.html"] = made.encode()
    anywhere = {"page": None, "root": urlsplit(site_url).path or "/"}
    first = language(nothing, languages.chosen[0], languages)
    files["404.html"] = environment.get_template("404.html").render(**anywhere, config=_config(first, {})).encode()
    return files


@pass_context
def _url(context: Context, target: str) -> str:
    """Return an address as the page links to it; whole, from the root of the host, where the page may be anywhere."""
    return relative(context["path"], target) if "path" in context else context["root"] + target


def _row(site: Finished, place: Json, speaks: Language, languages: Languages) -> Json:
    """Return a place of the list, as the page of a language links to it."""
    entry = speaks.entry
    ids = (entry.id, *(each["id"] for each in languages.instead(entry.id)), languages.chosen[0])
    name = languages[next(each for each in ids if place["name"].get(each))]
    there = languages[next((each for each in ids if each in site.languages), languages.chosen[0])]
    own = "" if len(site.places) == 1 else f"{place['id']}/"
    return {
        "name": place["name"][name.id],
        "name_tag": _other(name, entry),
        "url": relative(f"{entry.folder}index.md", f"{site.folder}/{there.folder}{own}"),
        "tag": _other(there, entry),
        "known": speaks.day(site.known) if site.known else "",
        "revision": site.revision,
    }


def _other(entry: Entry, own: Entry) -> str:
    """Return the tag of a language that is not the page's own."""
    return "" if entry is own else entry.tag


def _frame(path: str, speaks: Language, languages: Languages, revision: str) -> Frame:
    entry = speaks.entry
    home = relative(path, entry.folder)
    return Frame(
        lang=entry.id,
        tag=entry.tag,
        direction=entry.direction,
        site_name=speaks.say("frame.site_name"),
        home=home,
        words=speaks.words.texts["frame"],
        menu=[Link(speaks.say("frame.home"), home, here=True)],
        foot=[],
        switches=[
            Switch(other.tag, other.name, relative(path, other.folder), other is entry, other.direction, beside=False)
            for other in languages.entries
        ],
        revision=revision,
        engine=engine,
        preview="",
        feed=None,
    )


def _config(speaks: Language, operator: Json) -> SimpleNamespace:
    """Return of MkDocs' settings what the frame asks for."""
    extra = {"policy": meta_policy(), "preview": "", "known": "", "kept": False, "operator": operator}
    return SimpleNamespace(extra=extra, theme={"language": speaks.entry.tag}, site_name=speaks.say("frame.site_name"))
