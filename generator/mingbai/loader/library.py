"""Loading every policy file into the model, with every problem found on the way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from mingbai.diagnostics.problem import Problem, Problems
from mingbai.loader.files import (
    Reader,
    document_at,
    listing,
    optional_document,
    read_plainly,
    shown,
    warn_of_misplaced,
    within,
)
from mingbai.model.base import Address, Id, parse_day
from mingbai.model.place import Fact, Place, SourceDocument, Terms
from mingbai.model.reserved_names import RESERVED_PLACE_IDS, RESERVED_POLICY_IDS
from mingbai.model.revision import Absent, Revision
from mingbai.model.search import SearchWords
from mingbai.model.validate import validate_document
from mingbai.model.version import KINDS, VersionModel
from mingbai.syntax.document import Document

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
SHARED_FILES = ("facts.yaml", "terms.yaml", "sources.yaml")
ALIASES = "aliases.yaml"
ROOT_FILES = (*SHARED_FILES, "absent.yaml", "search.yaml", ALIASES)
PLACE_FILES = ("place.yaml", "revisions.yaml")
MOST_PLACES, MOST_POLICIES, MOST_VERSIONS = 4000, 400, 200
Facts = dict[Id, Fact]
Sources = dict[Id, SourceDocument]
Aliases = dict[Address, Address]


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
    documents: dict[str, Document] = field(default_factory=dict)


def load(root: Path, problems: Problems) -> Library:
    """Read `policies/`. What cannot be understood is left out and said in `problems`."""
    library = load_shared(root, problems)
    for folder in place_folders(root, problems):
        load_place(library, folder, problems)
    return library


def load_shared(root: Path, problems: Problems, read: Reader = read_plainly) -> Library:
    """Read what all places share: facts, terms, sources, the texts that promise nothing, words of the search."""
    library = Library(root)
    for name in SHARED_FILES:
        document = document_at(root / name, root, problems, read)
        if document is not None:
            library.documents[name] = document
    library.facts = validate_document(library.documents.get("facts.yaml"), Facts, problems) or {}
    library.terms = validate_document(library.documents.get("terms.yaml"), Terms, problems)
    library.sources = validate_document(library.documents.get("sources.yaml"), Sources, problems) or {}
    absent = optional_document(root / "absent.yaml", root, problems, read)
    if absent is not None:
        library.documents["absent.yaml"] = absent
        library.absent = validate_document(absent, list[Absent], problems) or []
    words = optional_document(root / "search.yaml", root, problems, read)
    if words is not None:
        library.documents["search.yaml"] = words
        library.search = validate_document(words, SearchWords, problems) or SearchWords()
    moved = optional_document(root / ALIASES, root, problems, read)
    if moved is not None:
        library.documents[ALIASES] = moved
        library.aliases = validate_document(moved, Aliases, problems) or {}
    return library


def place_folders(root: Path, problems: Problems) -> list[Path]:
    """Return the folders of places; what else lies beside them is said in `problems`."""
    entries = listing(root, MOST_PLACES, problems)
    warn_of_misplaced((path for path in entries if path.name not in ROOT_FILES), problems)
    folders = []
    for folder in (path for path in entries if path.is_dir() and not path.name.startswith(".")):
        if not within(folder, root):
            problems.add(Problem("link-leads-out", shown(folder), found=folder.name))
        elif (folder / "place.yaml").is_file() or (folder / "place.yaml").is_symlink():
            folders.append(folder)
        elif next(islice(folder.glob("**/*.y*ml"), 1), None) is not None:
            problems.add(Problem("no-place-file", shown(folder), found="place.yaml"))
    return folders


def load_place(library: Library, folder: Path, problems: Problems, read: Reader = read_plainly) -> None:
    """Read a place and put it into the library, unless it cannot be understood."""
    if not _ID.fullmatch(folder.name):
        problems.add(Problem("bad-id", shown(folder), found=folder.name))
        return
    if folder.name in RESERVED_PLACE_IDS:
        problems.add(Problem("reserved-id", shown(folder), found=folder.name))
        return
    document = document_at(folder / "place.yaml", library.root, problems, read)
    model = validate_document(document, Place, problems)
    policies, broken = _policies(folder, library.root, problems, read)
    told = optional_document(folder / "revisions.yaml", library.root, problems, read)
    revisions = validate_document(told, list[Revision], problems) or []
    if document is None or model is None:
        return
    if model.id != folder.name:
        problems.add(document.problem("id-is-not-folder", ("id",), found=model.id, expected=(folder.name,)))
    library.places[folder.name] = LoadedPlace(folder.name, model, document, policies, broken, revisions, told)


def _policies(
    folder: Path, root: Path, problems: Problems, read: Reader
) -> tuple[dict[str, list[LoadedVersion]], set[str]]:
    """Return the policies of a place with their versions in order of date, and those that could not be read."""
    policies: dict[str, list[LoadedVersion]] = {}
    broken = set()
    entries = listing(folder, MOST_POLICIES, problems)
    warn_of_misplaced((path for path in entries if path.name not in PLACE_FILES), problems)
    for policy in (path for path in entries if path.is_dir() and not path.name.startswith(".")):
        errors = problems.errors
        if not _ID.fullmatch(policy.name):
            problems.add(Problem("bad-id", shown(policy), found=policy.name))
            continue
        if policy.name in RESERVED_POLICY_IDS:
            problems.add(Problem("reserved-id", shown(policy), found=policy.name))
        versions = list(_versions(policy, root, problems, read))
        if problems.errors > errors:
            broken.add(policy.name)
        if versions:
            policies[policy.name] = sorted(versions, key=lambda version: version.start or date.min)
    return policies, broken


def _versions(folder: Path, root: Path, problems: Problems, read: Reader) -> Iterator[LoadedVersion]:
    if not within(folder, root):
        problems.add(Problem("link-leads-out", shown(folder), found=folder.name))
        return
    entries = listing(folder, MOST_VERSIONS, problems)
    warn_of_misplaced((path for path in entries if path.suffix != ".yaml"), problems)
    for inner in (path for path in entries if path.suffix != ".yaml" and path.is_dir()):
        warn_of_misplaced(inner.glob("*"), problems)
    for file in (path for path in entries if path.suffix == ".yaml"):
        document = document_at(file, root, problems, read)
        start = parse_day(file.stem)
        if file.stem != "initial" and start is None:
            problems.add(Problem("file-name-no-date", shown(file), found=file.name))
            continue
        if document is None:
            continue
        model = _version(document, problems)
        if model is not None:
            yield LoadedVersion(file.stem, start, model, document)


def _version(document: Document, problems: Problems) -> VersionModel | None:
    if not isinstance(document.value, dict):
        problems.add(document.problem("wrong-type", found=document.value, wanted="map"))
        return None
    kind = document.value.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        if kind is None:
            problems.add(document.problem("missing-key", found="kind"))
        else:
            problems.add(document.problem("bad-choice", ("kind",), found=kind, expected=tuple(KINDS)))
        return None
    return validate_document(document, KINDS[kind], problems)
