"""Checksums of a site (``SHA256SUMS``): detect damaged or altered copies.

``sha256sum --check SHA256SUMS`` reads the file too, on a machine without this program.
"""

import hashlib
import os
import stat
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

CHECKSUMS_FILE = "SHA256SUMS"
SIGNATURE_FILE = f"{CHECKSUMS_FILE}.sig"
_FILE_MODE, _FOLDER_MODE = 0o644, 0o755
"""Modes of files and folders: a web server must be able to read the site, whatever the umask of the build."""
_DIGEST_LENGTH = 64


class ChecksumsError(ValueError):
    """A folder has no checksum file, or an invalid one."""


@dataclass(frozen=True, slots=True)
class Verification:
    """Differences of a copy from its checksums: the number of published files, and paths from the root, sorted."""

    files: int
    missing: list[str]
    changed: list[str]
    added: list[str]

    @property
    def intact(self) -> bool:
        """Whether the copy is identical to what was published."""
        return not (self.missing or self.changed or self.added)


def write_checksums(site: Path) -> None:
    """Write the checksum file of a site, and make all of the site world-readable."""
    site.chmod(_FOLDER_MODE)
    paths = []
    for entry in iter_entries(site):
        is_folder = stat.S_ISDIR(entry.mode)
        (site / entry.path).chmod(_FOLDER_MODE if is_folder else _FILE_MODE)
        paths += [] if is_folder or entry.path in (CHECKSUMS_FILE, SIGNATURE_FILE) else [entry.path]
    (site / CHECKSUMS_FILE).write_text(
        _format_lines({path: hash_file(site / path) for path in paths}), encoding="utf-8"
    )
    (site / CHECKSUMS_FILE).chmod(_FILE_MODE)


def format_checksums(contents: Mapping[str, bytes]) -> str:
    """Return the text of a checksum file for contents in memory, given by path."""
    return _format_lines({path: hashlib.sha256(content).hexdigest() for path, content in contents.items()})


def verify_checksums(site: Path) -> Verification:
    """Compare a copy with its own checksum file. Raises ChecksumsError if it has no valid one."""
    published = read_checksums(site / CHECKSUMS_FILE)
    folders = {parent.as_posix() for path in published for parent in PurePosixPath(path).parents}
    present = set(_iter_files(site, folders))
    return Verification(
        files=len(published),
        missing=sorted(published.keys() - present),
        changed=sorted(path for path in published.keys() & present if hash_file(site / path) != published[path]),
        added=sorted(present - published.keys()),
    )


@dataclass(frozen=True, slots=True)
class FolderEntry:
    """Something in a folder: its path from there, and its mode as `lstat` gives it (a link is a link)."""

    path: str
    mode: int


def iter_entries(site: Path, inside: str = "") -> Iterator[FolderEntry]:
    """Yield every entry of a folder: files, folders before what is in them, links, devices; no link is followed.

    Raises OSError if a folder cannot be read.
    """
    with os.scandir(site / inside) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        path = f"{inside}/{entry.name}" if inside else entry.name
        mode = entry.stat(follow_symlinks=False).st_mode
        yield FolderEntry(path, mode)
        if stat.S_ISDIR(mode):
            yield from iter_entries(site, path)


def _iter_files(site: Path, folders: Container[str]) -> Iterator[str]:
    """Yield the path of every entry but the checksum file, its signature, and the `folders`; ``a/`` is a folder."""
    for entry in iter_entries(site):
        if stat.S_ISDIR(entry.mode):
            if entry.path not in folders:
                yield f"{entry.path}/"
        elif entry.path not in (CHECKSUMS_FILE, SIGNATURE_FILE):
            yield entry.path


def _format_lines(hashes: Mapping[str, str]) -> str:
    return "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes))


def hash_file(file: Path) -> str:
    """Return the SHA-256 of a file's content (hexadecimal); ``""`` for a link or what is no regular file."""
    if not is_regular_file(file):
        return ""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_regular_file(file: Path) -> bool:
    """Return whether there is a regular file at a path itself: a link to one is none, nor a pipe that never ends."""
    try:
        return stat.S_ISREG(file.lstat().st_mode)
    except OSError:
        return False


def read_checksums(file: Path) -> dict[str, str]:
    """Return the hashes of a checksum file by path. Raises ChecksumsError if it is missing, empty or invalid."""
    hashes = {}
    if not is_regular_file(file):
        raise ChecksumsError(str(file))
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ChecksumsError(str(file)) from error
    for line in lines:
        digest, separator, path = (
            line[:_DIGEST_LENGTH],
            line[_DIGEST_LENGTH : _DIGEST_LENGTH + 2],
            line[_DIGEST_LENGTH + 2 :],
        )
        if separator != "  " or not path or not set(digest) <= set("0123456789abcdef"):
            raise ChecksumsError(str(file))
        hashes[path] = digest
    if not hashes:
        raise ChecksumsError(str(file))
    return hashes
