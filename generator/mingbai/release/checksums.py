"""``SHA256SUMS``: the hash of every file of a site, so that a copy can be told from a damaged or altered one.

The file is what ``sha256sum --check SHA256SUMS`` reads too, on a machine without this program.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SUMS = "SHA256SUMS"
SIGNATURE = f"{SUMS}.sig"
_FILE, _FOLDER = 0o644, 0o755
"""A web server must be able to read the site, whatever the umask of whoever built it."""
_DIGITS = 64


class SumsError(ValueError):
    """A folder has no list of hashes, or one that cannot be read."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a copy differs from what was published: paths from its root, sorted."""

    files: int
    missing: list[str]
    changed: list[str]
    added: list[str]

    @property
    def whole(self) -> bool:
        """Whether the copy is what was published."""
        return not (self.missing or self.changed or self.added)


def seal(site: Path) -> None:
    """Write the hashes of all files of a site, and let everybody read it."""
    site.chmod(_FOLDER)
    for path in site.rglob("*"):
        path.chmod(_FOLDER if path.is_dir() else _FILE)
    (site / SUMS).write_text(_lines({path: hash_of(site / path) for path in _files(site)}), encoding="utf-8")
    (site / SUMS).chmod(_FILE)


def sums_of(contents: Mapping[str, bytes]) -> str:
    """Return what `SHA256SUMS` says of files that are not on the disk, by their paths."""
    return _lines({path: hashlib.sha256(content).hexdigest() for path, content in contents.items()})


def verify(site: Path) -> Verdict:
    """Compare a copy with its own list of hashes. Raises SumsError if it has none."""
    published = read_sums(site / SUMS)
    there = set(_files(site))
    return Verdict(
        files=len(published),
        missing=sorted(published.keys() - there),
        changed=sorted(path for path in published.keys() & there if hash_of(site / path) != published[path]),
        added=sorted(there - published.keys()),
    )


def _files(site: Path) -> Iterator[str]:
    """Yield the path of every file but the list itself and its signature. Links are not followed: a copy holds none."""
    for folder, _, names in os.walk(site):
        under = Path(folder).relative_to(site).as_posix()
        for name in names:
            path = name if under == "." else f"{under}/{name}"
            if path not in (SUMS, SIGNATURE):
                yield path


def _lines(hashes: Mapping[str, str]) -> str:
    return "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes))


def hash_of(file: Path) -> str:
    """Return the hash of a file's content; of a link, or of what cannot be read, nothing that any file has."""
    if file.is_symlink() or not file.is_file():
        return ""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_sums(file: Path) -> dict[str, str]:
    """Return the hash of each file that a list names, by its path. Raises SumsError if it cannot be read."""
    found = {}
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SumsError(str(file)) from error
    for line in lines:
        digest, blanks, path = line[:_DIGITS], line[_DIGITS : _DIGITS + 2], line[_DIGITS + 2 :]
        if blanks != "  " or not path or not set(digest) <= set("0123456789abcdef"):
            raise SumsError(str(file))
        found[path] = digest
    if not found:
        raise SumsError(str(file))
    return found
