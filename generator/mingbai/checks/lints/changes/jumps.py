"""Figures that move far from one version to the next: often a digit that was left out, doubled or swapped."""

from collections.abc import Iterator

from mingbai.checks.lints.shared.context import LintContext, make_warning
from mingbai.checks.lints.shared.figures import list_changed, list_figures
from mingbai.diagnostics.problem import Problem
from mingbai_calculator.core.money import parse_rate, parse_yuan

MOST_POINTS = 1000
"""A rate may move by 10 points (basis points) without being told."""
MOST_FACTOR = 2
"""Any figure may become at most so many times as large, or as small."""


def check_jumps(context: LintContext) -> Iterator[Problem]:
    """Find figures that move by more than 10 points, or by more than a factor of 2."""
    for before, rule in context.list_revisions():
        old = list_figures(before.version.id, before.document.value)
        for figure in list_changed(old, list_figures(rule.version.id, rule.document.value)):
            if figure.path and figure.key in old and jumps(old[figure.key].value, figure.value):
                was = str(old[figure.key].value)
                yield make_warning(rule.document, "figure-jumps", figure.path, found=str(figure.value), was=was)


def jumps(old: object, new: object) -> bool:
    """Return whether a figure moves far; what is no number (a word, a day) does not."""
    was, now = _number(old), _number(new)
    if was is None or now is None or was[0] != now[0]:
        return False
    if was[0] == "rate" and abs(was[1] - now[1]) > MOST_POINTS:
        return True
    low, high = sorted((was[1], now[1]))
    return high > MOST_FACTOR * low


def _number(value: object) -> tuple[str, int] | None:
    """Return a rate in basis points or a number in hundredths, with which of the two it is."""
    text = str(value)
    if isinstance(value, bool):
        return None
    if text.endswith("%"):
        points = parse_rate(text)
        return None if points is None else ("rate", points)
    fen = parse_yuan(text)
    return None if fen is None else ("number", fen)
