"""Select the policy files that a call names (``mingbai check policies/gaotai``)."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mingbai.diagnostics.errors import CallError
from mingbai.loader.files import shown, within


@dataclass(frozen=True, slots=True)
class PathSelection:
    """A predicate on policy files; `paths` as in messages, empty for all policies."""

    policies: Path
    paths: tuple[Path, ...]

    def __call__(self, file: Path) -> bool:
        """Return whether a file is selected."""
        return not self.paths or any(path in (file, *file.parents) for path in self.paths)

    def files(self) -> int:
        """Return how many policy files are selected."""
        return sum(self(shown(file)) for file in self.policies.rglob("*.yaml"))


def select_paths(policies: Path, paths: Sequence[Path]) -> PathSelection:
    """Return the selection. Raises CallError for a path that does not exist or is outside of the policies."""
    for path in paths:
        if not path.exists():
            raise CallError("no_path", path)
        if path.resolve() != policies.resolve() and not within(path, policies):
            raise CallError("not_in_policies", path, policies=policies)
    if any(path.resolve() == policies.resolve() for path in paths):
        paths = ()
    return PathSelection(policies, tuple(shown(path) for path in paths))
