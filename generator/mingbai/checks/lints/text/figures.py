"""Figures in prose that no rule of the file contains, so that text and rule may disagree.

Prose names a number of the rule by placeholder only; digits are for numbers without one: an age, a count, a date.
"""

import re
from collections.abc import Iterator

from mingbai.checks.lints.shared.context import NON_LAW_KEYS, LintContext, Rule, make_warning
from mingbai.diagnostics.problem import KeyPath, Problem

PROSE_KEYS = ("title", "summary", "what", "for_whom")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_PLACEHOLDER_KEYS = frozenset(["rate", "deductible", "limit", "base_limit", "share", "amount", "off", "premium"])
_MONTHS_PER_YEAR = 12


def check_figures(context: LintContext) -> Iterator[Problem]:
    """Find digits in titles and summaries that are no number of the file without a placeholder."""
    for rule in context.rules:
        value = rule.document.value
        known: set[str] | None = None
        for name in PROSE_KEYS:
            for language in ("zh", "en"):
                text = value.get(name, {}).get(language, "") if isinstance(value.get(name), dict) else ""
                for number in _NUMBER.findall(_PLACEHOLDER.sub("", text)):
                    known = known or _list_allowed_numbers(rule)
                    if number.replace(",", "") not in known:
                        path: KeyPath = (name, language)
                        yield make_warning(rule.document, "figure-in-prose", path, found=number)


def _list_allowed_numbers(rule: Rule) -> set[str]:
    """Return the numbers (as text) that may stand in the prose of a version."""
    value = {key: inner for key, inner in rule.document.value.items() if key not in NON_LAW_KEYS}
    whole_numbers = {int(word) for word in _iter_numbers(value) if word.isdigit()}
    whole_numbers |= {int(word) for word in re.split(r"\D+", rule.version.id) if word}
    neighbours = {number + step for number in whole_numbers for step in (-1, 0, 1)} | {
        number // _MONTHS_PER_YEAR for number in whole_numbers
    }
    return {str(number) for number in neighbours} | set(_iter_numbers(value))


def _iter_numbers(value: object, key: str = "") -> Iterator[str]:
    """Yield the numbers (as text) inside a part of a file, except those that have a placeholder."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in NON_LAW_KEYS:
                yield from _iter_numbers(name)
                yield from _iter_numbers(inner, name)
    elif isinstance(value, list):
        yield str(len(value))  # "nine diseases"
        for inner in value:
            yield from _iter_numbers(inner, key)
    elif not isinstance(value, bool) and value is not None and key not in _PLACEHOLDER_KEYS:
        yield from (number.replace(",", "") for number in _NUMBER.findall(str(value)))
