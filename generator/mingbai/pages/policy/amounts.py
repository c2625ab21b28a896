"""Benefit tables of shares, floors, cash and benefits that are not money, with notes on how they are counted."""

from dataclasses import dataclass, field
from typing import Any

from mingbai.pages.wording.conditions import is_narrower
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.core.money import FULL_RATE

COLUMNS = ("deductible", "rate", "limit", "base_limit")


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure, and the same figure restated in other words, shown under it."""

    text: str
    restated: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: for whom (or for what) it is, and its figures."""

    label: str
    cells: list[Cell]


@dataclass(slots=True)
class RowGroup:
    """Rows under one heading (``""``: none)."""

    label: str
    rows: list[TableRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BenefitTable:
    """A table: heading of the first column, headings of the others, rows in groups."""

    first: str
    columns: list[str]
    groups: list[RowGroup]


@dataclass(slots=True)
class Benefit:
    """What a version grants: a table, or pairs of a label and a text; then notes."""

    table: BenefitTable | None = None
    pairs: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def format_number(value: Any, unit: str, version: Json, language: Language) -> Cell:  # noqa: ANN401
    """Return a number of the law as a cell; `unit` is "rate" (basis points) or "money" (fen).

    A number that the source does not print is described in words.
    """
    if isinstance(value, int):
        if unit == "rate":
            return Cell(language.rate(value), language.restate_rate(value, version["kind"]))
        return Cell(language.money(value))
    if "value" in value:
        unadjusted = format_number(value["value"], unit, version, language)
        return Cell(
            unadjusted.text,
            language.listing([text for text in (unadjusted.restated, _describe_adjustments(value, language)) if text]),
        )
    return _format_open_number(version["numbers"][value["open"]], _describe_adjustments(value, language), language)


def _format_open_number(data: Json, adjusted: str, language: Language) -> Cell:
    """Return the words for a number that the source does not print, or prints only as a range."""
    write = language.rate if data["unit"] == "rate" else language.money
    low, high = data["low"], data["high"]
    bounded = low > 0 or high not in (None, FULL_RATE)
    not_printed = language.say("amount.not_printed") if data["asked"] else ""
    if not bounded:
        return Cell(not_printed, adjusted)
    if high is None:
        text = language.say("amount.at_least", low=write(low))
    elif low == 0:
        text = language.say("amount.at_most", high=write(high))
    else:
        text = language.say("amount.between", low=write(low), high=write(high))
    return Cell(text, language.listing([text for text in (not_printed, adjusted) if text]))


def describe_row(condition: list[Any], earlier: list[list[Any]], language: Language) -> list[str]:
    """Return phrases for whom a row is: for "others" where an earlier row applies to some of these people first."""
    phrases = language.speaker.phrases(condition, named=False)
    if any(is_narrower(earlier_condition, condition) for earlier_condition in earlier):
        return [language.say("amount.others"), *phrases]
    return phrases or [language.say("amount.everyone")]


def _describe_adjustments(value: Json, language: Language) -> str:
    """Return who gets more or less than a number."""
    sentences = []
    for step in value.get("adjust", []):
        whom = language.listing(language.speaker.phrases(step["if"], named=False)) or language.say("amount.everyone")
        if "times" in step:
            sentences.append(language.say("amount.times", whom=whom, rate=language.rate(step["times"])))
        if "plus" in step:
            sentences.append(language.say("amount.plus", whom=whom, points=step["plus"] // 100))
    return language.listing(sentences)


def describe_share(version: Json, language: Language) -> Benefit:
    """Return the table of rates, deductibles and limits of a share."""
    law = version["law"]
    rows = law["rows"]
    columns = [name for name in COLUMNS if name == "rate" or any(row.get(name) for row in rows)]
    labels = [
        describe_row(row["if"], [earlier_row["if"] for earlier_row in rows[:index]], language)
        for index, row in enumerate(rows)
    ]
    grouped = all(len(label) > 1 for label in labels)
    groups: list[RowGroup] = []
    for row, label in zip(rows, labels, strict=True):
        heading = language.listing(label[:-1]) if grouped else ""
        if not groups or groups[-1].label != heading:
            groups.append(RowGroup(heading))
        cells = [format_figure(row, name, version, language) for name in columns]
        groups[-1].rows.append(TableRow(label[-1] if grouped else language.listing(label), cells))
    benefit = Benefit(
        BenefitTable(language.say("amount.whom"), [language.say(f"amount.{name}") for name in columns], groups)
    )
    benefit.notes.append(language.say("amount.payer", payer=language.term("payers", law["payer"])))
    benefit.notes.append(language.say(f"amount.base_{law['base']}"))
    if "deductible" in columns:
        benefit.notes.append(language.say(f"amount.deductible_per_{law['deductible_per']}"))
    else:
        benefit.notes.append(language.say("amount.no_deductible"))
    if "limit" in columns:
        benefit.notes.append(language.say(f"amount.limit_per_{law['limit_per']}"))
    benefit.notes += _describe_payers(law, language)
    benefit.notes += describe_asked_numbers(version, language)
    return benefit


def _describe_payers(law: Json, language: Language) -> list[str]:
    """Return notes on other payers of a share, and on what must have happened before."""
    notes = []
    for split in law.get("split", []):
        payer = language.term("payers", split["payer"])
        notes.append(language.say("amount.split", rate=language.rate(split["share"]), payer=payer))
    if "excess_payer" in law:
        notes.append(language.say("amount.excess", payer=language.term("payers", law["excess_payer"])))
    if "only_if" in law:
        notes.append(language.say("amount.only_if"))
    return notes


def format_figure(row: Json, name: str, version: Json, language: Language) -> Cell:
    """Return a number of a row of a share as a cell; a rate may consist of brackets."""
    if name == "rate" and row.get("brackets"):
        steps = [
            language.say(
                "amount.bracket",
                above=language.money(bracket["from"]),
                rate=format_number(bracket["rate"], "rate", version, language).text,
            )
            for bracket in row["brackets"]
        ]
        return Cell(language.listing(steps))
    if name not in row:
        return Cell(language.say("amount.none"))
    return format_number(row[name], "rate" if name == "rate" else "money", version, language)


def describe_floor(version: Json, language: Language) -> Benefit:
    """Return the table of a floor: the least rate that the payers pay together."""
    law = version["law"]
    row = TableRow(language.say("amount.together"), [format_number(law["share"], "rate", version, language)])
    benefit = Benefit(BenefitTable(language.say("amount.what"), [language.say("amount.share")], [RowGroup("", [row])]))
    counted = language.speaker.listing([language.term("payers", payer) for payer in law["counted"]])
    benefit.notes.append(language.say("amount.counted", payers=counted))
    benefit.notes.append(language.say("amount.of_eligible_cost"))
    benefit.notes.append(language.say("amount.tops_up", payer=language.term("payers", law["payer"])))
    benefit.notes += describe_asked_numbers(version, language)
    return benefit


def describe_cash(version: Json, language: Language) -> Benefit:
    """Return the table of cash amounts, each with its period."""
    law = version["law"]
    rows = []
    for component in law["amounts"]:
        title = component["title"]
        label = language.text(title) if title else language.listing(describe_row(component["if"], [], language))
        amount = format_number(component["amount"], "money", version, language)
        rows.append(
            TableRow(
                label,
                [Cell(amount.text, language.listing([language.term("periods", law["per"]), *_restatements(amount)]))],
            )
        )
    benefit = Benefit(BenefitTable(language.say("amount.what"), [language.say("amount.amount")], [RowGroup("", rows)]))
    if law["times"]:
        benefit.notes.append(language.say("amount.for_each", name=language.speaker.fact(law["times"])))
    else:
        benefit.notes.append(language.say("amount.unit", unit=language.term("units", version["unit"])))
    if law["from_month"]:
        benefit.notes.append(language.say(f"amount.from_{law['from_month']['fact']}", age=law["from_month"]["age"]))
    if law["pick"] == "sum" and len(rows) > 1:
        benefit.notes.append(language.say("amount.sum"))
    benefit.notes += describe_asked_numbers(version, language)
    return benefit


def _restatements(cell: Cell) -> list[str]:
    return [cell.restated] if cell.restated else []


def describe_non_cash(version: Json, language: Language) -> Benefit:
    """Return label and text pairs of a benefit without amounts: service, right, goods, discretionary aid, status."""
    law = version["law"]
    benefit = Benefit()
    for name in ("what", "count", "how_often", "where"):
        if name in law:
            text = law[name]
            benefit.pairs.append(
                (language.say(f"plain.{name}"), language.text(text) if isinstance(text, dict) else str(text))
            )
    if law.get("free") or version["kind"] in ("right", "in_kind"):
        benefit.notes.append(language.say(f"plain.{version['kind']}"))
    if "because" in law:
        benefit.notes.append(language.text(law["because"]))
    return benefit


def describe_asked_numbers(version: Json, language: Language) -> list[str]:
    """Return notes on the numbers that the source does not print and the reader may enter."""
    asked_numbers = [number for number in version["numbers"].values() if number["asked"]]
    return [language.say("amount.asked", question=language.text(number["question"])) for number in asked_numbers]
