"""Kind `cash`: amounts, each with its period."""

from functools import partial

from mingbai.pages.policy.benefits.benefit import (
    Benefit,
    BenefitTable,
    Cell,
    FigureRow,
    RowGroup,
    TableRow,
    describe_asked_numbers,
    describe_row,
    format_number,
)
from mingbai.pages.policy.benefits.rounding import describe_rounding
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.law.laws import CashLaw, CashRow


def describe_cash(law: CashLaw, version: Json, language: Language) -> Benefit:
    """Return the table of cash amounts, each with its period."""
    rows = []
    for row in law.amounts:
        label = language.text(row.title) if row.title else language.listing(describe_row(row.condition, [], language))
        amount = _format_amount(row, version, language)
        period = language.listing([language.term("periods", law.per), *_restatements(amount)])
        rows.append(TableRow(label, [Cell(amount.text, period)]))
    benefit = Benefit(BenefitTable(language.say("amount.what"), [language.say("amount.amount")], [RowGroup("", rows)]))
    if law.times:
        benefit.notes.append(language.say("amount.for_each", name=language.speaker.fact(law.times)))
    else:
        benefit.notes.append(language.say("amount.unit", unit=language.term("units", version["unit"])))
    if law.from_month:
        start = "after" if law.from_month.after else "from"
        benefit.notes.append(language.say(f"amount.{start}_month.{law.from_month.fact}", age=law.from_month.age))
    if law.pick == "sum" and len(rows) > 1:
        benefit.notes.append(language.say("amount.sum"))
    benefit.notes += describe_asked_numbers(version, language)
    return benefit


def _format_amount(row: CashRow, version: Json, language: Language) -> Cell:
    """Return what a row grants: an amount or a rate of one, what is taken off it, and its bounds."""
    if row.rate is None or row.of is None:
        cell = format_number(row.amount, "money", version, language)
    else:
        rate = format_number(row.rate, "rate", version, language)
        cell = Cell(language.say("amount.rate_of", rate=rate.text, name=language.speaker.fact(row.of)), rate.restated)
    rest = [cell.restated] if cell.restated else []
    if row.less is not None:
        figures = {"share": language.rate(row.less.share), "name": language.speaker.fact(row.less.fact)}
        if row.less.disregard:
            rest.append(language.say("amount.taken_off_above", above=language.money(row.less.disregard), **figures))
        else:
            rest.append(language.say("amount.taken_off", **figures))
    if row.at_least is not None:
        rest.append(language.say("amount.at_least", low=language.money(row.at_least)))
    if row.at_most is not None:
        rest.append(language.say("amount.at_most", high=language.money(row.at_most)))
    rest += describe_rounding(row.round, language)
    return Cell(cell.text, language.listing(rest))


def _restatements(cell: Cell) -> list[str]:
    return [cell.restated] if cell.restated else []


def list_cash_rows(law: CashLaw) -> list[FigureRow]:
    """Return a row for each amount."""
    return [
        FigureRow({"amount": partial(_format_amount, row)}, row.id, row.condition, row.title, cumulative=True)
        for row in law.amounts
    ]
