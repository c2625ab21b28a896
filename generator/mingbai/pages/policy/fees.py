"""How much: ceilings, fees of a bill, insurance contributions."""

from mingbai.pages.policy.amounts import Cell, Group, HowMuch, Row, Table, asked, number, row_label
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.core.money import ALL


def ceiling(version: Json, language: Language) -> HowMuch:
    """Return the most that a person pays."""
    law = version["law"]
    rows = []
    for index, row in enumerate(law["rows"]):
        earlier = [each["if"] for each in law["rows"][:index]]
        unit = "rate" if row["of"] == "share" else "money"
        label = language.listing(row_label(row["if"], earlier, language))
        rows.append(Row(label, [number(row["amount"], unit, version, language)]))
    how = HowMuch(Table(language.say("amount.whom"), [language.say("amount.ceiling")], [Group("", rows)]))
    how.notes.append(language.say("amount.of_eligible_cost"))
    how.notes.append(language.say(f"amount.ceiling_per_{law['per']}"))
    how.notes.append(language.say("amount.bears_excess", payer=language.term("payers", law["payer"])))
    how.notes += asked(version, language)
    return how


def fee(version: Json, language: Language) -> HowMuch:
    """Return which items of a bill are waived or reduced."""
    law = version["law"]
    rows, notes = [], []
    for row in law["rows"]:
        items = language.listing([item_name(item, language) for item in row["items"]])
        whom = language.listing(language.speaker.phrases(row["if"], named=False))
        off = number(row["off"], "rate", version, language)
        less = language.say("amount.waived") if row["off"] == ALL else language.say("amount.off", rate=off.text)
        rows.append(Row(items, [Cell(less, whom)]))
        if "persons" in row:
            notes.append(language.say("amount.persons", persons=row["persons"]))
        if "up_to" in row:
            up_to = number(row["up_to"], "money", version, language)
            if up_to.text != language.say("amount.not_printed"):  # else the question after it says so
                notes.append(language.say("amount.up_to", limit=up_to.text))
    how = HowMuch(Table(language.say("amount.item"), [language.say("amount.less")], [Group("", rows)]))
    how.notes.append(language.say("amount.gives_up", payer=language.term("payers", law["payer"])))
    if len(rows) > 1:
        how.notes.append(language.say("amount.best_discount"))
    how.notes += [*dict.fromkeys(notes), *asked(version, language)]
    return how


def premium(version: Json, language: Language) -> HowMuch:
    """Return which part of a contribution is paid."""
    law = version["law"]
    rate = number(law["rate"], "rate", version, language)
    row = Row(language.term("payers", law["of"]), [rate])
    how = HowMuch(Table(language.say("amount.contribution"), [language.say("amount.paid_for_you")], [Group("", [row])]))
    how.notes.append(language.say("amount.best_subsidy"))
    how.notes += asked(version, language)
    return how


def item_name(item: str, language: Language) -> str:
    """Return the name of a category of a bill, or of a bill that is a fee."""
    if item == "fee":
        return language.speaker.fact("fee")
    return language.speaker.option("items", item)
