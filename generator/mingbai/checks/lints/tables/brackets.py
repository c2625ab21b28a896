"""Brackets must increase: each starts above the previous one."""

from collections.abc import Iterator
from itertools import pairwise

from mingbai.checks.lints.shared.context import LintContext
from mingbai.diagnostics.problem import KeyPath, Problem
from mingbai.model.kinds import Bracket, Share
from mingbai_calculator.core.money import format_amount


def check_brackets(context: LintContext) -> Iterator[Problem]:
    """Find brackets that do not start above the previous one (errors)."""
    for rule in context.rules:
        model = rule.version.model
        if isinstance(model, Share):
            lists: list[tuple[KeyPath, list[Bracket]]] = [(("brackets",), model.brackets)]
            lists += [(("table", index, "brackets"), row.brackets) for index, row in enumerate(model.table)]
            for path, brackets in lists:
                for index, (first, second) in enumerate(pairwise(brackets)):
                    if second.above <= first.above:
                        location = (*path, index + 1, "above")
                        found, after = format_amount(second.above), format_amount(first.above)
                        yield rule.document.problem("brackets-order", location, found=found, after=after)
