"""The glossary, and the page of sources and doubts."""

from typing import Any

from mingbai.bundle.timeline import current
from mingbai.pages.wording.language import Json, Language


def glossary_page(bundle: Json, language: Language) -> dict[str, Any]:
    """Return what the template of the glossary needs."""
    entries = bundle["terms"]["glossary"]
    return {
        "terms": [
            {
                "id": key,
                "term": language.text(entry["term"]),
                "says": language.text(entry["says"]),
                "also": "、".join(_also(entry, language)),
            }
            for key, entry in entries.items()
        ],
        "synonyms": [
            {"id": key, "word": word, "term": language.text(entry["term"])}
            for key, entry in entries.items()
            for word in _also(entry, language)
        ],
    }


def _also(entry: Json, language: Language) -> list[str]:
    """Return the other Chinese words for a term; in another language all of them, as papers have them."""
    own = entry["term"]["zh"]
    return [
        word for word in dict.fromkeys([own, *entry["also"]]) if word != own or not language.entry.tag.startswith("zh")
    ]


def sources_page(bundle: Json, language: Language) -> dict[str, Any]:
    """Return what the template of the page of sources and doubts needs."""
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
        "places": [_doubted(bundle, place, language) for place in bundle["places"].values() if place["policies"]],
        "readings": [{"id": key, "says": language.text(text)} for key, text in bundle["terms"]["readings"].items()],
    }


def _doubted(bundle: Json, place: Json, language: Language) -> Json:
    policies = [
        {
            "id": policy,
            "title": language.text(version["title"]),
            "count": len(version["doubts"]),
            "certainty": language.listing(
                list(dict.fromkeys(language.term("certainty", source["certainty"]) for source in version["source"])),
            ),
        }
        for policy, version in current(bundle, place).items()
    ]
    return {"id": place["id"], "title": language.text(place["name"]), "policies": policies}
