"""The files of a folder of policies as they were read, each of them once.

Both come from here: what is parsed, and the key under which the result is cached. So a result can only be found again
by who has read the same bytes, whatever happened to the files while it was made.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from mingbai.cache import add
from mingbai.policy_files import shown
from mingbai.problems import Problem, Problems
from mingbai.source_file import LARGEST_FILE, SourceFile, read_source
from mingbai.yaml_text import why

PLACE_FILES = ("place.yaml", "revisions.yaml")
SHARED_FILES = ("facts.yaml", "terms.yaml", "sources.yaml")
ALIASES = "aliases.yaml"
ROOT_FILES = (*SHARED_FILES, "absent.yaml", "search.yaml", ALIASES)
LOCK, ADDRESSES = "published.lock", "published-addresses.txt"
MOST_PLACES, MOST_POLICIES, MOST_VERSIONS = 4000, 400, 200
YAML = ".yaml"
_LEVELS = 3
"""A place, its policies, and what lies misplaced inside them."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The names in a folder, sorted, and whether these are all of them; `error` says why there is none."""

    names: tuple[str, ...] = ()
    whole: bool = True
    error: OSError | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What lies at a path: where it really lies, whether it is a link, and what it holds.

    A file has a `source` if anybody reads it, a folder (or a link to one) has a `listing`.
    """

    real: str
    link: bool = False
    source: SourceFile | None = None
    listing: Listing | None = None

    def facts(self) -> tuple[str, ...]:
        """Return all that anybody learns about the path."""
        names = () if self.listing is None else (f"{self.listing.whole} {self.listing.error}", *self.listing.names)
        told = () if self.source is None else self.source.facts()
        return f"{self.link} {self.listing is None} {self.source is None}", self.real, *names, *told


UNLISTED = Listing(whole=False)
"""Of a folder in which nobody looks."""


@dataclass(slots=True)
class Snapshot:
    """The shared files of a folder of policies, or a place: whatever is asked about its paths is known already.

    `home` is where the folder of policies really lies. `entries` are by path, as texts: they are made in no time.
    """

    folder: Path
    home: str
    entries: dict[str, Entry] = field(default_factory=dict)

    def source(self, path: Path) -> SourceFile:
        """Return a file as it was read; one that nothing is known of is not there."""
        entry = self.entries.get(str(path))
        if entry is None:
            return SourceFile(path, error=FileNotFoundError(2, os.strerror(2)))
        if entry.source is None:
            return SourceFile(path, kind=0 if entry.listing is None else stat.S_IFDIR)
        return entry.source

    def has(self, path: Path) -> bool:
        """Tell whether anything lies at a path, be it a link that leads nowhere."""
        return str(path) in self.entries

    def lacks(self, path: Path) -> bool:
        """Tell whether there is surely no file at a path; in a folder that is not known whole there may be one."""
        entry = self.entries.get(str(path))
        if entry is not None:
            return entry.listing is not None or (entry.source is not None and not entry.source.is_file)
        above = self.entries.get(str(path.parent))
        if above is None:
            return path.parent != path and self.lacks(path.parent)
        return above.listing is None or (above.listing.whole and above.listing.error is None)

    def is_folder(self, path: Path) -> bool:
        """Tell whether a folder lies at a path, or a link to one."""
        entry = self.entries.get(str(path))
        return entry is not None and entry.listing is not None

    def within(self, path: Path) -> bool:
        """Tell whether what lies at a path really lies among the policies, wherever links lead."""
        entry = self.entries.get(str(path))
        return entry is None or entry.real.startswith(self.home + os.sep)

    def listing(self, folder: Path, most: int, problems: Problems) -> list[Path]:
        """Return what lies in a folder, in order of name; nothing where it is more than anybody would put there."""
        found = self._listing(folder)
        if found.error is not None:
            extra = {"why": why(found.error)}
            problems.add(Problem("unreadable", shown(folder), found=found.error.strerror or "", extra=extra))
            return []
        if not found.whole or len(found.names) > most:
            problems.add(Problem("too-many-files", shown(folder), found=f"{most}"))
            return []
        return self.inside(folder)

    def inside(self, folder: Path) -> list[Path]:
        """Return what is known to lie in a folder, in order of name."""
        return sorted(folder / name for name in self._listing(folder).names)

    def _listing(self, folder: Path) -> Listing:
        entry = self.entries.get(str(folder))
        return UNLISTED if entry is None or entry.listing is None else entry.listing

    def texts(self) -> Iterator[SourceFile]:
        """Yield the policy files that were read, those nearest to the top first; files behind a link are elsewhere."""
        read = (each.source for each in self.entries.values() if each.source is not None and not each.link)
        yield from sorted(
            (source for source in read if source.data is not None),
            key=lambda source: (len(source.path.parts), source.path),
        )

    def digest(self, *of: str, paths: Iterable[str] | None = None) -> str:
        """Return what stands for all that was read (or for `paths` alone), and for what `of` says besides."""
        found = hashlib.sha256()
        add(found, str(len(of)), *of, self.home)
        start = len(_before(self.folder))
        for path in self.entries if paths is None else paths:
            facts = self.entries[path].facts()
            add(found, path[start:], str(len(facts)), *facts)
        return found.hexdigest()


def read_place(folder: Path) -> Snapshot:
    """Read a place, a folder inside that of the policies."""
    made = Snapshot(folder, _real(folder.parent))
    _read_folder(made, str(folder), _real(folder), _LEVELS, link=folder.is_symlink())
    for name in PLACE_FILES:
        _read_named(made, folder / name)  # of too many files they are the only ones
    return made


def read_shared(root: Path) -> Snapshot:
    """Read what all places share: the files that lie in the folder of the policies itself, and the names of places."""
    made = Snapshot(root, _real(root))
    listing, inside = _listed(str(root), MOST_PLACES)
    made.entries[str(root)] = Entry(made.home, listing=listing)
    for each in inside:
        path = _before(root) + each.name
        made.entries[path] = _entry(each, path, made.home, read=listing.whole)
    for name in ROOT_FILES:
        _read_named(made, root / name)
    for name in (LOCK, ADDRESSES):
        _read_named(made, root / name, None)
    return made


def _read_folder(made: Snapshot, folder: str, real: str, levels: int, *, link: bool) -> None:
    listing, inside = _listed(folder, MOST_POLICIES)
    made.entries[folder] = Entry(real, link, None, listing)
    for each in inside:
        path = f"{folder}{os.sep}{each.name}"
        entry = _entry(each, path, real, read=listing.whole and levels > 1)
        if entry.listing is not None and listing.whole and levels > 1:
            _read_folder(made, path, entry.real, levels - 1, link=entry.link)
        else:
            made.entries[path] = entry


def _entry(found: "os.DirEntry[str]", path: str, above: str, *, read: bool) -> Entry:
    """Return what a folder that really lies at `above` lists; a policy file is read where `read` says so."""
    link = found.is_symlink()
    real = _real(path) if link else f"{above}{os.sep}{found.name}"
    if os.path.isdir(path) if link else found.is_dir(follow_symlinks=False):  # noqa: PTH112 - no error of a link matters
        return Entry(real, link, None, UNLISTED)
    return Entry(real, link, read_source(Path(path)) if read and found.name.endswith(YAML) else None)


def _read_named(made: Snapshot, path: Path, largest: int | None = LARGEST_FILE) -> None:
    """Read a file that has its name from us, unless that was done."""
    entry = made.entries.get(str(path))
    unread = os.path.lexists(path) if entry is None else entry.listing is None and entry.source is None
    if unread:
        made.entries[str(path)] = Entry(_real(path), path.is_symlink(), read_source(path, largest))


def _listed(folder: str, most: int) -> tuple[Listing, list["os.DirEntry[str]"]]:
    """List a folder, in order of name; one more than `most` is no whole listing."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(islice(found, most + 1), key=lambda entry: entry.name)
    except OSError as error:
        return Listing(error=OSError(error.errno, error.strerror)), []
    return Listing(tuple(entry.name for entry in entries), len(entries) <= most), entries


def _before(folder: Path) -> str:
    """Return what stands before a name in the path of what lies in a folder; nothing for the one where one stands."""
    return str(folder / "x")[:-1]


def _real(path: str | Path) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return ""
