"""Versions that no revision of the place tells residents about."""

from collections.abc import Iterator

from mingbai.checks.lints.shared.context import Ground, warning
from mingbai.diagnostics.problem import Problem


def check_revisions(ground: Ground) -> Iterator[Problem]:
    """Check that the first day of each version is the day of a revision that names the policy.

    A place without a file of revisions has none yet; a version without a first day belongs to none.
    """
    for rule in ground.rules:
        start = rule.version.start
        if rule.place.revisions_document is None or start is None:
            continue
        if not any(each.date == start and rule.policy in each.policies for each in rule.place.revisions):
            yield warning(rule.document, "revision-missing", found=start.isoformat(), policy=rule.policy)
