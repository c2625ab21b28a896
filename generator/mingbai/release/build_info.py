"""Build information (``build.json``): the tool versions with which a site was built.

They are build inputs like the policies: the same inputs give the same bytes.
"""

import json
import platform
import re
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

from mingbai.bundle.timeline import KNOWN, PREVIEW

BUILD_FILE = "build.json"
_PACKAGE = "mingbai"
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def list_tool_versions(node_modules: Mapping[str, Path]) -> dict[str, str]:
    """Return the version of each tool by name: Python, the packages that Mingbai requires, npm packages.

    `node_modules` are the folders of the npm packages by name.
    """
    required = [
        match[0] for line in requires(_PACKAGE) or [] if "extra ==" not in line and (match := _NAME.match(line))
    ]
    versions = {"python": platform.python_version()}
    for name in (_PACKAGE, *required):
        try:
            versions[name] = version(name)
        except PackageNotFoundError:  # an optional package
            continue
    for name, folder in node_modules.items():
        versions[name] = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
    return dict(sorted(versions.items()))


def write_build_info(
    site: Path, bundle: dict[str, Any], tool_versions: Mapping[str, str], fonts: Mapping[str, str]
) -> None:
    """Write ``build.json`` into a site; `fonts` are the fonts by purpose, each with its size."""
    info = {
        "revision": bundle["revision"],
        "engine": bundle["engine"],
        "known": bundle[KNOWN],
        "preview": bundle.get(PREVIEW, ""),
        "tools": dict(tool_versions),
        "fonts": dict(fonts),
    }
    (site / BUILD_FILE).write_text(json.dumps(info, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
