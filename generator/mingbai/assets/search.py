"""Search entries of static pages: what the search index says of pages that are written by hand."""

from collections.abc import Iterable, Mapping

from mingbai.i18n.languages import Languages
from mingbai.model.reserved_names import STATIC_PAGES

type SearchEntry = tuple[str, ...]
"""Path, title, description, and the headings joined by spaces."""


def make_static_entries(
    path: str, meta: Mapping[str, object], headings: Iterable[str], languages: Languages
) -> list[SearchEntry]:
    """Return the search entry of the Markdown page at `path` (below docs/); an empty list if it is no static page."""
    own_path = path.removeprefix(languages.of_page(path).folder)
    if own_path.removesuffix(".md") not in STATIC_PAGES:
        return []
    return [(own_path, str(meta["title"]), str(meta["description"]), " ".join(headings))]
