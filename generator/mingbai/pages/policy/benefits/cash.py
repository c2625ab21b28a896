"""Kind `cash`: amounts, each with its period."""

from collections.abc import Sequence
from functools import partial
from itertools import combinations

from mingbai.bundle.exclusive import exclude_each_other
from mingbai.pages.policy.benefits.benefit import (
    Benefit,
    BenefitTable,
    Cell,
    FigureRow,
    RowGroup,
    TableRow,
    describe_asked_numbers,
    describe_row,
    format_number,
)
from mingbai.pages.policy.benefits.rounding import describe_rounding
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.law.codec import encode_condition
from mingbai_calculator.law.conditions import Condition, split_conjunction
from mingbai_calculator.law.laws import CashLaw, CashRow
from mingbai_calculator.law.numbers import get_printed_value


def describe_cash(law: CashLaw, version: Json, language: Language) -> Benefit:
    """Return the table of cash amounts, each with its period."""
    rows = []
    cases = _find_cases(law) if law.pick == "sum" else []
    for row in law.amounts:
        label = language.text(row.title) if row.title else language.listing(describe_row(row.condition, [], language))
        if cases and row.title and (phrases := language.speaker.phrases(row.condition)):
            label = language.say("amount.row_of_case", title=label, whom=language.listing(phrases))
        amount = _format_amount(row, version, language)
        period = language.listing([language.term("periods", law.per), *_restatements(amount)])
        rows.append(TableRow(label, [Cell(amount.text, period)]))
    benefit = Benefit(BenefitTable(language.say("amount.what"), [language.say("amount.amount")], [RowGroup("", rows)]))
    if law.times:
        benefit.notes.append(language.say("amount.for_each", name=language.speaker.fact(law.times)))
    else:
        benefit.notes.append(language.say("amount.unit", unit=language.term("units", version["unit"])))
    if law.from_month:
        start = "after" if law.from_month.after else "from"
        benefit.notes.append(language.say(f"amount.{start}_month.{law.from_month.fact}", age=law.from_month.age))
    if cases:
        benefit.notes.append(language.say("amount.sum_per_case"))
        benefit.notes += [_say_sum(case, together, language) for case, together in cases if len(together) > 1]
    elif law.pick == "sum" and len(rows) > 1:
        benefit.notes.append(language.say("amount.sum"))
    benefit.notes += describe_asked_numbers(version, language)
    return benefit


def _format_amount(row: CashRow, version: Json, language: Language) -> Cell:
    """Return what a row grants: an amount or a rate of one, what is taken off it, and its bounds."""
    if row.rate is None or row.of is None:
        cell = format_number(row.amount, "money", version, language)
    else:
        rate = format_number(row.rate, "rate", version, language)
        cell = Cell(language.say("amount.rate_of", rate=rate.text, name=language.speaker.fact(row.of)), rate.restated)
    rest = [cell.restated] if cell.restated else []
    if row.less is not None:
        figures = {"share": language.rate(row.less.share), "name": language.speaker.fact(row.less.fact)}
        if row.less.disregard:
            rest.append(language.say("amount.taken_off_above", above=language.money(row.less.disregard), **figures))
        else:
            rest.append(language.say("amount.taken_off", **figures))
    if row.at_least is not None:
        rest.append(language.say("amount.at_least", low=language.money(row.at_least)))
    if row.at_most is not None:
        rest.append(language.say("amount.at_most", high=language.money(row.at_most)))
    rest += describe_rounding(row.rounding, language)
    return Cell(cell.text, language.listing(rest))


def _find_cases(law: CashLaw) -> list[tuple[Condition, list[CashRow]]]:
    """Return for each condition of a row the rows paid together; ``[]`` if all rows can be paid together."""
    conditions = [row.condition for row in law.amounts]
    if not any(exclude_each_other(first, second) for first, second in combinations(conditions, 2)):
        return []
    distinct = {str(encode_condition(condition)): condition for condition in conditions if split_conjunction(condition)}
    return [
        (case, [row for row in law.amounts if _covers(split_conjunction(case), split_conjunction(row.condition))])
        for case in distinct.values()
    ]


def _covers(case: Sequence[Condition], parts: Sequence[Condition]) -> bool:
    """Whether everybody of a case meets all `parts` of a condition."""
    return all(part in case for part in parts)


def _say_sum(case: Condition, rows: list[CashRow], language: Language) -> str:
    """Return what the rows of one case come to."""
    printed = [value for row in rows if (value := get_printed_value(row.amount)) is not None]
    amount = language.money(sum(printed)) if len(printed) == len(rows) else language.say("amount.not_printed")
    return language.say(
        "amount.sum_of_case",
        whom=language.listing(language.speaker.phrases(case)),
        titles=language.speaker.listing([language.text(row.title) for row in rows if row.title]),
        amount=amount,
    )


def _restatements(cell: Cell) -> list[str]:
    return [cell.restated] if cell.restated else []


def list_cash_rows(law: CashLaw) -> list[FigureRow]:
    """Return a row for each amount."""
    return [
        FigureRow({"amount": partial(_format_amount, row)}, row.id, row.condition, row.title, cumulative=True)
        for row in law.amounts
    ]
