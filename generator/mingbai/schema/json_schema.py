"""JSON Schemas of the policy files, for editors: completion, what a key means, and mistakes while one types.

They are made from the model, with the words of `model/fields.yaml`, and know the facts, topics, readings and
documents of the vocabulary. `check` stays the judge: a schema is one file's grammar, not the law.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import CoreSchema, core_schema
from ruamel.yaml import YAML

from mingbai.loader.library import Aliases, Facts, Library, Sources
from mingbai.model import base, number, version
from mingbai.model.place import Place, Terms
from mingbai.model.revision import Absent, Revision
from mingbai.model.search import SearchWords
from mingbai.model.version import KINDS, VersionBase
from mingbai.schema.modelines import ENDING
from mingbai.schema.vocabulary import both, vocabulary, words_known

type Json = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
WHOLE: dict[str, tuple[Any, str]] = {
    "place": (Place, "地方 / A place"),
    "facts": (Facts, "情况的词汇 / The vocabulary of facts"),
    "terms": (Terms, "名称和词表 / Names and glossary"),
    "sources": (Sources, "文件 / Documents"),
    "revisions": (list[Revision], "改动 / Revisions of a place"),
    "absent": (list[Absent], "没有给居民任何东西的文字 / Texts that promise nothing"),
    "search": (SearchWords, "搜索用的词 / Words of the search"),
    "aliases": (Aliases, "旧地址 / Former addresses"),
}
"""Files that have one form each; `policy` has one for each kind."""

_DEFS = "#/definitions/{model}"
_YUAN = {"type": ["number", "string"], "minimum": 0, "pattern": r"^[0-9]{1,12}(\.[0-9]{1,2})?$"}
_RATE = {"type": "string", "pattern": r"^[0-9]{1,3}(\.[0-9]{1,2})?%$"}
_FORMS: dict[Any, Callable[[Json], Json]] = {
    base._money: lambda _: _YUAN,  # noqa: SLF001 - what a validator takes is told here and there
    base._rate: lambda _: _RATE,  # noqa: SLF001
    base._factor: lambda _: _RATE,  # noqa: SLF001
    base._day: lambda _: {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},  # noqa: SLF001
    base._id: lambda _: {"type": "string", "pattern": "^[a-z0-9]+([-_][a-z0-9]+)*$"},  # noqa: SLF001
    base._address: lambda _: {"type": "string", "pattern": "^[a-z0-9]+([-_/][a-z0-9]+)*$"},  # noqa: SLF001
    base._lines: lambda _: {"type": ["integer", "string"], "pattern": "^[1-9][0-9]*(-[1-9][0-9]*)?$"},  # noqa: SLF001
    number._as_map: lambda inner: {"anyOf": [_RATE if "Percentage" in inner["$ref"] else _YUAN, inner]},  # noqa: SLF001
    version._fact_or_amount: lambda inner: {"anyOf": [_YUAN, inner]},  # noqa: SLF001
}
_FIELDS: dict[str, dict[str, list[str]]] = YAML(typ="safe", pure=True).load(Path(__file__).with_name("fields.yaml"))


class _Generator(GenerateJsonSchema):
    """Knows what the model's own validators take."""

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> Json:
        inner: Json = super().function_before_schema(schema)
        form = _FORMS.get(schema["function"]["function"])
        return inner if form is None else form(inner)

    def function_wrap_schema(self, schema: core_schema.WrapValidatorFunctionSchema) -> Json:
        inner: Json = self.generate_inner(self._inner(schema))
        return inner

    @staticmethod
    def _inner(schema: core_schema.WrapValidatorFunctionSchema) -> CoreSchema:
        return schema["schema"]


def schemas(library: Library) -> dict[str, Json]:
    """Return every schema by the name of its file."""
    made = {"policy": _policy()} | {name: _of(model, title) for name, (model, title) in WHOLE.items()}
    return {f"{name}{ENDING}": _with_vocabulary(schema, library) for name, schema in made.items()}


