"""Paths of policy files: how messages name them, and whether they really lie in `policies/`."""

import os
from pathlib import Path


def within(file: Path, root: Path) -> bool:
    """Return whether a file really lies in a folder, wherever links lead."""
    try:
        real, home = os.path.realpath(file), os.path.realpath(root)
    except (OSError, ValueError):
        return False
    return real.startswith(home + os.sep)


def shown(file: Path) -> Path:
    """Return a file as messages name it: relative to where one stands, if it lies there."""
    whole = Path(os.path.abspath(file))  # noqa: PTH100 - as it is called, wherever links lead
    return whole.relative_to(Path.cwd()) if whole.is_relative_to(Path.cwd()) else file
