"""Since when a policy holds, and what changed from one version to the next."""

from dataclasses import dataclass
from datetime import date, timedelta

from mingbai.pages.policy.amounts import COLUMNS, Cell, figure, number, row_label
from mingbai.pages.policy.fees import item_name
from mingbai.pages.wording.conditions import narrower
from mingbai.pages.wording.language import Json, Language


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that changed: which one, what it was, what it is."""

    measure: str
    before: str
    after: str


def first_day(version: Json, language: Language) -> str:
    """Say since when a version holds."""
    if version["start"] is None:
        return language.say("history.start_unknown")
    return language.say("history.since", date=language.day(version["start"]))


def last_day(following: Json, language: Language) -> str:
    """Say until when the version before `following` held."""
    return language.say("history.until", date=language.day(last_day_of(following)))


def last_day_of(following: Json) -> str:
    """Return the day before the version `following` begins (``2015-12-31``)."""
    return (date.fromisoformat(following["start"]) - timedelta(days=1)).isoformat()


def changes(old: Json, new: Json, language: Language) -> dict[str, list[Change]]:
    """Return by group of people the figures of `new` that differ from those that held for them under `old`."""
    found: dict[str, list[Change]] = {}
    if old["kind"] != new["kind"]:
        return found
    rows, before_rows = _rows(new), _rows(old)
    for index, row in enumerate(rows):
        before = _held(row, before_rows)
        label = _label(row, rows[:index], language)
        for name in (*COLUMNS, *_OTHERS):
            now, was = _cell(row, name, new, language), _cell(before, name, old, language)
            if now == was:
                continue
            texts = [was.text, now.text]
            if was.text == now.text:  # what is said under the figure differs
                texts = [language.listing([text for text in (cell.text, cell.again) if text]) for cell in (was, now)]
            found.setdefault(label, []).append(Change(language.say(_OTHERS.get(name, f"amount.{name}")), *texts))
    return found


def gone(old: Json, new: Json, language: Language) -> list[str]:
    """Return the groups of people, or the items, that have a row under `old` and none under `new`."""
    if old["kind"] != new["kind"]:
        return []
    rows, after = _rows(old), _rows(new)
    return [_label(row, rows[:index], language) for index, row in enumerate(rows) if _held(row, after) is None]


_OTHERS = {
    "amount": "amount.amount",
    "share": "amount.share",
    "off": "amount.less",
    "up_to": "history.up_to",
    "daily": "history.daily",
}
"""Figures other than the columns of a share, and how they are called."""


def _cell(row: Json | None, name: str, version: Json, language: Language) -> Cell:
    """Return a figure of a row; "none" where there is no row, or none in it."""
    if row is None or not (row.get(name) or (name == "rate" and row.get("brackets"))):
        return Cell(language.say("amount.none"))
    if name in COLUMNS:
        return figure(row, name, version, language)
    rate = name in ("share", "off") or row.get("of") == "share"
    return number(row[name], "rate" if rate else "money", version, language)


def _label(row: Json, earlier: list[Json], language: Language) -> str:
    """Return for whom, or for what, a row is."""
    if row.get("title"):
        return language.text(row["title"])
    if "items" in row:
        items = [item_name(item, language) for item in row["items"]]
        return language.listing([*items, *language.speaker.phrases(row["if"], named=False)])
    return language.listing(row_label(row["if"], [each["if"] for each in earlier], language))


def _rows(version: Json) -> list[Json]:
    law = version["law"]
    rows: list[Json] = law.get("rows") or law.get("amounts") or [{**law, "if": ["all"]}]
    return rows


def _held(row: Json, rows: list[Json]) -> Json | None:
    """Return the row that held for the people of `row`: the same one, else the first that asks for no more."""
    named = "title" in row or "items" in row  # amounts and items add up: each is compared with itself only
    if named:
        return next((each for each in rows if each["id"] == row["id"]), None)
    same = (each for each in rows if each["if"] == row["if"])
    wider = (each for each in rows if narrower(row["if"], each["if"]))
    return next(same, None) or next(wider, None)
