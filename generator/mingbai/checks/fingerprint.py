"""What the result of checking a place depends on, as one hash: the files as they were read, and the program."""

from mingbai.checks.lock import Lock
from mingbai.files.program import code_stamp
from mingbai.loader.files import shown
from mingbai.loader.snapshot import YAML, Snapshot


def of_shared(files: Snapshot) -> str:
    """Return what stands for the shared vocabulary of a folder and for the program."""
    texts = [path for path in files.entries if path.endswith(YAML)]
    return files.digest(code_stamp(), str(shown(files.folder)), paths=texts)


def of_place(files: Snapshot, shared: str, lock: Lock) -> str:
    """Return what stands for a place, given what stands for the shared vocabulary, and the lock of the place.

    The line in which the lock names a version matters only where the file of the version is missing.
    """
    published = []
    for name, hashes in lock.versions.items():
        is_missing = files.lacks_file(files.folder.parent / f"{name}{YAML}")
        line = str(lock.lines[name]) if is_missing else ""
        published += [name, line, *(f"{part}={digest}" for part, digest in hashes.items())]
    published += [" ".join([name, *records.words()]) for name, records in lock.records.items()]
    return files.digest(shared, files.folder.name, *published)
