"""``build.json``: with which versions of which tools a site was made.

They are inputs like the policies: with the same ones the same bytes come out.
"""

import json
import platform
import re
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

from mingbai.bundle.timeline import KNOWN, PREVIEW

BUILD = "build.json"
_OURS = "mingbai"
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def tools(node_modules: Mapping[str, Path]) -> dict[str, str]:
    """Return the version of each tool by its name: Python, the packages that Mingbai asks for, and those of npm.

    `node_modules` are the folders of the latter.
    """
    asked = [match[0] for line in requires(_OURS) or [] if "extra ==" not in line and (match := _NAME.match(line))]
    found = {"python": platform.python_version()}
    for name in (_OURS, *asked):
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # it runs without
            continue
    for name, folder in node_modules.items():
        found[name] = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
    return dict(sorted(found.items()))


def write_build(site: Path, bundle: dict[str, Any], made_with: Mapping[str, str], fonts: Mapping[str, str]) -> None:
    """Write what a site was made of and with; `fonts` by what they are for, each with its size."""
    told = {
        "revision": bundle["revision"],
        "engine": bundle["engine"],
        "known": bundle[KNOWN],
        "preview": bundle.get(PREVIEW, ""),
        "tools": dict(made_with),
        "fonts": dict(fonts),
    }
    (site / BUILD).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
