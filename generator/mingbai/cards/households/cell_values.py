"""Parse cells of a household list into values of facts: 是, √, 县级医院, 3,000元, 1966年7月."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mingbai.diagnostics.problem import find_nearest
from mingbai.pages.wording.language import Json
from mingbai_calculator.law.vocabulary import get_vocabulary
from mingbai_calculator.request.vocabulary import read_facts

YES = frozenset(("是", "有", "对", "要", "√", "✓", "✔", "1", "y", "yes", "true", "t"))
NO = frozenset(("否", "无", "没有", "不是", "没", "不", "×", "x", "0", "n", "no", "false", "f"))
UNKNOWN = frozenset(("不清楚", "不知道", "不详", "未知", "?", "-", "unknown", "n/a"))
_LIST_SEPARATOR = re.compile(r"[、,;|/]")
_MONTH = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})(?:\s*月|[-./]\d{1,2})?")
_WHOLE = re.compile(r"(\d{1,9})(?:\.0+)?(?:周岁|岁|个月|人|口|级|学期|米|metres|m)?")
_YUAN_UNIT = re.compile(r"(元|块钱|块|yuan|rmb|￥|¥)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,6})?", re.ASCII)
_TEN_THOUSAND = "万"
_NONE_OPTION = "none"
"""The option of a choice that means no."""
_FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class BadValue:
    """Why a cell cannot be parsed: `key` of the message; `expected` are allowed words."""

    key: str
    nearest: str | None = None
    expected: tuple[str, ...] = ()


type CellValue = bool | int | str | list[str]
"""The value of a fact in a request; money is text in yuan, a month ``1966-07``."""


def read_value(name: str, cell: str, vocabulary: Json) -> CellValue | BadValue | None:
    """Return a cell as the value of a fact in a request; None for an empty cell or "not known"."""
    fact = vocabulary[name]
    text = unicodedata.normalize("NFKC", cell).strip()
    if not text or text.lower() in UNKNOWN:
        return None
    value = _READERS[fact["type"]](text, fact)
    if isinstance(value, BadValue):
        return value
    faults = find_fact_faults({name: value}, vocabulary)
    return BadValue(_MESSAGE_KEYS.get(faults[0][0], "not_understood")) if faults else value


def find_fact_faults(facts: Any, vocabulary: Json) -> list[tuple[str, str]]:  # noqa: ANN401 - JSON
    """Return the fault code and the fact name of each fact that the calculator rejects."""
    faults: list[Any] = []
    read_facts(facts, get_vocabulary({"facts": vocabulary}), faults)
    return [(fault.code, fault.name) for fault in faults]


def _read_bool(text: str, fact: Json) -> CellValue | BadValue:
    word = text.lower()
    is_fact_name = word in {str(name).lower() for name in fact["name"].values()}  # 低保 in the column of 低保
    if word in YES or is_fact_name:
        return True
    return False if word in NO else BadValue("not_yes_or_no", expected=("是", "否"))


def _read_choice(text: str, fact: Json) -> CellValue | BadValue:
    """Parse an option by its id or its name; what stands in brackets behind the name may be left out."""
    option_ids = _option_words(fact)
    option_id = option_ids.get(text.lower())
    if option_id is None and text.lower() in NO and _NONE_OPTION in fact["options"]:
        option_id = _NONE_OPTION
    if option_id is not None:
        return option_id
    names = tuple(option["zh"] for option in fact["options"].values())
    suggestion = find_nearest(text, tuple(option_ids))
    return BadValue("not_a_choice", suggestion and fact["options"][option_ids[suggestion]]["zh"], names)


def _option_words(fact: Json) -> dict[str, str]:
    words: dict[str, str] = {}
    for option, names in fact["options"].items():
        for name in (option, *(name_in_language for key, name_in_language in names.items() if key != "is_a")):
            plain = unicodedata.normalize("NFKC", str(name)).lower()
            words[plain] = option
            words.setdefault(plain.partition("(")[0].strip(), option)
    return {**words, **{former.lower(): option_id for former, option_id in (fact.get("options_were") or {}).items()}}


def _read_choices(text: str, fact: Json) -> CellValue | BadValue:
    values = [_read_choice(value.strip(), fact) for value in _LIST_SEPARATOR.split(text) if value.strip()]
    bad = next((value for value in values if isinstance(value, BadValue)), None)
    return bad or [str(value) for value in values]


def _read_money(text: str, _: Json) -> CellValue | BadValue:
    """Parse yuan, with thousands separators, unit and 万 (10,000); at most two decimals, returned as ``3000.00``."""
    plain = _YUAN_UNIT.sub("", text).replace(",", "").replace(" ", "")
    factor = 10_000 if plain.endswith(_TEN_THOUSAND) else 1
    number = plain.removesuffix(_TEN_THOUSAND)
    yuan = Decimal(number) * factor if _NUMBER.fullmatch(number) else None
    if yuan is None or yuan != yuan.quantize(_FEN):
        return BadValue("not_money")
    return format(yuan.quantize(_FEN), "f")


def _read_whole(text: str, _: Json) -> CellValue | BadValue:
    match = _WHOLE.fullmatch(text.replace(" ", ""))
    return int(match[1]) if match else BadValue("not_whole")


def _read_month(text: str, _: Json) -> CellValue | BadValue:
    match = _MONTH.fullmatch(text)
    return f"{match[1]}-{int(match[2]):02d}" if match else BadValue("not_a_month")


def _reject_items(_: str, __: Json) -> CellValue | BadValue:
    return BadValue("not_in_a_list")


_READERS: dict[str, Callable[[str, Json], CellValue | BadValue]] = {
    "bool": _read_bool,
    "choice": _read_choice,
    "list": _read_choices,
    "money": _read_money,
    "whole": _read_whole,
    "month": _read_month,
    "items": _reject_items,
}
_MESSAGE_KEYS: dict[str, str] = {
    "out_of_range": "out_of_range",
    "too_large": "out_of_range",
    "not_a_month": "not_a_month",
    "not_whole": "not_whole",
    "not_money": "not_money",
}


def normalize_heading(text: Any) -> str:  # noqa: ANN401 - a text of any file
    """Return a heading normalized for comparison: no spaces, full-width forms, marks, or text in brackets."""
    plain = unicodedata.normalize("NFKC", str(text)).lower()
    return re.sub(r"[\s_*:?]|\(.*?\)", "", plain)
