"""History of a policy: first and last days of its versions, and figures that changed between versions."""

from dataclasses import dataclass
from datetime import date, timedelta

from mingbai.pages.policy.benefits.benefit import Cell, FigureName, FigureRow, describe_row
from mingbai.pages.policy.benefits.fee import name_item
from mingbai.pages.policy.kinds import list_figure_rows
from mingbai.pages.wording.conditions import is_narrower
from mingbai.pages.wording.language import Json, Language


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
    rows, old_rows = list_figure_rows(new), list_figure_rows(old)
    for index, row in enumerate(rows):
        old_row = _find_predecessor(row, old_rows)
        label = _describe_row(row, rows[:index], language)
        for name in row.figures:
            new_cell, old_cell = _format_cell(row, name, new, language), _format_cell(old_row, name, old, language)
            if new_cell == old_cell:
                continue
            texts = [old_cell.text, new_cell.text]
            if old_cell.text == new_cell.text:  # only the restated figures differ
                texts = [
                    language.listing([text for text in (cell.text, cell.restated) if text])
                    for cell in (old_cell, new_cell)
                ]
            changes.setdefault(label, []).append(VersionChange(language.say(_FIGURE_KEYS[name]), *texts))
    return changes


_FIGURE_KEYS: dict[FigureName, str] = {
    "deductible": "amount.columns.deductible",
    "rate": "amount.columns.rate",
    "limit": "amount.columns.limit",
    "base_limit": "amount.columns.base_limit",
    "amount": "amount.amount",
    "share": "amount.share",
    "off": "amount.less",
    "up_to": "history.up_to",
    "daily": "history.daily",
}
"""Catalogue keys of the names of figures."""


def list_removed_rows(old: Json, new: Json, language: Language) -> list[str]:
    """Return the groups of people, or the items, with a row under `old` and none under `new`."""
    if old["kind"] != new["kind"]:
        return []
    rows, new_rows = list_figure_rows(old), list_figure_rows(new)
    return [
        _describe_row(row, rows[:index], language)
        for index, row in enumerate(rows)
        if _find_predecessor(row, new_rows) is None
    ]


def _format_cell(row: FigureRow | None, name: FigureName, version: Json, language: Language) -> Cell:
    """Return a figure of a row; "none" where the row or the figure does not exist."""
    format_figure = None if row is None else row.figures[name]
    return Cell(language.say("amount.none")) if format_figure is None else format_figure(version, language)


def _describe_row(row: FigureRow, earlier: list[FigureRow], language: Language) -> str:
    """Return for whom, or for what, a row is, in words."""
    if row.title:
        return language.text(row.title)
    if row.items:
        items = [name_item(item, language) for item in row.items]
        return language.listing([*items, *language.speaker.phrases(row.condition, named=False)])
    return language.listing(describe_row(row.condition, [earlier_row.condition for earlier_row in earlier], language))


def _find_predecessor(row: FigureRow, rows: list[FigureRow]) -> FigureRow | None:
    """Return the row of `rows` for the people of `row`: that with equal conditions, else the first with wider ones."""
    if row.cumulative:
        return next((candidate for candidate in rows if candidate.id == row.id), None)
    same = (candidate for candidate in rows if candidate.condition == row.condition)
    wider = (candidate for candidate in rows if is_narrower(row.condition, candidate.condition))
    return next(same, None) or next(wider, None)
