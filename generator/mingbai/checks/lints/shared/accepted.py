"""Findings that the source really says: accepted in the file, with a reason and a source, and shown on the page."""

from collections.abc import Iterable, Iterator

from mingbai.checks.lints.shared.context import Ground, warning
from mingbai.diagnostics.problem import Problem
from mingbai.model.version import Accepted
from mingbai.syntax.document import Document

ACCEPTABLE = (
    "changes-nothing",
    "chinese-in-english",
    "cliff",
    "confirmed-before-start",
    "ends-first",
    "example-outside",
    "fact-cliff",
    "figure-in-prose",
    "limit-below-deductible",
    "long-sentence",
    "no-chinese",
    "row-unreachable",
    "rows-overlap",
    "same-text",
    "stale-translation",
    "table-gap",
    "threshold-unguarded",
    "worse-off-gets-less",
    "worse-off-pays-more",
)
"""The codes that a file may accept."""
WITH_MUTANTS = ("not-guarded", "option-not-guarded")
"""Those that are looked for by ``check --mutate`` only."""


def without_accepted(ground: Ground, found: Iterable[Problem], codes: tuple[str, ...]) -> Iterator[Problem]:
    """Leave out what its file accepts; tell what is accepted without need, of those `codes` that were looked for."""
    found = list(found)
    files = {(problem.file, problem.code) for problem in found}
    accepted: set[tuple[object, str]] = set()
    for document, entries in _entries(ground):
        for index, entry in enumerate(entries):
            path = ("accepted", index, "finding")
            accepted.add((document.file, entry.finding))
            if entry.finding not in ACCEPTABLE + WITH_MUTANTS:
                yield document.problem("unknown-finding", path, found=entry.finding, expected=ACCEPTABLE + WITH_MUTANTS)
            elif entry.finding in codes and (document.file, entry.finding) not in files:
                yield warning(document, "accepted-nothing", path, found=entry.finding)
    yield from (problem for problem in found if (problem.file, problem.code) not in accepted)


def _entries(ground: Ground) -> Iterator[tuple[Document, list[Accepted]]]:
    for place in ground.library.places.values():
        yield place.document, place.model.accepted
    for rule in ground.rules:
        yield rule.document, rule.version.model.accepted
