"""What the vocabulary (facts, topics, readings, documents) tells an editor, as parts of a JSON Schema."""

from collections.abc import Mapping
from typing import Any

from mingbai.loader.library import Library
from mingbai.model.base import Model, Text
from mingbai.model.place import Terms

type Json = dict[str, Any]

_RANGE = {"type": ["integer", "number", "string", "object"]}
_GROUPS = {
    "any_of": ["其中一个：符合一组就行", "Any of: one of these groups is enough"],
    "none_of": ["都不是：一组都不能符合", "None of: none of these groups may hold"],
    "holds": ["认定成立：同一地方的一项 status", "Holds: a status policy of the same place, place/policy"],
    "perhaps": ["说不准：原文没说清", "Perhaps: what the source leaves open"],
    "from": ["从哪天起：从这天起能算", "From: settled from this day on"],
}
_TYPES: dict[str, Json] = {
    "any_of": {"type": "array", "items": {"$ref": "#/definitions/conditions"}},
    "none_of": {"type": "array", "items": {"$ref": "#/definitions/conditions"}},
    "holds": {"type": "string"},
    "perhaps": {"type": "object"},
    "from": {"type": "string"},
}


def words_known(name: str, model: type[Model]) -> Json:
    """Return where the vocabulary says something about a key of a part of the model: a reference, or nothing."""
    place = {"who": "conditions", "when": "conditions", "for": "conditions", "topic": "topic"}.get(name)
    if name == "facts" and model.__name__ == "Example":
        place = "given"
    if name == "document" and "lines" in model.model_fields:
        place = "document"
    if name in ("settles", "readings") and model is not Terms:
        return {"items": {"$ref": f"#/definitions/{name}"}}
    return {} if place is None else {"$ref": f"#/definitions/{place}"}


def vocabulary(library: Library) -> Json:
    """Return the definitions that keys refer to."""
    terms = library.terms
    return {
        **_conditions(library),
        "document": _options({name: source.title for name, source in library.sources.items()}),
        "topic": _options({} if terms is None else terms.topics),
        "readings": _options({} if terms is None else terms.readings),
    }


def _options(texts: Mapping[str, Text]) -> Json:
    return {"enum": list(texts), "enumDescriptions": [_both(text) for text in texts.values()]}


def _conditions(library: Library) -> Json:
    """Return the definitions of maps of facts: conditions, what a place settles, what an example gives."""
    asked: Json = {}
    given: Json = {}
    for name, fact in library.facts.items():
        words = {"title": _both(fact.name), "description": _both(fact.question)}
        option = _options(fact.options)
        if fact.type in ("whole", "money", "month"):
            asked[name], given[name] = words | _RANGE, dict(words)
            continue
        one: Json = {"type": "boolean"} if fact.type == "bool" else option
        asked[name] = words | {"anyOf": [one, {"type": "array", "items": one}]}
        given[name] = words | (one if fact.type == "bool" else {"anyOf": [option, {"type": ["array", "string"]}]})
    groups = {name: dict(zip(("title", "description"), both(*words), strict=True)) for name, words in _GROUPS.items()}
    groups = {name: words | _TYPES[name] for name, words in groups.items()}
    day = groups.pop("from")
    closed = {"type": "object", "additionalProperties": False}
    return {
        "conditions": {**closed, "properties": {**asked, **groups}},
        "settles": {**closed, "properties": {"from": day, **asked, **groups}},
        "given": {**closed, "properties": given},
    }


def both(zh: str, en: str) -> tuple[str, str]:
    """Return title and description, 中文 / English, of words such as ``标题：说明`` and ``Title: description``."""
    (title, says), (name, means) = zh.split("：", 1), en.split(": ", 1)
    return f"{title} / {name}", f"{says} / {means}"


def _both(text: Text) -> str:
    return f"{text.zh} / {text.en}"
