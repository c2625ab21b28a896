"""Compiling the rule of a version, kind by kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mingbai.compile.conditions import ConditionCompiler
from mingbai.compile.numbers import NumberCompiler
from mingbai.diagnostics.problem import Path_
from mingbai.model.base import Text, as_data
from mingbai.model.version import (
    Aid,
    Cash,
    Ceiling,
    CeilingRow,
    Component,
    Fee,
    Floor,
    FromFact,
    InKind,
    Premium,
    Right,
    Row,
    Service,
    Share,
    ShareNumbers,
    Status,
    Version,
)

type Json = dict[str, Any]

SHARE_NUMBERS = tuple(ShareNumbers.model_fields)


@dataclass(frozen=True, slots=True)
class LawCompiler:
    """Compiles the rule of one version. `say` takes a problem's code, path, what was found and what is expected."""

    conditions: ConditionCompiler
    numbers: NumberCompiler
    say: Callable[..., None]

    def law(self, model: Version) -> Json:  # noqa: PLR0911 - a kind a line
        """Return the rule as the calculator reads it."""
        match model:
            case Share():
                return self._share(model)
            case Ceiling():
                return self._ceiling(model)
            case Fee():
                return self._fee(model)
            case Premium():
                return self._premium(model)
            case Floor():
                share = self.numbers.number(model.share, ("share",))
                return {"payer": model.payer, "counted": model.counted, "of": model.of, "share": share}
            case Cash():
                return self._cash(model)
            case Aid() | Service() | Right() | InKind() | Status():
                names = ("because", "what", "free", "how_often", "where", "count")
                texts = {name: getattr(model, name, None) for name in names}
                return {
                    n: as_data(text) if isinstance(text, Text) else text
                    for n, text in texts.items()
                    if text is not None
                }

    def _share(self, model: Share) -> Json:
        rows = [self._row(row, model, ("table", index)) for index, row in enumerate(model.table)]
        law: Json = {
            "payer": model.payer,
            "base": model.base,
            "deductible_per": model.deductible_per,
            "limit_per": model.limit_per,
            "rows": rows or [self._row(None, model, ())],
        }
        if model.split:
            law["split"] = [{"payer": split.payer, "share": split.share} for split in model.split]
        if model.excess_payer is not None:
            law["excess_payer"] = model.excess_payer
        if model.only_if is not None:
            law["only_if"] = model.only_if.burden_exceeds_deductible_of
        return law

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
        own_brackets = row is not None and bool(row.brackets)
        brackets = row.brackets if row is not None and row.brackets else whole.brackets
        if brackets:
            base = (*path, "brackets") if own_brackets else ("brackets",)
            compiled["brackets"] = [
                {"from": bracket.above, "rate": self.numbers.number(bracket.rate, (*base, index, "rate"))}
                for index, bracket in enumerate(brackets)
            ]
        if "rate" not in compiled:
            if not brackets:
                self.say("missing-key", path, "rate")
            compiled["rate"] = 0
        return compiled

    def _ceiling(self, model: Ceiling) -> Json:
        written = model.table or [CeilingRow.model_construct(id="", for_={}, amount=model.amount, share=model.share)]
        rows = []
        for index, row in enumerate(written):
            path: Path_ = ("table", index) if model.table else ()
            of = "amount" if row.share is None else "share"
            number = row.amount if row.share is None else row.share
            if number is None or (row.amount is not None and row.share is not None):
                self.say("one-of-two", path)
                continue
            rows.append(
                {
                    "id": row.id,
                    "if": self.conditions.all_of(row.for_, (*path, "for")),
                    "of": of,
                    "amount": self.numbers.number(number, (*path, of)),
                },
            )
        return {"payer": model.payer, "per": model.per, "rows": rows}

    def _fee(self, model: Fee) -> Json:
        categories = (*self.conditions.facts["items"].options, "fee") if "items" in self.conditions.facts else ("fee",)
        rows = []
        for index, discount in enumerate(model.discounts):
            path: Path_ = ("discounts", index)
            for item in discount.items:
                if item not in categories:
                    self.say("unknown-item", (*path, "items"), item, categories)
            row: Json = {
                "id": discount.id,
                "items": discount.items,
                "if": self.conditions.all_of(discount.for_, (*path, "for")),
                "off": self.numbers.number(discount.off, (*path, "off")),
            }
            if discount.persons is not None:
                row["persons"] = discount.persons
            for name in ("up_to", "daily"):
                number = getattr(discount, name)
                if number is not None:
                    row[name] = self.numbers.number(number, (*path, name))
            rows.append(row)
        return {"payer": model.payer, "rows": rows}

    def _premium(self, model: Premium) -> Json:
        if isinstance(model.premium, FromFact):
            fact = self.conditions.facts.get(model.premium.fact)
            if fact is None or fact.type != "money":
                amounts = tuple(name for name, each in self.conditions.facts.items() if each.type == "money")
                self.say("unknown-fact", ("premium", "fact"), model.premium.fact, amounts)
            premium: Any = {"open": model.premium.fact}
        else:
            premium = self.numbers.number(model.premium, ("premium",))
        return {"of": model.of, "premium": premium, "rate": self.numbers.number(model.rate, ("rate",))}

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
