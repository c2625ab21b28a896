"""A site of a few places, built anew with settings of its own."""

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


def few_policies(folder: Path) -> Path:
    """Copy the policies of `PLACES`, and what all places share, into `folder`; return where they are."""

    def others(path: str, names: list[str]) -> list[str]:
        here = Path(path)
        return [name for name in names if (here / name).is_dir() and here.name == "policies" and name not in PLACES]

    policies = folder / "policies"
    shutil.copytree(ROOT / "policies", policies, ignore=others)
    for name in ("absent.yaml", "published.lock"):  # they speak of all places
        (policies / name).unlink()
    published = policies / "published-addresses.txt"
    kept = [
        line
        for line in published.read_text(encoding="utf-8").splitlines()
        if re.search(rf" /({'|'.join(PLACES)})/", line)
    ]
    published.write_text("\n".join(kept), encoding="utf-8")
    return policies


@contextmanager
def served(folder: Path, *, ours: dict[str, Any] | None = None, **settings: Any) -> Iterator[str]:  # noqa: ANN401 - MkDocs' own
    """Build the site of `folder`/policies with settings of MkDocs and of the plugin, and serve it; give its address."""
    config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder / "site"), **settings)
    plugin: Any = config.plugins["mingbai"]
    plugin.config.update({"policies": str(folder / "policies"), **(ours or {})})
    build(config)
    with serve(folder / "site") as address:
        yield f"{address}/"
