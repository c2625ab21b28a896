"""JSON Schemas of the data files (`mingbai.pages.data.data`), made of ``model/data.yaml``."""

import json
from pathlib import Path

from ruamel.yaml import YAML

from mingbai.pages.wording.language import Json
from mingbai.schema import json_schema
from mingbai.schema.json_schema import DRAFT

FOLDER = "data/schema/"
ESTIMATE = "estimate.schema.json"
"""Of what a program asks the calculator, and of its answers; written by hand."""
_ESTIMATE = Path(json_schema.__file__).with_name(ESTIMATE)
FORMS = ("index", "place", "policy", "revision")


def schema_file(form: str) -> str:
    """Return where the JSON Schema of a form lies."""
    return f"{FOLDER}data-{form}.schema.json"


def schemas() -> dict[str, Json]:
    """Return the JSON Schema of each form, and that of estimates, by the path of its file."""
    known: Json = YAML(typ="safe", pure=True).load(Path(__file__).with_name("fields.yaml"))
    shared = known["definitions"]
    made = {
        schema_file(form): {"$schema": DRAFT, **known[form], "definitions": _used(known[form], shared)}
        for form in FORMS
    }
    return {**made, f"{FOLDER}{ESTIMATE}": json.loads(_ESTIMATE.read_text(encoding="utf-8"))}


def _used(schema: Json, shared: Json) -> Json:
    """Return the shared definitions that a schema refers to, and those that these refer to."""
    found: Json = {}
    left = [schema]
    while left:
        text = json.dumps(left.pop())
        for name, definition in shared.items():
            if name not in found and f'"#/definitions/{name}"' in text:
                found[name] = definition
                left.append(definition)
    return {name: found[name] for name in sorted(found)}
