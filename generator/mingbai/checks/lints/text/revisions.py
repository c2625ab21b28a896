"""Versions without a revision: changes that residents are not told about."""

from collections.abc import Iterator
from datetime import date

from mingbai.checks.lints.shared.context import LintContext, make_warning
from mingbai.diagnostics.problem import Problem


def check_revisions(context: LintContext) -> Iterator[Problem]:
    """Find versions whose first day is not the day of a revision that names the policy.

    Places without a file of revisions are skipped, versions without a first day, and those before the first revision.
    """
    for rule in context.rules:
        start = rule.version.start
        first = min((revision.date for revision in rule.place.revisions), default=date.max)
        if rule.place.revisions_document is None or start is None or start < first:
            continue
        if not any(revision.date == start and rule.policy in revision.policies for revision in rule.place.revisions):
            yield make_warning(rule.document, "revision-missing", found=start.isoformat(), policy=rule.policy)
