"""The figures of a version: rates, amounts, deductibles, limits, counts, ages, and dates that its text states."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from mingbai.checks.lints.shared.context import NON_LAW_KEYS
from mingbai.diagnostics.problem import KeyPath
from mingbai.figures.quantities import Kind, Quantity, find_quantities
from mingbai.figures.tokens import find_figures
from mingbai.loader.library import LoadedVersion
from mingbai.model.place import Fact
from mingbai_calculator.core.money import parse_yuan

_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("rate", "share", "off", "times"), "percent"),
    **dict.fromkeys(("deductible", "limit", "base_limit", "amount", "up_to", "daily", "premium", "brackets"), "money"),
    "plus_points": "points",
    **dict.fromkeys(("count", "persons"), "count"),
}
_UNITS: dict[str | None, Kind] = {None: "number", "years": "years", "months": "months", "metres": "metres"}
_INSIDE = frozenset(["at_least", "at_most", "above", "below", "value", "adjust"])
"""Keys of a number or of a comparison: the figure below them is of the kind that stands above."""
_ASKED: dict[str, Kind] = {"rate": "percent", "money": "money"}
_NO_BOUND = {
    ("percent", "at_least", Fraction(0)),
    ("percent", "at_most", Fraction(100)),
    ("money", "at_least", Fraction(0)),
}
"""Bounds that only say that nothing is known."""
_WORDS = NON_LAW_KEYS | {"certainties", "start", "confirmed_until", "topic", "unit", "kind", "payer", "perhaps"}
_PROSE = ("title", "summary", "what", "for_whom", "how_often", "where")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_DIGIT = re.compile(r"\d")
_MONTHS_A_YEAR = 12


class VersionFigure(NamedTuple):
    """A figure of a version file: where it stands, what it is, and how it is written there."""

    path: KeyPath
    quantity: Quantity
    written: str

    def is_printed_as(self, printed: Quantity) -> bool:
        """Return whether a quantity that a source prints is this figure."""
        kind, value = self.quantity
        if kind == "number":  # of the prose, which may have a unit of its own, or of a fact without one
            return printed.value == value
        if kind == "months" and printed.kind == "years" and value:
            return printed.value * _MONTHS_A_YEAR == value
        without_unit = printed.kind == "number" and kind not in {"points", "year", "month", "day"}
        return printed.value == value and (printed.kind == kind or without_unit)


def list_version_figures(version: LoadedVersion, facts: Mapping[str, Fact]) -> Iterator[VersionFigure]:
    """Yield the figures of a version file: of its rule, of its prose, and the parts of a day that its text states."""
    value = version.document.value
    for key, inner in value.items():
        if key == "asks":
            for name, ask in inner.items():
                kind = _ASKED.get(ask.get("unit"))
                bounds = {bound: ask[bound] for bound in ("at_least", "at_most") if bound in ask}
                yield from _figures(bounds, (key, name), kind, facts)
        elif key not in _WORDS:
            yield from _figures(inner, (key,), _kind_of_key(key, None, facts), facts)
        elif key in _PROSE and isinstance(inner, dict):
            yield from _prose(str(inner.get("zh", "")), (key, "zh"))
    model, day = version.model, version.start
    if day is not None and (model.start is None or model.start.certainty == "stated"):
        yield from _date(day.year, day.month, day.day, ("start",), day.isoformat())
    day = model.confirmed_until
    if day is not None and model.confirmed_certainty == "stated":
        yield from _date(day.year, day.month, day.day, ("confirmed_until",), day.isoformat())


def _prose(text: str, path: KeyPath) -> Iterator[VersionFigure]:
    """Yield the numbers that a Chinese text has in digits; those of the rule stand there as placeholders."""
    for figure in find_figures(_THOUSANDS.sub("", _PLACEHOLDER.sub(" ", text))):
        if _DIGIT.search(figure):
            for quantity in find_quantities(figure):
                yield VersionFigure(path, Quantity("number", quantity.value), figure)


def _date(year: int, month: int, day: int, path: KeyPath, written: str) -> Iterator[VersionFigure]:
    """Yield the parts of a date; of a month's first or last day, and of a year's, those parts alone are printed."""
    parts: list[tuple[Kind, int]] = [("year", year)]
    whole_month = day == 1 or day >= 28  # noqa: PLR2004 - the last day of any month
    whole_year = whole_month and (month, day) in {(1, 1), (12, 31)}
    if not whole_year:
        parts.append(("month", month))
    if not whole_month:
        parts.append(("day", day))
    for kind, number in parts:
        yield VersionFigure(path, Quantity(kind, Fraction(number)), written)


def _figures(value: Any, path: KeyPath, kind: Kind | None, facts: Mapping[str, Fact]) -> Iterator[VersionFigure]:  # noqa: ANN401 - any part of a file
    if isinstance(value, dict):
        for key, inner in () if "zh" in value else value.items():
            if key not in _WORDS:
                yield from _figures(inner, (*path, key), _kind_of_key(key, kind, facts), facts)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _figures(inner, (*path, index), kind, facts)
    elif kind is not None and not isinstance(value, bool):
        yield from _figure(str(value), path, kind)


def _figure(written: str, path: KeyPath, kind: Kind) -> Iterator[VersionFigure]:
    fen = parse_yuan(written.removesuffix("%"))
    if fen is None:
        return
    if written.endswith("%"):
        kind = "percent"
    elif kind == "percent":  # a multiple of another fact, such as 2,300 for each of the family
        kind = "money"
    number = Fraction(fen, 100)
    if (kind, path[-1], number) not in _NO_BOUND:
        yield VersionFigure(path, Quantity(kind, number), written)


def _kind_of_key(key: str, above: Kind | None, facts: Mapping[str, Fact]) -> Kind | None:
    if key in _INSIDE:
        return above
    if key in _KINDS:
        return _KINDS[key]
    fact = facts.get(key)
    if fact is None or fact.type not in {"whole", "money"}:
        return None
    return "money" if fact.type == "money" else _UNITS.get(fact.unit, "count")
