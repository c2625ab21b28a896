"""Compiling the rule of a version, kind by kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mingbai.compile.conditions import ConditionCompiler
from mingbai.compile.numbers import NumberCompiler
from mingbai.model.base import Text, as_data
from mingbai.model.version import Aid, Cash, Component, Floor, InKind, Right, Row, Service, Share, ShareNumbers, Version
from mingbai.problems import Path_

type Json = dict[str, Any]

SHARE_NUMBERS = tuple(ShareNumbers.model_fields)


@dataclass(frozen=True, slots=True)
class LawCompiler:
    """Compiles the rule of one version. `say` takes a problem's code, path, what was found and what is expected."""

    conditions: ConditionCompiler
    numbers: NumberCompiler
    say: Callable[..., None]

    def law(self, model: Version) -> Json:
        """Return the rule as the calculator reads it."""
        match model:
            case Share():
                return self._share(model)
            case Floor():
                share = self.numbers.number(model.share, ("share",))
                return {"payer": model.payer, "counted": model.counted, "of": model.of, "share": share}
            case Cash():
                return self._cash(model)
            case Aid() | Service() | Right() | InKind():
                names = ("because", "what", "how_often", "where", "count")
                texts = {name: getattr(model, name, None) for name in names}
                return {
                    n: as_data(text) if isinstance(text, Text) else text
                    for n, text in texts.items()
                    if text is not None
                }

    def _share(self, model: Share) -> Json:
        rows = [self._row(row, model, ("table", index)) for index, row in enumerate(model.table)]
        return {
            "payer": model.payer,
            "base": model.base,
            "deductible_per": model.deductible_per,
            "limit_per": model.limit_per,
            "rows": rows or [self._row(None, model, ())],
        }

    def _row(self, row: Row | None, whole: Share, path: Path_) -> Json:
        """Return a row with the version's numbers where it has none; without a table, one row for everybody."""
        fits = {} if row is None else row.for_
        compiled: Json = {
            "id": "" if row is None else row.id,
            "if": self.conditions.all_of(fits, (*path, "for")),
            "deductible": 0,
        }
        for name in SHARE_NUMBERS:
            own = None if row is None else getattr(row, name)
            number = own if own is not None else getattr(whole, name)
            if number is not None:
                compiled[name] = self.numbers.number(number, (*path, name) if own is not None else (name,))
        if "rate" not in compiled:
            self.say("missing-key", path, "rate")
            compiled["rate"] = 0
        return compiled

    def _cash(self, model: Cash) -> Json:
        facts = self.conditions.facts
        if model.times is not None and model.times not in facts:
            self.say("unknown-fact", ("times",), model.times, tuple(facts))
        born = model.from_month
        return {
            "per": model.per,
            "times": model.times,
            "from_month": None if born is None else {"age": born.age, "fact": f"{born.of}_birth_month"},
            "pick": model.pick,
            "amounts": [self._component(row, ("amounts", index)) for index, row in enumerate(model.amounts)],
        }

    def _component(self, row: Component, path: Path_) -> Json:
        return {
            "id": row.id,
            "title": None if row.title is None else row.title.by_language(),
            "if": self.conditions.all_of(row.for_, (*path, "for")),
            "amount": self.numbers.number(row.amount, (*path, "amount")),
        }
