"""JSON Schema definitions of the vocabulary: facts, topics, readings, documents."""

from collections.abc import Mapping
from typing import Any

from mingbai.loader.library import Library
from mingbai.model.base import Model, Text
from mingbai.model.place import Terms

type Json = dict[str, Any]

_BOUND_SCHEMA = {"type": ["integer", "number", "string", "object"]}
_GROUP_WORDS = {
    "any_of": ["其中一个：符合一组就行", "Any of: one of these groups is enough"],
    "none_of": ["都不是：一组都不能符合", "None of: none of these groups may hold"],
    "holds": ["认定成立：同一地方的一项 status", "Holds: a status policy of the same place, place/policy"],
    "perhaps": ["说不准：原文没说清", "Perhaps: what the source leaves open"],
    "from": ["从哪天起：从这天起能算", "From: settled from this day on"],
}
_GROUP_TYPES: dict[str, Json] = {
    "any_of": {"type": "array", "items": {"$ref": "#/definitions/conditions"}},
    "none_of": {"type": "array", "items": {"$ref": "#/definitions/conditions"}},
    "holds": {"type": "string"},
    "perhaps": {"type": "object"},
    "from": {"type": "string"},
}


def vocabulary_reference(name: str, model: type[Model]) -> Json:
    """Return the schema reference for a key of a model class; ``{}`` if the vocabulary does not define its values."""
    definition = {"who": "conditions", "when": "conditions", "for": "conditions", "topic": "topic"}.get(name)
    if name == "facts" and model.__name__ == "Example":
        definition = "given"
    if name == "document" and "lines" in model.model_fields:
        definition = "document"
    if name in ("settles", "readings") and model is not Terms:
        return {"items": {"$ref": f"#/definitions/{name}"}}
    return {} if definition is None else {"$ref": f"#/definitions/{definition}"}


def make_definitions(library: Library) -> Json:
    """Return the definitions to which `vocabulary_reference` refers."""
    terms = library.terms
    return {
        **_make_conditions(library),
        "document": _make_options({name: source.title for name, source in library.sources.items()}),
        "topic": _make_options({} if terms is None else terms.topics),
        "readings": _make_options({} if terms is None else terms.readings),
    }


def _make_options(texts: Mapping[str, Text]) -> Json:
    return {"enum": list(texts), "enumDescriptions": [_in_both_languages(text) for text in texts.values()]}


def _make_conditions(library: Library) -> Json:
    """Return the definitions of maps of facts: conditions, the visits that a place settles, the facts of an example."""
    in_conditions: Json = {}
    in_examples: Json = {}
    for name, fact in library.facts.items():
        words = {"title": _in_both_languages(fact.name), "description": _in_both_languages(fact.question)}
        options = _make_options(fact.options)
        if fact.type in ("whole", "money", "month"):
            in_conditions[name], in_examples[name] = words | _BOUND_SCHEMA, dict(words)
            continue
        alternative: Json = {"type": "boolean"} if fact.type == "bool" else options
        in_conditions[name] = words | {"anyOf": [alternative, {"type": "array", "items": alternative}]}
        in_examples[name] = words | (
            alternative if fact.type == "bool" else {"anyOf": [options, {"type": ["array", "string"]}]}
        )
    groups = {
        name: dict(zip(("title", "description"), split_words(*words), strict=True))
        for name, words in _GROUP_WORDS.items()
    }
    groups = {name: words | _GROUP_TYPES[name] for name, words in groups.items()}
    day = groups.pop("from")
    closed_object = {"type": "object", "additionalProperties": False}
    return {
        "conditions": {**closed_object, "properties": {**in_conditions, **groups}},
        "settles": {**closed_object, "properties": {"from": day, **in_conditions, **groups}},
        "given": {**closed_object, "properties": in_examples},
    }


def split_words(zh: str, en: str) -> tuple[str, str]:
    """Return title and description, each as 中文 / English, from ``标题：说明`` and ``Title: description``."""
    (zh_title, zh_description), (en_title, en_description) = zh.split("：", 1), en.split(": ", 1)
    return f"{zh_title} / {en_title}", f"{zh_description} / {en_description}"


def _in_both_languages(text: Text) -> str:
    return f"{text.zh} / {text.en}"
