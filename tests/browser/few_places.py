"""A site of a few places, built for a test with its own settings."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.browser.machine import ROOT, serve

PLACES = ("gaotai", "gansu", "national")


def copy_few_policies(folder: Path) -> Path:
    """Copy the policies of `PLACES`, and the files that all places share, to `folder`/policies; return this folder."""

    def ignore_others(path: str, names: list[str]) -> list[str]:
        parent = Path(path)
        return [name for name in names if (parent / name).is_dir() and parent.name == "policies" and name not in PLACES]

    policies = folder / "policies"
    shutil.copytree(ROOT / "policies", policies, ignore=ignore_others)
    for name in ("absent.yaml", "published.lock"):  # they refer to all places
        (policies / name).unlink()
    published = policies / "published-addresses.txt"
    lines = [
        line
        for line in published.read_text(encoding="utf-8").splitlines()
        if re.search(rf" /({'|'.join(PLACES)})/", line)
    ]
    published.write_text("\n".join(lines), encoding="utf-8")
    return policies


@contextmanager
def served(folder: Path, *, ours: dict[str, Any] | None = None, **settings: Any) -> Iterator[str]:  # noqa: ANN401 - MkDocs' own
    """Build and serve the site of `folder`/policies; yield its address, with a slash at the end.

    `ours` are settings of the plugin, `settings` those of MkDocs.
    """
    config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder / "site"), **settings)
    plugin: Any = config.plugins["mingbai"]
    plugin.config.update({"policies": str(folder / "policies"), **(ours or {})})
    build(config)
    with serve(folder / "site") as address:
        yield f"{address}/"
