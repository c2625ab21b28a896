"""Documents kept from one run to the next: of a place with one edit, one file is parsed.

A document is kept as its value and its positions, a flat list in the order in which the values stand. Only
one without any problem is kept, so there is nothing else to remember.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mingbai.core.cache import Cache
from mingbai.diagnostics.problem import KeyPath, Problems
from mingbai.files.program import code_stamp
from mingbai.files.source_file import SourceFile
from mingbai.syntax.document import Document
from mingbai.syntax.parser import parse_document

type Kept = dict[str, Any]


@dataclass(slots=True)
class KeptDocuments:
    """The documents of a place, or the shared ones."""

    cache: Cache
    name: str
    before: dict[str, Kept] = field(default_factory=dict)
    now: dict[str, Kept] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Take what was kept."""
        self.before = self.cache.get(self.name, code_stamp()) or {}

    def parse(self, source: SourceFile, problems: Problems, shown_as: Path) -> Document | None:
        """Parse a file, or take its document from the cache; otherwise as `parse_document`."""
        if source.data is None:
            return parse_document(source, problems, shown_as=shown_as)
        kept, digest = self.before.get(str(shown_as)), source.digest
        if kept is not None and kept["bytes"] == digest:
            self.now[str(shown_as)] = kept
            return _document(kept, shown_as)
        found = Problems()
        document = parse_document(source, found, shown_as=shown_as)
        problems.found += found.found
        if document is not None and not found.found:
            positions = [number for at in _positions(document) for number in at]
            self.now[str(shown_as)] = {"bytes": digest, "value": document.value, "at": positions}
        return document

    def keep(self) -> None:
        """Keep the documents that were read."""
        if self.now != self.before:
            self.cache.put(self.name, code_stamp(), self.now)


def _positions(document: Document) -> Iterator[tuple[int, int]]:
    for path, at_key in _steps(document.value, ()):
        yield (document.keys if at_key else document.values)[path]


def _document(kept: Kept, shown_as: Path) -> Document:
    document, numbers = Document(shown_as, kept["value"]), iter(kept["at"])
    for path, at_key in _steps(document.value, ()):
        (document.keys if at_key else document.values)[path] = next(numbers), next(numbers)
    return document


def _steps(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, bool]]:  # noqa: ANN401 - any YAML value
    """Yield every path in a value, and whether it is a key's."""
    yield path, False
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key), True
            yield from _steps(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _steps(inner, (*path, index))
