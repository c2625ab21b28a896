"""Compile the rule of a version: a method for each kind, see `kinds`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mingbai.compile.conditions import ConditionCompiler
from mingbai.compile.numbers import NumberCompiler
from mingbai.diagnostics.problem import KeyPath
from mingbai.model.base import Text, as_data
from mingbai.model.kinds import (
    Aid,
    Cash,
    Ceiling,
    CeilingRow,
    Component,
    Fee,
    Floor,
    FromFact,
    InKind,
    OwnShare,
    Premium,
    Right,
    Row,
    Service,
    Share,
    ShareNumbers,
    Status,
)
from mingbai.model.number import Amount, Round
from mingbai_calculator.core.money import Rounding
from mingbai_calculator.law.conditions import Condition
from mingbai_calculator.law.laws import Bracket as CompiledBracket
from mingbai_calculator.law.laws import (
    CashLaw,
    CashRow,
    CeilingLaw,
    FeeLaw,
    FeeRow,
    FloorLaw,
    OwnShareLaw,
    OwnShareRow,
    PlainLaw,
    PremiumLaw,
    ShareLaw,
    ShareRow,
)
from mingbai_calculator.law.laws import CeilingRow as CompiledCeilingRow
from mingbai_calculator.law.laws import FromMonth as CompiledFromMonth
from mingbai_calculator.law.laws import Less as CompiledLess
from mingbai_calculator.law.laws import Plus as CompiledPlus
from mingbai_calculator.law.laws import Split as CompiledSplit
from mingbai_calculator.law.numbers import Number, OpenNumber

ROUNDED_TO = {"yuan": 100, "jiao": 10, "fen": 1}
"""Unit that an amount is rounded to, in fen."""


def compile_rounding(model: Round | None) -> Rounding | None:
    """Return how an amount is rounded; None where the notice does not say."""
    return None if model is None else Rounding(ROUNDED_TO[model.to], model.how)


SHARE_NUMBERS = tuple(ShareNumbers.model_fields)


@dataclass(frozen=True, slots=True)
class LawCompiler:
    """Compiles the rule of one version; `report` takes code, path, found and expected values."""

    conditions: ConditionCompiler
    numbers: NumberCompiler
    report: Callable[..., None]

    def compile_floor(self, model: Floor) -> FloorLaw:
        """Return the law of a floor."""
        return FloorLaw(model.payer, model.counted, model.of, self.numbers.compile(model.share, ("share",)))

    def compile_plain(self, model: Aid | Service | Right | InKind | Status) -> PlainLaw:
        """Return the law of a benefit without an amount, or of a status: its texts."""
        names = ("because", "what", "free", "how_often", "where", "count")
        values = {name: getattr(model, name, None) for name in names}
        return PlainLaw(
            **{name: as_data(value) if isinstance(value, Text) else value for name, value in values.items()}
        )

    def compile_share(self, model: Share) -> ShareLaw:
        """Return the law of a share: its rows, or one row for everybody."""
        rows = [self._compile_row(row, model, ("table", index)) for index, row in enumerate(model.table)]
        return ShareLaw(
            model.payer,
            model.base,
            model.deductible_per,
            model.limit_per,
            rows or [self._compile_row(None, model, ())],
            [CompiledSplit(split.payer, split.share) for split in model.split or ()],
            model.excess_payer,
            None if model.only_if is None else model.only_if.burden_exceeds_deductible_of,
            carried=self._compile_carried(model),
            rounding=compile_rounding(model.round),
        )

    def _compile_carried(self, model: Share) -> Condition | None:
        """Return when the deductible of the stay before counts; a fact must tell it where that stay is not given."""
        if model.deductible_carried is None:
            return None
        if "deductible_before" not in self.conditions.facts:
            known = tuple(self.conditions.facts)
            self.report("unknown-fact", ("deductible_carried",), "deductible_before", known)
        if model.deductible_per != "stay":
            self.report("bad-choice", ("deductible_per",), model.deductible_per, ("stay",))
        return self.conditions.compile_all(model.deductible_carried.for_, ("deductible_carried", "for"))

    def _compile_row(self, row: Row | None, model: Share, path: KeyPath) -> ShareRow:
        """Return a row, with the numbers of the version where it has none of its own; None: one row for everybody."""
        condition = self.conditions.compile_all({} if row is None else row.for_, (*path, "for"))
        numbers = {}
        for name in SHARE_NUMBERS:
            own = None if row is None else getattr(row, name)
            number = own if own is not None else getattr(model, name)
            numbers[name] = (
                None if number is None else self.numbers.compile(number, (*path, name) if own is not None else (name,))
            )
        own_brackets = row is not None and bool(row.brackets)
        brackets = row.brackets if row is not None and row.brackets else model.brackets
        base = (*path, "brackets") if own_brackets else ("brackets",)
        compiled_brackets = [
            CompiledBracket(bracket.above, self.numbers.compile(bracket.rate, (*base, index, "rate")))
            for index, bracket in enumerate(brackets)
        ]
        if numbers["rate"] is None and not brackets:
            self.report("missing-key", path, "rate")
        return ShareRow(
            "" if row is None else row.id,
            condition,
            numbers["deductible"] or 0,
            numbers["rate"] or 0,
            numbers["limit"],
            numbers["base_limit"],
            compiled_brackets,
        )

    def compile_own_share(self, model: OwnShare) -> OwnShareLaw:
        """Return the law of what comes off first."""
        rows = []
        for index, row in enumerate(model.table):
            path: KeyPath = ("table", index)
            self._check_items(row.items, (*path, "items"))
            condition = self.conditions.compile_all(row.for_, (*path, "for"))
            rows.append(OwnShareRow(row.id, row.items, condition, self.numbers.compile(row.rate, (*path, "rate"))))
        return OwnShareLaw(rows)

    def _check_items(self, items: Sequence[str], path: KeyPath) -> None:
        """Report categories that items of a bill cannot have."""
        known = self.conditions.facts.get("items")
        categories = ("fee",) if known is None else (*known.options, "fee")
        for item in items:
            if item not in categories:
                self.report("unknown-item", path, item, categories)

    def compile_ceiling(self, model: Ceiling) -> CeilingLaw:
        """Return the law of a ceiling."""
        source_rows = model.table or [
            CeilingRow.model_construct(id="", for_={}, amount=model.amount, share=model.share, plus=model.plus)
        ]
        rows = []
        for index, row in enumerate(source_rows):
            path: KeyPath = ("table", index) if model.table else ()
            measure = "amount" if row.share is None else "share"
            number = row.amount if row.share is None else row.share
            if number is None or (row.amount is not None and row.share is not None):
                self.report("one-of-two", path)
                continue
            condition = self.conditions.compile_all(row.for_, (*path, "for"))
            plus = row.plus or model.plus
            compiled_plus = None if plus is None else CompiledPlus(plus.rate, plus.above, compile_rounding(plus.round))
            amount = self.numbers.compile(number, (*path, measure))
            rows.append(CompiledCeilingRow(row.id, condition, measure, amount, compiled_plus))
        return CeilingLaw(model.payer, model.per, rows)

    def compile_fee(self, model: Fee) -> FeeLaw:
        """Return the law of a fee."""
        rows = []
        for index, discount in enumerate(model.discounts):
            path: KeyPath = ("discounts", index)
            self._check_items(discount.items, (*path, "items"))
            rows.append(
                FeeRow(
                    discount.id,
                    discount.items,
                    self.conditions.compile_all(discount.for_, (*path, "for")),
                    self.numbers.compile(discount.off, (*path, "off")),
                    discount.persons,
                    self._compile_optional(discount.up_to, (*path, "up_to")),
                    self._compile_optional(discount.daily, (*path, "daily")),
                )
            )
        return FeeLaw(model.payer, rows)

    def _compile_optional(self, number: Amount | None, path: KeyPath) -> Number | None:
        return None if number is None else self.numbers.compile(number, path)

    def compile_premium(self, model: Premium) -> PremiumLaw:
        """Return the law of a premium."""
        if isinstance(model.premium, FromFact):
            self._check_amount_fact(model.premium.fact, ("premium", "fact"))
            premium: Number = OpenNumber(model.premium.fact)
        else:
            premium = self.numbers.compile(model.premium, ("premium",))
        return PremiumLaw(model.of, premium, self.numbers.compile(model.rate, ("rate",)))

    def compile_cash(self, model: Cash) -> CashLaw:
        """Return the law of a cash policy."""
        facts = self.conditions.facts
        counts = tuple(name for name, fact in facts.items() if fact.type == "whole")
        if model.times is not None and model.times not in counts:
            code = "not-a-count" if model.times in facts else "unknown-fact"
            self.report(code, ("times",), model.times, counts)
        due = model.from_month
        birth_month = "birth_month" if due is None or due.of == "person" else f"{due.of}_birth_month"
        if due is not None and birth_month not in facts:
            known = tuple(name for name, fact in facts.items() if fact.type == "month")
            self.report("unknown-fact", ("from_month", "of"), birth_month, known)
        return CashLaw(
            model.per,
            model.times,
            None if due is None else CompiledFromMonth(due.age, birth_month, after=due.start == "month_after"),
            model.pick,
            [self._compile_component(row, ("amounts", index)) for index, row in enumerate(model.amounts)],
        )

    def _compile_component(self, row: Component, path: KeyPath) -> CashRow:
        if (row.amount is None) == (row.rate is None) or (row.rate is None) != (row.of is None):
            self.report("rate-without-amount", path)
        if row.at_least is not None and row.at_most is not None and row.at_least > row.at_most:
            self.report("bounds-reversed", (*path, "at_least"), row.at_least)
        less = row.less
        if row.of is not None:
            self._check_amount_fact(row.of, (*path, "of"))
        if less is not None:
            self._check_amount_fact(less.fact, (*path, "less", "fact"))
        return CashRow(
            row.id,
            None if row.title is None else row.title.by_language(),
            self.conditions.compile_all(row.for_, (*path, "for")),
            0 if row.amount is None else self.numbers.compile(row.amount, (*path, "amount")),
            None if row.rate is None else self.numbers.compile(row.rate, (*path, "rate")),
            row.of,
            None if less is None else CompiledLess(less.fact, less.share, less.disregard),
            row.at_least,
            row.at_most,
            compile_rounding(row.round),
        )

    def _check_amount_fact(self, fact: str, path: KeyPath) -> None:
        """Report a fact that is no amount of money."""
        amounts = tuple(name for name, known in self.conditions.facts.items() if known.type == "money")
        if fact not in amounts:
            self.report("unknown-fact", path, fact, amounts)
