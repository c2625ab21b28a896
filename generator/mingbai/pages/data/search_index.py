"""Search page and search index: a search field, a list of everything for phones without scripts, and the index file.

The index is small enough to be downloaded as a whole, so the browser searches it without a server. The fields of a row
are `ROW_FIELDS`; docs/assets/search/engine.js reads them.
"""

from collections.abc import Iterator
from typing import Any

from mingbai.bundle.law import get_version_law
from mingbai.bundle.routes import address, relative_address
from mingbai.bundle.timeline import find_current_versions
from mingbai.bundle.topics import TopicPage
from mingbai.i18n.languages import Languages
from mingbai.model.search import SearchWords
from mingbai.pages.data.search_letters import make_place_initials, make_title_initials, map_traditional
from mingbai.pages.place.topics import list_topics, make_lead
from mingbai.pages.wording.conditions import describe_requirements
from mingbai.pages.wording.language import Json, Language
from mingbai.pages.wording.states import make_mark, summarize_versions

ROW_FIELDS = ("address", "kind", "place", "title", "summary", "more", "other", "initials", "mark")
"""Fields of one page: address in its language's folder, kind, index of its place (-1: none), title, one sentence,
further search words, title in other languages, pinyin initials of the title, state of a policy as a short mark."""
FIRST_LANGUAGE = "zh"
SCRIPTS = "assets/search/"
RESULTS_PER_STEP = 10
"""Results that are shown at a time."""
_GLOSSARY_WEIGHT, _EVERYDAY_WEIGHT = 0.5, 1
_GENERAL_PAGES = {"glossary.md": "glossary", "sources.md": "sources", "absent.md": "absent", "open-data.md": "data"}
"""Pages about all places, with the catalogue group of their texts."""


def index_path(lang: str) -> str:
    """Return the path of the search index of a language, from the root of the site."""
    return f"data/search.{lang}.json"


def make_search_page(bundle: Json, language: Language, languages: Languages) -> dict[str, Any]:
    """Return the template variables of the search page: every policy by topic, sorted by title."""
    entries: dict[str, Json] = {}
    for place in bundle["places"].values():
        for topic in list_topics(bundle, place, language):
            entry = entries.setdefault(topic["id"], {**topic, "policies": []})
            place_fields = {"place": place["id"], "place_title": language.text(place["name"])}
            entry["policies"] += [{**policy, **place_fields} for policy in topic["policies"]]
    for entry in entries.values():
        entry["policies"].sort(key=lambda policy: policy["title"])  # a stable sort: places stay in their order
    return {
        **make_search_box("search.md", bundle, language, languages),
        "topics": [entries[topic_id] for topic_id in bundle["terms"]["topics"] if topic_id in entries],
    }


def make_search_box(path: str, bundle: Json, language: Language, languages: Languages) -> dict[str, Any]:
    """Return the template variables of the search field on the page at `path` of a language."""
    page = language.prefix + path
    return {
        "search": {
            "index_url": relative_address(page, index_path(language.id)),
            "script_url": relative_address(page, SCRIPTS + "start.js"),
            "root": relative_address(page, language.prefix),
            "step": RESULTS_PER_STEP,
            "ui": language.part("search.found_words"),
            "instead": languages.fallbacks(language.id),
            "places": [
                {"id": place["id"], "title": language.text(place["name"])}
                for place in bundle["places"].values()
                if place["policies"]
            ],
        }
    }


def make_search_index(
    bundle: Json,
    words: SearchWords,
    static_pages: list[tuple[str, ...]],
    topic_pages: list[TopicPage],
    language: Language,
) -> Json:
    """Return the search index of a language as JSON data.

    `static_pages` are the hand-written pages: path, title, description, headings.
    """
    ids = list(bundle["places"])
    rows = [*_policy_rows(bundle, ids, language), *_place_rows(bundle, ids, language), *_term_rows(bundle, language)]
    rows += [*_topic_rows(bundle, topic_pages, language), *_general_rows(language)]
    rows += ([address(path), "page", -1, *texts, "", ""] for path, *texts in static_pages)
    groups = [*_everyday_groups(words), *_glossary_groups(bundle, language)]
    index: Json = {
        "places": [
            [
                place["id"],
                language.text(place["name"]),
                _region_names(place, language),
                _place_index(ids, place["parent"]),
            ]
            for place in bundle["places"].values()
        ],
        "pages": [row + [""] * (len(ROW_FIELDS) - len(row)) for row in rows],
        "groups": groups,
        "stop": words.stop,
    }
    index["traditional"] = map_traditional(_walk_strings(index))
    return index


