"""Brackets must rise: each starts above the one before it."""

from collections.abc import Iterator
from itertools import pairwise

from mingbai.checks.lints.shared.context import Ground
from mingbai.diagnostics.problem import Path_, Problem
from mingbai.model.version import Bracket, Share
from mingbai_calculator.core.money import shown


def check_brackets(ground: Ground) -> Iterator[Problem]:
    """Find brackets that do not start above the one before them."""
    for rule in ground.rules:
        model = rule.version.model
        if isinstance(model, Share):
            lists: list[tuple[Path_, list[Bracket]]] = [(("brackets",), model.brackets)]
            lists += [(("table", index, "brackets"), row.brackets) for index, row in enumerate(model.table)]
            for path, brackets in lists:
                for index, (first, second) in enumerate(pairwise(brackets)):
                    if second.above <= first.above:
                        where = (*path, index + 1, "above")
                        found, after = shown(second.above), shown(first.above)
                        yield rule.document.problem("brackets-order", where, found=found, after=after)
