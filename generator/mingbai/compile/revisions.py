"""Compile the revisions of a place, and the texts that promise nothing to a resident (``absent.yaml``)."""

from typing import Any

from mingbai.compile.version import check_sources
from mingbai.diagnostics.problem import Problems
from mingbai.loader.library import Library, LoadedPlace
from mingbai.model.base import as_data

type Json = dict[str, Any]


def compile_revisions(place: LoadedPlace, library: Library, problems: Problems) -> list[Json]:
    """Return the revisions of a place, the newest first; an unknown policy or document is added to `problems`."""
    document = place.revisions_document
    if document is None:
        return []
    known = tuple(place.policies)
    cited = [((index, "document"), revision.document) for index, revision in enumerate(place.revisions)]
    check_sources(cited, document, library, problems)
    for index, revision in enumerate(place.revisions):
        for position, policy in enumerate(revision.policies):
            if policy not in known and policy not in place.broken:
                path = (index, "policies", position)
                problems.add(document.problem("unknown-revised", path, found=policy, expected=known))
    return [as_data(revision) for revision in sorted(place.revisions, key=lambda revision: revision.date, reverse=True)]


def compile_absent(library: Library, problems: Problems) -> list[Json]:
    """Return the texts that promise nothing to a resident; an unknown document is added to `problems`."""
    document = library.documents.get("absent.yaml")
    if document is not None:
        cited = [
            ((index, "source", position), source)
            for index, absent in enumerate(library.absent)
            for position, source in enumerate(absent.source)
        ]
        check_sources(cited, document, library, problems)
    return [as_data(absent) for absent in library.absent]
