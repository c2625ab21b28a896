"""A snapshot of a folder of policies: its files as they were read, each of them once.

The text that is parsed and the key under which the result is cached come from the same bytes. So a cached result is
found only by a run that has read the same bytes, even if the files were edited while the result was made.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from mingbai.core.cache import add
from mingbai.core.os_errors import why
from mingbai.diagnostics.problem import Problem, Problems
from mingbai.files.source_file import LARGEST_FILE, SourceFile, read_source
from mingbai.loader.files import shown

PLACE_FILES = ("place.yaml", "revisions.yaml")
SHARED_FILES = ("facts.yaml", "terms.yaml", "sources.yaml")
ALIASES = "aliases.yaml"
ROOT_FILES = (*SHARED_FILES, "absent.yaml", "search.yaml", ALIASES)
LOCK, ADDRESSES = "published.lock", "published-addresses.txt"
FIGURES = "figures"
"""The folder beside the places that holds a list of figures for each source document."""
MOST_PLACES, MOST_POLICIES, MOST_VERSIONS = 4000, 400, 200
YAML = ".yaml"
_LEVELS = 3
"""A place, its policies, and what lies misplaced inside them."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The names in a folder, sorted, and whether these are all of them; `error` says why it could not be listed."""

    names: tuple[str, ...] = ()
    whole: bool = True
    error: OSError | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A path: its real path, whether it is a symbolic link, and its content.

    A file has a `source` if the program reads it; a folder (or a link to one) has a `listing`.
    """

    real: str
    link: bool = False
    source: SourceFile | None = None
    listing: Listing | None = None

    def facts(self) -> tuple[str, ...]:
        """Return everything that a result can depend on, except the path."""
        names = () if self.listing is None else (f"{self.listing.whole} {self.listing.error}", *self.listing.names)
        of_file = () if self.source is None else self.source.facts()
        return f"{self.link} {self.listing is None} {self.source is None}", self.real, *names, *of_file


UNLISTED = Listing(whole=False)
"""The listing of a folder that is not looked into."""


@dataclass(slots=True)
class Snapshot:
    """The shared files of a folder of policies, or the files of a place. Its methods read nothing from the disk.

    `home` is the real path of the folder of policies. The keys of `entries` are paths as text, for speed.
    """

    folder: Path
    home: str
    entries: dict[str, Entry] = field(default_factory=dict)

    def source(self, path: Path) -> SourceFile:
        """Return a file as it was read; a path without an entry is a missing file."""
        entry = self.entries.get(str(path))
        if entry is None:
            return SourceFile(path, error=FileNotFoundError(2, os.strerror(2)))
        if entry.source is None:
            return SourceFile(path, kind=0 if entry.listing is None else stat.S_IFDIR)
        return entry.source

    def exists(self, path: Path) -> bool:
        """Return whether there is anything at a path, even a broken link."""
        return str(path) in self.entries

    def lacks_file(self, path: Path) -> bool:
        """Return whether there is certainly no file at a path: in a folder that was not listed in full there may be."""
        entry = self.entries.get(str(path))
        if entry is not None:
            return entry.listing is not None or (entry.source is not None and not entry.source.is_file)
        above = self.entries.get(str(path.parent))
        if above is None:
            return path.parent != path and self.lacks_file(path.parent)
        return above.listing is None or (above.listing.whole and above.listing.error is None)

    def is_folder(self, path: Path) -> bool:
        """Return whether there is a folder at a path, or a link to one."""
        entry = self.entries.get(str(path))
        return entry is not None and entry.listing is not None

    def is_within(self, path: Path) -> bool:
        """Return whether a path really lies in the folder of the policies, wherever links lead."""
        entry = self.entries.get(str(path))
        return entry is None or entry.real.startswith(self.home + os.sep)

    def list_folder(self, folder: Path, most: int, problems: Problems) -> list[Path]:
        """Return what lies in a folder, in order of name; nothing where it is more than anybody would put there."""
        found = self._listing(folder)
        if found.error is not None:
            extra = {"why": why(found.error)}
            problems.add(Problem("unreadable", shown(folder), found=found.error.strerror or "", extra=extra))
            return []
        if not found.whole or len(found.names) > most:
            problems.add(Problem("too-many-files", shown(folder), found=f"{most}"))
            return []
        return self.children(folder)

    def children(self, folder: Path) -> list[Path]:
        """Return the paths in a folder as far as they were listed, in order of name."""
        return sorted(folder / name for name in self._listing(folder).names)

    def _listing(self, folder: Path) -> Listing:
        entry = self.entries.get(str(folder))
        return UNLISTED if entry is None or entry.listing is None else entry.listing

    def policy_files(self) -> Iterator[SourceFile]:
        """Yield the policy files that were read, those nearest to the top first; symbolic links are left out."""
        read = (entry.source for path, entry in self.entries.items() if path.endswith(YAML) and not entry.link)
        yield from sorted(
            (source for source in read if source is not None and source.data is not None),
            key=lambda source: (len(source.path.parts), source.path),
        )

    def digest(self, *of: str, paths: Iterable[str] | None = None) -> str:
        """Return a hash of everything that was read (or of `paths` alone), and of the texts `of`."""
        found = hashlib.sha256()
        add(found, str(len(of)), *of, self.home)
        start = len(_prefix(self.folder))
        for path in self.entries if paths is None else paths:
            facts = self.entries[path].facts()
            add(found, path[start:], str(len(facts)), *facts)
        return found.hexdigest()


def read_place(folder: Path) -> Snapshot:
    """Read a place: a folder in the folder of the policies."""
    snapshot = Snapshot(folder, _real(folder.parent))
    _read_folder(snapshot, str(folder), _real(folder), _LEVELS, link=folder.is_symlink())
    for name in PLACE_FILES:
        _read_named(snapshot, folder / name)  # where there are too many files, only these are read
    return snapshot


def read_shared(root: Path) -> Snapshot:
    """Read what all places share: the files in the folder of the policies itself, and the names of the places."""
    snapshot = Snapshot(root, _real(root))
    listing, found = _list(str(root), MOST_PLACES)
    snapshot.entries[str(root)] = Entry(snapshot.home, listing=listing)
    for each in found:
        path = _prefix(root) + each.name
        snapshot.entries[path] = _make_entry(each, path, snapshot.home, read=listing.whole)
    figures = str(root / FIGURES)
    if figures in snapshot.entries and snapshot.entries[figures].listing is not None:
        _read_folder(snapshot, figures, _real(figures), 2, link=snapshot.entries[figures].link)
    for name in ROOT_FILES:
        _read_named(snapshot, root / name)
    for name in (LOCK, ADDRESSES):
        _read_named(snapshot, root / name, None)
    return snapshot


def _read_folder(snapshot: Snapshot, folder: str, real: str, levels: int, *, link: bool) -> None:
    listing, found = _list(folder, MOST_POLICIES)
    snapshot.entries[folder] = Entry(real, link, None, listing)
    for each in found:
        path = f"{folder}{os.sep}{each.name}"
        entry = _make_entry(each, path, real, read=listing.whole and levels > 1)
        if entry.listing is not None and listing.whole and levels > 1:
            _read_folder(snapshot, path, entry.real, levels - 1, link=entry.link)
        else:
            snapshot.entries[path] = entry


def _make_entry(found: "os.DirEntry[str]", path: str, parent: str, *, read: bool) -> Entry:
    """Return the entry of a path in a folder with the real path `parent`; with `read`, a policy file is read."""
    link = found.is_symlink()
    real = _real(path) if link else f"{parent}{os.sep}{found.name}"
    if os.path.isdir(path) if link else found.is_dir(follow_symlinks=False):  # noqa: PTH112 - no error of a link matters
        return Entry(real, link, None, UNLISTED)
    return Entry(real, link, read_source(Path(path)) if read and found.name.endswith(YAML) else None)


def _read_named(snapshot: Snapshot, path: Path, largest: int | None = LARGEST_FILE) -> None:
    """Read a file of a fixed name, unless it was read already."""
    entry = snapshot.entries.get(str(path))
    unread = os.path.lexists(path) if entry is None else entry.listing is None and entry.source is None
    if unread:
        snapshot.entries[str(path)] = Entry(_real(path), path.is_symlink(), read_source(path, largest))


def _list(folder: str, most: int) -> tuple[Listing, list["os.DirEntry[str]"]]:
    """List a folder, in order of name; with more than `most` names the listing is not whole."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(islice(found, most + 1), key=lambda entry: entry.name)
    except OSError as error:
        return Listing(error=OSError(error.errno, error.strerror)), []
    return Listing(tuple(entry.name for entry in entries), len(entries) <= most), entries


def _prefix(folder: Path) -> str:
    """Return what precedes the name in the path of a file in a folder: ``""`` for the current folder."""
    return str(folder / "x")[:-1]


def _real(path: str | Path) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return ""
