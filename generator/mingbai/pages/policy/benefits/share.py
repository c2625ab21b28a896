"""Kind `share`: the table of rates, deductibles and limits."""

from collections.abc import Sequence

from mingbai.pages.policy.benefits.benefit import (
    Benefit,
    BenefitTable,
    Cell,
    FigureName,
    FigureRow,
    FormatFigure,
    RowGroup,
    TableRow,
    describe_asked_numbers,
    describe_precedence,
    describe_row,
    format_number,
)
from mingbai.pages.policy.benefits.payers import describe_payer, describe_split
from mingbai.pages.policy.benefits.rounding import describe_rounding
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.law.conditions import Condition
from mingbai_calculator.law.laws import ShareLaw, ShareRow
from mingbai_calculator.law.numbers import Number, list_adjustments

COLUMNS: tuple[FigureName, ...] = ("deductible", "rate", "limit", "base_limit")


def describe_share(law: ShareLaw, version: Json, language: Language) -> Benefit:
    """Return the table of rates, deductibles and limits of a share."""
    rows = law.rows
    columns = [name for name in COLUMNS if name == "rate" or any(_get_figure(row, name) for row in rows)]
    labels = [
        describe_row(
            row.condition,
            [earlier_row.condition for earlier_row in rows[:index]],
            language,
            adjusted=any(list_adjustments(_get_figure(row, name)) for name in columns),
        )
        for index, row in enumerate(rows)
    ]
    grouped = all(len(label) > 1 for label in labels)
    groups: list[RowGroup] = []
    for row, label in zip(rows, labels, strict=True):
        heading = language.listing(label[:-1]) if grouped else ""
        if not groups or groups[-1].label != heading:
            groups.append(RowGroup(heading))
        others = [earlier.condition for earlier in rows[: rows.index(row)]]
        cells = [_format_figure(row, name, version, language, others) for name in columns]
        groups[-1].rows.append(TableRow(label[-1] if grouped else language.listing(label), cells))
    benefit = Benefit(
        BenefitTable(language.say("amount.whom"), [language.say(f"amount.columns.{name}") for name in columns], groups)
    )
    benefit.notes.append(describe_payer("payer", law.payer, language))
    benefit.notes += describe_precedence([row.condition for row in rows], language)
    benefit.notes.append(language.say(f"amount.base_{law.base}"))
    if "deductible" in columns:
        benefit.notes.append(language.say(f"amount.deductible_per_{law.deductible_per}"))
    else:
        benefit.notes.append(language.say("amount.no_deductible"))
    if law.carried is not None:
        whom = language.listing(describe_row(law.carried, [], language))
        benefit.notes.append(language.say("amount.deductible_carried", whom=whom))
    if "limit" in columns:
        benefit.notes.append(language.say(f"amount.limit_per_{law.limit_per}"))
    benefit.notes += describe_rounding(law.rounding, language)
    benefit.notes += _describe_payers(law, language)
    benefit.notes += describe_asked_numbers(version, language)
    return benefit


def _describe_payers(law: ShareLaw, language: Language) -> list[str]:
    """Return notes on other payers of a share, and on what must have happened before."""
    notes = [describe_split(language.rate(split.share), split.payer, language) for split in law.split]
    if law.excess_payer is not None:
        notes.append(describe_payer("excess", law.excess_payer, language))
    if law.only_if is not None:
        notes.append(language.say("amount.only_if"))
    return notes


def _get_figure(row: ShareRow, name: str) -> Number | None:
    """Return the number of a row of a share that stands in a column."""
    return {"deductible": row.deductible, "rate": row.rate, "limit": row.limit, "base_limit": row.base_limit}[name]


def _format_figure(
    row: ShareRow, name: str, version: Json, language: Language, others: Sequence[Condition] = ()
) -> Cell:
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
    number = _get_figure(row, name)
    if number is None:
        return Cell(language.say("amount.none"))
    return format_number(number, "rate" if name == "rate" else "money", version, language, others=others)


def list_share_rows(law: ShareLaw) -> list[FigureRow]:
    """Return the rows of the decision table."""
    return [FigureRow({name: _make_figure(row, name) for name in COLUMNS}, row.id, row.condition) for row in law.rows]


def _make_figure(row: ShareRow, name: FigureName) -> FormatFigure | None:
    if not _get_figure(row, name) and not (name == "rate" and row.brackets):
        return None
    return lambda version, language: _format_figure(row, name, version, language)
