"""The names that the pages of the site have taken: no place, and no policy, may have them for an id."""

from mingbai.i18n.languages import SITE

HAND_WRITTEN = ("about", "privacy", "offline")
"""Pages that people write in `docs/`, one file for each language."""
ALONE = (
    "index.md",
    "search.md",
    "estimator/index.md",
    "glossary.md",
    "sources.md",
    "absent.md",
    "open-data.md",
    "diag.md",
)
"""Pages that every site has, made from the policies."""
FOLDERS = ("authors", "topics", "people", "data", "assets")
PAGES_OF_THE_SITE = frozenset(
    (
        *HAND_WRITTEN,
        *(path.removesuffix(".md").removesuffix("/index") for path in ALONE),
        *FOLDERS,
        *(entry.folder.rstrip("/") for entry in SITE.entries),
    )
)
PAGES_OF_A_PLACE = frozenset(("index", "changes", "cards"))
