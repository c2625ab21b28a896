"""JSON Schemas of the policy files, for editors: completion, help on keys, errors while typing.

They are generated from the model and the texts of `schema/fields.yaml`, and contain the facts, topics, readings and
documents of the vocabulary. A schema is only the grammar of one file: a valid file can still fail `check`.
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
from mingbai.model import base, kinds, number
from mingbai.model.figures import FigureList
from mingbai.model.place import Place, Terms
from mingbai.model.revision import Absent, Revision
from mingbai.model.search import SearchWords
from mingbai.model.version import VersionBase
from mingbai.schema.modelines import SCHEMA_SUFFIX
from mingbai.schema.vocabulary import make_definitions, split_words, vocabulary_reference
from mingbai_calculator.law.kinds import KINDS, MissingPartError

type Json = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
FILE_SCHEMAS: dict[str, tuple[Any, str]] = {
    "place": (Place, "地方 / A place"),
    "facts": (Facts, "情况的词汇 / The vocabulary of facts"),
    "terms": (Terms, "名称和词表 / Names and glossary"),
    "sources": (Sources, "文件 / Documents"),
    "revisions": (list[Revision], "改动 / Revisions of a place"),
    "absent": (list[Absent], "没有给居民任何东西的文字 / Texts that promise nothing"),
    "search": (SearchWords, "搜索用的词 / Words of the search"),
    "aliases": (Aliases, "旧地址 / Former addresses"),
    "figures": (FigureList, "文件里的数 / The figures in a document"),
}
"""Model and title of each kind of file with one form; `policy` has a form for each kind of policy."""

_REF_TEMPLATE = "#/definitions/{model}"
_YUAN_SCHEMA = {"type": ["number", "string"], "minimum": 0, "pattern": r"^[0-9]{1,12}(\.[0-9]{1,2})?$"}
_RATE_SCHEMA = {"type": "string", "pattern": r"^[0-9]{1,3}(\.[0-9]{1,2})?%$"}
_VALIDATOR_SCHEMAS: dict[Any, Callable[[Json], Json]] = {
    base._money: lambda _: _YUAN_SCHEMA,  # noqa: SLF001 - what a validator accepts is stated in both places
    base._rate: lambda _: _RATE_SCHEMA,  # noqa: SLF001
    base._factor: lambda _: _RATE_SCHEMA,  # noqa: SLF001
    base._day: lambda _: {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},  # noqa: SLF001
    base._id: lambda _: {"type": "string", "pattern": "^[a-z0-9]+([-_][a-z0-9]+)*$"},  # noqa: SLF001
    base._address: lambda _: {"type": "string", "pattern": "^[a-z0-9]+([-_/][a-z0-9]+)*$"},  # noqa: SLF001
    base._lines: lambda _: {"type": ["integer", "string"], "pattern": "^[1-9][0-9]*(-[1-9][0-9]*)?$"},  # noqa: SLF001
    number._as_map: lambda inner: {"anyOf": [_RATE_SCHEMA if "Percentage" in inner["$ref"] else _YUAN_SCHEMA, inner]},  # noqa: SLF001
    kinds._fact_or_amount: lambda inner: {"anyOf": [_YUAN_SCHEMA, inner]},  # noqa: SLF001
}
_FIELD_WORDS: dict[str, dict[str, list[str]]] = YAML(typ="safe", pure=True).load(
    Path(__file__).with_name("fields.yaml")
)


class _Generator(GenerateJsonSchema):
    """Schema generator that knows what the model's own validators accept."""

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> Json:
        inner: Json = super().function_before_schema(schema)
        form = _VALIDATOR_SCHEMAS.get(schema["function"]["function"])
        return inner if form is None else form(inner)

    def function_wrap_schema(self, schema: core_schema.WrapValidatorFunctionSchema) -> Json:
        inner: Json = self.generate_inner(self._inner(schema))
        return inner

    @staticmethod
    def _inner(schema: core_schema.WrapValidatorFunctionSchema) -> CoreSchema:
        return schema["schema"]


def make_schemas(library: Library) -> dict[str, Json]:
    """Return every schema by its file name."""
    by_name = {"policy": _make_policy_schema()} | {
        name: _make_schema(model, title) for name, (model, title) in FILE_SCHEMAS.items()
    }
    return {f"{name}{SCHEMA_SUFFIX}": _add_vocabulary(schema, library) for name, schema in by_name.items()}


