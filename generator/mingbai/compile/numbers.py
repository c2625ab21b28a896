"""Compile the numbers of a version: printed, asked for, or known by bounds only; adjusted for some people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mingbai.compile.conditions import ConditionCompiler
from mingbai.compile.standards import StandardReader
from mingbai.diagnostics.problem import KeyPath, Problems
from mingbai.model.number import Adjustment, Amount, Ask, Each, Percentage, Points
from mingbai.syntax.document import Document
from mingbai_calculator.core.money import FULL_RATE, parse_rate, parse_yuan
from mingbai_calculator.law.numbers import Adjustment as CompiledAdjustment
from mingbai_calculator.law.numbers import Each as CompiledEach
from mingbai_calculator.law.numbers import Number, OpenNumber, PrintedNumber

type Json = dict[str, Any]


@dataclass(slots=True)
class NumberCompiler:
    """Compiles the numbers of one file; `open_numbers` holds those that the source does not print, by input name.

    `asks`: those that a reader may type, by name.
    """

    name: str
    document: Document
    asks: Mapping[str, Ask]
    conditions: ConditionCompiler
    problems: Problems
    standards: StandardReader | None = None
    open_numbers: Json = field(default_factory=dict)

    def compile(self, number: Amount | Percentage, path: KeyPath) -> Number:
        """Return a number of the law: fen or basis points, or a reference to an open number."""
        adjust = [self._compile_adjustment(step, number, (*path, "adjust", i)) for i, step in enumerate(number.adjust)]
        if isinstance(number, Amount) and number.standard is not None:
            of, name = number.standard, "at_most" if number.standard.as_ == "at_most" else "value"
            amount = self._read_standard(of.of, of.times, (*path, "standard", "of"))
            number = number.model_copy(update={"standard": None, name: amount})
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

    def _read_standard(self, name: str, times: int, path: KeyPath) -> int:
        if self.standards is None:
            self._report("unknown-standard", path, name)
            return 0
        return self.standards.read(name, times, path)

    def _check_adjusted(self, number: Amount | Percentage, path: KeyPath) -> None:
        """Report points that would take a number below 0: the calculator stops at 0, and the source cannot mean it."""
        largest = number.at_most if number.value is None else number.value
        for index, step in enumerate(number.adjust):
            points = _least_points(step.plus_points)
            if points is not None and largest is not None and largest + points * 100 < 0:
                self._report("below-zero", (*path, "adjust", index, "plus_points"), points)

    def _register_ask(self, key: str, name: str, number: Amount | Percentage, path: KeyPath) -> None:
        """Register an open number that the reader may type, with its bounds."""
        unit = _unit_of(number)
        ask = self.asks.get(name)
        if ask is None:
            self._report("unknown-ask", (*path, "ask"), name, tuple(self.asks))
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
            None if adjustment.each is None else self._compile_each(adjustment.each, number, (*path, "each")),
        )

    def _compile_each(self, each: Each, number: Amount | Percentage, path: KeyPath) -> CompiledEach:
        """Return an amount for each unit; only an amount of money grows so, and only with a whole number."""
        facts = self.conditions.facts
        counts = tuple(name for name, fact in facts.items() if fact.type == "whole")
        if each.of not in counts:
            self._report("not-a-count" if each.of in facts else "unknown-fact", (*path, "of"), each.of, counts)
        if isinstance(number, Percentage):
            self._report("wrong-unit", path, "rate", ("money",))
        if each.up_to is not None and each.up_to <= each.above:
            self._report("bounds-reversed", path, each.up_to)
        if (each.amount is None) == (each.standard is None):
            self._report("bad-number", path, each.of)
        amount = each.amount or 0
        if each.standard is not None:
            amount = self._read_standard(each.standard, FULL_RATE, (*path, "standard"))
        return CompiledEach(each.of, amount, each.above, each.up_to)

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
        self.problems.add(self.document.problem(code, path, found=found, expected=expected))


def _least_points(points: int | Points | None) -> int | None:
    return points.at_least if isinstance(points, Points) else points


def _unit_of(number: Amount | Percentage) -> str:
    return "money" if isinstance(number, Amount) else "rate"
