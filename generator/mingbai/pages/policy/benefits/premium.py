"""Kind `premium`: the part of a contribution that is paid."""

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
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.law.laws import PremiumLaw


def describe_premium(law: PremiumLaw, version: Json, language: Language) -> Benefit:
    """Return the table of a premium: the part of a contribution that is paid."""
    rate = format_number(law.rate, "rate_for_you", version, language)
    row = TableRow(language.term("payers", law.of), [rate])
    benefit = Benefit(
        BenefitTable(language.say("amount.contribution"), [language.say("amount.paid_for_you")], [RowGroup("", [row])])
    )
    benefit.notes.append(language.say("amount.best_subsidy"))
    benefit.notes += describe_asked_numbers(version, language)
    return benefit


def list_premium_rows(law: PremiumLaw) -> list[FigureRow]:
    """Return the only row."""
    return [FigureRow({"rate": make_figure(law.rate, "rate_for_you")})]
