"""What a second person types, against what a file says: both are read by the one reader (`mingbai_reading`)."""

import re
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from mingbai.bundle.reading import make_vocabulary
from mingbai.checks.lints.shared.figures import EFFECTIVE, Figure
from mingbai.model.base import parse_day
from mingbai_calculator.core.money import parse_rate
from mingbai_reading import Definition, read

type Json = dict[str, Any]
type Verdict = Literal["same", "not_same", "not_understood", "empty"]

CONDITION_KEYS = frozenset(["who", "when", "for"])
_MONEY_KEYS = frozenset(["deductible", "limit", "base_limit", "amount", "premium", "daily", "up_to", "above"])
_NOTHING = frozenset(["-", "—", "没有", "无", "不写", "none", "nothing"])
"""Typed for a figure that the notice does not have."""
_SEPARATORS = re.compile("[,，、;；]")
_TERMS = {"payer": "payers", "unit": "units", "per": "periods", "deductible_per": "periods", "limit_per": "periods"}


@dataclass(frozen=True, slots=True)
class SecondEntry:
    """Compares typed texts with figures of a file; `vocabulary` are the facts and `terms` the words of the bundle."""

    vocabulary: Json
    terms: Json

    def compare(self, figure: Figure, text: str) -> Verdict:
        """Return whether a text says the value of a figure; a figure that is gone has nothing to say."""
        typed = text.strip()
        if not typed:
            return "empty"
        if figure.value is None or typed in _NOTHING:
            return "same" if figure.value is None and typed in _NOTHING else "not_same"
        fact = self.definition(figure)
        if isinstance(figure.value, list):
            wanted = {_take(fact, str(each)) for each in figure.value}
            said = {_take(fact, each) for each in _SEPARATORS.split(typed) if each.strip()}
        else:
            wanted, said = {_take(fact, _as_text(figure.value))}, {_take(fact, typed)}
        if wanted == said:
            return "same"
        understood = all(each.is_value or not any(own.is_value for own in wanted) for each in said)
        return "not_same" if understood else "not_understood"

    def definition(self, figure: Figure) -> Definition:
        """Return what the reader must know of a figure: its type, its options, its bounds."""
        steps, value = figure.key.split("."), figure.value
        fact = None if CONDITION_KEYS.isdisjoint(steps) else self._fact(steps)
        if fact is not None:
            return {**fact, "type": "choice"} if fact["type"] == "list" else fact
        if steps[-1] in _TERMS:
            options = self.terms[_TERMS[steps[-1]]]
            own = {} if value in options else {str(value): {"zh": str(value), "en": str(value)}}
            return {"type": "choice", "options": {**options, **own}}
        return _define_number(steps, value)

    def _fact(self, steps: list[str]) -> Definition | None:
        """Return the fact that a condition is about: the last step that names one."""
        for step in reversed(steps):
            if step in self.vocabulary:
                fact: Definition = self.vocabulary[step]
                return fact
        return None


def _define_number(steps: list[str], value: object) -> Definition:
    """Return what the reader must know of a figure that is no word: yes or no, a day, a rate, money, a whole number."""
    if isinstance(value, bool):
        return {"type": "bool", "name": {"zh": "", "en": ""}}
    text = str(value)
    if steps == [EFFECTIVE] or parse_day(text):
        return {"type": "day", "kind": "effective"}
    if text.endswith("%"):
        return {"type": "rate" if parse_rate(text) is not None else "factor"}
    return {"type": "money" if not _MONEY_KEYS.isdisjoint(steps) or "." in text else "whole"}


def make_second_entry(bundle: Json) -> SecondEntry:
    """Return what compares, with the words of a bundle."""
    return SecondEntry(make_vocabulary(bundle), bundle["terms"])


class _Taken(NamedTuple):
    """What a text was taken for: a value of the reader, or, where it has none, a word."""

    is_value: bool
    text: str


def _take(fact: Definition, text: str) -> _Taken:
    """Return what a text says of a fact; of one that would be asked again, the only thing that it can mean."""
    if fact["type"] == "factor":  # more than the whole: 150%
        fact, text = {"type": "whole"}, text.rstrip("%％")
    reading = read(fact, text)
    if reading.kind == "ask" and len(reading.candidates) == 1:
        reading = reading.candidates[0]
    if reading.kind == "value":
        return _Taken(is_value=True, text=str(reading.value))
    return _Taken(is_value=False, text=text.strip().lower().replace("_", " ").replace("-", " "))


def _as_text(value: object) -> str:
    """Return a value of a file as somebody would type it."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
