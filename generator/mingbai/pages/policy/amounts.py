"""Benefit tables of shares, floors, cash and benefits that are not money, with notes on how they are counted."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from mingbai.bundle.law import get_law
from mingbai.pages.wording.conditions import is_narrower
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.core.money import FULL_RATE
from mingbai_calculator.law.conditions import Condition
from mingbai_calculator.law.laws import CashLaw, FloorLaw, PlainLaw, ShareLaw, ShareRow
from mingbai_calculator.law.numbers import Number, OpenNumber, list_adjustments

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


def format_number(value: Number, unit: str, version: Json, language: Language) -> Cell:
    """Return a number of the law as a cell; `unit` is "rate" (basis points) or "money" (fen).

    A number that the source does not print is described in words.
    """
    if isinstance(value, int):
        if unit == "rate":
            return Cell(language.rate(value), language.restate_rate(value, version["kind"]))
        return Cell(language.money(value))
    adjusted = _describe_adjustments(value, language)
    if isinstance(value, OpenNumber):
        return _format_open_number(version["numbers"][value.key], adjusted, language)
    unadjusted = format_number(value.value, unit, version, language)
    return Cell(unadjusted.text, language.listing([text for text in (unadjusted.restated, adjusted) if text]))


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


def describe_row(condition: Condition, earlier: Sequence[Condition], language: Language) -> list[str]:
    """Return phrases for whom a row is: for "others" where an earlier row applies to some of these people first."""
    phrases = language.speaker.phrases(condition, named=False)
    if any(is_narrower(earlier_condition, condition) for earlier_condition in earlier):
        return [language.say("amount.others"), *phrases]
    return phrases or [language.say("amount.everyone")]


def _describe_adjustments(number: Number, language: Language) -> str:
    """Return who gets more or less than a number."""
    sentences = []
    for step in list_adjustments(number):
        phrases = language.speaker.phrases(step.condition, named=False)
        whom = language.listing(phrases) or language.say("amount.everyone")
        if step.times is not None:
            sentences.append(language.say("amount.times", whom=whom, rate=language.rate(step.times)))
        if step.plus is not None:
            sentences.append(language.say("amount.plus", whom=whom, points=step.plus // 100))
    return language.listing(sentences)


def describe_share(version: Json, language: Language, law: ShareLaw | None = None) -> Benefit:
    """Return the table of rates, deductibles and limits of a share; `law` replaces that of the version."""
    law = law or get_law(version, ShareLaw)
    rows = law.rows
    columns = [name for name in COLUMNS if name == "rate" or any(get_figure(row, name) for row in rows)]
    labels = [
        describe_row(row.condition, [earlier_row.condition for earlier_row in rows[:index]], language)
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
        BenefitTable(language.say("amount.whom"), [language.say(f"amount.columns.{name}") for name in columns], groups)
    )
    benefit.notes.append(language.say("amount.payer", payer=language.term("payers", law.payer)))
    benefit.notes.append(language.say(f"amount.base_{law.base}"))
    if "deductible" in columns:
        benefit.notes.append(language.say(f"amount.deductible_per_{law.deductible_per}"))
    else:
        benefit.notes.append(language.say("amount.no_deductible"))
    if "limit" in columns:
        benefit.notes.append(language.say(f"amount.limit_per_{law.limit_per}"))
    benefit.notes += _describe_payers(law, language)
    benefit.notes += describe_asked_numbers(version, language)
    return benefit


def _describe_payers(law: ShareLaw, language: Language) -> list[str]:
    """Return notes on other payers of a share, and on what must have happened before."""
    notes = []
    for split in law.split:
        payer = language.term("payers", split.payer)
        notes.append(language.say("amount.split", rate=language.rate(split.share), payer=payer))
    if law.excess_payer is not None:
        notes.append(language.say("amount.excess", payer=language.term("payers", law.excess_payer)))
    if law.only_if is not None:
        notes.append(language.say("amount.only_if"))
    return notes


def get_figure(row: ShareRow, name: str) -> Number | None:
    """Return the number of a row of a share that stands in a column."""
    return {"deductible": row.deductible, "rate": row.rate, "limit": row.limit, "base_limit": row.base_limit}[name]


def format_figure(row: ShareRow, name: str, version: Json, language: Language) -> Cell:
    """Return a number of a row of a share as a cell; a rate may consist of brackets."""
    if name == "rate" and row.brackets:
        steps = [
            language.say(
                "amount.bracket",
                above=language.money(bracket.start),
                rate=format_number(bracket.rate, "rate", version, language).text,
            )
            for bracket in row.brackets
        ]
        return Cell(language.listing(steps))
    number = get_figure(row, name)
    if number is None:
        return Cell(language.say("amount.none"))
    return format_number(number, "rate" if name == "rate" else "money", version, language)


def describe_floor(version: Json, language: Language) -> Benefit:
    """Return the table of a floor: the least rate that the payers pay together."""
    law = get_law(version, FloorLaw)
    row = TableRow(language.say("amount.together"), [format_number(law.share, "rate", version, language)])
    benefit = Benefit(BenefitTable(language.say("amount.what"), [language.say("amount.share")], [RowGroup("", [row])]))
    counted = language.speaker.listing([language.term("payers", payer) for payer in law.counted])
    benefit.notes.append(language.say("amount.counted", payers=counted))
    benefit.notes.append(language.say("amount.of_eligible_cost"))
    benefit.notes.append(language.say("amount.tops_up", payer=language.term("payers", law.payer)))
    benefit.notes += describe_asked_numbers(version, language)
    return benefit


def describe_cash(version: Json, language: Language) -> Benefit:
    """Return the table of cash amounts, each with its period."""
    law = get_law(version, CashLaw)
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


def describe_non_cash(version: Json, language: Language) -> Benefit:
    """Return label and text pairs of a benefit without amounts: service, right, goods, discretionary aid, status."""
    law = get_law(version, PlainLaw)
    benefit = Benefit()
    values = {"what": law.what, "count": law.count, "how_often": law.how_often, "where": law.where}
    for name, value in values.items():
        if value is not None:
            text = language.text(value) if isinstance(value, dict) else str(value)
            benefit.pairs.append((language.say(f"plain.{name}"), text))
    if law.free or version["kind"] in ("right", "in_kind"):
        benefit.notes.append(language.say(f"plain.{version['kind']}"))
    if law.because is not None:
        benefit.notes.append(language.text(law.because))
    return benefit


def describe_asked_numbers(version: Json, language: Language) -> list[str]:
    """Return notes on the numbers that the source does not print and the reader may enter."""
    asked_numbers = [number for number in version["numbers"].values() if number["asked"]]
    return [language.say("amount.asked", question=language.text(number["question"])) for number in asked_numbers]
