"""Loading every policy file into the model, with every problem found on the way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from mingbai.model.base import Model
from mingbai.model.place import Fact, Place, SourceDocument, Terms
from mingbai.model.version import KINDS, Version
from mingbai.problems import Path_, Problem, Problems
from mingbai.yaml_reader import Document, read_document

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_TYPES = {
    "bool_type": "yes-or-no",
    "bool_parsing": "yes-or-no",
    "dict_type": "map",
    "model_type": "map",
    "int_type": "whole",
    "int_parsing": "whole",
    "list_type": "list",
}
SHARED_FILES = ("facts.yaml", "terms.yaml", "sources.yaml")


@dataclass(frozen=True, slots=True)
class LoadedVersion:
    """A version file: its id (file name), first day (None: not known), what it says, and where it says it."""

    id: str
    start: date | None
    model: Version
    document: Document


@dataclass(slots=True)
class LoadedPlace:
    """A place and its policies, the versions of each in order of date; policies that could not be read are `broken`."""

    id: str
    model: Place
    document: Document
    policies: dict[str, list[LoadedVersion]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Library:
    """Everything that stands in `policies/`."""

    root: Path
    facts: dict[str, Fact] = field(default_factory=dict)
    terms: Terms | None = None
    sources: dict[str, SourceDocument] = field(default_factory=dict)
    places: dict[str, LoadedPlace] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)


def load(root: Path, problems: Problems) -> Library:
    """Read `policies/`. What cannot be understood is left out and said in `problems`."""
    library = Library(root)
    for name in SHARED_FILES:
        document = read_document(root / name, problems, shown_as=_shown(root / name))
        if document is not None:
            library.documents[name] = document
    library.facts = _validated(library.documents.get("facts.yaml"), dict[str, Fact], problems) or {}
    library.terms = _validated(library.documents.get("terms.yaml"), Terms, problems)
    library.sources = _validated(library.documents.get("sources.yaml"), dict[str, SourceDocument], problems) or {}
    for folder in sorted(path.parent for path in root.glob("*/place.yaml")):
        place = _place(folder, problems)
        if place is not None:
            library.places[place.id] = place
    return library


def _place(folder: Path, problems: Problems) -> LoadedPlace | None:
    document = read_document(folder / "place.yaml", problems, shown_as=_shown(folder / "place.yaml"))
    if document is None:
        return None
    model = _validated(document, Place, problems)
    if model is None:
        return None
    if model.id != folder.name:
        problems.add(document.problem("id-is-not-folder", ("id",), found=model.id, expected=(folder.name,)))
    place = LoadedPlace(folder.name, model, document)
    for policy in sorted(path for path in folder.iterdir() if path.is_dir()):
        if not _ID.fullmatch(policy.name):
            problems.add(Problem("bad-id", _shown(policy), found=policy.name))
        errors = problems.errors
        versions = list(_versions(policy, problems))
        if problems.errors > errors:
            place.broken.add(policy.name)
        if versions:
            place.policies[policy.name] = sorted(versions, key=lambda version: version.start or date.min)
    return place


def _versions(folder: Path, problems: Problems) -> Iterator[LoadedVersion]:
    for file in sorted(folder.glob("*.yaml")):
        document = read_document(file, problems, shown_as=_shown(file))
        start = _start(file.stem)
        if file.stem != "initial" and start is None:
            problems.add(Problem("file-name-no-date", _shown(file), found=file.name))
            continue
        if document is None:
            continue
        model = _version(document, problems)
        if model is not None:
            yield LoadedVersion(file.stem, start, model, document)


def _version(document: Document, problems: Problems) -> Version | None:
    if not isinstance(document.value, dict):
        problems.add(document.problem("wrong-type", found=document.value, wanted="map"))
        return None
    kind = document.value.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        code = "missing-key" if kind is None else "bad-choice"
        problems.add(document.problem(code, ("kind",), found=kind or "kind", expected=tuple(KINDS)))
        return None
    return _validated(document, KINDS[kind], problems)


def _start(stem: str) -> date | None:
    try:
        return date.fromisoformat(stem) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", stem) else None
    except ValueError:
        return None


def _shown(file: Path) -> Path:
    """Return a file as messages name it: relative to where one stands, if it lies there."""
    return file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file


def _validated[T](document: Document | None, model: type[T], problems: Problems) -> T | None:
    if document is None:
        return None
    adapter: TypeAdapter[T] = TypeAdapter(model)
    try:
        return adapter.validate_python(document.value)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            if tuple(detail["loc"]) not in document.broken:
                problems.add(_problem(document, model, detail))  # type: ignore[arg-type]
        return None


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
