"""Puts into the wheel what a site is made with beside its policies (`mingbai.core.resources`); hatchling runs it.

Scripts and styles go in as esbuild made them.

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
                str(file): f"mingbai/resources/web/{address}" for address, file in _write_web_files(here).items()
            }


def _write_web_files(here: Path) -> dict[str, Path]:
    """Write what esbuild makes of the scripts and styles to build/web; return the files by address."""
    sys.path[:0] = [str(here / folder) for folder in ("generator", "calculator")]
    from mingbai.assets.web_files import web_files  # noqa: PLC0415 - needs the standard library only

    files = {}
    for address, text in web_files(here).items():
        files[address] = here / "build/web" / address
        files[address].parent.mkdir(parents=True, exist_ok=True)
        files[address].write_text(text, encoding="utf-8")
    return files
