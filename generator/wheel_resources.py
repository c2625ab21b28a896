"""Puts into the wheel what a site is made with beside its policies (`mingbai.core.resources`); hatchling runs it.

An editable installation has no need of it, and is made before node_modules is there.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class RoomOfWheel(BuildHookInterface[Any]):
    """Adds the files and folders named in pyproject.toml, laid out as they are in the repository."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add them to a wheel that is given to others."""
        if version == "standard":
            here = Path(self.root)
            build_data["force_include"] |= {
                str(here / name): f"mingbai/resources/{name}" for name in self.config["files"]
            }
