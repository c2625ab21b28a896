"""Loading every policy file into the model, with every problem found on the way."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from mingbai.diagnostics.problem import Problem, Problems
from mingbai.files.source_file import SourceFile
from mingbai.loader.files import shown
from mingbai.loader.snapshot import (
    ALIASES,
    FIGURES,
    MOST_PLACES,
    MOST_POLICIES,
    MOST_VERSIONS,
    SHARED_FILES,
    YAML,
    Snapshot,
    read_place,
    read_shared,
)
from mingbai.loader.unread import (
    READ_IN_PLACE,
    READ_IN_ROOT,
    warn_of_folder_without_place,
    warn_of_unread,
    warn_of_unread_inside,
)
from mingbai.model.base import Address, Id, parse_day
from mingbai.model.figures import FigureList
from mingbai.model.kinds import MODELS, VersionModel
from mingbai.model.place import Fact, Place, SourceDocument, Terms
from mingbai.model.reserved_names import RESERVED_PLACE_IDS, RESERVED_POLICY_IDS
from mingbai.model.revision import Absent, Revision
from mingbai.model.search import SearchWords
from mingbai.model.validate import validate_document
from mingbai.syntax.document import Document
from mingbai.syntax.parser import parse_document
from mingbai_calculator.law.kinds import KINDS

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
Facts = dict[Id, Fact]
Sources = dict[Id, SourceDocument]
Aliases = dict[Address, Address]

type Parser = Callable[[SourceFile, Problems, Path], Document | None]
"""Parses a file that was read already; the path is how messages name it."""


@dataclass(frozen=True, slots=True)
class LoadedVersion:
    """A version file: its id (file name), first day (None: not known), what it says, and where it says it."""

    id: str
    start: date | None
    model: VersionModel
    document: Document


@dataclass(slots=True)
class LoadedPlace:
    """A place and its policies, the versions of each in order of date; policies that could not be read are `broken`."""

    id: str
    model: Place
    document: Document
    policies: dict[str, list[LoadedVersion]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    revisions: list[Revision] = field(default_factory=list)
    revisions_document: Document | None = None


@dataclass(slots=True)
class Library:
    """Everything that stands in `policies/`."""

    root: Path
    facts: dict[str, Fact] = field(default_factory=dict)
    terms: Terms | None = None
    sources: dict[str, SourceDocument] = field(default_factory=dict)
    places: dict[str, LoadedPlace] = field(default_factory=dict)
    absent: list[Absent] = field(default_factory=list)
    search: SearchWords = field(default_factory=SearchWords)
    aliases: Aliases = field(default_factory=dict)
    figures: dict[str, FigureList] = field(default_factory=dict)
    """The figures that stand in each document of which the folder ``figures/`` has a list."""
    sources_read: bool = False
    """Whether ``sources.yaml`` could be read: that of a new site is, and lists no document yet."""
    documents: dict[str, Document] = field(default_factory=dict)


def parse_plainly(source: SourceFile, problems: Problems, shown_as: Path) -> Document | None:
    """Parse a file, without any cache."""
    return parse_document(source, problems, shown_as=shown_as)


def load(root: Path, problems: Problems) -> Library:
    """Read `policies/`. What cannot be understood is left out and said in `problems`."""
    files = read_shared(root)
    library = load_shared(root, problems, files)
    for folder in place_folders(files, problems):
        load_place(library, folder, problems)
    return library


def load_shared(
    root: Path, problems: Problems, files: Snapshot | None = None, parse: Parser = parse_plainly
) -> Library:
    """Load what all places share: facts, terms, sources, the texts that promise nothing, words of the search.

    `files` is the snapshot of the folder `root`; the folder is read if there is none.
    """
    library = Library(root)
    files = read_shared(root) if files is None else files
    for name in SHARED_FILES:
        found = Problems()
        document = _document_at(root / name, files, found, parse)
        if name == "sources.yaml" and [problem.code for problem in found.found] == ["empty-file"]:
            document = Document(shown(root / name), {})  # in a new site nothing but its comment
        else:
            problems.found += found.found
        if document is not None:
            library.documents[name] = document
    library.facts = validate_document(library.documents.get("facts.yaml"), Facts, problems) or {}
    library.terms = validate_document(library.documents.get("terms.yaml"), Terms, problems)
    sources = validate_document(library.documents.get("sources.yaml"), Sources, problems)
    library.sources_read, library.sources = sources is not None, sources or {}
    for file in files.children(root / FIGURES):
        _load_figures(library, file, files, problems, parse)
    absent = _optional_document(root / "absent.yaml", files, problems, parse)
    if absent is not None:
        library.documents["absent.yaml"] = absent
        library.absent = validate_document(absent, list[Absent], problems) or []
    words = _optional_document(root / "search.yaml", files, problems, parse)
    if words is not None:
        library.documents["search.yaml"] = words
        library.search = validate_document(words, SearchWords, problems) or SearchWords()
    moved = _optional_document(root / ALIASES, files, problems, parse)
    if moved is not None:
        library.documents[ALIASES] = moved
        library.aliases = validate_document(moved, Aliases, problems) or {}
    return library


def _load_figures(library: Library, file: Path, files: Snapshot, problems: Problems, parse: Parser) -> None:
    """Load the list of figures of one document, whose id is the name of the file."""
    if file.suffix != YAML or files.is_folder(file):
        warn_of_unread([file], files, problems)
        return
    document = _document_at(file, files, problems, parse)
    figures = validate_document(document, FigureList, problems)
    if document is not None and figures is not None:
        library.documents[f"{FIGURES}/{file.stem}"] = document
        library.figures[file.stem] = figures


def place_folders(files: Snapshot, problems: Problems) -> list[Path]:
    """Return the folders of places; what else lies beside them is said in `problems`."""
    entries = files.list_folder(files.folder, MOST_PLACES, problems)
    warn_of_unread((path for path in entries if path.name not in READ_IN_ROOT), files, problems)
    folders = []
    for folder in (path for path in entries if files.is_folder(path) and path.name != FIGURES):
        if folder.name.startswith("."):
            warn_of_folder_without_place(folder, problems)
        elif not files.is_within(folder):
            problems.add(Problem("link-leads-out", shown(folder), found=folder.name))
        elif (folder / "place.yaml").is_file() or (folder / "place.yaml").is_symlink():
            folders.append(folder)
        else:
            warn_of_folder_without_place(folder, problems)
    return folders


def load_place(
    library: Library,
    folder: Path,
    problems: Problems,
    files: Snapshot | None = None,
    parse: Parser = parse_plainly,
) -> None:
    """Load a place and put it into the library, unless it cannot be understood.

    `files` is the snapshot of the place; its folder is read if there is none.
    """
    if not _ID.fullmatch(folder.name):
        problems.add(Problem("bad-id", shown(folder), found=folder.name))
        return
    if folder.name in RESERVED_PLACE_IDS:
        problems.add(Problem("reserved-id", shown(folder), found=folder.name))
        return
    files = read_place(folder) if files is None else files
    document = _document_at(folder / "place.yaml", files, problems, parse)
    model = validate_document(document, Place, problems)
    policies, broken = _policies(folder, files, problems, parse)
    told = _optional_document(folder / "revisions.yaml", files, problems, parse)
    revisions = validate_document(told, list[Revision], problems) or []
    if document is None or model is None:
        return
    if model.id != folder.name:
        problems.add(document.problem("id-is-not-folder", ("id",), found=model.id, expected=(folder.name,)))
    library.places[folder.name] = LoadedPlace(folder.name, model, document, policies, broken, revisions, told)


def _policies(
    folder: Path, files: Snapshot, problems: Problems, parse: Parser
) -> tuple[dict[str, list[LoadedVersion]], set[str]]:
    """Return the policies of a place with their versions in order of date, and those that could not be read."""
    policies: dict[str, list[LoadedVersion]] = {}
    broken = set()
    entries = files.list_folder(folder, MOST_POLICIES, problems)
    warn_of_unread((path for path in entries if path.name not in READ_IN_PLACE), files, problems)
    for policy in (path for path in entries if files.is_folder(path)):
        if policy.name.startswith("."):
            warn_of_unread_inside(policy, files, problems)
            continue
        errors = problems.errors
        if not _ID.fullmatch(policy.name):
            problems.add(Problem("bad-id", shown(policy), found=policy.name))
            continue
        if policy.name in RESERVED_POLICY_IDS:
            problems.add(Problem("reserved-id", shown(policy), found=policy.name))
        versions = list(_versions(policy, files, problems, parse))
        if problems.errors > errors:
            broken.add(policy.name)
        if versions:
            policies[policy.name] = sorted(versions, key=lambda version: version.start or date.min)
    return policies, broken


def _versions(folder: Path, files: Snapshot, problems: Problems, parse: Parser) -> Iterator[LoadedVersion]:
    if not files.is_within(folder):
        problems.add(Problem("link-leads-out", shown(folder), found=folder.name))
        return
    entries = files.list_folder(folder, MOST_VERSIONS, problems)
    warn_of_unread((path for path in entries if path.suffix != YAML), files, problems)
    for inner in (path for path in entries if path.suffix != YAML and files.is_folder(path)):
        warn_of_unread_inside(inner, files, problems)
    for file in (path for path in entries if path.suffix == YAML):
        document = _document_at(file, files, problems, parse)
        start = parse_day(file.stem)
        if file.stem != "initial" and start is None:
            problems.add(Problem("file-name-no-date", shown(file), found=file.name))
            continue
        if document is None:
            continue
        model = _version(document, problems)
        if model is not None:
            yield LoadedVersion(file.stem, start, model, document)


def _document_at(file: Path, files: Snapshot, problems: Problems, parse: Parser) -> Document | None:
    """Parse a file that must exist, and must lie in the folder of the policies wherever links lead."""
    if not files.is_within(file):
        problems.add(Problem("link-leads-out", shown(file), found=file.name))
        return None
    return parse(files.source(file), problems, shown(file))


def _optional_document(file: Path, files: Snapshot, problems: Problems, parse: Parser) -> Document | None:
    """Parse a file that need not exist."""
    return _document_at(file, files, problems, parse) if files.exists(file) else None


def _version(document: Document, problems: Problems) -> VersionModel | None:
    if not isinstance(document.value, dict):
        problems.add(document.problem("wrong-type", found=document.value, wanted="map"))
        return None
    kind = document.value.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        if kind is None:
            problems.add(document.problem("missing-key", found="kind"))
        else:
            problems.add(document.problem("bad-choice", ("kind",), found=kind, expected=KINDS))
        return None
    model = validate_document(document, MODELS[kind], problems)
    if model is None and "examples" in document.value:  # the law stands, if only an example is wrong
        law = {key: value for key, value in document.value.items() if key != "examples"}
        return validate_document(replace(document, value=law), MODELS[kind], Problems())
    return model
