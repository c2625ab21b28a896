"""Puts into the wheel what a site is made with beside its policies (`mingbai.core.resources`); hatchling runs it.

An editable installation has no need of it, and is made before node_modules is there.
"""

import sys
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
            build_data["force_include"] |= {
                str(file): f"mingbai/resources/web/{address}" for address, file in _web_files(here).items()
            }


def _web_files(here: Path) -> dict[str, Path]:
    """Write what esbuild makes of the scripts and styles to build/web; return the files by address."""
    sys.path[:0] = [
        str(here / "generator"),
        str(here / "calculator"),
    ]  # what is imported needs the standard library only
    from mingbai.assets.web_files import web_files  # noqa: PLC0415

    made = {address: here / "build/web" / address for address in web_files(here)}
    for address, text in web_files(here).items():
        made[address].parent.mkdir(parents=True, exist_ok=True)
        made[address].write_text(text, encoding="utf-8")
    return made
