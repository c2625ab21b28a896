"""Selection of files: those that a call asks about (``mingbai check policies/gaotai``)."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mingbai.diagnostics.errors import CallError
from mingbai.loader.files import shown, within


@dataclass(frozen=True, slots=True)
class Chosen:
    """Paths as messages name them; none: all of the policies."""

    policies: Path
    paths: tuple[Path, ...]

    def __call__(self, file: Path) -> bool:
        """Tell whether a file is asked about."""
        return not self.paths or any(path in (file, *file.parents) for path in self.paths)

    def files(self) -> int:
        """Return how many policy files are asked about."""
        return sum(self(shown(file)) for file in self.policies.rglob("*.yaml"))


def only(policies: Path, paths: Sequence[Path]) -> Chosen:
    """Return what is asked about. Raises CallError for what is not there, or is no part of the policies."""
    for path in paths:
        if not path.exists():
            key = "no_path"
            raise CallError(key, path)
        if path.resolve() != policies.resolve() and not within(path, policies):
            key = "not_in_policies"
            raise CallError(key, path, policies=policies)
    if any(path.resolve() == policies.resolve() for path in paths):
        paths = ()
    return Chosen(policies, tuple(shown(path) for path in paths))
