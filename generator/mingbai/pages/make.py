"""Generates every page of a site from policies, in every language."""

import json
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, escape

from mingbai.bundle.changes import ChangeDay
from mingbai.bundle.reading import list_definitions
from mingbai.bundle.routes import (
    GUIDE_FOLDER,
    address,
    relative_address,
    revision_path,
    version_path,
    versions_with_pages,
)
from mingbai.bundle.topics import TopicPage, list_topic_pages
from mingbai.files.program import program_file
from mingbai.i18n.languages import WRITTEN, LanguageEntry, Languages
from mingbai.pages.data.data import list_all_change_days
from mingbai.pages.data.data_page import make_data_page
from mingbai.pages.data.search_index import make_search_box, make_search_page
from mingbai.pages.data.web_manifest import make_diag_page
from mingbai.pages.guide.fields import make_codes_page
from mingbai.pages.place.place import make_home_page, make_place_page
from mingbai.pages.place.reference import make_glossary_page, make_sources_page
from mingbai.pages.place.topics import make_topic_page
from mingbai.pages.policy.card_links import PageContents, SiteCards
from mingbai.pages.policy.policy import make_policy_page, make_version_page
from mingbai.pages.policy.quick_answer import make_quick_blocks
from mingbai.pages.revision.changes import make_absent_page, make_changes_page
from mingbai.pages.revision.revision import make_revision_page
from mingbai.pages.wording.escape import escape_text, finalize
from mingbai.pages.wording.language import Json, Language, make_language
from mingbai.quick.table_cache import QuickAnswers, make_quick_answers
from mingbai_reading.rules import RULES

TEMPLATES = Path(__file__).with_name("templates")
BUNDLE, ESTIMATOR_BUNDLE, ESTIMATOR_PLACES = "data/bundle.json", "data/estimator.json", "data/places/"
LANGUAGE_FOLDER = "data/{lang}/"
"""Folder of the estimator bundles in a language whose texts are not all written by people."""
RUNTIME, WEB = "assets/runtime/", "assets/web/"
"""Folders of the estimator's files, from the root of the site."""


def make_pages(  # noqa: PLR0913, PLR0917 - the caller passes what it has already
    bundle: Json,
    languages: Languages = WRITTEN,
    days: dict[str, list[ChangeDay]] | None = None,
    topic_pages: list[TopicPage] | None = None,
    quick: QuickAnswers | None = None,
    cards: SiteCards | None = None,
    *,
    general: bool = True,
    site_url: str = "",
) -> dict[str, str]:
    """Return the Markdown of every page by its path, such as ``en/gaotai/inpatient.md``.

    The bundle must have all these languages (`mingbai.i18n.translate.add_languages`). `days` are the days on which the
    law changed, by place: only these places get pages (the pages of the others are cached). `topic_pages` and `quick`
    (the quick answers by place) are computed if they are not given. `cards` are the printable cards of the site, if
    any. `site_url` is the absolute address of the site, where it is known. Without `general` only pages of places are
    made.
    """
    days = list_all_change_days(bundle) if days is None else days
    topic_pages = list_topic_pages(bundle) if topic_pages is None else topic_pages
    quick = make_quick_answers(bundle) if quick is None else quick
    cards = SiteCards() if cards is None else cards
    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["text"] = escape_text
    pages = {}
    for entry in languages.entries:
        language = make_language(bundle, entry.id, languages)
        contents = _make_general_contents(bundle, language, languages, topic_pages) if general else {}
        for place, change_days in days.items():
            place_contents = _make_place_contents(
                bundle, bundle["places"][place], language, languages, change_days, quick.get(place), site_url
            )
            contents |= cards.add_links(place_contents, language, languages, place)
        for path, (template, variables) in contents.items():
            page = language.prefix + path
            pages[page] = environment.get_template(template).render(
                say=language.say,
                lang=entry.id,
                to=partial(_make_link, page, language.prefix),
                file=partial(_make_link, page, ""),
                front=_make_front_matter,
                mark=_make_heading_id,
                **variables,
            )
    return pages


def _template(name: str) -> str:
    return program_file(TEMPLATES / name).decode("utf-8")


