"""JSON Schemas of the data files (`mingbai.pages.data.data`), generated from ``fields.yaml``."""

import json
from pathlib import Path

from ruamel.yaml import YAML

from mingbai.pages.wording.language import Json
from mingbai.schema import json_schema
from mingbai.schema.json_schema import DRAFT
from mingbai_calculator.law.kinds import KINDS

SCHEMA_FOLDER = "data/schema/"
ESTIMATE = "estimate.schema.json"
"""File name of the schema of what a program asks the calculator, and of its answers; it is written by hand."""
_ESTIMATE_SCHEMA = Path(json_schema.__file__).with_name(ESTIMATE)
FILE_TYPES = ("index", "place", "policy", "revision")


def schema_path(file_type: str) -> str:
    """Return the path of the JSON Schema of a type of file."""
    return f"{SCHEMA_FOLDER}data-{file_type}.schema.json"


def make_schemas() -> dict[str, Json]:
    """Return the JSON Schema of each type of file, and that of estimates, by path."""
    definitions: Json = YAML(typ="safe", pure=True).load(Path(__file__).with_name("fields.yaml"))
    shared = definitions["definitions"]
    shared["kind"]["enum"] = list(KINDS)
    schemas = {
        schema_path(file_type): {
            "$schema": DRAFT,
            **definitions[file_type],
            "definitions": _select_used(definitions[file_type], shared),
        }
        for file_type in FILE_TYPES
    }
    return {**schemas, f"{SCHEMA_FOLDER}{ESTIMATE}": json.loads(_ESTIMATE_SCHEMA.read_text(encoding="utf-8"))}


def _select_used(schema: Json, shared: Json) -> Json:
    """Return the shared definitions that a schema refers to, directly or through other definitions."""
    used: Json = {}
    queue = [schema]
    while queue:
        text = json.dumps(queue.pop())
        for name, definition in shared.items():
            if name not in used and f'"#/definitions/{name}"' in text:
                used[name] = definition
                queue.append(definition)
    return {name: used[name] for name in sorted(used)}
