"""People who are worse off under a version than under the one before it."""

from collections.abc import Iterator
from dataclasses import replace

from mingbai.checks.lints.changes.find_losers import find_losers
from mingbai.checks.lints.shared.context import LintContext, make_warning
from mingbai.diagnostics.problem import Problem
from mingbai_calculator.core.money import format_amount


def check_losers(context: LintContext) -> Iterator[Problem]:
    """Find versions under which somebody surely pays more, or gets less, than before."""
    for before, rule in context.list_revisions():
        losers = find_losers(context.bundle, rule.place.id, rule.policy, (before.compiled, rule.compiled))
        if losers:
            worst = max(losers, key=lambda loser: loser.loss)
            problem = make_warning(
                rule.document,
                "somebody-loses",
                found=worst.title["en"],
                count=str(len(losers)),
                loss=format_amount(worst.loss),
            )
            titles = {f"found_{lang}": title for lang, title in worst.title.items()}
            yield replace(problem, extra={**problem.extra, **titles})
