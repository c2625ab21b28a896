"""What the search needs beside the pages: MiniSearch for the browser, and what pages written by hand are about."""

import re
from collections.abc import Iterator
from pathlib import Path

from mkdocs.structure.pages import Page

from mingbai.languages import Languages
from mingbai.pages.frame import HAND_WRITTEN

NAME = "minisearch.js"
_COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)[ \t]*\n", re.DOTALL | re.MULTILINE)


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
    (target / NAME).write_text(f"/* MiniSearch\n{licence.strip()}\n*/\n{_COMMENT.sub('', code)}", encoding="utf-8")


def by_hand_in(page: Page, languages: Languages) -> Iterator[tuple[str, ...]]:
    """Yield path, title, description and headings of a page, if people wrote it for readers."""
    path = page.file.src_uri.removeprefix(languages.of_page(page.file.src_uri).folder)
    if path.removesuffix(".md") in HAND_WRITTEN:
        headings = [below.title for top in page.toc for below in top.children]
        yield path, str(page.meta["title"]), str(page.meta["description"]), " ".join(headings)
