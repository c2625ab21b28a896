"""Files of the site search: the MiniSearch library for the browser, and search entries of static pages."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from mingbai.assets.bundle_js import without_comments
from mingbai.i18n.languages import Languages
from mingbai.model.reserved_names import STATIC_PAGES

type SearchEntry = tuple[str, ...]
"""Path, title, description, and the headings joined by spaces."""

MINISEARCH_FILE = "minisearch.js"


class SearchFilesError(Exception):
    """MiniSearch cannot be written; the message says what to do."""


def write_minisearch(target: Path, package: Path) -> None:
    """Write MiniSearch's ES module into `target`, without comments (half of its bytes) but with its licence.

    `package` is the folder of the npm package. The module uses syntax of 2018, which Chromium 80 and Safari 13
    parse. Raises `SearchFilesError` if MiniSearch is not installed.
    """
    try:
        code = (package / "dist" / "es" / "index.js").read_text(encoding="utf-8")
        licence = (package / "LICENSE.txt").read_text(encoding="utf-8")
    except OSError:
        raise SearchFilesError(
            f"{package} holds no MiniSearch: run `make site`, which installs it (or `npm ci`)"
        ) from None
    target.mkdir(parents=True, exist_ok=True)
    (target / MINISEARCH_FILE).write_text(
        f"/* MiniSearch\n{licence.strip()}\n*/\n{without_comments(code)}", encoding="utf-8"
    )


def make_static_entries(
    path: str, meta: Mapping[str, object], headings: Iterable[str], languages: Languages
) -> list[SearchEntry]:
    """Return the search entry of the Markdown page at `path` (below docs/); an empty list if it is no static page."""
    own_path = path.removeprefix(languages.of_page(path).folder)
    if own_path.removesuffix(".md") not in STATIC_PAGES:
        return []
    return [(own_path, str(meta["title"]), str(meta["description"]), " ".join(headings))]
