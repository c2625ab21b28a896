"""Files of others in the folder of a site: `.git`, ``CNAME``, ``MP_verify_*.txt``. A new site takes them over.

Ours is what the checksum file of the old site lists, and nothing else.
"""

import os
import shutil
import stat
from pathlib import Path, PurePosixPath

from mingbai.release.checksums import CHECKSUMS_FILE, SIGNATURE_FILE, FolderEntry, iter_entries, read_checksums


class InTheWayError(Exception):
    """Files of others lie where the new site has its own; `paths` are relative to the `folder` of the site, sorted."""

    def __init__(self, folder: Path, paths: list[str]) -> None:
        """Store the folder and the paths."""
        super().__init__(f"{len(paths)} files in the way")
        self.folder, self.paths = folder, paths


def list_foreign(site: Path) -> list[FolderEntry]:
    """Return all that lies in the folder of a sealed site and is not listed by it; folders before what is in them.

    Raises ChecksumsError if the site has no valid checksum file, OSError if a folder cannot be read.
    """
    listed = {*read_checksums(site / CHECKSUMS_FILE), CHECKSUMS_FILE, SIGNATURE_FILE}
    folders = {parent.as_posix() for path in listed for parent in PurePosixPath(path).parents}
    return [
        entry for entry in iter_entries(site) if entry.path not in (folders if stat.S_ISDIR(entry.mode) else listed)
    ]


def carry_over(old: Path, new: Path) -> None:
    """Put all that is not ours in the folder of the old site into that of the new one, which is not in place yet.

    An old folder without a checksum file is empty. Files become hard links, so that nothing is missing from the old
    site, or lost, if the build is killed. Raises InTheWayError, ChecksumsError, OSError.
    """
    foreign = list_foreign(old) if (old / CHECKSUMS_FILE).exists() else []
    in_the_way = [entry.path for entry in foreign if _is_taken(new, entry)]
    if in_the_way:
        raise InTheWayError(old, sorted(in_the_way))
    for entry in foreign:
        if stat.S_ISDIR(entry.mode):
            (new / entry.path).mkdir(parents=True, exist_ok=True)
            shutil.copystat(old / entry.path, new / entry.path)
        else:
            _link(old / entry.path, new / entry.path)


def _is_taken(new: Path, entry: FolderEntry) -> bool:
    """Return whether the new site has something else at the path of an entry, or a file where it needs a folder."""
    needed = [entry.path] if stat.S_ISDIR(entry.mode) else []
    needed += [path.as_posix() for path in PurePosixPath(entry.path).parents]
    blocked = any((new / path).exists() and not (new / path).is_dir() for path in needed)
    return blocked or (not stat.S_ISDIR(entry.mode) and (new / entry.path).exists())


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # the file system has no links
        if not (source.is_symlink() or source.is_file()):
            raise
        shutil.copy2(source, target, follow_symlinks=False)
