"""Limits below the deductible of their row: probably a typing error.

A person above the deductible would have nearly reached the limit.
"""

from collections.abc import Iterator

from mingbai.checks.lints.shared.context import Json, LintContext, Rule, make_warning
from mingbai.diagnostics.problem import KeyPath, Problem
from mingbai_calculator.core.money import format_amount


def check_limits(context: LintContext) -> Iterator[Problem]:
    """Find limits (of the payment or of its base) that are below the deductible of their row."""
    for rule in context.rules:
        if rule.version.model.kind == "share":
            for index, row in enumerate(rule.compiled["law"]["rows"]):
                deductible = _fixed_number(row.get("deductible"))
                for name in ("limit", "base_limit"):
                    limit = _fixed_number(row.get(name))
                    if limit is not None and deductible is not None and limit < deductible:
                        path = _number_path(rule, index, name)
                        found, low = format_amount(limit), format_amount(deductible)
                        yield make_warning(rule.document, "limit-below-deductible", path, found=found, deductible=low)


def _number_path(rule: Rule, index: int, name: str) -> KeyPath:
    own: KeyPath = ("table", index, name)
    return own if own in rule.document.values else (name,)


def _fixed_number(number: int | Json | None) -> int | None:
    """Return a number that the source prints (fen); None if it is absent, open or adjusted."""
    return number if isinstance(number, int) else None
