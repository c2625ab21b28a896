"""Validate the values of a file against the model; pydantic errors become problems with a position in the file."""

import re
from functools import cache
from itertools import islice
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from mingbai.diagnostics.problem import KeyPath, Problem, Problems
from mingbai.model.base import Model
from mingbai.syntax.document import MOST_PROBLEMS, Document

_TYPE_WORDS = {
    "bool_type": "yes-or-no",
    "bool_parsing": "yes-or-no",
    "dict_type": "map",
    "model_type": "map",
    "int_type": "whole",
    "int_parsing": "whole",
    "list_type": "list",
}


def validate_document[T](document: Document | None, model: type[T], problems: Problems) -> T | None:
    """Return the contents of a file as a value of `model`; None if it is invalid, the errors added to `problems`."""
    if document is None:
        return None
    try:
        valid: T = _adapter(model).validate_python(document.value)  # type: ignore[arg-type] # a type can be hashed
    except ValidationError as error:
        for detail in islice(error.errors(include_url=False, include_context=True), MOST_PROBLEMS):
            if tuple(detail["loc"]) not in document.broken:
                problems.add(_make_problem(document, model, detail))  # type: ignore[arg-type]
        return None
    return valid


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - any type
    return TypeAdapter(model)


def _make_problem(document: Document, model: type[Any], detail: dict[str, Any]) -> Problem:
    """Return one of pydantic's errors as a problem at its position in the file."""
    path: KeyPath = tuple(step for step in detail["loc"] if step != "[key]")
    if path[-1:] == ("value",) and path not in document.values:  # a plain number, which the model put into a map
        path = path[:-1]
    kind, found = detail["type"], detail["input"]
    if kind == "missing":
        return document.problem("missing-key", path[:-1], found=str(path[-1]))
    if kind == "extra_forbidden":
        expected = _list_keys(model, path[:-1])
        return document.problem("unknown-key", path, found=str(path[-1]), expected=expected, at_key=True)
    if kind == "literal_error":
        expected = tuple(re.findall(r"'([^']*)'", detail["ctx"]["expected"]))
        return document.problem("bad-choice", path, found=found, expected=expected)
    if "-" in kind:  # a code of our own
        return document.problem(kind, path, found=_unwrap_value(found))
    if kind == "too_short":
        return document.problem("empty-list", path)
    return document.problem("wrong-type", path, found=found, wanted=_TYPE_WORDS.get(kind, "text"))


def _unwrap_value(found: object) -> object:
    """Return the plain number that the model put into a map."""
    return found["value"] if isinstance(found, dict) and set(found) == {"value"} else found


def _list_keys(model: Any, path: KeyPath) -> tuple[str, ...]:  # noqa: ANN401 - any annotation
    """Return the keys that are allowed at `path` of a model."""
    for step in path:
        inner = _list_models(model)
        for candidate in inner:
            names = {field.alias or name: field.annotation for name, field in candidate.model_fields.items()}
            if step in names:
                model = names[step]
                break
        else:
            if not inner:
                return ()
    return tuple(
        field.alias or name for candidate in _list_models(model) for name, field in candidate.model_fields.items()
    )


def _list_models(annotation: Any) -> list[type[Model]]:  # noqa: ANN401
    """Return the model classes inside an annotation such as ``dict[str, list[Row] | None]``."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return [annotation]
    return [model for inner in get_args(annotation) for model in _list_models(inner)]
