"""Compile the numbers of a version: printed, asked for, or known by bounds only; adjusted for some people."""

from dataclasses import dataclass, field
from typing import Any

from mingbai.compile.conditions import ConditionCompiler
from mingbai.diagnostics.problem import KeyPath, Problems
from mingbai.loader.library import LoadedVersion
from mingbai.model.number import Adjustment, Amount, Percentage, Points
from mingbai_calculator.core.money import FULL_RATE, parse_rate, parse_yuan
from mingbai_calculator.law.numbers import Adjustment as CompiledAdjustment
from mingbai_calculator.law.numbers import Number, OpenNumber, PrintedNumber

type Json = dict[str, Any]


@dataclass(slots=True)
class NumberCompiler:
    """Compiles the numbers of one version; `open_numbers` holds those that the source does not print, by input name."""

    name: str
    version: LoadedVersion
    conditions: ConditionCompiler
    problems: Problems
    open_numbers: Json = field(default_factory=dict)

    def compile(self, number: Amount | Percentage, path: KeyPath) -> Number:
        """Return a number of the law: fen or basis points, or a reference to an open number."""
        adjust = [self._compile_adjustment(step, number, (*path, "adjust", i)) for i, step in enumerate(number.adjust)]
        self._check_adjusted(number, path)
        if number.value is not None:
            return PrintedNumber(number.value, adjust) if adjust else number.value
        key = f"{self.name}.{number.ask or '.'.join(str(step) for step in path)}"
        if number.ask is not None:
            self._register_ask(key, number.ask, number, path)
        else:
            unit = _unit_of(number)
            high = FULL_RATE if number.at_most is None and unit == "rate" else number.at_most
            self.open_numbers[key] = {
                "unit": unit,
                "low": number.at_least or 0,
                "high": high,
                "asked": False,
                "question": None,
            }
        return OpenNumber(key, adjust)

    def _check_adjusted(self, number: Amount | Percentage, path: KeyPath) -> None:
        """Report points that would take a number below 0: the calculator stops at 0, and the source cannot mean it."""
        largest = number.at_most if number.value is None else number.value
        for index, step in enumerate(number.adjust):
            points = _least_points(step.plus_points)
            if points is not None and largest is not None and largest + points * 100 < 0:
                self._report("below-zero", (*path, "adjust", index, "plus_points"), points)

    def _register_ask(self, key: str, name: str, number: Amount | Percentage, path: KeyPath) -> None:
        """Register an open number that the reader may type, with its bounds."""
        asks, unit = self.version.model.asks, _unit_of(number)
        ask = asks.get(name)
        if ask is None:
            self._report("unknown-ask", (*path, "ask"), name, tuple(asks))
            return
        if ask.unit != unit:
            self._report("wrong-unit", ("asks", name, "unit"), ask.unit, (unit,))
        low = self._compile_bound(ask.at_least, number, ("asks", name, "at_least"), 0)
        high = self._compile_bound(
            ask.at_most, number, ("asks", name, "at_most"), FULL_RATE if unit == "rate" else None
        )
        question = ask.question.by_language()
        self.open_numbers[key] = {"unit": unit, "low": low, "high": high, "asked": True, "question": question}

    def _compile_adjustment(
        self, adjustment: Adjustment, number: Amount | Percentage, path: KeyPath
    ) -> CompiledAdjustment:
        points = _least_points(adjustment.plus_points)
        return CompiledAdjustment(
            self.conditions.compile_all(adjustment.for_, (*path, "for")),
            adjustment.times,
            None if points is None else points * 100,
            self._compile_bound(adjustment.at_most, number, (*path, "at_most"), None),
            self._register_more_points(adjustment.plus_points, path),
        )

    def _register_more_points(self, points: int | Points | None, path: KeyPath) -> str | None:
        """Register what is added beyond the least points as an open number, which nobody is asked for; its key."""
        if not isinstance(points, Points):
            return None
        most = FULL_RATE if points.at_most is None else points.at_most * 100
        key = f"{self.name}.{'.'.join(str(step) for step in path)}.more"
        high = max(0, most - points.at_least * 100)
        self.open_numbers[key] = {"unit": "rate", "low": 0, "high": high, "asked": False, "question": None}
        return key

    def _compile_bound(
        self,
        bound: str | int | None,
        number: Amount | Percentage,
        path: KeyPath,
        default: int | None,
    ) -> int | None:
        if bound is None:
            return default
        money = isinstance(number, Amount)
        value = (parse_yuan if money else parse_rate)(str(bound))
        if value is None:
            self._report("bad-money" if money else "bad-rate", path, bound)
        return value

    def _report(self, code: str, path: KeyPath, found: object, expected: tuple[str, ...] = ()) -> None:
        self.problems.add(self.version.document.problem(code, path, found=found, expected=expected))


def _least_points(points: int | Points | None) -> int | None:
    return points.at_least if isinstance(points, Points) else points


def _unit_of(number: Amount | Percentage) -> str:
    return "money" if isinstance(number, Amount) else "rate"
