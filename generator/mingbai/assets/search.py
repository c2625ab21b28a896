"""What the search needs beside the pages: what pages written by hand are about."""

from collections.abc import Iterable, Mapping

from mingbai.i18n.languages import Languages
from mingbai.model.reserved_names import HAND_WRITTEN

type Entry = tuple[str, ...]


def by_hand_in(path: str, meta: Mapping[str, object], headings: Iterable[str], languages: Languages) -> list[Entry]:
    """Return path, title, description and headings of the page at `path`, if people wrote it for readers."""
    own = path.removeprefix(languages.of_page(path).folder)
    if own.removesuffix(".md") not in HAND_WRITTEN:
        return []
    return [(own, str(meta["title"]), str(meta["description"]), " ".join(headings))]
