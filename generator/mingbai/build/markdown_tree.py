"""The site as a tree of plain Markdown, for the day on which another generator is to build it (``--emit-markdown``).

The pages are what MkDocs would read: Markdown, with HTML where a table or a form needs it, and an id for each heading
by the extension `attr_list`. Styles, scripts, the estimator and data lie beside them as they are published.
"""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingbai.assets.offline_manifest import LISTS, ROOT, WORKER
from mingbai.core.atomic_swap import put_in_place
from mingbai.release.checksums import CHECKSUMS_FILE, ChecksumsError, read_checksums, write_checksums
from mingbai.release.foreign_files import carry_over

CONFIG = "mkdocs.yml"
HEAD = "# Written by `mingbai build --emit-markdown`. The pages are complete: no plugin is needed, only attr_list.\n"
_OF_THE_SITE_ALONE = (WORKER, ROOT, "sitemap.xml", "robots.txt", CHECKSUMS_FILE)
"""They speak of the very pages that our own build makes."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a page is made from: its front matter and its Markdown."""

    meta: dict[str, Any]
    text: str


def may_go(target: Path) -> bool:
    """Return whether what lies at `target` is such a tree, or nothing: anything else is not ours to replace."""
    if not target.exists():
        return True
    if not target.is_dir():
        return False
    try:
        return not any(target.iterdir()) or read_checksums(target / CHECKSUMS_FILE).keys() >= {CONFIG}
    except ChecksumsError:
        return False


def write_tree(target: Path, site: Path, name: str, pages: dict[str, Source]) -> None:
    """Write the tree of a site called `name`; `pages` are by path, `site` is the folder in which it was built."""
    beside = target.with_name(f".{target.name}-new")
    shutil.rmtree(beside, ignore_errors=True)
    docs = beside / "docs"
    for file in sorted(site.rglob("*")):
        path = file.relative_to(site).as_posix()
        if file.is_file() and file.suffix != ".html" and path not in _OF_THE_SITE_ALONE and not path.startswith(LISTS):
            (docs / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, docs / path)
    for path, page in pages.items():
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_text(_front(page.meta) + page.text, encoding="utf-8")
    settings = {
        "site_name": name,
        "docs_dir": "docs",
        "use_directory_urls": True,
        "markdown_extensions": ["attr_list"],
        "extra_css": ["assets/mingbai.css"],
        "plugins": [],
        "validation": {"links": {"unrecognized_links": "ignore"}},
    }
    (beside / CONFIG).write_text(
        HEAD + "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in settings.items()),
        encoding="utf-8",
    )
    write_checksums(beside)
    carry_over(target, beside)
    put_in_place(beside, target)


def _front(meta: dict[str, Any]) -> str:
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False, default=str)}\n" for key, value in meta.items()]
    return f"---\n{''.join(lines)}---\n" if lines else ""
