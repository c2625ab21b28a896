"""Kind `ceiling`: the most that a person pays."""

from functools import partial

from mingbai.pages.policy.benefits.benefit import (
    Benefit,
    BenefitTable,
    Cell,
    FigureRow,
    RowGroup,
    TableRow,
    Unit,
    describe_asked_numbers,
    describe_precedence,
    describe_row,
    format_number,
)
from mingbai.pages.policy.benefits.payers import describe_payer
from mingbai.pages.policy.benefits.rounding import describe_rounding
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.law.laws import CeilingLaw, CeilingRow


def describe_ceiling(law: CeilingLaw, version: Json, language: Language) -> Benefit:
    """Return the table of a ceiling: the most that a person pays."""
    rows = []
    for index, row in enumerate(law.rows):
        earlier = [earlier_row.condition for earlier_row in law.rows[:index]]
        label = language.listing(describe_row(row.condition, earlier, language))
        rows.append(TableRow(label, [_format_ceiling(row, version, language)]))
    benefit = Benefit(BenefitTable(language.say("amount.whom"), [language.say("amount.ceiling")], [RowGroup("", rows)]))
    benefit.notes.append(language.say("amount.of_eligible_cost"))
    benefit.notes.append(language.say(f"amount.ceiling_per_{law.per}"))
    if law.per == "year" and len(rows) > 1:
        benefit.notes.append(language.say("amount.each_row_by_itself"))
    benefit.notes += describe_precedence([row.condition for row in law.rows], language)
    benefit.notes.append(describe_payer("bears_excess", law.payer, language))
    benefit.notes += describe_asked_numbers(version, language)
    return benefit


def list_ceiling_rows(law: CeilingLaw) -> list[FigureRow]:
    """Return a row for each area."""
    return [FigureRow({"amount": partial(_format_ceiling, row)}, row.id, row.condition) for row in law.rows]


def _format_ceiling(row: CeilingRow, version: Json, language: Language) -> Cell:
    """Return the most that a person pays, and what it rises by with the cost."""
    cell = format_number(row.amount, _get_unit(row), version, language)
    if row.plus is None:
        return cell
    plus = language.say("amount.plus_above", rate=language.rate(row.plus.rate), above=language.money(row.plus.above))
    rounding = describe_rounding(row.plus.rounding, language)
    return Cell(cell.text, language.listing([text for text in (cell.restated, plus, *rounding) if text]))


def _get_unit(row: CeilingRow) -> Unit:
    return "rate_to_pay" if row.of == "share" else "money"
