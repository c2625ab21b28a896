"""Index page of a province in every language: links to its counties, in the frame of all pages."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, pass_context, select_autoescape
from jinja2.runtime import Context

from mingbai.assets.csp import make_meta_policy
from mingbai.assets.web_files import web_file
from mingbai.bundle.routes import relative_address
from mingbai.core.resources import REPOSITORY, beside
from mingbai.i18n.languages import LanguageEntry, Languages
from mingbai.i18n.translate import add_languages, fill_in_languages
from mingbai.join.built_site import FinishedSite
from mingbai.pages.frame import LanguageSwitch, Link, PageFrame
from mingbai.pages.wording.language import Language, make_language
from mingbai.pages.wording.qr import make_qr_code
from mingbai_calculator import __version__ as engine

_CONTENT = Path(__file__).with_name("index_page.html.j2")
_WEB = ("mingbai.css", "display.js", "moment.js", "mingbai.js", "languages.js")
_PICTURES = ("icon.svg", "icons/180.png")
"""Assets that the frame loads."""

type Json = dict[str, Any]


def make_index_files(
    sites: Sequence[FinishedSite], languages: Languages, revision: str, site_url: str, operator: Mapping[str, str]
) -> dict[str, bytes]:
    """Return the index pages, the page 404, and their assets, by path."""
    docs = beside(REPOSITORY, "docs")
    files = {f"assets/{name}": web_file(f"assets/{name}", REPOSITORY).encode() for name in _WEB}
    files |= {f"assets/{name}": (docs / "assets" / name).read_bytes() for name in _PICTURES}
    operator_texts = fill_in_languages(dict(operator), languages) if operator else {}
    no_rules = add_languages({"facts": {}, "terms": {}}, languages)
    environment = Environment(
        loader=FileSystemLoader([docs / "overrides", _CONTENT.parent]),
        autoescape=select_autoescape(["html.j2"]),  # frame templates escape explicitly, because MkDocs does not
    )
    environment.filters["url"] = _resolve_url
    for entry in languages.entries:
        page_language, path = make_language(no_rules, entry.id, languages), f"{entry.folder}index.md"
        rows = [_make_row(site, place, page_language, languages) for site in sites for place in site.places]
        words = page_language.part("joined")
        url = site_url + entry.folder if site_url else ""
        page = {
            "meta": {"title": words["title"], "description": words["lead"]},
            "content": environment.get_template(_CONTENT.name).render(
                words=words, rows=rows, space=page_language.say("frame.space")
            ),
            "canonical_url": url,
            "url": entry.folder,
        }
        html = environment.get_template("main.html").render(
            path=path,
            page=page,
            frame=_make_frame(path, page_language, languages, revision),
            config=_make_config(page_language, {entry.id: operator_texts.get(entry.id, "")}),
            qr=make_qr_code(url) if url else None,
        )
        files[f"{entry.folder}index.html"] = html.encode()
    not_found_page = {"page": None, "root": urlsplit(site_url).path or "/"}
    first_language = make_language(no_rules, languages.selected[0], languages)
    files["404.html"] = (
        environment.get_template("404.html").render(**not_found_page, config=_make_config(first_language, {})).encode()
    )
    return files


@pass_context
def _resolve_url(context: Context, target: str) -> str:
    """Return an address relative to the page; from the root of the host on page 404, which is served anywhere."""
    return relative_address(context["path"], target) if "path" in context else context["root"] + target


def _make_row(site: FinishedSite, place: Json, page_language: Language, languages: Languages) -> Json:
    """Return the template data of a place: name and link in the language of the page, or its fallback."""
    entry = page_language.entry
    preferred = (entry.id, *(lang["id"] for lang in languages.fallbacks(entry.id)), languages.selected[0])
    name_entry = languages[next(lang for lang in preferred if place["name"].get(lang))]
    target_entry = languages[next((lang for lang in preferred if lang in site.languages), languages.selected[0])]
    path = "" if len(site.places) == 1 else f"{place['id']}/"
    return {
        "name": place["name"][name_entry.id],
        "name_tag": _foreign_tag(name_entry, entry),
        "url": relative_address(f"{entry.folder}index.md", f"{site.folder}/{target_entry.folder}{path}"),
        "tag": _foreign_tag(target_entry, entry),
        "known": page_language.say("joined.known", date=page_language.day(site.known)) if site.known else "",
        "revision": site.revision,
    }


def _foreign_tag(entry: LanguageEntry, page_entry: LanguageEntry) -> str:
    """Return the tag of a language if it is not that of the page, else ``""``."""
    return "" if entry is page_entry else entry.tag


def _make_frame(path: str, page_language: Language, languages: Languages, revision: str) -> PageFrame:
    entry = page_language.entry
    home = relative_address(path, entry.folder)
    return PageFrame(
        lang=entry.id,
        tag=entry.tag,
        direction=entry.direction,
        site_name=page_language.say("frame.site_name"),
        home=home,
        words=page_language.part("frame"),
        menu=[Link(page_language.say("frame.home"), home, here=True)],
        foot=[],
        switches=[
            LanguageSwitch(
                other.tag,
                other.name,
                relative_address(path, other.folder),
                other is entry,
                other.direction,
                beside=False,
            )
            for other in languages.entries
        ],
        revision=revision,
        engine=engine,
        preview="",
        feed=None,
    )


def _make_config(page_language: Language, operator: Json) -> SimpleNamespace:
    """Return a stand-in for the MkDocs configuration, with what the frame reads of it."""
    extra = {"policy": make_meta_policy(), "preview": "", "known": "", "kept": False, "operator": operator}
    return SimpleNamespace(
        extra=extra, theme={"language": page_language.entry.tag}, site_name=page_language.say("frame.site_name")
    )
