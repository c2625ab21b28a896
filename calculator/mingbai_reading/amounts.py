"""Money, whole numbers and rates."""

import re

from mingbai_reading.measure import MEASURES, around, kind_of, measure, size_of
from mingbai_reading.number import HALF, LIMIT, SCALE, number
from mingbai_reading.reading import Definition, Reading, ask, fault, is_value
from mingbai_reading.rules import RULES
from mingbai_reading.text import NUMERALS

_TENTHS = [re.compile(pattern) for pattern in RULES["tenths"]]
_RATES = [(re.compile(pattern.replace("N", NUMERALS)), points) for pattern, points in RULES["rates"]]
_RATE_BEFORE = re.compile(f"^(?:{RULES['rate_before']})+")
_FEN = SCALE // 100
_ALL = 10_000


def read_money(text: str, _: Definition) -> Reading:
    """Read yuan, to the fen; what no bill comes to is asked again."""
    amount = measure(around(text, MEASURES["money"]["before"]), "money")
    if amount is None:
        return _wrong_unit(text, "money", "yuan") or fault("money")
    if amount.total >= LIMIT:
        return fault("too_large")
    if amount.total % _FEN:
        return fault("decimals")
    value = money(amount.total // _FEN)
    if amount.doubt:
        return ask("which", value)
    return ask("large", value) if amount.total > RULES["asked_above"] * SCALE else value


def money(fen: int) -> Reading:
    """Return the reading of an amount."""
    yuan = f"{fen // 100}.{fen % 100:02d}"
    return is_value("money", yuan, n=f"{fen // 100:,}" + (f".{fen % 100:02d}" if fen % 100 else ""))


def read_whole(text: str, fact: Definition) -> Reading:
    """Read a whole number of the fact's unit; another unit of the same kind is converted where that is exact."""
    unit = fact.get("unit")
    kind = kind_of(unit)
    rule = MEASURES.get(kind, {})
    amount = measure(around(text, rule.get("before", "")), kind)
    if amount is None:
        return _wrong_unit(text, kind, unit or "") or fault("whole")
    size = size_of(unit)
    elapsed = bool(rule.get("elapsed"))
    total = amount.total if amount.unit else amount.total // SCALE * size
    if elapsed and amount.unit and amount.unit > size and not amount.half and not amount.broken:
        return fault("coarse", low=str(total // size), high=str((total + amount.unit) // size - 1), unit=unit)
    if (amount.broken and (elapsed or not amount.unit) and not amount.half) or total % (SCALE if elapsed else size):
        return fault("not_whole")
    count, low, high = total // size, fact.get("low") or 0, fact.get("high")
    if count < low or (high is not None and count > high):
        return fault("out_of_range", low=str(low), high="" if high is None else str(high), unit=unit or "")
    value = whole(count, unit, total % size // SCALE)
    return ask("which", value) if amount.doubt else value


def whole(count: int, unit: str | None, months: int = 0) -> Reading:
    """Return the reading of a whole number; `months` are those of an age above its years."""
    if not months:
        return is_value(unit or "whole", count, n=str(count))
    return is_value("years_months" if count else "no_year", count, n=str(count), months=str(months))


def _wrong_unit(text: str, kind: str, unit: str) -> Reading | None:
    """Return the fault of a quantity of another kind."""
    for other, rule in MEASURES.items():
        amount = measure(around(text, rule.get("before", "")), other) if other != kind else None
        if amount and amount.unit:
            return fault("wrong_unit", unit=unit, other=amount.name)
    return None


def read_rate(text: str, _: Definition) -> Reading:
    """Read a share of one: 85%, 0.85, 85, 八成五, 八五折; a bare 1 may be one in a hundred, or all."""
    text = _RATE_BEFORE.sub("", around(text, ""))
    if text in RULES["shares"]:
        return rate(RULES["shares"][text])
    for pattern in _TENTHS:
        match = pattern.search(text)
        if match:
            return _in_tenths(match[1], match[2], range_is_meant=text.endswith("折"))
    for pattern, points in _RATES:
        match = pattern.search(text)
        share = number(match[1]) if match else None
        if share:
            return _checked(share.units, points, doubt=share.doubt or share.loose)
    return _bare_rate(text)


def rate(points: int) -> Reading:
    """Return the reading of a rate in basis points."""
    places = f"{points % _ALL:04d}"
    percent = f"{points // 100}.{points % 100:02d}".rstrip("0").rstrip(".")
    return is_value("rate", f"{points // _ALL}.{places[:2]}{places[2:].rstrip('0')}", n=percent)


def _in_tenths(first: str, second: str, *, range_is_meant: bool) -> Reading:
    """Read 八成五 and 八五折; 七八折 may be seven or eight tenths."""
    tenths, rest = number(first), number(second)
    if tenths is None or rest is None:
        return fault("rate")
    value = rate((tenths.units * 1000 + rest.units * (1000 if second == HALF else 100)) // SCALE)
    return ask("which", value) if range_is_meant and rest.units == tenths.units + SCALE else value


def _bare_rate(text: str) -> Reading:
    bare = number(text)
    if bare is None:
        return _wrong_unit(text, "", "percent") or fault("rate")
    if bare.units < SCALE:
        return _checked(bare.units, _ALL, doubt=bare.doubt)
    if bare.units >= 2 * SCALE:
        return _checked(bare.units, 100, doubt=bare.doubt)
    percent = _checked(bare.units, 100, doubt=False)
    if percent.kind == "fault":
        return percent
    return ask("which", percent, rate(_ALL)) if bare.units == SCALE else ask("which", percent)


def _checked(units: int, points: int, *, doubt: bool) -> Reading:
    """Return the rate of a number of which each one is so many basis points."""
    if units > _ALL * SCALE or units * points > _ALL * SCALE:
        return fault("above_all")
    if units * points % SCALE:
        return fault("rate_places")
    value = rate(units * points // SCALE)
    return ask("which", value) if doubt else value
