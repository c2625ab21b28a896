"""Compile the conditions of a policy file (maps of facts) to those of the calculator."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mingbai.diagnostics.problem import KeyPath, Problems
from mingbai.model.base import LANGUAGES, Text
from mingbai.model.place import Fact
from mingbai.syntax.document import Document
from mingbai_calculator.core.money import FULL_RATE, parse_rate, parse_yuan
from mingbai_calculator.law.conditions import (
    NEVER,
    All,
    AnyOf,
    Condition,
    Contains,
    Holds,
    InRange,
    NoneOf,
    OneOf,
    Perhaps,
    Ratio,
    iter_atoms,
)

_BOUND_WORDS = ("above", "at_least", "at_most", "below")


@dataclass(frozen=True, slots=True)
class ConditionCompiler:
    """Compiles the conditions of one file; errors are added to `problems`."""

    facts: dict[str, Fact]
    document: Document
    problems: Problems
    place: str
    statuses: dict[str, Text]

    def compile_all(self, written: dict[str, Any], path: KeyPath) -> Condition:
        """Return the conjunction of a map of facts; an empty map is true for everybody."""
        return All(self._compile_entry(key, value, (*path, key)) for key, value in written.items())

    def _compile_entry(self, key: str, value: Any, path: KeyPath) -> Condition:  # noqa: ANN401, PLR0911 - a case a line
        if value in ([], {}):  # "one of none" cannot be meant: the entries were forgotten
            return self._refuse("empty-list", path, value)
        if key in ("any_of", "none_of"):
            return self._compile_group(key, value, path)
        if key == "holds":
            return self._compile_status(value, path)
        if key == "perhaps":
            return self._compile_perhaps(value, path)
        fact = self.facts.get(key)
        if fact is None:
            expected = (*self.facts, "any_of", "none_of", "holds", "perhaps")
            return self._refuse("unknown-fact", path, key, expected, at_key=True)
        if fact.type in ("whole", "money"):
            return self._compile_range(key, fact, value, path)
        values = value if isinstance(value, list) else [value]
        if fact.type != "bool":
            return self._compile_options(key, fact, values, path)
        if all(isinstance(option, bool) for option in values):
            return OneOf(key, values)
        return self._refuse("not-yes-or-no", path, value, ("true", "false"))

    def _compile_group(self, key: str, value: Any, path: KeyPath) -> Condition:  # noqa: ANN401
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            return self._refuse("wrong-type", path, value, wanted="list-of-maps")
        for index, item in enumerate(value):
            if not item:  # an alternative that is true for everybody cannot be meant
                return self._refuse("empty-list", (*path, index), item)
        parts = [self.compile_all(item, (*path, index)) for index, item in enumerate(value)]
        return AnyOf(parts) if key == "any_of" else NoneOf(parts)

    def _compile_status(self, value: Any, path: KeyPath) -> Condition:  # noqa: ANN401
        """Return the condition that a person has a status of the same place: ``place/policy``."""
        names = tuple(f"{self.place}/{status}" for status in self.statuses)
        if value not in names:
            return self._refuse("unknown-status", path, value, names)
        status = str(value).partition("/")[2]
        return Holds(status, self.statuses[status].by_language())

    def _compile_perhaps(self, value: Any, path: KeyPath) -> Condition:  # noqa: ANN401
        """Return a condition that the source leaves undecided; `value` describes it by language."""
        if not isinstance(value, dict) or not all(isinstance(value.get(lang), str) for lang in LANGUAGES):
            return self._refuse("wrong-type", path, value, wanted="texts")
        for lang in LANGUAGES:
            if not value[lang].strip():
                return self._refuse("empty-list", (*path, lang), value[lang])
        description = {lang: text for lang, text in value.items() if not lang.endswith("_of")}
        return Perhaps(f"perhaps {'.'.join(map(str, path))}", description)

    def _compile_options(self, key: str, fact: Fact, values: list[Any], path: KeyPath) -> Condition:
        """Return the condition that a fact is (or a list contains) one of `values`, or an option that is one."""
        for option in values:
            if not isinstance(option, str) or option not in fact.options:
                return self._refuse("unknown-option", path, option, tuple(fact.options), fact=key)
        if fact.type == "list":
            return Contains(key, values)
        return OneOf(key, [name for name, option in fact.options.items() if name in values or option.is_a in values])

    def _compile_range(self, key: str, fact: Fact, value: Any, path: KeyPath) -> Condition:  # noqa: ANN401
        """Return a condition on a number, both ends inclusive; strict bounds move by one unit (fen, year, metre)."""
        bounds = value if isinstance(value, dict) else {"at_least": value, "at_most": value}
        if len(bounds) == 1 and isinstance(next(iter(bounds.values())), dict):
            return self._compile_ratio(key, bounds, path)
        low = high = None
        for word, bound in bounds.items():
            number = _parse_bound(bound, fact)
            if word not in _BOUND_WORDS:
                self._refuse("unknown-key", (*path, word), word, _BOUND_WORDS, at_key=True)
            elif number is None:
                self._refuse("not-a-number", (*path, word), bound)
            elif word in ("at_least", "above"):
                low = number + (word == "above")
            else:
                high = number - (word == "below")
        return NEVER if low is None and high is None else InRange(key, low, high)

    def _compile_ratio(self, key: str, bounds: dict[str, Any], path: KeyPath) -> Condition:
        """Return a condition that compares a number with a multiple of another: ``above: {times: 50%, of: fact}``.

        If `of` is an amount, `times` is a percentage; if it is a count (people), `times` is yuan per unit.
        """
        ((word, bound),) = bounds.items()
        if word not in _BOUND_WORDS:
            return self._refuse("unknown-key", (*path, word), word, _BOUND_WORDS, at_key=True)
        times, other = bound.get("times"), bound.get("of")
        if set(bound) != {"times", "of"}:
            return self._refuse("wrong-type", (*path, word), bound, wanted="ratio")
        fact = self.facts.get(str(other))
        if fact is None or fact.type not in ("money", "whole"):
            numbers = tuple(name for name, known in self.facts.items() if known.type in ("money", "whole"))
            return self._refuse("unknown-fact", (*path, word, "of"), other, numbers)
        if fact.type == "money":
            factor = parse_rate(str(times)) if str(times).endswith("%") else None
        else:
            fen = parse_yuan(str(times))
            factor = None if fen is None else fen * FULL_RATE
        if factor is None:
            return self._refuse("bad-rate" if fact.type == "money" else "bad-money", (*path, word, "times"), times)
        return Ratio(key, word, factor, str(other))

    def _refuse(
        self,
        code: str,
        path: KeyPath,
        found: object,
        expected: tuple[str, ...] = (),
        *,
        at_key: bool = False,
        **extra: str,
    ) -> Condition:
        self.problems.add(self.document.problem(code, path, found=found, expected=expected, at_key=at_key, **extra))
        return NEVER


def _parse_bound(bound: object, fact: Fact) -> int | None:
    if isinstance(bound, bool):
        return None
    if fact.type == "money":
        return parse_yuan(str(bound))
    return bound if isinstance(bound, int) else None


def list_facts_read(conditions: Iterable[Condition]) -> set[str]:
    """Return the facts that conditions read."""
    return {fact for condition in conditions for atom in iter_atoms(condition) for fact in atom.facts}
