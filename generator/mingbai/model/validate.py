"""From the values of a file to the model: what does not fit is told in our words, at its place in the file."""

import re
from functools import cache
from itertools import islice
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from mingbai.diagnostics.problem import Path_, Problem, Problems
from mingbai.model.base import Model
from mingbai.syntax.document import MOST_PROBLEMS, Document

_TYPES = {
    "bool_type": "yes-or-no",
    "bool_parsing": "yes-or-no",
    "dict_type": "map",
    "model_type": "map",
    "int_type": "whole",
    "int_parsing": "whole",
    "list_type": "list",
}


def validated[T](document: Document | None, model: type[T], problems: Problems) -> T | None:
    """Return what a file says as a value of `model`; what does not fit is added to `problems`."""
    if document is None:
        return None
    try:
        valid: T = _adapter(model).validate_python(document.value)  # type: ignore[arg-type] # a type can be hashed
    except ValidationError as error:
        for detail in islice(error.errors(include_url=False, include_context=True), MOST_PROBLEMS):
            if tuple(detail["loc"]) not in document.broken:
                problems.add(_problem(document, model, detail))  # type: ignore[arg-type]
        return None
    return valid


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - any type
    return TypeAdapter(model)


def _problem(document: Document, model: type[Any], detail: dict[str, Any]) -> Problem:
    """Turn one of pydantic's errors into a problem of ours, at its place in the file."""
    path: Path_ = tuple(step for step in detail["loc"] if step != "[key]")
    if path[-1:] == ("value",) and path not in document.values:  # a plain number, put into a map by the model
        path = path[:-1]
    kind, found = detail["type"], detail["input"]
    if kind == "missing":
        return document.problem("missing-key", path[:-1], found=str(path[-1]))
    if kind == "extra_forbidden":
        expected = _fields(model, path[:-1])
        return document.problem("unknown-key", path, found=str(path[-1]), expected=expected, at_key=True)
    if kind == "literal_error":
        expected = tuple(re.findall(r"'([^']*)'", detail["ctx"]["expected"]))
        return document.problem("bad-choice", path, found=found, expected=expected)
    if "-" in kind:  # a code of our own
        return document.problem(kind, path, found=_inner(found))
    if kind == "too_short":
        return document.problem("empty-list", path)
    return document.problem("wrong-type", path, found=found, wanted=_TYPES.get(kind, "text"))


def _inner(found: object) -> object:
    """Undo the map that a plain number was put into."""
    return found["value"] if isinstance(found, dict) and set(found) == {"value"} else found


def _fields(model: Any, path: Path_) -> tuple[str, ...]:  # noqa: ANN401 - any annotation
    """Return the keys that may stand at `path` of a model."""
    for step in path:
        inner = _models(model)
        for candidate in inner:
            names = {field.alias or name: field.annotation for name, field in candidate.model_fields.items()}
            if step in names:
                model = names[step]
                break
        else:
            if not inner:
                return ()
    return tuple(field.alias or name for each in _models(model) for name, field in each.model_fields.items())


def _models(annotation: Any) -> list[type[Model]]:  # noqa: ANN401
    """Return the model classes inside an annotation such as ``dict[str, list[Row] | None]``."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return [annotation]
    return [model for inner in get_args(annotation) for model in _models(inner)]
