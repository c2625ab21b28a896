"""Compiling the numbers of a version: printed, asked for, between bounds; adjusted for some people."""

from dataclasses import dataclass, field
from typing import Any

from mingbai.compile.conditions import ConditionCompiler
from mingbai.diagnostics.problem import Path_, Problems
from mingbai.loader.library import LoadedVersion
from mingbai.model.number import Adjustment, Amount, Percentage
from mingbai_calculator.core.money import ALL, parse_rate, parse_yuan

type Json = dict[str, Any]
type Number = int | Json


@dataclass(slots=True)
class NumberCompiler:
    """Compiles the numbers of one version; `open` collects those that the source does not print, by input name."""

    name: str
    version: LoadedVersion
    conditions: ConditionCompiler
    problems: Problems
    open: Json = field(default_factory=dict)

    def number(self, number: Amount | Percentage, path: Path_) -> Number:
        """Return a number as the calculator reads it: fen or basis points."""
        adjust = [self._adjustment(step, number, (*path, "adjust", i)) for i, step in enumerate(number.adjust)]
        if number.value is not None:
            return {"value": number.value, "adjust": adjust} if adjust else number.value
        key = f"{self.name}.{number.ask or '.'.join(str(step) for step in path)}"
        if number.ask is not None:
            self._declare(key, number.ask, number, path)
        else:
            unit = _unit(number)
            high = ALL if number.at_most is None and unit == "rate" else number.at_most
            self.open[key] = {
                "unit": unit,
                "low": number.at_least or 0,
                "high": high,
                "asked": False,
                "question": None,
            }
        return {"open": key, "adjust": adjust} if adjust else {"open": key}

    def _declare(self, key: str, name: str, number: Amount | Percentage, path: Path_) -> None:
        """Note a number that one may type, with its bounds."""
        asks, unit = self.version.model.asks, _unit(number)
        ask = asks.get(name)
        if ask is None:
            self._say("unknown-ask", (*path, "ask"), name, tuple(asks))
            return
        if ask.unit != unit:
            self._say("wrong-unit", ("asks", name, "unit"), ask.unit, (unit,))
        low = self._bound(ask.at_least, number, ("asks", name, "at_least"), 0)
        high = self._bound(ask.at_most, number, ("asks", name, "at_most"), ALL if unit == "rate" else None)
        question = ask.question.by_language()
        self.open[key] = {"unit": unit, "low": low, "high": high, "asked": True, "question": question}

    def _adjustment(self, step: Adjustment, number: Amount | Percentage, path: Path_) -> Json:
        compiled: Json = {"if": self.conditions.all_of(step.for_, (*path, "for"))}
        if step.times is not None:
            compiled["times"] = step.times
        if step.plus_points is not None:
            compiled["plus"] = step.plus_points * 100
        if step.at_most is not None:
            compiled["at_most"] = self._bound(step.at_most, number, (*path, "at_most"), None)
        return compiled

    def _bound(
        self,
        written: str | int | None,
        number: Amount | Percentage,
        path: Path_,
        otherwise: int | None,
    ) -> int | None:
        if written is None:
            return otherwise
        money = isinstance(number, Amount)
        value = (parse_yuan if money else parse_rate)(str(written))
        if value is None:
            self._say("bad-money" if money else "bad-rate", path, written)
        return value

    def _say(self, code: str, path: Path_, found: object, expected: tuple[str, ...] = ()) -> None:
        self.problems.add(self.version.document.problem(code, path, found=found, expected=expected))


def _unit(number: Amount | Percentage) -> str:
    return "money" if isinstance(number, Amount) else "rate"
