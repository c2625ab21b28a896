"""Kind `floor`: the least rate that the payers pay together."""

from mingbai.pages.policy.benefits.benefit import (
    Benefit,
    BenefitTable,
    FigureRow,
    RowGroup,
    TableRow,
    describe_asked_numbers,
    format_number,
    make_figure,
)
from mingbai.pages.policy.benefits.payers import describe_payer
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.law.laws import FloorLaw


def describe_floor(law: FloorLaw, version: Json, language: Language) -> Benefit:
    """Return the table of a floor: the least rate that the payers pay together."""
    row = TableRow(language.say("amount.together"), [format_number(law.share, "rate", version, language)])
    benefit = Benefit(BenefitTable(language.say("amount.what"), [language.say("amount.share")], [RowGroup("", [row])]))
    counted = language.speaker.listing([language.term("payers", payer) for payer in law.counted])
    benefit.notes.append(language.say("amount.counted", payers=counted))
    benefit.notes.append(language.say("amount.of_eligible_cost"))
    benefit.notes.append(describe_payer("tops_up", law.payer, language))
    benefit.notes += describe_asked_numbers(version, language)
    return benefit


def list_floor_rows(law: FloorLaw) -> list[FigureRow]:
    """Return the only row."""
    return [FigureRow({"share": make_figure(law.share, "rate")})]
