"""Figures in prose that no rule of the file holds: text and rule could disagree.

A number of the rule stands in prose by placeholder only. Digits are for what has none: an age, a count, a date.
"""

import re
from collections.abc import Iterator

from mingbai.checks.lints.shared.context import WORDS, Ground, Rule, warning
from mingbai.diagnostics.problem import Path_, Problem

PROSE = ("title", "summary", "what", "for_whom")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_FIGURE = re.compile(r"\{[^{}]*\}")
_BY_PLACEHOLDER = frozenset(["rate", "deductible", "limit", "base_limit", "share", "amount", "off", "premium"])
_MONTHS = 12


def check_figures(ground: Ground) -> Iterator[Problem]:
    """Find the figures in titles and summaries that the file does not hold as a number of another kind."""
    for rule in ground.rules:
        value = rule.document.value
        known: set[str] | None = None
        for name in PROSE:
            for language in ("zh", "en"):
                text = value.get(name, {}).get(language, "") if isinstance(value.get(name), dict) else ""
                for number in _NUMBER.findall(_FIGURE.sub("", text)):
                    known = known or _held(rule)
                    if number.replace(",", "") not in known:
                        path: Path_ = (name, language)
                        yield warning(rule.document, "figure-in-prose", path, found=number)


def _held(rule: Rule) -> set[str]:
    """Return the numbers, as text, that may stand in the prose of a version."""
    value = {key: inner for key, inner in rule.document.value.items() if key not in WORDS}
    whole = {int(word) for word in _numbers(value) if word.isdigit()}
    whole |= {int(word) for word in re.split(r"\D+", rule.version.id) if word}
    near = {number + step for number in whole for step in (-1, 0, 1)} | {number // _MONTHS for number in whole}
    return {str(number) for number in near} | set(_numbers(value))


def _numbers(value: object, key: str = "") -> Iterator[str]:
    """Yield the numbers inside a part of a file, apart from those that have a placeholder."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in WORDS:
                yield from _numbers(name)
                yield from _numbers(inner, name)
    elif isinstance(value, list):
        yield str(len(value))  # "nine diseases"
        for inner in value:
            yield from _numbers(inner, key)
    elif not isinstance(value, bool) and value is not None and key not in _BY_PLACEHOLDER:
        yield from (number.replace(",", "") for number in _NUMBER.findall(str(value)))
