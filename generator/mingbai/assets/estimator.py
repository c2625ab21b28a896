"""The estimator's own files in the site: its modules as one script, as a phone waits for each file anew.

What other pages import, and what the worker loads, lies beside it file by file.
"""

import shutil
from pathlib import Path

from mingbai.assets.bundle_js import joined, with_imports, without_comments

PAGE = "estimator"
ALONE = ("dom", "engine", "numbers")
"""Modules that other pages import (docs/assets)."""
OF_THE_WORKER = ("worker", "download", "boot", "snapshot")


def write_web(target: Path, source: Path) -> None:
    """Write scripts and styles of the estimator from the folder of its modules."""
    target.mkdir(parents=True, exist_ok=True)
    (target / f"{PAGE}.js").write_text(without_comments(joined(source, PAGE)), encoding="utf-8")
    names = {f"{name}.js" for name in (*with_imports(source, ALONE), *OF_THE_WORKER)}
    names |= {file.name for file in source.glob("*.css")}
    for name in sorted(names):
        shutil.copyfile(source / name, target / name)
