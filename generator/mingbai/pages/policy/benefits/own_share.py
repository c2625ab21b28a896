"""Kind `own_share`: what the person bears first."""

from mingbai.pages.policy.benefits.benefit import (
    Benefit,
    BenefitTable,
    FigureRow,
    RowGroup,
    TableRow,
    describe_asked_numbers,
    describe_row,
    format_number,
    make_figure,
)
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.law.laws import OwnShareLaw, OwnShareRow


def describe_own_share(law: OwnShareLaw, version: Json, language: Language) -> Benefit:
    """Return the table of the rates that the person bears first."""
    rows = []
    for index, row in enumerate(law.rows):
        earlier = [other.condition for other in law.rows[:index] if other.items == row.items]
        label = [*_name_items(row, language), *describe_row(row.condition, earlier, language)]
        number = format_number(row.rate, "rate_to_pay", version, language)
        rows.append(TableRow(language.listing(label), [number]))
    table = BenefitTable(language.say("amount.whom"), [language.say("amount.own_share")], [RowGroup("", rows)])
    benefit = Benefit(table)
    benefit.notes.append(language.say("amount.own_share_first"))
    benefit.notes += describe_asked_numbers(version, language)
    return benefit


def list_own_share_rows(law: OwnShareLaw) -> list[FigureRow]:
    """Return the rows of the table."""
    return [FigureRow({"share": make_figure(row.rate, "rate_to_pay")}, row.id, row.condition) for row in law.rows]


def _name_items(row: OwnShareRow, language: Language) -> list[str]:
    return [language.speaker.option("items", item) for item in row.items]
