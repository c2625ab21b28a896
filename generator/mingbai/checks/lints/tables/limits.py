"""Limits below the deductible of their row: probably a typing error.

A person above the deductible would have nearly reached the limit.
"""

from collections.abc import Iterator

from mingbai.checks.lints.shared.context import LintContext, Rule, make_warning
from mingbai.diagnostics.problem import KeyPath, Problem
from mingbai_calculator.core.money import format_amount
from mingbai_calculator.law.laws import ShareLaw
from mingbai_calculator.law.numbers import Number


def check_limits(context: LintContext) -> Iterator[Problem]:
    """Find limits (of the payment or of its base) that are below the deductible of their row."""
    for rule in context.rules:
        law = rule.law.law
        if isinstance(law, ShareLaw):
            for index, row in enumerate(law.rows):
                deductible = _fixed_number(row.deductible)
                for name, number in (("limit", row.limit), ("base_limit", row.base_limit)):
                    limit = _fixed_number(number)
                    if limit is not None and deductible is not None and limit < deductible:
                        path = _number_path(rule, index, name)
                        found, low = format_amount(limit), format_amount(deductible)
                        yield make_warning(rule.document, "limit-below-deductible", path, found=found, deductible=low)


def _number_path(rule: Rule, index: int, name: str) -> KeyPath:
    own: KeyPath = ("table", index, name)
    return own if own in rule.document.values else (name,)


def _fixed_number(number: Number | None) -> int | None:
    """Return a number that the source prints (fen); None if it is absent, open or adjusted."""
    return number if isinstance(number, int) else None
