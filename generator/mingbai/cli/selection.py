"""What somebody asks about: files and folders (``mingbai check policies/gaotai``), or some of the places."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


def only_places(bundle: dict[str, Any], ids: Sequence[str]) -> dict[str, Any]:
    """Return the bundle with some of its places, in its own order; its revision stays, as the rules are the same.

    A place above that is not among them is not named. Raises CallError for a place that is not there.
    """
    for each in ids:
        if each not in bundle["places"]:
            key = "no_place"
            raise CallError(key, each, tuple(bundle["places"]))
    kept = {name: place for name, place in bundle["places"].items() if name in ids}
    return {
        **bundle,
        "places": {
            name: {**place, "parent": place["parent"] if place["parent"] in kept else None}
            for name, place in kept.items()
        },
    }
