"""What the search needs beside the pages: MiniSearch for the browser, and what pages written by hand are about."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from mingbai.assets.bundle_js import without_comments
from mingbai.i18n.languages import Languages
from mingbai.model.reserved_names import STATIC_PAGES

type Entry = tuple[str, ...]

NAME = "minisearch.js"


class SearchFilesError(Exception):
    """The files for the browser cannot be made; the message says what to do."""


def write_minisearch(target: Path, package: Path) -> None:
    """Put MiniSearch into `target`: its ES module without comments (half of it), with its licence.

    Its syntax is that of 2018: Chromium 80 and Safari 13 read it. Raises `SearchFilesError` if it is missing.
    """
    try:
        code = (package / "dist" / "es" / "index.js").read_text(encoding="utf-8")
        licence = (package / "LICENSE.txt").read_text(encoding="utf-8")
    except OSError:
        message = f"{package} holds no MiniSearch: run `make site`, which installs it (or `npm ci`)"
        raise SearchFilesError(message) from None
    target.mkdir(parents=True, exist_ok=True)
    (target / NAME).write_text(f"/* MiniSearch\n{licence.strip()}\n*/\n{without_comments(code)}", encoding="utf-8")


def by_hand_in(path: str, meta: Mapping[str, object], headings: Iterable[str], languages: Languages) -> list[Entry]:
    """Return path, title, description and headings of the page at `path`, if people wrote it for readers."""
    own = path.removeprefix(languages.of_page(path).folder)
    if own.removesuffix(".md") not in STATIC_PAGES:
        return []
    return [(own, str(meta["title"]), str(meta["description"]), " ".join(headings))]
