"""Files in the folder of the policies that nobody reads: each is told, except a few that may lie there (see below).

A version that Notepad has saved as ``2017-01-01.yaml.txt`` would else be law that silently is none.
"""

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

from mingbai.diagnostics.problem import Problem, Problems
from mingbai.loader.files import shown
from mingbai.loader.snapshot import ADDRESSES, LOCK, PLACE_FILES, ROOT_FILES, YAML, Snapshot

MAY_LIE_ANYWHERE = (
    *("README.md", "README.txt"),
    *(".git", ".github", ".gitignore", ".gitattributes", ".gitkeep", ".svn", ".editorconfig", ".vscode", ".idea"),
    *(".DS_Store", "Thumbs.db", "desktop.ini"),
    *("*~", ".*.sw[op]", ".~lock.*#"),
)
"""Names (as patterns) of files and folders that other programs and people keep beside policies."""
READ_IN_ROOT = (*ROOT_FILES, LOCK, ADDRESSES)
READ_IN_PLACE = PLACE_FILES
_LIKE_YAML = re.compile(r"\.ya?ml(\.|$)", re.IGNORECASE)
_OTHER_ENDING = re.compile(r"\.ya?ml(\.txt)?$", re.IGNORECASE)


def warn_of_unread(paths: Iterable[Path], files: Snapshot, problems: Problems) -> None:
    """Warn of each of `paths` (what else lies in a folder than what is read there) that is no folder."""
    for path in paths:
        if not files.is_folder(path):
            _warn(path, problems)


def warn_of_unread_inside(folder: Path, files: Snapshot, problems: Problems) -> None:
    """Warn of everything in a folder that itself is not read."""
    if not may_lie_anywhere(folder):
        for path in files.children(folder):
            _warn(path, problems)


def warn_of_folder_without_place(folder: Path, problems: Problems) -> None:
    """Warn of a folder beside the places that has no ``place.yaml``: an error if it seems to hold policies."""
    if may_lie_anywhere(folder):
        return
    inside = [path for path in folder.rglob("*") if not path.is_dir()]
    if not folder.name.startswith(".") and any(_LIKE_YAML.search(path.name) for path in inside):
        problems.add(Problem("no-place-file", shown(folder), found="place.yaml"))
    elif inside:
        _warn(folder, problems)


def may_lie_anywhere(path: Path) -> bool:
    """Return whether what lies at a path has no need to be read."""
    return any(fnmatchcase(path.name, pattern) for pattern in MAY_LIE_ANYWHERE)


def _warn(path: Path, problems: Problems) -> None:
    if not may_lie_anywhere(path):
        right = _OTHER_ENDING.sub(YAML, path.name)
        nearest = None if right == path.name else right
        problems.add(Problem("misplaced-file", shown(path), found=path.name, nearest=nearest, severity="warning"))
