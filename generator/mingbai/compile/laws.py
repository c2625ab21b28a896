"""Compile the rule of a version, by kind of policy."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mingbai.compile.conditions import ConditionCompiler
from mingbai.compile.numbers import NumberCompiler
from mingbai.diagnostics.problem import KeyPath
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
    VersionModel,
)

type Json = dict[str, Any]

SHARE_NUMBERS = tuple(ShareNumbers.model_fields)


@dataclass(frozen=True, slots=True)
class LawCompiler:
    """Compiles the rule of one version; `report` takes code, path, found and expected values."""

    conditions: ConditionCompiler
    numbers: NumberCompiler
    report: Callable[..., None]

    def compile(self, model: VersionModel) -> Json:  # noqa: PLR0911 - a kind a line
        """Return the rule in the form that the calculator reads."""
        match model:
            case Share():
                return self._compile_share(model)
            case Ceiling():
                return self._compile_ceiling(model)
            case Fee():
                return self._compile_fee(model)
            case Premium():
                return self._compile_premium(model)
            case Floor():
                share = self.numbers.compile(model.share, ("share",))
                return {"payer": model.payer, "counted": model.counted, "of": model.of, "share": share}
            case Cash():
                return self._compile_cash(model)
            case Aid() | Service() | Right() | InKind() | Status():
                names = ("because", "what", "free", "how_often", "where", "count")
                texts = {name: getattr(model, name, None) for name in names}
                return {
                    n: as_data(text) if isinstance(text, Text) else text
                    for n, text in texts.items()
                    if text is not None
                }

    def _compile_share(self, model: Share) -> Json:
        rows = [self._compile_row(row, model, ("table", index)) for index, row in enumerate(model.table)]
        law: Json = {
            "payer": model.payer,
            "base": model.base,
            "deductible_per": model.deductible_per,
            "limit_per": model.limit_per,
            "rows": rows or [self._compile_row(None, model, ())],
        }
        if model.split:
            law["split"] = [{"payer": split.payer, "share": split.share} for split in model.split]
        if model.excess_payer is not None:
            law["excess_payer"] = model.excess_payer
        if model.only_if is not None:
            law["only_if"] = model.only_if.burden_exceeds_deductible_of
        return law

    def _compile_row(self, row: Row | None, model: Share, path: KeyPath) -> Json:
        """Return a row, with the numbers of the version where it has none of its own; None: one row for everybody."""
        condition = {} if row is None else row.for_
        compiled: Json = {
            "id": "" if row is None else row.id,
            "if": self.conditions.compile_all(condition, (*path, "for")),
            "deductible": 0,
        }
        for name in SHARE_NUMBERS:
            own = None if row is None else getattr(row, name)
            number = own if own is not None else getattr(model, name)
            if number is not None:
                compiled[name] = self.numbers.compile(number, (*path, name) if own is not None else (name,))
        own_brackets = row is not None and bool(row.brackets)
        brackets = row.brackets if row is not None and row.brackets else model.brackets
        if brackets:
            base = (*path, "brackets") if own_brackets else ("brackets",)
            compiled["brackets"] = [
                {"from": bracket.above, "rate": self.numbers.compile(bracket.rate, (*base, index, "rate"))}
                for index, bracket in enumerate(brackets)
            ]
        if "rate" not in compiled:
            if not brackets:
                self.report("missing-key", path, "rate")
            compiled["rate"] = 0
        return compiled

    def _compile_ceiling(self, model: Ceiling) -> Json:
        source_rows = model.table or [
            CeilingRow.model_construct(id="", for_={}, amount=model.amount, share=model.share)
        ]
        rows = []
        for index, row in enumerate(source_rows):
            path: KeyPath = ("table", index) if model.table else ()
            measure = "amount" if row.share is None else "share"
            number = row.amount if row.share is None else row.share
            if number is None or (row.amount is not None and row.share is not None):
                self.report("one-of-two", path)
                continue
            rows.append(
                {
                    "id": row.id,
                    "if": self.conditions.compile_all(row.for_, (*path, "for")),
                    "of": measure,
                    "amount": self.numbers.compile(number, (*path, measure)),
                },
            )
        return {"payer": model.payer, "per": model.per, "rows": rows}

    def _compile_fee(self, model: Fee) -> Json:
        categories = (*self.conditions.facts["items"].options, "fee") if "items" in self.conditions.facts else ("fee",)
        rows = []
        for index, discount in enumerate(model.discounts):
            path: KeyPath = ("discounts", index)
            for item in discount.items:
                if item not in categories:
                    self.report("unknown-item", (*path, "items"), item, categories)
            row: Json = {
                "id": discount.id,
                "items": discount.items,
                "if": self.conditions.compile_all(discount.for_, (*path, "for")),
                "off": self.numbers.compile(discount.off, (*path, "off")),
            }
            if discount.persons is not None:
                row["persons"] = discount.persons
            for name in ("up_to", "daily"):
                number = getattr(discount, name)
                if number is not None:
                    row[name] = self.numbers.compile(number, (*path, name))
            rows.append(row)
        return {"payer": model.payer, "rows": rows}

    def _compile_premium(self, model: Premium) -> Json:
        if isinstance(model.premium, FromFact):
            fact = self.conditions.facts.get(model.premium.fact)
            if fact is None or fact.type != "money":
                amounts = tuple(name for name, known in self.conditions.facts.items() if known.type == "money")
                self.report("unknown-fact", ("premium", "fact"), model.premium.fact, amounts)
            premium: Any = {"open": model.premium.fact}
        else:
            premium = self.numbers.compile(model.premium, ("premium",))
        return {"of": model.of, "premium": premium, "rate": self.numbers.compile(model.rate, ("rate",))}

    def _compile_cash(self, model: Cash) -> Json:
        facts = self.conditions.facts
        if model.times is not None and model.times not in facts:
            self.report("unknown-fact", ("times",), model.times, tuple(facts))
        from_month = model.from_month
        return {
            "per": model.per,
            "times": model.times,
            "from_month": None
            if from_month is None
            else {"age": from_month.age, "fact": f"{from_month.of}_birth_month"},
            "pick": model.pick,
            "amounts": [self._compile_component(row, ("amounts", index)) for index, row in enumerate(model.amounts)],
        }

    def _compile_component(self, row: Component, path: KeyPath) -> Json:
        return {
            "id": row.id,
            "title": None if row.title is None else row.title.by_language(),
            "if": self.conditions.compile_all(row.for_, (*path, "for")),
            "amount": self.numbers.compile(row.amount, (*path, "amount")),
        }
