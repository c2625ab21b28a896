"""Every generated page, in every language."""

import json
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, escape

from mingbai.bundle.changes import Day
from mingbai.bundle.reading import definitions
from mingbai.bundle.routes import GUIDE_FOLDER, address, relative, revision_path, version_path, versions_with_pages
from mingbai.bundle.topics import Gathering, gather
from mingbai.i18n.languages import WRITTEN, Entry, Languages
from mingbai.i18n.site_catalogue import catalogue
from mingbai.pages.data.data import all_days
from mingbai.pages.data.data_page import data_page
from mingbai.pages.data.search_index import search_box, search_page
from mingbai.pages.data.web_manifest import diag_page
from mingbai.pages.guide.fields import codes_page
from mingbai.pages.place.place import home_page, place_page
from mingbai.pages.place.reference import glossary_page, sources_page
from mingbai.pages.place.topics import gathered_page
from mingbai.pages.policy.card_links import SiteCards
from mingbai.pages.policy.policy import policy_page, version_page
from mingbai.pages.policy.quick_answer import quick_blocks
from mingbai.pages.revision.changes import absent_page, changes_page
from mingbai.pages.revision.revision import revision_page
from mingbai.pages.wording.escape import as_text, finalize
from mingbai.pages.wording.language import Json, Language, language
from mingbai.quick.table_cache import Answers, quick_answers
from mingbai_reading.rules import RULES as READING

TEMPLATES = Path(__file__).with_name("templates")
BUNDLE, RULES, PLACES = "data/bundle.json", "data/estimator.json", "data/places/"
RULES_OF = "data/{lang}/"
"""Where the rules lie for the estimator of a language that is not written in full."""
RUNTIME, WEB = "assets/runtime/", "assets/web/"
"""Where the estimator finds its files, from the root of the site."""


type Contents = dict[str, tuple[str, dict[str, Any]]]
"""By path: the template of a page and what it needs."""


def make_pages(  # noqa: PLR0913, PLR0917 - what somebody has already is handed over
    bundle: Json,
    languages: Languages = WRITTEN,
    days: dict[str, list[Day]] | None = None,
    gathered: list[Gathering] | None = None,
    quick: Answers | None = None,
    cards: SiteCards | None = None,
    *,
    general: bool = True,
    site_url: str = "",
) -> dict[str, str]:
    """Return the Markdown of every page by its path, such as ``en/gaotai/inpatient.md``.

    The bundle must speak all these languages (`mingbai.i18n.translate.with_languages`). `days` are those on which the
    law changed, by place: a place that is not among them has its pages already. `gathered` are the policies by life
    event and reader, `quick` the quick answers by place, where somebody has them already; `cards` are those that the
    site offers to print, if any. `site_url` is the whole address of the site, where it is known.
    Without `general` there are none but the pages of places.
    """
    days = all_days(bundle) if days is None else days
    gathered = gather(bundle) if gathered is None else gathered
    quick = quick_answers(bundle) if quick is None else quick
    cards = SiteCards() if cards is None else cards
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["text"] = as_text
    pages = {}
    for entry in languages.entries:
        speaks = language(bundle, entry.id, languages)
        contents = _general(bundle, speaks, languages, gathered) if general else {}
        for place, changed in days.items():
            of_place = _of_place(
                bundle, bundle["places"][place], speaks, languages, changed, quick.get(place), site_url
            )
            contents |= cards.beside(of_place, speaks, languages, place)
        for path, (template, variables) in contents.items():
            page = speaks.prefix + path
            pages[page] = environment.get_template(template).render(
                say=speaks.say,
                lang=entry.id,
                to=partial(_link, page, speaks.prefix),
                file=partial(_link, page, ""),
                front=_front,
                mark=_mark,
                **variables,
            )
    return pages


