"""How much: the table of a policy as it stands in the rule, and what else must be said about it."""

from dataclasses import dataclass, field
from typing import Any

from mingbai.pages.wording.conditions import narrower
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.core.money import ALL

COLUMNS = ("deductible", "rate", "limit", "base_limit")


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure, and under it the same said in another way."""

    text: str
    again: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: for whom, and the figures."""

    label: str
    cells: list[Cell]


@dataclass(slots=True)
class Group:
    """Rows under one heading (may be empty)."""

    label: str
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what the first column says, the other columns, the rows in groups."""

    first: str
    columns: list[str]
    groups: list[Group]


@dataclass(slots=True)
class HowMuch:
    """What a version promises: a table, or pairs of a word and a text; then notes."""

    table: Table | None = None
    pairs: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def number(value: Any, unit: str, version: Json, language: Language) -> Cell:  # noqa: ANN401
    """Return a number of the rule (fen or basis points), or the words for one that the source does not print."""
    if isinstance(value, int):
        if unit == "rate":
            return Cell(language.rate(value), language.rate_again(value, version["kind"]))
        return Cell(language.money(value))
    if "value" in value:
        plain = number(value["value"], unit, version, language)
        return Cell(plain.text, language.listing([text for text in (plain.again, _adjusted(value, language)) if text]))
    return _open(version["numbers"][value["open"]], _adjusted(value, language), language)


def _open(data: Json, adjusted: str, language: Language) -> Cell:
    """Return the words for a number that the source does not print, or prints as a range only."""
    write = language.rate if data["unit"] == "rate" else language.money
    low, high = data["low"], data["high"]
    bounded = low > 0 or high not in (None, ALL)
    not_printed = language.say("amount.not_printed") if data["asked"] else ""
    if not bounded:
        return Cell(not_printed, adjusted)
    if high is None:
        text = language.say("amount.at_least", low=write(low))
    elif low == 0:
        text = language.say("amount.at_most", high=write(high))
    else:
        text = language.say("amount.between", low=write(low), high=write(high))
    return Cell(text, language.listing([each for each in (not_printed, adjusted) if each]))


def row_label(condition: list[Any], earlier: list[list[Any]], language: Language) -> list[str]:
    """Return for whom a row is. Where an earlier row takes some of them away, it is for the others."""
    phrases = language.speaker.phrases(condition, named=False)
    if any(narrower(each, condition) for each in earlier):
        return [language.say("amount.others"), *phrases]
    return phrases or [language.say("amount.everyone")]


def _adjusted(value: Json, language: Language) -> str:
    """Say who gets more or less of a number."""
    said = []
    for step in value.get("adjust", []):
        whom = language.listing(language.speaker.phrases(step["if"], named=False)) or language.say("amount.everyone")
        if "times" in step:
            said.append(language.say("amount.times", whom=whom, rate=language.rate(step["times"])))
        if "plus" in step:
            said.append(language.say("amount.plus", whom=whom, points=step["plus"] // 100))
    return language.listing(said)


def share(version: Json, language: Language) -> HowMuch:
    """Return the table of rates, deductibles and limits."""
    law = version["law"]
    rows = law["rows"]
    columns = [name for name in COLUMNS if name == "rate" or any(row.get(name) for row in rows)]
    labels = [row_label(row["if"], [each["if"] for each in rows[:index]], language) for index, row in enumerate(rows)]
    grouped = all(len(label) > 1 for label in labels)
    groups: list[Group] = []
    for row, label in zip(rows, labels, strict=True):
        heading = language.listing(label[:-1]) if grouped else ""
        if not groups or groups[-1].label != heading:
            groups.append(Group(heading))
        cells = [figure(row, name, version, language) for name in columns]
        groups[-1].rows.append(Row(label[-1] if grouped else language.listing(label), cells))
    how = HowMuch(Table(language.say("amount.whom"), [language.say(f"amount.{name}") for name in columns], groups))
    how.notes.append(language.say("amount.payer", payer=language.term("payers", law["payer"])))
    how.notes.append(language.say(f"amount.base_{law['base']}"))
    if "deductible" in columns:
        how.notes.append(language.say(f"amount.deductible_per_{law['deductible_per']}"))
    else:
        how.notes.append(language.say("amount.no_deductible"))
    if "limit" in columns:
        how.notes.append(language.say(f"amount.limit_per_{law['limit_per']}"))
    how.notes += _shared_out(law, language)
    how.notes += asked(version, language)
    return how


def _shared_out(law: Json, language: Language) -> list[str]:
    """Say who bears a part of the payment, and what must have happened before."""
    notes = []
    for split in law.get("split", []):
        payer = language.term("payers", split["payer"])
        notes.append(language.say("amount.split", rate=language.rate(split["share"]), payer=payer))
    if "excess_payer" in law:
        notes.append(language.say("amount.excess", payer=language.term("payers", law["excess_payer"])))
    if "only_if" in law:
        notes.append(language.say("amount.only_if"))
    return notes


def figure(row: Json, name: str, version: Json, language: Language) -> Cell:
    """Return a number of a row of a share; its rate may go by brackets."""
    if name == "rate" and row.get("brackets"):
        steps = [
            language.say(
                "amount.bracket",
                above=language.money(bracket["from"]),
                rate=number(bracket["rate"], "rate", version, language).text,
            )
            for bracket in row["brackets"]
        ]
        return Cell(language.listing(steps))
    if name not in row:
        return Cell(language.say("amount.none"))
    return number(row[name], "rate" if name == "rate" else "money", version, language)


def floor(version: Json, language: Language) -> HowMuch:
    """Return the least that the payers bear together."""
    law = version["law"]
    row = Row(language.say("amount.together"), [number(law["share"], "rate", version, language)])
    how = HowMuch(Table(language.say("amount.what"), [language.say("amount.share")], [Group("", [row])]))
    counted = language.speaker.listing([language.term("payers", payer) for payer in law["counted"]])
    how.notes.append(language.say("amount.counted", payers=counted))
    how.notes.append(language.say("amount.of_eligible_cost"))
    how.notes.append(language.say("amount.tops_up", payer=language.term("payers", law["payer"])))
    how.notes += asked(version, language)
    return how


def cash(version: Json, language: Language) -> HowMuch:
    """Return the amounts, each with its period."""
    law = version["law"]
    rows = []
    for component in law["amounts"]:
        title = component["title"]
        label = language.text(title) if title else language.listing(row_label(component["if"], [], language))
        amount = number(component["amount"], "money", version, language)
        rows.append(
            Row(label, [Cell(amount.text, language.listing([language.term("periods", law["per"]), *_again(amount)]))])
        )
    how = HowMuch(Table(language.say("amount.what"), [language.say("amount.amount")], [Group("", rows)]))
    if law["times"]:
        how.notes.append(language.say("amount.for_each", name=language.speaker.fact(law["times"])))
    else:
        how.notes.append(language.say("amount.unit", unit=language.term("units", version["unit"])))
    if law["from_month"]:
        how.notes.append(language.say(f"amount.from_{law['from_month']['fact']}", age=law["from_month"]["age"]))
    if law["pick"] == "sum" and len(rows) > 1:
        how.notes.append(language.say("amount.sum"))
    how.notes += asked(version, language)
    return how


def _again(cell: Cell) -> list[str]:
    return [cell.again] if cell.again else []


def plain(version: Json, language: Language) -> HowMuch:
    """Return the words of what is no sum of money: a service, a right, goods, help at an office's discretion."""
    law = version["law"]
    how = HowMuch()
    for name in ("what", "count", "how_often", "where"):
        if name in law:
            text = law[name]
            how.pairs.append(
                (language.say(f"plain.{name}"), language.text(text) if isinstance(text, dict) else str(text))
            )
    if law.get("free") or version["kind"] in ("right", "in_kind"):
        how.notes.append(language.say(f"plain.{version['kind']}"))
    if "because" in law:
        how.notes.append(language.text(law["because"]))
    return how


def asked(version: Json, language: Language) -> list[str]:
    """Say which numbers the source does not print, and that one may type them."""
    asked = [data for data in version["numbers"].values() if data["asked"]]
    return [language.say("amount.asked", question=language.text(data["question"])) for data in asked]