def _policy_rows(bundle: Json, ids: list[str], language: Language) -> Iterator[list[Any]]:
    for place in bundle["places"].values():
        for policy, version in find_current_versions(bundle, place).items():
            more = [language.term("topics", version["topic"])]
            law = get_version_law(version)
            more += describe_requirements(law.who, language) + describe_requirements(law.when, language)
            yield [
                address(f"{place['id']}/{policy}.md"),
                "policy",
                ids.index(place["id"]),
                language.text(version["title"]),
                language.say("mark.space").join(
                    language.say("moment.titled", title=summary["when"], text=summary["text"])
                    if summary["when"]
                    else summary["text"]
                    for summary in summarize_versions(bundle, place["policies"][policy], language)
                ),
                " ".join(more),
                *_other_names(version["title"], language),
                make_mark(bundle, place, place["policies"][policy], language),
            ]


def _place_rows(bundle: Json, ids: list[str], language: Language) -> Iterator[list[Any]]:
    for place in bundle["places"].values():
        title = language.say("place.title", place=language.text(place["name"]))
        texts = [ids.index(place["id"]), title, language.text(place["about"]), ""]
        other, _ = _other_names(place["name"], language)
        kind = "place" if place["policies"] else "empty"
        yield [
            address(f"{place['id']}/index.md"),
            kind,
            *texts,
            other,
            make_place_initials(place["name"][FIRST_LANGUAGE]),
        ]
        if place["revisions"]:
            says = language.say("changes.description", place=language.text(place["name"]))
            changes = [language.say("changes.title"), says, ""]
            yield [address(f"{place['id']}/changes.md"), "page", ids.index(place["id"]), *changes, "", ""]


def _term_rows(bundle: Json, language: Language) -> Iterator[list[Any]]:
    for key, entry in bundle["terms"]["glossary"].items():
        texts = [language.text(entry["term"]), language.text(entry["says"]), " ".join(entry["also"])]
        other, _ = _other_names(entry["term"], language)
        yield [f"{address('glossary.md')}#{key}", "term", -1, *texts, other, ""]


def _topic_rows(bundle: Json, topic_pages: list[TopicPage], language: Language) -> Iterator[list[Any]]:
    for topic_page in topic_pages:
        name = topic_page.name(bundle)
        texts = [language.text(name), make_lead(bundle, topic_page, language), ""]
        yield [address(topic_page.path), "topic", -1, *texts, *_other_names(name, language)]


def _general_rows(language: Language) -> Iterator[list[Any]]:
    for path, group in _GENERAL_PAGES.items():
        texts = [language.say(f"{group}.title"), language.say(f"{group}.description"), ""]
        yield [address(path), "page", -1, *texts, "", ""]
    estimator = [language.say("frame.estimator"), language.say("home.estimate_note"), language.say("home.estimate")]
    yield [address("estimator/index.md"), "page", -1, *estimator, "", ""]


def _everyday_groups(words: SearchWords) -> Iterator[list[Any]]:
    for group in words.groups:
        yield [group.says, group.means, _EVERYDAY_WEIGHT]


def _glossary_groups(bundle: Json, language: Language) -> Iterator[list[Any]]:
    """Yield groups of synonyms of terms: a query with one of them also finds pages with the term."""
    for entry in bundle["terms"]["glossary"].values():
        yield [[entry["term"][FIRST_LANGUAGE], *entry["also"]], [language.text(entry["term"])], _GLOSSARY_WEIGHT]


def _other_names(texts: Json, language: Language) -> tuple[str, str]:
    """Return a title in the other languages of the site, and its pinyin initials."""
    return " ".join(_list_other_languages(texts, language)), make_title_initials(texts[FIRST_LANGUAGE])


def _list_other_languages(texts: Json, language: Language) -> list[str]:
    """Return a text in the other languages, each in one script only: a second script adds nothing to the index."""
    texts_by_language = {language.id.partition("-")[0]: ""}
    for lang, text in sorted(texts.items(), key=lambda item: len(item[0])):  # zh before zh-Hant
        if isinstance(text, str):
            texts_by_language.setdefault(lang.partition("-")[0], text)
    return [text for text in texts_by_language.values() if text]


def _region_names(place: Json, language: Language) -> str:
    names = _list_other_languages(place["name"], language)
    for region in (place["province"], place["prefecture"]):
        if region:
            names += [language.text(region["name"]), *_list_other_languages(region["name"], language)]
    return " ".join(names)


def _place_index(ids: list[str], place: str | None) -> int:
    return -1 if place is None else ids.index(place)


def _walk_strings(value: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON value
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _walk_strings(list(value.values()))
    elif isinstance(value, list):
        for item in value:
            yield from _walk_strings(item)