def _general(bundle: Json, speaks: Language, languages: Languages, gathered: list[Gathering]) -> Contents:
    """Return the template of each page about all places and what it needs."""
    box = search_box("index.md", bundle, speaks, languages)
    contents: Contents = {
        "index.md": (
            "home.md.j2",
            home_page(bundle, gathered, speaks) | box,
        ),
        "search.md": ("search.md.j2", search_page(bundle, speaks, languages)),
        "estimator/index.md": ("estimator.md.j2", _estimator(bundle, speaks, languages)),
        "glossary.md": ("glossary.md.j2", glossary_page(bundle, speaks)),
        "sources.md": ("sources.md.j2", sources_page(bundle, speaks)),
        "absent.md": ("absent.md.j2", absent_page(bundle, speaks)),
        "diag.md": ("diag.md.j2", diag_page(speaks, languages)),
        "open-data.md": ("data.md.j2", data_page(bundle, speaks)),
    }
    if speaks.entry.written:
        contents[f"{GUIDE_FOLDER}codes.md"] = ("codes.md.j2", codes_page(speaks.id))
    for gathering in gathered:
        contents[gathering.path] = ("gathered.md.j2", gathered_page(bundle, gathering, speaks))
    return contents


def _of_place(  # noqa: PLR0913, PLR0917
    bundle: Json,
    place: Json,
    speaks: Language,
    languages: Languages,
    days: list[Day],
    answer: Json | None,
    site_url: str,
) -> Contents:
    """Return the template of each page of a place and what it needs.

    They are made from what all places share, the place and those above it: `mingbai.build.place_cache` relies on it.
    """
    blocks = quick_blocks(bundle, place, answer, speaks, languages) if answer else []
    contents: Contents = {
        f"{place['id']}/index.md": ("place.md.j2", place_page(bundle, place, speaks) | {"quick": blocks})
    }
    if place["revisions"]:
        contents[f"{place['id']}/changes.md"] = ("changes.md.j2", changes_page(bundle, place, speaks))
    for day in days:
        path = revision_path(place["id"], day.date)
        contents[path] = ("revision.md.j2", revision_page(bundle, place, day, speaks, site_url))
    for policy in place["policies"]:
        pays = any(policy in group for group in place["order"])
        page = policy_page(bundle, place, policy, speaks, blocks if pays else [])
        contents[f"{place['id']}/{policy}.md"] = ("policy.md.j2", page)
    for policy, index in versions_with_pages(place):
        path = version_path(place["id"], policy, place["policies"][policy][index]["id"])
        contents[path] = ("policy.md.j2", version_page(bundle, place, policy, index, speaks))
    return contents


def _estimator(bundle: Json, speaks: Language, languages: Languages) -> dict[str, Any]:
    page = f"{speaks.prefix}estimator/index.md"
    return {
        "revision": bundle["revision"],
        "ui": catalogue("estimator", speaks.id, languages).texts | {"mark": speaks.words.texts["mark"]},
        "instead": languages.instead(speaks.id),
        "reading": htmlsafe_json_dumps(
            {"rules": READING, "facts": definitions(bundle)}, dumps=partial(json.dumps, separators=(",", ":"))
        ),
        "places": [
            {"id": place["id"], "name": speaks.text(place["name"])}
            for place in bundle["places"].values()
            if place["policies"]
        ],
        "runtime_url": relative(page, RUNTIME),
        "bundle_url": relative(page, rules(speaks.entry)),
        "places_url": relative(page, place_folder(speaks.entry)),
        "web_url": relative(page, WEB),
        "policy_url": relative(page, speaks.prefix),
    }


def rules(entry: Entry) -> str:
    """Return where the rules of all places lie for the estimator of a language."""
    return RULES if entry.written else f"{RULES_OF.format(lang=entry.id)}estimator.json"


def place_folder(entry: Entry) -> str:
    """Return the folder of each place's own rules for the estimator of a language."""
    return PLACES if entry.written else f"{RULES_OF.format(lang=entry.id)}places/"


def _link(page: str, prefix: str, target: str) -> Markup:
    """Return how `page` links to the page at path `target` (``gaotai/index.md``, ``sources.md#f0``) of its language."""
    path, mark, anchor = target.partition("#")
    return escape(relative(page, prefix + address(path)) + mark + anchor)


def _front(**values: str) -> Markup:
    """Return front matter; JSON is YAML too."""
    lines = [f"{name}: {json.dumps(' '.join(value.split()), ensure_ascii=False)}" for name, value in values.items()]
    return Markup("---\n" + "\n".join(lines) + "\n---\n")  # noqa: S704 - JSON strings, read by a YAML parser


def _mark(name: str) -> Markup:
    """Return what gives a heading its id; the same one in every language, so that anchors survive the switch."""
    return Markup("{{#{}}}").format(name)
