"""History of a policy: first and last days of its versions, and figures that changed between versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mingbai.bundle.law import get_version_law
from mingbai.pages.policy.amounts import COLUMNS, Cell, describe_row, format_figure, format_number, get_figure
from mingbai.pages.policy.fees import name_item
from mingbai.pages.wording.conditions import is_narrower
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.core.json_value import Texts
from mingbai_calculator.law.conditions import ALWAYS, Condition
from mingbai_calculator.law.laws import CashLaw, CeilingLaw, FeeLaw, FloorLaw, PremiumLaw, ShareLaw, ShareRow
from mingbai_calculator.law.numbers import Number


@dataclass(frozen=True, slots=True)
class VersionChange:
    """One figure that changed between two versions: its name, its old and its new value in words."""

    measure: str
    before: str
    after: str


def describe_start(version: Json, language: Language) -> str:
    """Return since when a version is in effect, in words."""
    if version["start"] is None:
        return language.say("history.start_unknown")
    return language.say("history.since", date=language.day(version["start"]))


def describe_end(following: Json, language: Language) -> str:
    """Return until when the version before `following` was in effect, in words."""
    return language.say("history.until", date=language.day(find_last_day(following)))


def find_last_day(following: Json) -> str:
    """Return the day before the version `following` begins, as ISO text (``2015-12-31``)."""
    return (date.fromisoformat(following["start"]) - timedelta(days=1)).isoformat()


def list_changes(old: Json, new: Json, language: Language) -> dict[str, list[VersionChange]]:
    """Return by group of people the figures of `new` that differ from those for the same people under `old`.

    Empty where the kind of policy changed.
    """
    changes: dict[str, list[VersionChange]] = {}
    if old["kind"] != new["kind"]:
        return changes
    rows, old_rows = _list_rows(new), _list_rows(old)
    for index, row in enumerate(rows):
        old_row = _find_predecessor(row, old_rows)
        label = _describe_row(row, rows[:index], language)
        for name in (*COLUMNS, *_OTHER_FIGURES):
            new_cell, old_cell = _format_cell(row, name, new, language), _format_cell(old_row, name, old, language)
            if new_cell == old_cell:
                continue
            texts = [old_cell.text, new_cell.text]
            if old_cell.text == new_cell.text:  # only the restated figures differ
                texts = [
                    language.listing([text for text in (cell.text, cell.restated) if text])
                    for cell in (old_cell, new_cell)
                ]
            changes.setdefault(label, []).append(
                VersionChange(language.say(_OTHER_FIGURES.get(name, f"amount.columns.{name}")), *texts)
            )
    return changes


def list_removed_rows(old: Json, new: Json, language: Language) -> list[str]:
    """Return the groups of people, or the items, with a row under `old` and none under `new`."""
    if old["kind"] != new["kind"]:
        return []
    rows, new_rows = _list_rows(old), _list_rows(new)
    return [
        _describe_row(row, rows[:index], language)
        for index, row in enumerate(rows)
        if _find_predecessor(row, new_rows) is None
    ]


_OTHER_FIGURES = {
    "amount": "amount.amount",
    "share": "amount.share",
    "off": "amount.less",
    "up_to": "history.up_to",
    "daily": "history.daily",
}
"""Figures other than the columns of a share, and the catalogue keys of their names."""


@dataclass(frozen=True, slots=True)
class _FigureRow:
    """A row of a law of any kind: for whom (or for which `items`) it is, and its figures by name.

    A row that is `cumulative` adds to the others, so it is compared with the row of the same `id` only. `of`: what the
    amount of a ceiling is.
    """

    id: str
    condition: Condition
    figures: dict[str, Number | None]
    title: Texts | None = None
    items: Sequence[str] = ()
    cumulative: bool = False
    of: str = ""
    share_row: ShareRow | None = None


def _list_rows(version: Json) -> list[_FigureRow]:
    law = get_version_law(version).law
    if isinstance(law, ShareLaw):
        return [
            _FigureRow(row.id, row.condition, {name: get_figure(row, name) for name in COLUMNS}, share_row=row)
            for row in law.rows
        ]
    if isinstance(law, CeilingLaw):
        return [_FigureRow(row.id, row.condition, {"amount": row.amount}, of=row.of) for row in law.rows]
    if isinstance(law, FeeLaw):
        return [
            _FigureRow(
                row.id,
                row.condition,
                {"off": row.off, "up_to": row.up_to, "daily": row.daily},
                items=row.items,
                cumulative=True,
            )
            for row in law.rows
        ]
    if isinstance(law, CashLaw):
        return [
            _FigureRow(row.id, row.condition, {"amount": row.amount}, title=row.title, cumulative=True)
            for row in law.amounts
        ]
    if isinstance(law, FloorLaw):
        return [_FigureRow("", ALWAYS, {"share": law.share})]
    return [_FigureRow("", ALWAYS, {"rate": law.rate} if isinstance(law, PremiumLaw) else {})]


def _format_cell(row: _FigureRow | None, name: str, version: Json, language: Language) -> Cell:
    """Return a figure of a row; "none" where the row or the figure does not exist."""
    number = None if row is None else row.figures.get(name)
    has_brackets = row is not None and row.share_row is not None and name == "rate" and bool(row.share_row.brackets)
    if row is None or not (number or has_brackets):
        return Cell(language.say("amount.none"))
    if row.share_row is not None:
        return format_figure(row.share_row, name, version, language)
    is_rate = name in ("rate", "share", "off") or row.of == "share"
    return format_number(number or 0, "rate" if is_rate else "money", version, language)


def _describe_row(row: _FigureRow, earlier: list[_FigureRow], language: Language) -> str:
    """Return for whom, or for what, a row is, in words."""
    if row.title:
        return language.text(row.title)
    if row.items:
        items = [name_item(item, language) for item in row.items]
        return language.listing([*items, *language.speaker.phrases(row.condition, named=False)])
    return language.listing(describe_row(row.condition, [earlier_row.condition for earlier_row in earlier], language))


def _find_predecessor(row: _FigureRow, rows: list[_FigureRow]) -> _FigureRow | None:
    """Return the row of `rows` for the people of `row`: that with equal conditions, else the first with wider ones."""
    if row.cumulative:
        return next((candidate for candidate in rows if candidate.id == row.id), None)
    same = (candidate for candidate in rows if candidate.condition == row.condition)
    wider = (candidate for candidate in rows if is_narrower(row.condition, candidate.condition))
    return next(same, None) or next(wider, None)