def write_schemas(library: Library, folder: Path) -> list[Path]:
    """Write every schema into a folder; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, schema in make_schemas(library).items():
        files.append(folder / name)
        files[-1].write_text(json.dumps(schema, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return files


def field_words(model: type[base.Model], field: str) -> tuple[str, str]:
    """Return title and description of a key, each as 中文 / English. Raises KeyError if ``fields.yaml`` lacks them."""
    for base_class in model.__mro__:
        words = _FIELD_WORDS.get(base_class.__name__, {}).get(field)
        if words is not None:
            return split_words(*words)
    raise KeyError(field)


def _make_schema(model: Any, title: str) -> Json:  # noqa: ANN401 - any type
    schema = TypeAdapter(model).json_schema(ref_template=_REF_TEMPLATE, schema_generator=_Generator)
    schema["definitions"] = schema.pop("$defs", {})
    return {"$schema": DRAFT, "title": title, **_simplify(schema)}


def _make_policy_schema() -> Json:
    """Return the schema of a version: its `kind` determines the keys."""
    definitions: Json = {}
    models = {kind: kinds.MODELS[kind] for kind in KINDS}
    for model in models.values():
        schema = _make_schema(model, "")
        definitions |= schema.pop("definitions")
        definitions[model.__name__] = {key: value for key, value in schema.items() if key not in ("$schema", "title")}
    common = {name: definitions["Share"]["properties"][name] for name in VersionBase.model_fields}
    kind_schema = {
        "title": "种类 / Kind",
        "description": "承诺的是什么 / What is promised",
        "enum": list(KINDS),
        "enumDescriptions": [_describe_kind(kind, model) for kind, model in models.items()],
    }
    return {
        "$schema": DRAFT,
        "title": "政策的一个版本 / One version of a policy",
        "type": "object",
        "required": ["kind"],
        "properties": {**common, "kind": kind_schema},
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
                "then": {"$ref": _REF_TEMPLATE.format(model=model.__name__)},
            }
            for kind, model in models.items()
        ],
        "definitions": definitions,
    }


def _describe_kind(kind: str, model: type[base.Model]) -> str:
    """Return the description of a kind. Raises MissingPartError if a key of the kind is not described."""
    try:
        for name, field in model.model_fields.items():
            field_words(model, field.alias or name)
        return field_words(model, "kind")[1]
    except KeyError as error:
        raise MissingPartError(kind, "schema", "generator/mingbai/schema/fields.yaml") from error


def _simplify(value: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """Return a schema without details that only confuse readers: null for “left out”, defaults of lists and maps."""
    if isinstance(value, list):
        return [_simplify(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    simplified = {key: _simplify(inner) for key, inner in value.items()}
    simplified.pop("discriminator", None)
    if simplified.get("default") in (None, [], {}):
        simplified.pop("default", None)
    options = [option for option in simplified.get("anyOf", []) if option != {"type": "null"}]
    is_tristate = {"type": "boolean"} in options  # of an example: null = undetermined
    if "anyOf" in simplified and not is_tristate and len(options) < len(simplified["anyOf"]):
        del simplified["anyOf"]
        simplified = (
            {**simplified, **options[0]}
            if len(options) == 1 and "$ref" not in options[0]
            else {**simplified, "anyOf": options}
        )
    return simplified


def _add_vocabulary(schema: Json, library: Library) -> Json:
    """Add the texts of every key, and the facts, topics, readings and documents, to a schema; return it."""
    models = {model.__name__: model for model in _list_models()}
    for name, definition in schema["definitions"].items():
        if name in models:
            _describe(definition, models[name])
    for name, model in (("place", Place), ("terms", Terms), ("search", SearchWords)):
        if schema["title"] == FILE_SCHEMAS[name][1]:
            _describe(schema, model)
    if "allOf" in schema:  # the keys of every kind, for a file whose kind is not written yet
        common = schema["definitions"]["Share"]["properties"]
        schema["properties"] |= {name: common[name] for name in schema["properties"] if name != "kind"}
    schema["definitions"] |= make_definitions(library)
    _drop_unused(schema)
    return schema


def _drop_unused(schema: Json) -> None:
    used: set[str] = set()
    pending = set(_iter_references({key: value for key, value in schema.items() if key != "definitions"}))
    while pending:
        used |= pending
        pending = set(_iter_references([schema["definitions"][name] for name in pending])) - used
    schema["definitions"] = {name: schema["definitions"][name] for name in sorted(used)}


def _iter_references(value: Any) -> Iterator[str]:  # noqa: ANN401 - any part of a schema
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].rpartition("/")[2]
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _iter_references(inner)


def _describe(definition: Json, model: type[base.Model]) -> None:
    definition["description"] = (model.__doc__ or "").split("\n", 1)[0]
    definition.pop("title", None)
    for name, field in definition.get("properties", {}).items():
        title, description = field_words(model, name)
        described = field | vocabulary_reference(name, model)
        if "$ref" in described:  # draft-07 reads nothing beside a reference
            described = {"allOf": [{"$ref": described["$ref"]}]}
        definition["properties"][name] = {"title": title, "description": description} | {
            key: value for key, value in described.items() if key not in ("title", "description")
        }


def _list_models() -> list[type[base.Model]]:
    """Return every class of the model, in a fixed order."""
    models, pending = [], [base.Model]
    while pending:
        children = pending.pop().__subclasses__()
        models += children
        pending += children
    return models
