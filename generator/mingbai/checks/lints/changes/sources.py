"""Versions whose figures are new while the lines that they cite are those of the version before."""

from collections.abc import Iterator, Sequence

from mingbai.checks.lints.shared.context import LintContext, make_warning
from mingbai.diagnostics.problem import Problem
from mingbai.model.version import Source


def check_new_sources(context: LintContext) -> Iterator[Problem]:
    """Find versions with a changed rule of which every cited line was cited before."""
    for before, rule in context.list_revisions():
        changed = any(before.compiled[key] != rule.compiled[key] for key in ("law", "who", "when", "numbers", "ends"))
        if changed and all(_is_cited(source, before.version.model.source) for source in rule.version.model.source):
            yield make_warning(rule.document, "no-new-source", ("source",), found=before.version.id)


def _is_cited(source: Source, earlier: Sequence[Source]) -> bool:
    """Return whether all lines of a citation lie within one of `earlier`."""
    first, last = source.lines
    return any(
        each.document == source.document and each.lines[0] <= first and last <= each.lines[1] for each in earlier
    )
