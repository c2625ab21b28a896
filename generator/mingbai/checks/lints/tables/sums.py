"""Amounts that are added up (`pick: sum`) although their conditions exclude each other."""

from collections.abc import Iterator
from itertools import combinations

from mingbai.bundle.exclusive import exclude_each_other
from mingbai.checks.lints.shared.context import LintContext, make_warning
from mingbai.diagnostics.problem import Problem
from mingbai_calculator.law.laws import CashLaw


def check_sums(context: LintContext) -> Iterator[Problem]:
    """Find sums of which no two rows are ever paid together, and rows of a case without a title to print it with."""
    for rule in context.rules:
        law = rule.law.law
        if not isinstance(law, CashLaw) or law.pick != "sum":
            continue
        pairs = list(combinations(law.amounts, 2))
        excluding = [pair for pair in pairs if exclude_each_other(pair[0].condition, pair[1].condition)]
        if excluding and len(excluding) == len(pairs):
            yield make_warning(rule.document, "sum-of-alternatives", ("pick",))
        untitled = {row.id for pair in excluding for row in pair if row.title is None}
        for index, row in enumerate(law.amounts):
            if row.id in untitled:
                yield make_warning(rule.document, "row-without-title", ("amounts", index), found=row.id)
