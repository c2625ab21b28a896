"""Kind `fee`: items of a bill that are waived or reduced."""

from mingbai.pages.policy.benefits.benefit import (
    Benefit,
    BenefitTable,
    Cell,
    FigureRow,
    RowGroup,
    TableRow,
    describe_asked_numbers,
    format_number,
    make_figure,
)
from mingbai.pages.policy.benefits.payers import describe_payer
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.core.money import FULL_RATE
from mingbai_calculator.law.laws import FeeLaw


def describe_fee(law: FeeLaw, version: Json, language: Language) -> Benefit:
    """Return the table of a fee: items of a bill that are waived or reduced."""
    rows, notes = [], []
    for row in law.rows:
        items = language.listing([name_item(item, language) for item in row.items])
        whom = language.listing(language.speaker.phrases(row.condition, named=False))
        reduction = format_number(row.off, "rate", version, language)
        reduction_text = (
            language.say("amount.waived") if row.off == FULL_RATE else language.say("amount.off", rate=reduction.text)
        )
        if row.up_to is not None:
            reduction_text = language.say("amount.reduced_up_to", reduction=reduction_text)
        rows.append(TableRow(items, [Cell(reduction_text, whom)]))
        if row.persons is not None:
            notes.append(language.say("amount.persons", persons=row.persons))
        if row.up_to is not None:
            up_to = format_number(row.up_to, "money", version, language)
            if up_to.text != language.say("amount.not_printed"):  # the note on asked numbers says this one
                notes.append(language.say("amount.up_to", limit=up_to.text))
    benefit = Benefit(BenefitTable(language.say("amount.item"), [language.say("amount.less")], [RowGroup("", rows)]))
    benefit.notes.append(describe_payer("gives_up", law.payer, language))
    if len(rows) > 1:
        benefit.notes.append(language.say("amount.best_discount"))
    benefit.notes += [*dict.fromkeys(notes), *describe_asked_numbers(version, language)]
    return benefit


def list_fee_rows(law: FeeLaw) -> list[FigureRow]:
    """Return a row for each discount."""
    return [
        FigureRow(
            {
                "off": make_figure(row.off, "rate"),
                "up_to": make_figure(row.up_to, "money"),
                "daily": make_figure(row.daily, "money"),
            },
            row.id,
            row.condition,
            items=row.items,
            cumulative=True,
        )
        for row in law.rows
    ]


def name_item(item: str, language: Language) -> str:
    """Return the name of a category of a bill, or of a bill that is a fee."""
    if item == "fee":
        return language.speaker.fact("fee")
    return language.speaker.option("items", item)
