"""From the conditions of a policy file (maps of facts) to those of the bundle (lists)."""

from dataclasses import dataclass
from typing import Any

from mingbai.diagnostics.problem import Path_, Problems
from mingbai.model.base import LANGUAGES, Text
from mingbai.model.place import Fact
from mingbai.syntax.document import Document
from mingbai_calculator.core.money import ALL, parse_rate, parse_yuan

type Condition = list[Any]

_RANGES = ("above", "at_least", "at_most", "below")
_NEVER: Condition = ["any"]  # what could not be understood is told as a problem, and holds for nobody


@dataclass(frozen=True, slots=True)
class ConditionCompiler:
    """Compiles the conditions of one file; what is wrong with them is added to `problems`."""

    facts: dict[str, Fact]
    document: Document
    problems: Problems
    place: str
    statuses: dict[str, Text]

    def all_of(self, written: dict[str, Any], path: Path_) -> Condition:
        """Return a map of facts as the condition that all of them hold; an empty one holds for everybody."""
        return ["all", *(self._one(key, value, (*path, key)) for key, value in written.items())]

    def _one(self, key: str, value: Any, path: Path_) -> Condition:  # noqa: ANN401, PLR0911 - a case a line
        if value in ([], {}):  # "one of none": whoever leaves a list empty has forgotten what to write
            return self._refuse("empty-list", path, value)
        if key in ("any_of", "none_of"):
            return self._group(key, value, path)
        if key == "holds":
            return self._status(value, path)
        if key == "perhaps":
            return self._perhaps(value, path)
        fact = self.facts.get(key)
        if fact is None:
            expected = (*self.facts, "any_of", "none_of", "holds", "perhaps")
            return self._refuse("unknown-fact", path, key, expected, at_key=True)
        if fact.type in ("whole", "money"):
            return self._range(key, fact, value, path)
        values = value if isinstance(value, list) else [value]
        if fact.type != "bool":
            return self._options(key, fact, values, path)
        if all(isinstance(each, bool) for each in values):
            return ["in", key, values]
        return self._refuse("not-yes-or-no", path, value, ("true", "false"))

    def _group(self, key: str, value: Any, path: Path_) -> Condition:  # noqa: ANN401
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            return self._refuse("wrong-type", path, value, wanted="list-of-maps")
        for index, item in enumerate(value):
            if not item:  # a case for everybody among cases that tell people apart
                return self._refuse("empty-list", (*path, index), item)
        inner = [self.all_of(item, (*path, index)) for index, item in enumerate(value)]
        return ["any" if key == "any_of" else "none", *inner]

    def _status(self, value: Any, path: Path_) -> Condition:  # noqa: ANN401
        """Return the condition that a status policy of the same place holds: ``place/policy``."""
        names = tuple(f"{self.place}/{status}" for status in self.statuses)
        if value not in names:
            return self._refuse("unknown-status", path, value, names)
        status = str(value).partition("/")[2]
        return ["holds", status, self.statuses[status].by_language()]

    def _perhaps(self, value: Any, path: Path_) -> Condition:  # noqa: ANN401
        """Return the condition that the source leaves open; `value` says in words what."""
        if not isinstance(value, dict) or not all(isinstance(value.get(lang), str) for lang in LANGUAGES):
            return self._refuse("wrong-type", path, value, wanted="texts")
        for lang in LANGUAGES:
            if not value[lang].strip():
                return self._refuse("empty-list", (*path, lang), value[lang])
        said = {lang: text for lang, text in value.items() if not lang.endswith("_of")}
        return ["perhaps", f"perhaps {'.'.join(map(str, path))}", said]

    def _options(self, key: str, fact: Fact, values: list[Any], path: Path_) -> Condition:
        """Return the condition that the fact is, or the list holds, one of `values` (or an option that is one)."""
        for each in values:
            if not isinstance(each, str) or each not in fact.options:
                return self._refuse("unknown-option", path, each, tuple(fact.options), fact=key)
        if fact.type == "list":
            return ["has", key, values]
        return ["in", key, [name for name, option in fact.options.items() if name in values or option.is_a in values]]

    def _range(self, key: str, fact: Fact, value: Any, path: Path_) -> Condition:  # noqa: ANN401
        """Return a condition on a number; both ends belong to it (a strict one is moved by one fen, year or metre)."""
        bounds = value if isinstance(value, dict) else {"at_least": value, "at_most": value}
        if len(bounds) == 1 and isinstance(next(iter(bounds.values())), dict):
            return self._ratio(key, bounds, path)
        low = high = None
        for word, bound in bounds.items():
            number = _whole(bound, fact)
            if word not in _RANGES:
                self._refuse("unknown-key", (*path, word), word, _RANGES, at_key=True)
            elif number is None:
                self._refuse("not-a-number", (*path, word), bound)
            elif word in ("at_least", "above"):
                low = number + (word == "above")
            else:
                high = number - (word == "below")
        return _NEVER if low is None and high is None else ["range", key, low, high]

    def _ratio(self, key: str, bounds: dict[str, Any], path: Path_) -> Condition:
        """Return a condition that compares a number with a multiple of another: ``above: {times: 50%, of: fact}``.

        Of two amounts the multiple is a percentage; of an amount and a count (people) it is yuan for each.
        """
        ((word, bound),) = bounds.items()
        if word not in _RANGES:
            return self._refuse("unknown-key", (*path, word), word, _RANGES, at_key=True)
        times, other = bound.get("times"), bound.get("of")
        if set(bound) != {"times", "of"}:
            return self._refuse("wrong-type", (*path, word), bound, wanted="ratio")
        fact = self.facts.get(str(other))
        if fact is None or fact.type not in ("money", "whole"):
            numbers = tuple(name for name, each in self.facts.items() if each.type in ("money", "whole"))
            return self._refuse("unknown-fact", (*path, word, "of"), other, numbers)
        if fact.type == "money":
            factor = parse_rate(str(times)) if str(times).endswith("%") else None
        else:
            fen = parse_yuan(str(times))
            factor = None if fen is None else fen * ALL
        if factor is None:
            return self._refuse("bad-rate" if fact.type == "money" else "bad-money", (*path, word, "times"), times)
        return ["ratio", key, word, factor, other]

    def _refuse(
        self,
        code: str,
        path: Path_,
        found: object,
        expected: tuple[str, ...] = (),
        *,
        at_key: bool = False,
        **extra: str,
    ) -> Condition:
        self.problems.add(self.document.problem(code, path, found=found, expected=expected, at_key=at_key, **extra))
        return _NEVER


def _whole(bound: object, fact: Fact) -> int | None:
    if isinstance(bound, bool):
        return None
    if fact.type == "money":
        return parse_yuan(str(bound))
    return bound if isinstance(bound, int) else None


def facts_read(value: Any) -> list[str]:  # noqa: ANN401 - any part of the bundle
    """Return the facts that compiled conditions inside `value` read."""
    if isinstance(value, dict):
        return [fact for inner in value.values() for fact in facts_read(inner)]
    if isinstance(value, list):
        if len(value) >= 3 and value[0] in ("in", "has", "range", "ratio") and isinstance(value[1], str):  # noqa: PLR2004
            return [value[1], value[4]] if value[0] == "ratio" else [value[1]]
        return [fact for inner in value for fact in facts_read(inner)]
    return []
