"""The search: the page with a field and, for phones without scripts, a list of everything; and the file it searches.

The file is small enough to be fetched as a whole, so the browser searches it without asking anybody. What a
row holds stands in `ROW`; docs/assets/search/engine.js reads it.
"""

from collections.abc import Iterator
from typing import Any

from mingbai.bundle.routes import address, relative
from mingbai.bundle.timeline import current
from mingbai.bundle.topics import Gathering
from mingbai.i18n.languages import Languages
from mingbai.model.search import SearchWords
from mingbai.pages.data.search_letters import initials, place_initials, traditional
from mingbai.pages.place.topics import lead, topics
from mingbai.pages.wording.conditions import wanted
from mingbai.pages.wording.language import Json, Language
from mingbai.pages.wording.validity import told

ROW = ("address", "kind", "place", "title", "summary", "more", "other", "initials")
"""One page: its address in its language's folder, what it is, the index of its place (-1: none), title, one
sentence, further words that it can be found by, the title in other languages, initials of its pinyin."""
FIRST_LANGUAGE = "zh"
SCRIPTS = "assets/search/"
STEP = 10
"""So many results are shown at a time."""
_GLOSSARY, _EVERYDAY = 0.5, 1
_GENERAL = {"glossary.md": "glossary", "sources.md": "sources", "absent.md": "absent", "open-data.md": "data"}
"""Pages about all places, with the group of their words."""


def index_path(lang: str) -> str:
    """Return where the file that a language's pages search lies, from the root of the site."""
    return f"data/search.{lang}.json"


def search_page(bundle: Json, language: Language, languages: Languages) -> dict[str, Any]:
    """Return what the template of the search page needs: every policy by topic, title and place."""
    found: dict[str, Json] = {}
    for place in bundle["places"].values():
        for topic in topics(bundle, place, language):
            entry = found.setdefault(topic["id"], {**topic, "policies": []})
            told = {"place": place["id"], "place_title": language.text(place["name"])}
            entry["policies"] += [{**policy, **told} for policy in topic["policies"]]
    for entry in found.values():
        entry["policies"].sort(key=lambda policy: policy["title"])  # places stay in their order
    return {
        **search_box("search.md", bundle, language, languages),
        "topics": [found[each] for each in bundle["terms"]["topics"] if each in found],
    }


def search_box(path: str, bundle: Json, language: Language, languages: Languages) -> dict[str, Any]:
    """Return what the field of the search on the page at `path` of a language needs."""
    page = language.prefix + path
    return {
        "search": {
            "index_url": relative(page, index_path(language.id)),
            "script_url": relative(page, SCRIPTS + "start.js"),
            "root": relative(page, language.prefix),
            "step": STEP,
            "ui": language.words.texts["search"]["found_words"],
            "instead": languages.instead(language.id),
            "places": [
                {"id": place["id"], "title": language.text(place["name"])}
                for place in bundle["places"].values()
                if place["policies"]
            ],
        }
    }


def search_index(
    bundle: Json, words: SearchWords, written: list[tuple[str, ...]], gathered: list[Gathering], language: Language
) -> Json:
    """Return the file that the browser searches.

    `written` are the pages that people write: path, title, description, headings.
    """
    ids = list(bundle["places"])
    rows = [*_policies(bundle, ids, language), *_places(bundle, ids, language), *_terms(bundle, language)]
    rows += [*_gathered(bundle, gathered, language), *_general(language)]
    rows += ([address(path), "page", -1, *texts, "", ""] for path, *texts in written)
    groups = [*_everyday(words), *_glossary(bundle, language)]
    index: Json = {
        "places": [
            [place["id"], language.text(place["name"]), _region(place, language), _index(ids, place["parent"])]
            for place in bundle["places"].values()
        ],
        "pages": rows,
        "groups": groups,
        "stop": words.stop,
    }
    index["traditional"] = traditional(_strings(index))
    return index


