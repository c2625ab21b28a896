"""Sources that nobody has looked at for long, to see whether what they say still holds."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from mingbai.bundle.timeline import KNOWN, find_current_versions
from mingbai.diagnostics.problem import Problems
from mingbai.files.source_file import SourceFile
from mingbai.loader.files import shown
from mingbai.syntax.parser import parse_document

type Json = dict[str, Any]


def check_source_age(bundle: Json, limit: int, source: SourceFile, as_of: str, problems: Problems) -> None:
    """Warn of the sources in use that were last checked more than `limit` days before `as_of` (ISO).

    Without `as_of`, the last day that the policies show to be past stands for it: no check reads the clock. Sources
    that were never checked are those of places that are history, whose pages say so. `source` is ``sources.yaml``.
    """
    today = as_of or bundle.get(KNOWN, "")
    if not today:
        return
    used = {
        cited["document"]
        for place in bundle["places"].values()
        for version in find_current_versions({**bundle, KNOWN: today}, place).values()
        if not version["ends"]
        for cited in version["source"]
    }
    old = {
        name: entry["checked"]["on"]
        for name, entry in bundle["sources"].items()
        if name in used and "checked" in entry and _days(entry["checked"]["on"], today) > limit
    }
    document = parse_document(source, Problems(), shown_as=shown(Path(source.path))) if old else None
    if document is not None:
        for name, day in old.items():
            path = (name, "checked", "on")
            late = document.problem("check-too-old", path, found=day, days=str(_days(day, today)), limit=str(limit))
            problems.add(replace(late, severity="warning"))


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
