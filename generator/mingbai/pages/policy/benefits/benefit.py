"""What a version grants, in words: a table or pairs of label and text, with notes on how it is counted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from mingbai.bundle.exclusive import exclude_each_other
from mingbai.pages.wording.conditions import is_narrower
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.core.json_value import Texts
from mingbai_calculator.core.money import FULL_RATE
from mingbai_calculator.law.conditions import ALWAYS, Condition
from mingbai_calculator.law.numbers import Each, Number, OpenNumber, list_adjustments

type Unit = Literal["money", "rate", "rate_to_pay", "rate_for_you"]
"""Money is in fen, a rate in basis points: what is paid of 100 yuan, what is left to pay of it, or paid for you."""


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


type FigureName = Literal["deductible", "rate", "limit", "base_limit", "amount", "share", "off", "up_to", "daily"]
type FormatFigure = Callable[[Json, Language], Cell]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row of a law, to be compared with that of another version: for whom (or which `items`) it is, and its figures.

    `figures`: the function that formats each figure; None for a figure that is 0 or missing. A row that is `cumulative`
    adds to the others, so it is compared with the row of the same `id` only.
    """

    figures: Mapping[FigureName, FormatFigure | None]
    id: str = ""
    condition: Condition = field(default_factory=lambda: ALWAYS)
    title: Texts | None = None
    items: Sequence[str] = ()
    cumulative: bool = False


def make_figure(number: Number | None, unit: Unit) -> FormatFigure | None:
    """Return the function that formats a number of a row; None if it is 0 or missing."""
    if not number:
        return None
    return lambda version, language: format_number(number, unit, version, language)


def format_number(
    value: Number, unit: Unit, version: Json, language: Language, *, others: Sequence[Condition] = ()
) -> Cell:
    """Return a number of the law as a cell; one that the source does not print is described in words.

    `others`: whom other rows are for; what is adjusted for them alone is not told here.
    """
    if isinstance(value, int):
        if unit == "money":
            return Cell(language.money(value))
        return Cell(language.rate(value), language.restate_rate(value, unit.removeprefix("rate")))
    adjusted = _describe_adjustments(value, others, language)
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


def describe_row(
    condition: Condition, earlier: Sequence[Condition], language: Language, *, adjusted: bool = False
) -> list[str]:
    """Return phrases for whom a row is: for "others" where an earlier row applies to some of these people first.

    `adjusted`: some of these people get more or less than the row says, so it is not the same for everyone.
    """
    phrases = language.speaker.phrases(condition, named=False)
    phrases = [phrase[:1].upper() + phrase[1:] if index == 0 else phrase for index, phrase in enumerate(phrases)]
    if any(is_narrower(earlier_condition, condition) for earlier_condition in earlier):
        return [language.say("amount.others"), *phrases]
    return phrases or [language.say("amount.in_general" if adjusted else "amount.everyone")]


def _describe_adjustments(number: Number, others: Sequence[Condition], language: Language) -> str:
    """Return who gets more or less than a number, without those whom another row is for."""
    sentences = []
    for step in list_adjustments(number):
        if any(step.condition == other or is_narrower(step.condition, other) for other in others):
            continue
        if step.each is not None:
            sentences.append(_describe_each(step.each, language))
        phrases = language.speaker.phrases(step.condition, named=False)
        whom = language.listing(phrases) or language.say("amount.everyone")
        if step.times is not None:
            sentences.append(language.say("amount.times", whom=whom, rate=language.rate(step.times)))
        if step.plus is not None:
            points = step.plus // 100
            sentences.append(
                language.say("amount.plus_or_more", whom=whom, points=points)
                if step.more
                else language.say("amount.plus", whom=whom, points=points)
            )
    return language.listing(sentences)


def _describe_each(each: Each, language: Language) -> str:
    """Return what is added for each unit, from which to which."""
    figures = {"amount": language.money(each.amount), "name": language.speaker.fact(each.of)}
    if each.up_to is not None:
        return language.say("amount.each_to", first=each.above + 1, last=each.up_to, **figures)
    return language.say("amount.each_from", first=each.above + 1, **figures)


def describe_precedence(conditions: Sequence[Condition], language: Language) -> list[str]:
    """Return a note that the upper of two rows counts, if some people match two of which neither is narrower."""
    overlap = any(
        not is_narrower(first, second) and not exclude_each_other(first, second)
        for index, first in enumerate(conditions)
        for second in conditions[index + 1 :]
    )
    return [language.say("amount.upper_row")] if overlap else []


def describe_asked_numbers(version: Json, language: Language) -> list[str]:
    """Return notes on the numbers that the source does not print and the reader may enter."""
    asked_numbers = [number for number in version["numbers"].values() if number["asked"]]
    return [language.say("amount.asked", question=language.text(number["question"])) for number in asked_numbers]
