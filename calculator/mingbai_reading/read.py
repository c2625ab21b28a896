"""Reading a text as a fact: one reader for each type, and what is common to all."""

import re
from collections.abc import Callable
from datetime import date

from mingbai_reading.amounts import money, read_money, read_rate, read_whole, whole
from mingbai_reading.dates import read_day, read_month
from mingbai_reading.reading import EMPTY, UNKNOWN, Definition, Reading, ask, fault
from mingbai_reading.rules import RULES
from mingbai_reading.text import numerals, plain
from mingbai_reading.words import read_bool, read_choice, read_list, word

_SURE, _RANGE, _NEGATIVE = (re.compile(RULES[key]) for key in ("sure", "range", "negative"))
_APPROXIMATE, _NUMERIC = re.compile(RULES["approximate"]), re.compile("[0-9〇一二三四五六七八九十百千万亿]")
_LONGEST = 200
_WORDS = {"bool": read_bool, "choice": read_choice, "list": read_list}
_NUMBERS: dict[str, Callable[[str, Definition], Reading]] = {
    "money": read_money,
    "whole": read_whole,
    "rate": read_rate,
}
_DATES = {"day": read_day, "month": read_month}


def read(fact: Definition, text: str, today: date | None = None) -> Reading:
    """Return what a text says of a fact. Without `today`, words such as 昨天 are a fault."""
    written = plain(text)
    if not written:
        return EMPTY
    if word(written) in RULES["unknown"]:
        return UNKNOWN
    if len(written) > _LONGEST:
        return fault("too_long", most=str(_LONGEST))
    kind = fact["type"]
    if kind in _WORDS:
        return _WORDS[kind](written, fact)
    if kind not in _NUMBERS and kind not in _DATES:
        return fault("not_typed")
    sure = _SURE.search(written)
    found = _read(kind, fact, _SURE.sub("", written) if sure else written, today)
    return found.candidates[0] if sure and found.kind == "ask" and len(found.candidates) == 1 else found


def _read(kind: str, fact: Definition, written: str, today: date | None) -> Reading:
    text = numerals(written)
    if text is None:
        return fault("blank_inside")
    if kind in _DATES:
        return _DATES[kind](text, fact, today)
    if text in RULES["nothing"]:
        return _nothing(kind, fact)
    return _explained(kind, text, _NUMBERS[kind](text, fact))


def _explained(kind: str, text: str, found: Reading) -> Reading:
    """Return a fault that says more than "not understood" where that is known."""
    if found.kind != "fault" or found.key != kind:
        return found
    if _NEGATIVE.search(text):
        return fault("negative")
    if _RANGE.search(text):
        return fault("range")
    return ask("approximate") if _APPROXIMATE.search(text) and _NUMERIC.search(text) else found


def _nothing(kind: str, fact: Definition) -> Reading:
    """Ask whether 没有 means none."""
    if kind == "rate" or (fact.get("low") or 0) > 0:
        return fault(kind)
    return ask("which", money(0) if kind == "money" else whole(0, fact.get("unit")))
