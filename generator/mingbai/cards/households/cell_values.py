"""Read cells of a household list as values of facts, by the reader of all that people write (`mingbai_reading`)."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from mingbai.pages.wording.language import Json
from mingbai_calculator.law.vocabulary import get_vocabulary
from mingbai_calculator.request.vocabulary import read_facts
from mingbai_reading import Reading, read


@dataclass(frozen=True, slots=True)
class BadValue:
    """Why a cell cannot be parsed: `key` of the message; `expected` are allowed words."""

    key: str
    nearest: str | None = None
    expected: tuple[str, ...] = ()


type CellValue = bool | int | str | list[str]
"""The value of a fact in a request; money is text in yuan, a month ``1966-07``."""

_MESSAGE_KEYS = {
    "bool": "not_yes_or_no",
    "choice": "not_a_choice",
    "money": "not_money",
    "decimals": "not_money",
    "whole": "not_whole",
    "month": "not_a_month",
    "no_such_month": "not_a_month",
    "no_such_day": "not_a_month",
    "needs_today": "not_a_month",
    "implausible": "out_of_range",
    "too_large": "out_of_range",
    "not_typed": "not_in_a_list",
}
"""The message for a fault of the reader; the others have one of their own name."""


_BARE_NUMBER = re.compile("[0-9.,〇零一二两三四五六七八九十百半点]+")
_NOT_OF_A_HEADING = re.compile(r"[\s_*:?]|\(.*?\)")
_TIME_OF_DAY = re.compile(r"[ T]\d\d?:\d\d(:\d\d([.]\d+)?)?$")
"""What a program adds to a day: 1966-07-01 00:00:00."""


def read_value(name: str, cell: str, vocabulary: Json, unit: str = "") -> CellValue | BadValue | None:
    """Return a cell as the value of a fact in a request; None for an empty cell or "not known".

    `vocabulary` has the facts with what the reader knows of them (`mingbai.bundle.reading`). `unit` stands in brackets
    behind the heading: that of the numbers below it. A text that may mean two things is refused: nobody can be asked.
    """
    fact = vocabulary[name]
    if fact["type"] == "month":
        cell = drop_time(cell)
    elif unit and fact["type"] in ("money", "whole") and _BARE_NUMBER.fullmatch(_fold(cell)):
        cell += _find_unit(unit, fact)
    reading = read(fact, cell)
    if reading.kind in ("empty", "unknown"):
        return None
    if reading.kind != "value":
        return _explain(reading, fact)
    value: CellValue = reading.value
    return BadValue("out_of_range") if find_fact_faults({name: value}, vocabulary) else value


def drop_time(text: str) -> str:
    """Return a day without the time of day."""
    return _TIME_OF_DAY.sub("", text)


def _find_unit(text: str, fact: Json) -> str:
    """Return a text in brackets if it is a unit, wrong ones too; ``""`` for any other remark, such as 必填."""
    is_remark = read(fact, f"1{text}").key == fact["type"]
    return "" if is_remark and not text.endswith("元") else text


def _explain(reading: Reading, fact: Json) -> BadValue:
    key = _MESSAGE_KEYS.get(reading.key, reading.key)
    if reading.key == "bool":
        return BadValue(key, expected=("是", "否"))
    if reading.key == "choice":
        options = fact["options"]
        nearest = reading.figures["nearest"]
        names = tuple(options[option]["zh"] for option in reading.figures["options"])
        return BadValue(key, options[nearest]["zh"] if nearest else None, names)
    return BadValue(key)


def find_fact_faults(facts: Any, vocabulary: Json) -> list[tuple[str, str]]:  # noqa: ANN401 - JSON
    """Return the fault code and the fact name of each fact that the calculator rejects."""
    faults: list[Any] = []
    read_facts(facts, get_vocabulary({"facts": vocabulary}), faults)
    return [(fault.code, fault.name) for fault in faults]


def normalize_heading(text: Any) -> str:  # noqa: ANN401 - a text of any file
    """Return a heading normalized for comparison: no spaces, full-width forms, marks, or text in brackets."""
    return _NOT_OF_A_HEADING.sub("", _fold(str(text)))


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower().strip()
