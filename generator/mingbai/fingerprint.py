"""What the result of checking a place depends on, as one hash: the files as they were read, and the program."""

from mingbai.authoring.lock import Lock
from mingbai.cache import code_stamp
from mingbai.policy_files import shown
from mingbai.snapshot import YAML, Snapshot


def of_shared(files: Snapshot) -> str:
    """Return what stands for the shared vocabulary of a folder and for the program."""
    texts = [path for path in files.entries if path.endswith(YAML)]
    return files.digest(code_stamp(), str(shown(files.folder)), paths=texts)


def of_place(files: Snapshot, shared: str, lock: Lock) -> str:
    """Return what stands for a place, given what stands for the shared vocabulary, and what is published of the place.

    In which line of the lock a version stands makes a difference only where its file is gone.
    """
    published = []
    for name, hashes in lock.versions.items():
        gone = files.lacks(files.folder.parent / f"{name}{YAML}")
        published += [name, str(lock.lines[name]) if gone else "", *(f"{part}={each}" for part, each in hashes.items())]
    return files.digest(shared, files.folder.name, *published)
