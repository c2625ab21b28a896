"""Days and months: 2026年11月20号, 11月20日, 昨天, 196607; each kind of date has one plausible range."""

import re
from datetime import date, timedelta

from mingbai_reading.number import SCALE, number
from mingbai_reading.reading import Definition, Reading, ask, fault, is_value
from mingbai_reading.rules import RULES

DATES = RULES["dates"]
RANGES: dict[str, tuple[str, str]] = {kind: (low, high) for kind, (low, high) in DATES["ranges"].items()}
"""The first and the last plausible day of each kind of date."""
_BEFORE, _AFTER = re.compile(f"^(?:{DATES['before']})+"), re.compile(f"(?:{DATES['after']})+$")
_DAYS, _MONTHS = ([(re.compile(pattern), parts) for pattern, parts in DATES[kind]] for kind in ("day", "month"))
_WRITTEN = re.compile("[〇一二三四五六七八九十]+")
_MIXED = re.compile("[0-9][〇一二三四五六七八九十]|[〇一二三四五六七八九十][0-9]")
_CENTURY, _YEARS_BACK, _MONTHS_OF_YEAR = 100, 8, 12

type Parts = dict[str, str]


def read_day(text: str, fact: Definition, today: date | None) -> Reading:
    """Read a day; one without its year is the latest such day."""
    return _read(text, "day", fact.get("kind", "event"), today)


def read_month(text: str, fact: Definition, today: date | None) -> Reading:
    """Read a month, also out of a whole date."""
    return _read(text, "month", fact.get("kind", "birth"), today)


def _read(text: str, unit: str, kind: str, today: date | None) -> Reading:
    text = _AFTER.sub("", _BEFORE.sub("", text))
    relative = _with_today(text, today)
    if relative is None:
        return fault("needs_today")
    text = relative
    digits = _in_digits(text)
    if digits is None:
        return fault(unit)
    found = _find(digits, unit, kind, today)
    if found is None and unit == "day":  # 上个月, 2026年11月: rules change within a month
        month = _find(digits, "month", kind, today)
        found = ask("which_day") if month is not None and month.kind == "value" else None
    return fault(unit) if found is None else found


def _find(digits: str, unit: str, kind: str, today: date | None) -> Reading | None:
    """Return the reading by the first form of a day (or month) that fits a text; None if none does."""
    for pattern, parts in _DAYS if unit == "day" else _MONTHS:
        match = pattern.search(digits)
        if match:
            return _of_parts(dict(zip(parts, match.groups(), strict=True)), unit, kind, today)
    return None


def _with_today(text: str, today: date | None) -> str | None:
    """Return a text with 昨天, 上个月, 去年 put into figures; None where one stands and today is not known."""
    for key in ("days", "months", "years"):
        for said, by in DATES[key].items():
            if text == said or (key != "days" and text.startswith(said)):
                return None if today is None else _shifted(today, key, by) + text[len(said) :]
    return text


def _shifted(today: date, key: str, by: int) -> str:
    if key == "days":
        return (today + timedelta(days=by)).isoformat()
    if key == "years":
        return f"{today.year + by}年"
    month = today.year * _MONTHS_OF_YEAR + today.month - 1 + by
    return f"{month // _MONTHS_OF_YEAR}年{month % _MONTHS_OF_YEAR + 1}月"


def _in_digits(text: str) -> str | None:
    """Return a text with Chinese numerals as digits: 二〇二六年十一月; None where both are mixed in one number."""
    return None if _MIXED.search(text) else _WRITTEN.sub(_digits, text)


def _digits(found: re.Match[str]) -> str:
    value = number(found[0])
    if value is None:
        return "?"
    return str(value.units // SCALE).zfill(len(found[0]) if "十" not in found[0] else 1)


def _of_parts(parts: Parts, unit: str, kind: str, today: date | None) -> Reading:
    """Return the reading of a date by its parts: y, m, d; `c`: a year of two digits; `t`: a 1 that may have been 10."""
    month = parts.get("m") or parts["t"]
    if "c" in parts:
        return _ask_century(parts, unit, kind, today)
    if "y" not in parts:
        return fault("needs_today") if today is None else _latest(month, parts["d"], kind, today)
    one = _checked(parts["y"], month, parts.get("d"), unit, kind, today)
    if "t" not in parts:
        return one
    both = [each for each in (one, _checked(parts["y"], f"{month}0", None, unit, kind, today)) if each.kind == "value"]
    return ask("which", *both) if both else one


def _ask_century(parts: Parts, unit: str, kind: str, today: date | None) -> Reading:
    both = [_checked(century + parts["c"], parts["m"], parts.get("d"), unit, kind, today) for century in ("19", "20")]
    likely = [each for each in both if each.kind == "value"]
    return ask("which", *likely) if likely else fault(unit)


def _latest(month: str, day: str, kind: str, today: date) -> Reading:
    """Return the latest such day that is not after today; February 29 may be years ago."""
    for year in range(today.year, today.year - _YEARS_BACK - 1, -1):
        found = _checked(str(year), month, day, "day", kind, today)
        if found.kind == "value" and found.value <= today.isoformat():
            return found
    return fault("no_such_day")


def _checked(  # noqa: PLR0913, PLR0917 - the parts of a date, and what it is
    year: str, month: str, day: str | None, unit: str, kind: str, today: date | None
) -> Reading:
    try:
        found = date(int(year), int(month), int(day or "1")).isoformat()
    except ValueError:
        return fault("no_such_day" if day else "no_such_month")
    low, high = RANGES[kind]
    if kind == "birth" and today is not None:
        high = today.isoformat()
    if not low <= found <= high:
        return fault("implausible", low=low if unit == "day" else low[:7], high=high if unit == "day" else high[:7])
    value = found if unit == "day" else found[:7]
    return is_value(unit, value, y=str(int(year)), m=str(int(month)), d=str(int(day or "1")))
