"""Since when a policy holds, and what changed from one version to the next."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mingbai.pages.amounts import COLUMNS, number, row_label
from mingbai.pages.conditions import narrower
from mingbai.pages.language import Json, Language


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
    day = date.fromisoformat(following["start"]) - timedelta(days=1)
    return language.say("history.until", date=language.day(day.isoformat()))


def changes(old: Json, new: Json, language: Language) -> dict[str, list[Change]]:
    """Return by group of people the figures of `new` that differ from those that held for them under `old`."""
    found: dict[str, list[Change]] = {}
    if old["kind"] != new["kind"]:
        return found
    rows, before_rows = _rows(new), _rows(old)
    for index, row in enumerate(rows):
        before = _held(row["if"], before_rows)
        label = language.listing(row_label(row["if"], [each["if"] for each in rows[:index]], language))
        for name in (*COLUMNS, "amount", "share"):
            now, was = row.get(name), None if before is None else before.get(name)
            if now != was and (now or was):
                unit = "rate" if name in ("rate", "share") else "money"
                texts = [
                    language.say("amount.none") if value is None else number(value, unit, version, language).text
                    for value, version in ((was, old), (now, new))
                ]
                if texts[0] != texts[1]:
                    found.setdefault(label, []).append(Change(language.say(f"amount.{name}"), *texts))
    return found


def _rows(version: Json) -> list[Json]:
    law = version["law"]
    rows: list[Json] = law.get("rows") or law.get("amounts") or [{**law, "if": ["all"]}]
    return rows


def _held(condition: list[Any], rows: list[Json]) -> Json | None:
    """Return the row that held for the people of `condition`: the first one that asks for no more than they are."""
    return next((row for row in rows if row["if"] == condition or narrower(condition, row["if"])), None)
