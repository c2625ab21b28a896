"""Where a script of a page says a sentence: `script_uses.mjs` reads the scripts, here their paths become keys."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.words.python_uses import Unreadable
from tests.words.sentences import Sentences, Use
from tests.words.source import ANY_STEP

NODE = Path(sys.executable).parent / "node"
READER = Path(__file__).with_name("script_uses.mjs")
PARTS = {
    "calculator/web/result/": ("estimator.result", "estimator"),
    "calculator/web/modes/household/household-actions.js": ("estimator.household", "estimator"),
    "calculator/web/form/said-back.js": ("estimator.read", "estimator"),
    "calculator/web/": ("estimator",),
    "docs/assets/quick/": ("quick",),
    "docs/assets/search/": ("pages.search.found_words",),
    "docs/assets/offline/diagnosis.js": ("offline.diag.words",),
    "docs/assets/offline/": ("offline.page",),
}
"""Parts of the catalogue in which the texts of a script are looked up, by the beginning of its path."""
SAID_BY_KEY = "docs/assets/offline/kept-pages.js"
"""The script with a function ``say``, whose key is looked up."""
NO_KEYS = frozenset({"", "length", "textContent"})
"""What stands behind ``text`` where that is any text."""
GIVEN_DATA = {
    "calculator/web/form/said-back.js": ("many", "one", "words.ask.*", "words.fault.*"),
    SAID_BY_KEY: ("words.text.*",),
}
"""What is filled in with data: readings are told by the table of their cases, the other is ``say`` itself."""


def list_script_uses(sentences: Sentences) -> Iterator[Use | Unreadable]:
    """Yield each use in the scripts of pages."""
    files = [file for folder in ("calculator/web", "docs/assets") for file in sorted((ROOT / folder).rglob("*.js"))]
    for found in read_scripts([file.relative_to(ROOT).as_posix() for file in files]):
        file, line, paths, names = found["file"], found["line"], found["paths"], found["names"]
        yield from read_use(file, line, paths, names, sentences, is_open=found["open"])


def read_scripts(files: Sequence[str]) -> list[dict[str, Any]]:
    """Return what the reader prints of some scripts."""
    done = subprocess.run([NODE, READER, *files], cwd=ROOT, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def read_use(  # noqa: PLR0913 - what the reader of scripts prints
    file: str, line: int, paths: list[str], names: list[str] | None, sentences: Sentences, *, is_open: bool
) -> Iterator[Use | Unreadable]:
    """Yield the use at a place of a script; `names` None: a text that nothing is filled into."""
    for path in paths:
        if path in GIVEN_DATA.get(file, ()) or (path.startswith("say.") and file != SAID_BY_KEY):
            continue
        steps = path.split(".")
        if names is None and ("text" not in steps[:-1] or steps[-1].strip("*") in NO_KEYS):
            continue
        keys = _look_up(file, steps, sentences)
        if keys is None:
            yield Unreadable(file, line, path)
        elif keys:
            yield Use(file, line, tuple(keys), frozenset(names or ()), is_open)


def _look_up(file: str, steps: list[str], sentences: Sentences) -> list[str] | None:
    """Return patterns of the keys that a path means; none for a part of the catalogue, None if nothing is there."""
    parts = next((parts for begin, parts in PARTS.items() if file.startswith(begin)), ())
    rest = steps
    for root in ("text", "words", "say"):
        if root in steps[:-1]:
            rest = steps[steps.index(root) + 1 :]
            break
    wanted = r"\.".join(re.escape(step).replace(r"\*", ANY_STEP) for step in rest)
    for part in (*parts, "pages"):
        pattern = rf"{re.escape(part)}\.{wanted}"
        if any(re.fullmatch(pattern, key) for key in sentences):
            return [pattern]
        if any(re.match(rf"{pattern}\.", key) for key in sentences):
            return []
    return None