def _policies(bundle: Json, ids: list[str], language: Language) -> Iterator[list[Any]]:
    for place in bundle["places"].values():
        for policy, version in current(bundle, place).items():
            more = [language.term("topics", version["topic"])]
            more += wanted(version["who"], language) + wanted(version["when"], language)
            yield [
                address(f"{place['id']}/{policy}.md"),
                "policy",
                ids.index(place["id"]),
                language.text(version["title"]),
                language.say("mark.space").join(
                    language.say("moment.titled", title=each["when"], text=each["text"])
                    if each["when"]
                    else each["text"]
                    for each in told(bundle, place["policies"][policy], language)
                ),
                " ".join(more),
                *_other(version["title"], language),
            ]


def _places(bundle: Json, ids: list[str], language: Language) -> Iterator[list[Any]]:
    for place in bundle["places"].values():
        title = language.say("place.title", place=language.text(place["name"]))
        own = [ids.index(place["id"]), title, language.text(place["about"]), ""]
        other, _ = _other(place["name"], language)
        kind = "place" if place["policies"] else "empty"
        yield [address(f"{place['id']}/index.md"), kind, *own, other, place_initials(place["name"][FIRST_LANGUAGE])]
        if place["revisions"]:
            says = language.say("changes.description", place=language.text(place["name"]))
            changes = [language.say("changes.title"), says, ""]
            yield [address(f"{place['id']}/changes.md"), "page", ids.index(place["id"]), *changes, "", ""]


def _terms(bundle: Json, language: Language) -> Iterator[list[Any]]:
    for key, entry in bundle["terms"]["glossary"].items():
        texts = [language.text(entry["term"]), language.text(entry["says"]), " ".join(entry["also"])]
        other, _ = _other(entry["term"], language)
        yield [f"{address('glossary.md')}#{key}", "term", -1, *texts, other, ""]


def _gathered(bundle: Json, gathered: list[Gathering], language: Language) -> Iterator[list[Any]]:
    for each in gathered:
        name = each.name(bundle)
        texts = [language.text(name), lead(bundle, each, language), ""]
        yield [address(each.path), "topic", -1, *texts, *_other(name, language)]


def _general(language: Language) -> Iterator[list[Any]]:
    for path, group in _GENERAL.items():
        texts = [language.say(f"{group}.title"), language.say(f"{group}.description"), ""]
        yield [address(path), "page", -1, *texts, "", ""]
    estimator = [language.say("frame.estimator"), language.say("home.estimate_note"), language.say("home.estimate")]
    yield [address("estimator/index.md"), "page", -1, *estimator, "", ""]


def _everyday(words: SearchWords) -> Iterator[list[Any]]:
    for group in words.groups:
        yield [group.says, group.means, _EVERYDAY]


def _glossary(bundle: Json, language: Language) -> Iterator[list[Any]]:
    """Yield the other names of terms: whoever types one finds the pages with the term too."""
    for entry in bundle["terms"]["glossary"].values():
        yield [[entry["term"][FIRST_LANGUAGE], *entry["also"]], [language.text(entry["term"])], _GLOSSARY]


def _other(texts: Json, language: Language) -> tuple[str, str]:
    """Return a title in the other languages of the site, and its initials."""
    return " ".join(_in_other_languages(texts, language)), initials(texts[FIRST_LANGUAGE])


def _in_other_languages(texts: Json, language: Language) -> list[str]:
    """Return a text in the other languages, each in one script: another one adds nothing to the index."""
    found = {language.id.partition("-")[0]: ""}
    for lang, text in sorted(texts.items(), key=lambda each: len(each[0])):  # zh before zh-Hant
        if isinstance(text, str):
            found.setdefault(lang.partition("-")[0], text)
    return [text for text in found.values() if text]


def _region(place: Json, language: Language) -> str:
    names = _in_other_languages(place["name"], language)
    for region in (place["province"], place["prefecture"]):
        if region:
            names += [language.text(region["name"]), *_in_other_languages(region["name"], language)]
    return " ".join(names)


def _index(ids: list[str], place: str | None) -> int:
    return -1 if place is None else ids.index(place)


def _strings(value: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON value
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
