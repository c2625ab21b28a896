"""Accepted findings: a file accepts what its source really says, with a reason and a citation; pages show both."""

from collections.abc import Iterable, Iterator

from mingbai.checks.lints.shared.context import LintContext, make_warning
from mingbai.diagnostics.problem import Problem
from mingbai.model.version import Accepted
from mingbai.syntax.document import Document

ACCEPTABLE_CODES = (
    "changes-nothing",
    "chinese-in-english",
    "cliff",
    "confirmed-before-start",
    "example-outside",
    "fact-cliff",
    "figure-in-prose",
    "figure-jumps",
    "limit-below-deductible",
    "long-sentence",
    "misread-word",
    "no-chinese",
    "no-new-source",
    "no-offered-to",
    "row-unreachable",
    "rows-overlap",
    "same-text",
    "somebody-loses",
    "stale-translation",
    "table-gap",
    "threshold-unguarded",
    "worse-off-gets-less",
    "worse-off-pays-more",
)
"""The finding codes that a file may accept."""
CHANGE_CODES = frozenset(["figure-jumps", "no-new-source", "somebody-loses"])
"""Acceptable findings about what a version changes against the one before."""
LAW_CODES = CHANGE_CODES | frozenset(
    [
        "changes-nothing",
        "cliff",
        "confirmed-before-start",
        "ends-first",
        "fact-cliff",
        "limit-below-deductible",
        "row-unreachable",
        "rows-overlap",
        "table-gap",
        "worse-off-gets-less",
        "worse-off-pays-more",
    ]
)
"""Acceptable findings about the law itself: `check --lock` refuses them until they are accepted."""
MUTATION_CODES = ("not-guarded", "option-not-guarded")
"""Acceptable codes of findings that only ``check --mutate`` looks for."""


def drop_accepted(context: LintContext, findings: Iterable[Problem], codes: tuple[str, ...]) -> Iterator[Problem]:
    """Yield the findings that their file does not accept, and a problem for each invalid or needless acceptance.

    `codes` are the codes that were looked for: only those can be accepted without need.
    """
    findings = list(findings)
    files = {(problem.file, problem.code) for problem in findings}
    accepted: set[tuple[object, str]] = set()
    for document, entries in _list_entries(context):
        for index, entry in enumerate(entries):
            path = ("accepted", index, "finding")
            accepted.add((document.file, entry.finding))
            if entry.finding not in ACCEPTABLE_CODES + MUTATION_CODES:
                yield document.problem(
                    "unknown-finding", path, found=entry.finding, expected=ACCEPTABLE_CODES + MUTATION_CODES
                )
            elif entry.finding in codes and (document.file, entry.finding) not in files:
                yield make_warning(document, "accepted-nothing", path, found=entry.finding)
    yield from (problem for problem in findings if (problem.file, problem.code) not in accepted)


def _list_entries(context: LintContext) -> Iterator[tuple[Document, list[Accepted]]]:
    for place in context.library.places.values():
        yield place.document, place.model.accepted
    for rule in context.rules:
        yield rule.document, rule.version.model.accepted
