"""Former addresses: each must lead to a page that is there, and may not take the place of one."""

from typing import Any

from mingbai.bundle.routes import address, page_paths
from mingbai.diagnostics.problem import Problems
from mingbai.files.source_file import SourceFile
from mingbai.i18n.languages import SITE
from mingbai.loader.files import shown
from mingbai.syntax.parser import parse_document

type Json = dict[str, Any]

FILES = ("assets", "data")
"""Folders of the site that hold files and no pages."""


def resolved(aliases: dict[str, str]) -> dict[str, str]:
    """Return where each former address leads in the end; those that lead in a circle are left out."""
    found = {}
    for was, target in aliases.items():
        now, seen = target, {was}
        while now in aliases and now not in seen:
            seen.add(now)
            now = aliases[now]
        if now not in seen:
            found[was] = now
    return found


def check_aliases(source: SourceFile, bundle: Json, problems: Problems) -> None:
    """Find what is wrong with ``aliases.yaml`` (`source`); the pages that there are follow from the bundle."""
    given: dict[str, str] = bundle["aliases"]
    document = parse_document(source, Problems(), shown_as=shown(source.path)) if given else None
    if document is None:
        return
    whole = not problems.errors  # else pages may be missing that are only broken
    there = {address(path).rstrip("/") or "index" for path in page_paths(bundle)}
    taken = (*FILES, *(entry.folder.rstrip("/") for entry in SITE.entries))
    leads = resolved(given)
    for was, now in given.items():
        if was in there or was.split("/")[0] in taken:
            problems.add(document.problem("alias-hides-page", (was,), found=was, at_key=True))
        if was not in leads:
            problems.add(document.problem("alias-loop", (was,), found=was))
        elif whole and now not in given and now not in there:
            problems.add(document.problem("unknown-address", (was,), found=now, expected=tuple(sorted(there))))
