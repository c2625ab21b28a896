"""Loading every policy file into the model, with every problem found on the way."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from mingbai.languages import SITE
from mingbai.model.base import Address, Id, parse_day
from mingbai.model.place import Fact, Place, SourceDocument, Terms
from mingbai.model.revision import Absent, Revision
from mingbai.model.search import SearchWords
from mingbai.model.version import KINDS, Version
from mingbai.problems import Problem, Problems
from mingbai.validate import validated
from mingbai.yaml_document import Document
from mingbai.yaml_reader import read_document
from mingbai.yaml_text import why

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
SHARED_FILES = ("facts.yaml", "terms.yaml", "sources.yaml")
ALIASES = "aliases.yaml"
ROOT_FILES = (*SHARED_FILES, "absent.yaml", "search.yaml", ALIASES)
PLACE_FILES = ("place.yaml", "revisions.yaml")
_PAGES = (
    "index",
    "estimator",
    "glossary",
    "sources",
    "absent",
    "about",
    "privacy",
    "offline",
    "authors",
    "topics",
    "people",
    "search",
    "data",
    "diag",
    "open-data",
    "assets",
)
PAGES_OF_THE_SITE = frozenset((*_PAGES, *(entry.folder.rstrip("/") for entry in SITE.entries)))
PAGES_OF_A_PLACE = frozenset(("index", "changes"))
"""Addresses of the site that a place, or a policy, would take for itself."""
MOST_PLACES, MOST_POLICIES, MOST_VERSIONS = 4000, 400, 200
Facts = dict[Id, Fact]
Sources = dict[Id, SourceDocument]
Aliases = dict[Address, Address]


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


type Reader = Callable[[Path, Problems, Path], Document | None]
"""Reads a file; the last path is how messages name it."""


def read_plainly(file: Path, problems: Problems, shown_as: Path) -> Document | None:
    """Read a file, whatever was known of it."""
    return read_document(file, problems, shown_as=shown_as)


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
        document = _document(root / name, root, problems, read)
        if document is not None:
            library.documents[name] = document
    library.facts = validated(library.documents.get("facts.yaml"), Facts, problems) or {}
    library.terms = validated(library.documents.get("terms.yaml"), Terms, problems)
    library.sources = validated(library.documents.get("sources.yaml"), Sources, problems) or {}
    absent = _optional(root / "absent.yaml", root, problems, read)
    if absent is not None:
        library.documents["absent.yaml"] = absent
        library.absent = validated(absent, list[Absent], problems) or []
    words = _optional(root / "search.yaml", root, problems, read)
    if words is not None:
        library.documents["search.yaml"] = words
        library.search = validated(words, SearchWords, problems) or SearchWords()
    moved = _optional(root / ALIASES, root, problems, read)
    if moved is not None:
        library.documents[ALIASES] = moved
        library.aliases = validated(moved, Aliases, problems) or {}
    return library


def place_folders(root: Path, problems: Problems) -> list[Path]:
    """Return the folders of places; what else lies beside them is said in `problems`."""
    entries = _entries(root, MOST_PLACES, problems)
    _misplaced((path for path in entries if path.name not in ROOT_FILES), problems)
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
    if folder.name in PAGES_OF_THE_SITE:
        problems.add(Problem("reserved-id", shown(folder), found=folder.name))
        return
    document = _document(folder / "place.yaml", library.root, problems, read)
    model = validated(document, Place, problems)
    policies, broken = _policies(folder, library.root, problems, read)
    told = _optional(folder / "revisions.yaml", library.root, problems, read)
    revisions = validated(told, list[Revision], problems) or []
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
    entries = _entries(folder, MOST_POLICIES, problems)
    _misplaced((path for path in entries if path.name not in PLACE_FILES), problems)
    for policy in (path for path in entries if path.is_dir() and not path.name.startswith(".")):
        errors = problems.errors
        if not _ID.fullmatch(policy.name):
            problems.add(Problem("bad-id", shown(policy), found=policy.name))
            continue
        if policy.name in PAGES_OF_A_PLACE:
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
    entries = _entries(folder, MOST_VERSIONS, problems)
    _misplaced((path for path in entries if path.suffix != ".yaml"), problems)
    for inner in (path for path in entries if path.suffix != ".yaml" and path.is_dir()):
        _misplaced(inner.glob("*"), problems)
    for file in (path for path in entries if path.suffix == ".yaml"):
        document = _document(file, root, problems, read)
        start = parse_day(file.stem)
        if file.stem != "initial" and start is None:
            problems.add(Problem("file-name-no-date", shown(file), found=file.name))
            continue
        if document is None:
            continue
        model = _version(document, problems)
        if model is not None:
            yield LoadedVersion(file.stem, start, model, document)


def _document(file: Path, root: Path, problems: Problems, read: Reader) -> Document | None:
    if not within(file, root):
        problems.add(Problem("link-leads-out", shown(file), found=file.name))
        return None
    return read(file, problems, shown(file))


def _optional(file: Path, root: Path, problems: Problems, read: Reader) -> Document | None:
    """Read a file that need not be there."""
    return _document(file, root, problems, read) if file.exists() or file.is_symlink() else None


def within(file: Path, root: Path) -> bool:
    """Return whether a file really lies in a folder, wherever links lead."""
    try:
        real, home = os.path.realpath(file), os.path.realpath(root)
    except (OSError, ValueError):
        return False
    return real.startswith(home + os.sep)


def _entries(folder: Path, most: int, problems: Problems) -> list[Path]:
    """Return what lies in a folder, in order of name; nothing where it is more than anybody would put there."""
    try:
        with os.scandir(folder) as found:
            entries = [Path(entry.path) for entry in islice(found, most + 1)]
    except OSError as error:
        problems.add(Problem("unreadable", shown(folder), found=error.strerror or "", extra={"why": why(error)}))
        return []
    if len(entries) > most:
        problems.add(Problem("too-many-files", shown(folder), found=f"{most}"))
        return []
    return sorted(entries)


def _misplaced(paths: Iterable[Path], problems: Problems) -> None:
    """Warn of policy files that nobody reads because of where they lie or how they end."""
    for path in islice(paths, MOST_VERSIONS):
        if path.suffix.lower() in (".yaml", ".yml") and not path.name.startswith(".") and not path.is_dir():
            problems.add(Problem("misplaced-file", shown(path), found=path.name, severity="warning"))


def _version(document: Document, problems: Problems) -> Version | None:
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
    return validated(document, KINDS[kind], problems)


def shown(file: Path) -> Path:
    """Return a file as messages name it: relative to where one stands, if it lies there."""
    whole = Path(os.path.abspath(file))  # noqa: PTH100 - as it is called, wherever links lead
    return whole.relative_to(Path.cwd()) if whole.is_relative_to(Path.cwd()) else file
