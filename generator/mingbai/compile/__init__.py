"""Compile the policy model to the bundle: plain JSON data that the calculator evaluates without parsing.

Conditions become lists, amounts whole fen, rates basis points; texts get their figures. References between files
(documents, readings, statuses, facts) are checked here.
"""

import hashlib
import json
from typing import Any

from mingbai.compile.conditions import ConditionCompiler
from mingbai.compile.payers import add_person
from mingbai.compile.place import compile_place
from mingbai.compile.reading import compile_reading
from mingbai.compile.revisions import compile_absent
from mingbai.compile.vocabulary import check_vocabulary
from mingbai.diagnostics.problem import Problems
from mingbai.loader.library import Library
from mingbai.model.base import as_data
from mingbai.model.place import Fact, SourceDocument
from mingbai_calculator import __version__ as engine_version
from mingbai_calculator.law.codec import encode_condition

_REFUSES_ONLY = ("excludes",)
"""Keys of a fact that refuse some requests and change no answer: the revision is without them."""
SCHEMA_VERSION = 1
"""Version of the bundle format; increase it when the format changes, so that a phone with an old engine notices."""


def compile_bundle(library: Library, problems: Problems) -> dict[str, Any]:
    """Return the bundle of all places; inconsistencies between files are added to `problems`."""
    check_vocabulary(library, problems)
    bundle: dict[str, Any] = {
        "schema": SCHEMA_VERSION,
        "engine": engine_version,
        "facts": {name: _compile_fact(name, fact, library, problems) for name, fact in library.facts.items()},
        "terms": {} if library.terms is None else as_data(library.terms),
        "sources": {name: _compile_source(source) for name, source in library.sources.items()},
        "aliases": dict(library.aliases),
        "absent": compile_absent(library, problems),
        "places": {place.id: compile_place(place, library, problems) for place in library.places.values()},
    }
    add_person(bundle)
    bundle["revision"] = compute_revision(bundle)
    bundle["reading"] = compile_reading(library)
    return bundle


def compute_revision(bundle: dict[str, Any]) -> str:
    """Return the short content hash of the compiled policies (12 hexadecimal digits)."""
    policies = {key: value for key, value in bundle.items() if key not in ("revision", "engine", "reading")}
    policies["facts"] = {
        name: {key: value for key, value in fact.items() if key not in _REFUSES_ONLY}
        for name, fact in bundle["facts"].items()
    }
    content = json.dumps(policies, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def _compile_source(source: SourceDocument) -> dict[str, Any]:
    """Return a document; one that nobody has checked says nothing of a check."""
    data: dict[str, Any] = as_data(source)
    return {key: value for key, value in data.items() if key != "checked" or value is not None}


def _compile_fact(name: str, fact: Fact, library: Library, problems: Problems) -> dict[str, Any]:
    data: dict[str, Any] = as_data(fact)
    document = library.documents.get("facts.yaml")
    if fact.asked_of and document is not None:
        compiler = ConditionCompiler(library.facts, document, problems, "", {})
        data["asked_of"] = encode_condition(compiler.compile_all(fact.asked_of, (name, "asked_of")))
    if fact.gentle is not None:
        data["gentle"] = {key: value for key, value in data["gentle"].items() if value is not None}
    data["options"] = {name: option.by_language() for name, option in fact.options.items()}
    data["options_were"] = {old: name for name, option in fact.options.items() for old in option.was}
    data["options_are"] = {name: option.is_a for name, option in fact.options.items() if option.is_a}
    return {key: value for key, value in data.items() if value is not False and value not in (None, [], {})}