def write_schemas(library: Library, folder: Path) -> list[Path]:
    """Write every schema into a folder and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, schema in schemas(library).items():
        files.append(folder / name)
        files[-1].write_text(json.dumps(schema, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return files


def words_of(model: type[base.Model], field: str) -> tuple[str, str]:
    """Return title and description of a key, 中文 / English; raises KeyError where it has none."""
    for each in model.__mro__:
        words = _FIELDS.get(each.__name__, {}).get(field)
        if words is not None:
            return both(*words)
    raise KeyError(field)


def _of(model: Any, title: str) -> Json:  # noqa: ANN401 - any type
    made = TypeAdapter(model).json_schema(ref_template=_DEFS, schema_generator=_Generator)
    made["definitions"] = made.pop("$defs", {})
    return {"$schema": DRAFT, "title": title, **_tidy(made)}


def _policy() -> Json:
    """Return the schema of a version: `kind` tells which keys there are."""
    definitions: Json = {}
    for model in KINDS.values():
        one = _of(model, "")
        definitions |= one.pop("definitions")
        definitions[model.__name__] = {key: value for key, value in one.items() if key not in ("$schema", "title")}
    common = {name: definitions["Share"]["properties"][name] for name in VersionBase.model_fields}
    kinds = {
        "title": "种类 / Kind",
        "description": "承诺的是什么 / What is promised",
        "enum": list(KINDS),
        "enumDescriptions": [words_of(model, "kind")[1] for model in KINDS.values()],
    }
    return {
        "$schema": DRAFT,
        "title": "政策的一个版本 / One version of a policy",
        "type": "object",
        "required": ["kind"],
        "properties": {**common, "kind": kinds},
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
                "then": {"$ref": _DEFS.format(model=model.__name__)},
            }
            for kind, model in KINDS.items()
        ],
        "definitions": definitions,
    }


def _tidy(value: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """Leave out what only machines want: the null that stands for “left out”, and defaults of lists and maps."""
    if isinstance(value, list):
        return [_tidy(each) for each in value]
    if not isinstance(value, dict):
        return value
    made = {key: _tidy(each) for key, each in value.items()}
    made.pop("discriminator", None)
    if made.get("default") in (None, [], {}):
        made.pop("default", None)
    some = [each for each in made.get("anyOf", []) if each != {"type": "null"}]
    open_end = {"type": "boolean"} in some  # of an example: null = cannot be said
    if "anyOf" in made and not open_end and len(some) < len(made["anyOf"]):
        del made["anyOf"]
        made = {**made, **some[0]} if len(some) == 1 and "$ref" not in some[0] else {**made, "anyOf": some}
    return made


def _with_vocabulary(schema: Json, library: Library) -> Json:
    """Put in the words of every key, and what facts, topics, readings and documents there are."""
    models = {model.__name__: model for model in _models()}
    for name, definition in schema["definitions"].items():
        if name in models:
            _describe(definition, models[name])
    for name, model in (("place", Place), ("terms", Terms), ("search", SearchWords)):
        if schema["title"] == WHOLE[name][1]:
            _describe(schema, model)
    if "allOf" in schema:  # the keys of every kind, for a file that does not say yet which one it is
        common = schema["definitions"]["Share"]["properties"]
        schema["properties"] |= {name: common[name] for name in schema["properties"] if name != "kind"}
    schema["definitions"] |= vocabulary(library)
    _leave_out_unused(schema)
    return schema


def _leave_out_unused(schema: Json) -> None:
    used: set[str] = set()
    new = set(_references({key: value for key, value in schema.items() if key != "definitions"}))
    while new:
        used |= new
        new = set(_references([schema["definitions"][name] for name in new])) - used
    schema["definitions"] = {name: schema["definitions"][name] for name in sorted(used)}


def _references(value: Any) -> Iterator[str]:  # noqa: ANN401 - any part of a schema
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].rpartition("/")[2]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _references(each)


def _describe(definition: Json, model: type[base.Model]) -> None:
    definition["description"] = (model.__doc__ or "").split("\n", 1)[0]
    definition.pop("title", None)
    for name, field in definition.get("properties", {}).items():
        title, description = words_of(model, name)
        known = field | words_known(name, model)
        if "$ref" in known:  # draft-07 reads nothing beside a reference
            known = {"allOf": [{"$ref": known["$ref"]}]}
        definition["properties"][name] = {"title": title, "description": description} | {
            key: value for key, value in known.items() if key not in ("title", "description")
        }


def _models() -> list[type[base.Model]]:
    """Return every class of the model."""
    found, left = [], [base.Model]
    while left:
        children = left.pop().__subclasses__()
        found += children
        left += children
    return found
