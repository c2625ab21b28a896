"""Glossary, and the page of sources and doubts."""

from typing import Any

from mingbai.bundle.timeline import find_current_versions
from mingbai.pages.wording.language import Json, Language


def make_glossary_page(bundle: Json, language: Language) -> dict[str, Any]:
    """Return the template variables of the glossary."""
    entries = bundle["terms"]["glossary"]
    return {
        "terms": [
            {
                "id": key,
                "term": language.text(entry["term"]),
                "says": language.text(entry["says"]),
                "also": "、".join(_list_synonyms(entry, language)),
            }
            for key, entry in entries.items()
        ],
        "synonyms": [
            {"id": key, "word": word, "term": language.text(entry["term"])}
            for key, entry in entries.items()
            for word in _list_synonyms(entry, language)
        ],
    }


def _list_synonyms(entry: Json, language: Language) -> list[str]:
    """Return other Chinese words for a term; on pages in other languages also the term, as documents print it."""
    chinese = entry["term"]["zh"]
    return [
        word
        for word in dict.fromkeys([chinese, *entry["also"]])
        if word != chinese or not language.entry.tag.startswith("zh")
    ]


def make_sources_page(bundle: Json, language: Language) -> dict[str, Any]:
    """Return the template variables of the page of sources and doubts."""
    return {
        "documents": [
            {
                "id": key,
                "title": language.text(source["title"]),
                "publisher": language.text(source["publisher"]),
                "published": None if source["published"] is None else language.day(source["published"]),
                "lines": source["lines"],
                "note": language.text(source["note"]) if source["note"] else "",
                "hash": source["sha256"],
            }
            for key, source in bundle["sources"].items()
        ],
        "places": [_list_doubts(bundle, place, language) for place in bundle["places"].values() if place["policies"]],
        "readings": [{"id": key, "says": language.text(text)} for key, text in bundle["terms"]["readings"].items()],
    }


def _list_doubts(bundle: Json, place: Json, language: Language) -> Json:
    policies = [
        {
            "id": policy,
            "title": language.text(version["title"]),
            "count": len(version["doubts"]),
            "certainty": language.listing(
                list(dict.fromkeys(language.term("certainty", source["certainty"]) for source in version["source"])),
            ),
        }
        for policy, version in find_current_versions(bundle, place).items()
    ]
    return {"id": place["id"], "title": language.text(place["name"]), "policies": policies}
