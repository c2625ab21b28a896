"""Entries of a result by whether they are meant for the person (`fits`)."""

from collections.abc import Iterable

from mingbai_calculator.core.json_value import JsonObject

FITTING_LISTS = ("cash", "subsidies", "may_also_help", "services", "undecided")
"""The lists in which an entry may be meant for others."""


def list_fitting(entries: Iterable[JsonObject]) -> list[JsonObject]:
    """Return the entries that are not meant for others."""
    return [entry for entry in entries if entry.get("fits") is not False]


def list_for_others(result: JsonObject) -> list[JsonObject]:
    """Return the entries of a result that apply by the text, or may, and are meant for others."""
    return [entry for name in FITTING_LISTS for entry in result[name] if entry.get("fits") is False]
