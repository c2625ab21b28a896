"""TypeScript's types of requests and results, from their JSON Schema; `python -m tests.estimate_types` writes them."""

import json
from typing import Any

from tests.conftest import ROOT
from tests.estimate_schema import SCHEMA

TYPES = ROOT / "types/estimate.d.ts"
_HEAD = """// Requests and results of the calculator.
// Made of generator/mingbai/schema/estimate.schema.json by `python -m tests.estimate_types`.
"""
_PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}

type Json = dict[str, Any]


def make_types() -> str:
    """Return the declarations of all definitions."""
    definitions: Json = json.loads(SCHEMA.read_text(encoding="utf-8"))["definitions"]
    return "\n".join([_HEAD, *(_declare(name, schema) for name, schema in definitions.items())])


def _declare(name: str, schema: Json) -> str:
    comment = f"/** {schema['description']} */\n" if "description" in schema else ""
    if "properties" in schema and schema["additionalProperties"] is False:
        return f"{comment}export interface {name} {_make_type(schema, '')}\n"
    return f"{comment}export type {name} = {_make_type(schema, '')};\n"


def _make_type(schema: Json, indent: str) -> str:
    """Return a schema as a type; only the forms that our schema has."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(_make_type(each, indent) for each in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        return " | ".join(json.dumps(value) for value in schema.get("enum", [schema.get("const")]))
    if schema["type"] == "array":
        inner = _make_type(schema["items"], indent)
        return f"({inner})[]" if "|" in inner else f"{inner}[]"
    if schema["type"] == "object":
        return _make_object(schema, indent)
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return " | ".join(dict.fromkeys(_PLAIN[kind] for kind in kinds))


def _make_object(schema: Json, indent: str) -> str:
    inside, required, more = f"{indent}  ", schema.get("required", ()), schema["additionalProperties"]
    if "properties" not in schema:
        return f"Record<string, {_make_type(more, indent)}>"
    lines = []
    for name, each in schema["properties"].items():
        comment = f" // {each['description']}" if "description" in each else ""
        mark = "" if name in required else "?"
        lines.append(f"{inside}{name}{mark}: {_make_type(each, inside)};{comment}")
    if more:
        lines.append(f"{inside}[name: string]: {_make_type(more, inside)};")
    return "\n".join(["{", *lines, f"{indent}}}"])


if __name__ == "__main__":
    TYPES.write_text(make_types(), encoding="utf-8")
