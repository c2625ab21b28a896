"""Kind `cash`: amounts, each with its period."""

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
    make_figure,
)
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.law.laws import CashLaw


def describe_cash(law: CashLaw, version: Json, language: Language) -> Benefit:
    """Return the table of cash amounts, each with its period."""
    rows = []
    for row in law.amounts:
        label = language.text(row.title) if row.title else language.listing(describe_row(row.condition, [], language))
        amount = format_number(row.amount, "money", version, language)
        period = language.listing([language.term("periods", law.per), *_restatements(amount)])
        rows.append(TableRow(label, [Cell(amount.text, period)]))
    benefit = Benefit(BenefitTable(language.say("amount.what"), [language.say("amount.amount")], [RowGroup("", rows)]))
    if law.times:
        benefit.notes.append(language.say("amount.for_each", name=language.speaker.fact(law.times)))
    else:
        benefit.notes.append(language.say("amount.unit", unit=language.term("units", version["unit"])))
    if law.from_month:
        benefit.notes.append(language.say(f"amount.from_{law.from_month.fact}", age=law.from_month.age))
    if law.pick == "sum" and len(rows) > 1:
        benefit.notes.append(language.say("amount.sum"))
    benefit.notes += describe_asked_numbers(version, language)
    return benefit


def _restatements(cell: Cell) -> list[str]:
    return [cell.restated] if cell.restated else []


def list_cash_rows(law: CashLaw) -> list[FigureRow]:
    """Return a row for each amount."""
    return [
        FigureRow({"amount": make_figure(row.amount, "money")}, row.id, row.condition, row.title, cumulative=True)
        for row in law.amounts
    ]
