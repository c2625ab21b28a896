"""Reserved names: names of pages and folders of a site, which no place or policy may have as its id."""

from mingbai.i18n.languages import SITE

STATIC_PAGES = ("about", "privacy", "offline")
"""Static pages, written by hand in `docs/`, one file per language."""
GENERATED_PAGES = (
    "index.md",
    "search.md",
    "estimator/index.md",
    "glossary.md",
    "sources.md",
    "absent.md",
    "open-data.md",
    "diag.md",
)
"""Pages that every site has, generated from the policies."""
RESERVED_FOLDERS = ("authors", "topics", "people", "data", "assets", "figures")
RESERVED_PLACE_IDS = frozenset(
    (
        *STATIC_PAGES,
        *(path.removesuffix(".md").removesuffix("/index") for path in GENERATED_PAGES),
        *RESERVED_FOLDERS,
        *(entry.folder.rstrip("/") for entry in SITE.entries),
    )
)
RESERVED_POLICY_IDS = frozenset(("index", "changes", "cards"))
