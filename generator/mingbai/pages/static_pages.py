"""Static (hand-written) pages in languages in which nobody has written them."""

from collections.abc import Collection
from pathlib import Path

from mingbai.i18n.languages import Languages
from mingbai.i18n.traditional import to_traditional
from mingbai.model.reserved_names import STATIC_PAGES


def make_static_pages(docs: Path, existing: Collection[str], languages: Languages) -> dict[str, str]:
    """Return the Markdown of each static page that an additional language lacks, by path.

    `existing` are the paths of pages that exist already. Traditional Chinese is converted; for another language the
    page of its fallback language is used unchanged: `is_in_fallback_language` recognizes these.
    """
    pages = {}
    for entry in languages.additional:
        for name in STATIC_PAGES:
            path = f"{entry.folder}{name}.md"
            if path not in existing:
                text = (docs / languages.nearest_written(entry.id).folder / f"{name}.md").read_text(encoding="utf-8")
                pages[path] = to_traditional(text) if entry.made else text
    return pages


def is_in_fallback_language(path: str, static_pages: Collection[str], languages: Languages) -> bool:
    """Whether the whole page at `path` is in the fallback language of its own language."""
    return path in static_pages and not languages.of_page(path).made


def is_in_unused_language(path: str, languages: Languages) -> bool:
    """Whether the page at `path` is in a registered language that this site does not have."""
    folder = f"{path.split('/', 1)[0]}/"
    return any(entry.folder == folder for lang, entry in languages.known.items() if lang not in languages.selected)