def _make_general_contents(
    bundle: Json, language: Language, languages: Languages, topic_pages: list[TopicPage]
) -> PageContents:
    """Return template and variables of each page about all places, by path."""
    box = make_search_box("index.md", bundle, language, languages)
    contents: PageContents = {
        "index.md": (
            "home.md.j2",
            make_home_page(bundle, topic_pages, language) | box,
        ),
        "search.md": ("search.md.j2", make_search_page(bundle, language, languages)),
        "estimator/index.md": ("estimator.md.j2", _make_estimator_page(bundle, language, languages)),
        "glossary.md": ("glossary.md.j2", make_glossary_page(bundle, language)),
        "sources.md": ("sources.md.j2", make_sources_page(bundle, language)),
        "absent.md": ("absent.md.j2", make_absent_page(bundle, language)),
        "diag.md": ("diag.md.j2", make_diag_page(language, languages)),
        "open-data.md": ("data.md.j2", make_data_page(bundle, language)),
    }
    if language.entry.written:
        contents[f"{GUIDE_FOLDER}codes.md"] = ("codes.md.j2", make_codes_page(language.id))
    for topic_page in topic_pages:
        contents[topic_page.path] = ("topic_page.md.j2", make_topic_page(bundle, topic_page, language))
    return contents


def _make_place_contents(  # noqa: PLR0913, PLR0917
    bundle: Json,
    place: Json,
    language: Language,
    languages: Languages,
    days: list[ChangeDay],
    answer: Json | None,
    site_url: str,
) -> PageContents:
    """Return template and variables of each page of a place, by path.

    They depend only on what all places share, on the place and on its ancestors: `mingbai.build.place_cache` relies on
    it.
    """
    blocks = make_quick_blocks(bundle, place, answer, language, languages) if answer else []
    contents: PageContents = {
        f"{place['id']}/index.md": ("place.md.j2", make_place_page(bundle, place, language) | {"quick": blocks})
    }
    if place["revisions"]:
        contents[f"{place['id']}/changes.md"] = ("changes.md.j2", make_changes_page(bundle, place, language))
    for day in days:
        path = revision_path(place["id"], day.date)
        contents[path] = ("revision.md.j2", make_revision_page(bundle, place, day, language, site_url))
    for policy in place["policies"]:
        pays_bills = any(policy in group for group in place["order"])
        page = make_policy_page(bundle, place, policy, language, blocks if pays_bills else [])
        contents[f"{place['id']}/{policy}.md"] = ("policy.md.j2", page)
    for policy, index in versions_with_pages(place):
        path = version_path(place["id"], policy, place["policies"][policy][index]["id"])
        contents[path] = ("policy.md.j2", make_version_page(bundle, place, policy, index, language))
    return contents


def _make_estimator_page(bundle: Json, language: Language, languages: Languages) -> dict[str, Any]:
    page = f"{language.prefix}estimator/index.md"
    return {
        "revision": bundle["revision"],
        "ui": language.part("estimator") | {"mark": language.part("mark")},
        "instead": languages.fallbacks(language.id),
        "reading": htmlsafe_json_dumps(
            {"rules": RULES, "facts": list_definitions(bundle)}, dumps=partial(json.dumps, separators=(",", ":"))
        ),
        "places": [
            {"id": place["id"], "name": language.text(place["name"])}
            for place in bundle["places"].values()
            if place["policies"]
        ],
        "runtime_url": relative_address(page, RUNTIME),
        "bundle_url": relative_address(page, estimator_bundle_path(language.entry)),
        "places_url": relative_address(page, estimator_places_folder(language.entry)),
        "web_url": relative_address(page, WEB),
        "root_url": relative_address(page, ""),
        "policy_url": relative_address(page, language.prefix),
    }


def estimator_bundle_path(entry: LanguageEntry) -> str:
    """Return the path of the estimator bundle of all places in a language."""
    return ESTIMATOR_BUNDLE if entry.written else f"{LANGUAGE_FOLDER.format(lang=entry.id)}estimator.json"


def estimator_places_folder(entry: LanguageEntry) -> str:
    """Return the folder of the estimator bundles of single places in a language."""
    return ESTIMATOR_PLACES if entry.written else f"{LANGUAGE_FOLDER.format(lang=entry.id)}places/"


def _make_link(page: str, prefix: str, target: str) -> Markup:
    """Return the relative link from `page` to `target` (``sources.md#f0``) in the same language."""
    path, hash_mark, anchor = target.partition("#")
    return escape(relative_address(page, prefix + address(path)) + hash_mark + anchor)


def _make_front_matter(**values: str) -> Markup:
    """Return YAML front matter; its values are written as JSON, which is valid YAML."""
    lines = [f"{name}: {json.dumps(' '.join(value.split()), ensure_ascii=False)}" for name, value in values.items()]
    return Markup("---\n" + "\n".join(lines) + "\n---\n")  # noqa: S704 - JSON strings, read by a YAML parser


def _make_heading_id(name: str) -> Markup:
    """Return the attribute list with the id of a heading: the same in every language, so that anchors stay valid."""
    return Markup("{{#{}}}").format(name)
