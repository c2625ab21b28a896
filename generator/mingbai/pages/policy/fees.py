"""Benefit tables of ceilings, of reduced fees, and of insurance contributions (premiums)."""

from mingbai.bundle.law import get_law
from mingbai.pages.policy.amounts import (
    Benefit,
    BenefitTable,
    Cell,
    RowGroup,
    TableRow,
    describe_asked_numbers,
    describe_row,
    format_number,
)
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.core.money import FULL_RATE
from mingbai_calculator.law.laws import CeilingLaw, FeeLaw, PremiumLaw


def describe_ceiling(version: Json, language: Language, law: CeilingLaw | None = None) -> Benefit:
    """Return the table of a ceiling: the most that a person pays; `law` replaces that of the version."""
    law = law or get_law(version, CeilingLaw)
    rows = []
    for index, row in enumerate(law.rows):
        earlier = [earlier_row.condition for earlier_row in law.rows[:index]]
        unit = "rate" if row.of == "share" else "money"
        label = language.listing(describe_row(row.condition, earlier, language))
        rows.append(TableRow(label, [format_number(row.amount, unit, version, language)]))
    benefit = Benefit(BenefitTable(language.say("amount.whom"), [language.say("amount.ceiling")], [RowGroup("", rows)]))
    benefit.notes.append(language.say("amount.of_eligible_cost"))
    benefit.notes.append(language.say(f"amount.ceiling_per_{law.per}"))
    benefit.notes.append(language.say("amount.bears_excess", payer=language.term("payers", law.payer)))
    benefit.notes += describe_asked_numbers(version, language)
    return benefit


def describe_fee(version: Json, language: Language, law: FeeLaw | None = None) -> Benefit:
    """Return the table of a fee: items of a bill that are waived or reduced; `law` replaces that of the version."""
    law = law or get_law(version, FeeLaw)
    rows, notes = [], []
    for row in law.rows:
        items = language.listing([name_item(item, language) for item in row.items])
        whom = language.listing(language.speaker.phrases(row.condition, named=False))
        reduction = format_number(row.off, "rate", version, language)
        reduction_text = (
            language.say("amount.waived") if row.off == FULL_RATE else language.say("amount.off", rate=reduction.text)
        )
        rows.append(TableRow(items, [Cell(reduction_text, whom)]))
        if row.persons is not None:
            notes.append(language.say("amount.persons", persons=row.persons))
        if row.up_to is not None:
            up_to = format_number(row.up_to, "money", version, language)
            if up_to.text != language.say("amount.not_printed"):  # the note on asked numbers says this one
                notes.append(language.say("amount.up_to", limit=up_to.text))
    benefit = Benefit(BenefitTable(language.say("amount.item"), [language.say("amount.less")], [RowGroup("", rows)]))
    benefit.notes.append(language.say("amount.gives_up", payer=language.term("payers", law.payer)))
    if len(rows) > 1:
        benefit.notes.append(language.say("amount.best_discount"))
    benefit.notes += [*dict.fromkeys(notes), *describe_asked_numbers(version, language)]
    return benefit


def describe_premium(version: Json, language: Language) -> Benefit:
    """Return the table of a premium: the part of a contribution that is paid."""
    law = get_law(version, PremiumLaw)
    rate = format_number(law.rate, "rate", version, language)
    row = TableRow(language.term("payers", law.of), [rate])
    benefit = Benefit(
        BenefitTable(language.say("amount.contribution"), [language.say("amount.paid_for_you")], [RowGroup("", [row])])
    )
    benefit.notes.append(language.say("amount.best_subsidy"))
    benefit.notes += describe_asked_numbers(version, language)
    return benefit


def name_item(item: str, language: Language) -> str:
    """Return the name of a category of a bill, or of a bill that is a fee."""
    if item == "fee":
        return language.speaker.fact("fee")
    return language.speaker.option("items", item)
