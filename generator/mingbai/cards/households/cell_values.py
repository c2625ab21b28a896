"""What people write into a cell, as a fact of the contract: 是, √, 县级医院, 3,000元, 1966年7月."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mingbai.diagnostics.problem import nearest
from mingbai.pages.wording.language import Json
from mingbai_calculator.request.vocabulary import read_facts

YES = frozenset(("是", "有", "对", "要", "√", "✓", "✔", "1", "y", "yes", "true", "t"))
NO = frozenset(("否", "无", "没有", "不是", "没", "不", "×", "x", "0", "n", "no", "false", "f"))
UNKNOWN = frozenset(("不清楚", "不知道", "不详", "未知", "?", "-", "unknown", "n/a"))
_BETWEEN = re.compile(r"[、,;|/]")
_MONTH = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})(?:\s*月|[-./]\d{1,2})?")
_WHOLE = re.compile(r"(\d{1,9})(?:\.0+)?(?:周岁|岁|个月|人|口|级|学期|米|metres|m)?")
_UNIT = re.compile(r"(元|块钱|块|yuan|rmb|￥|¥)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,6})?", re.ASCII)
_TEN_THOUSAND = "万"
_NONE = "none"
"""The option that says no."""
_FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class BadValue:
    """Why a cell cannot be read: `key` names the sentence; `expected` are words that may stand there."""

    key: str
    nearest: str | None = None
    expected: tuple[str, ...] = ()


type Value = bool | int | str | list[str]


def read_value(name: str, written: str, vocabulary: Json) -> Value | BadValue | None:
    """Return what a cell says of a fact in the form of the contract; None for one that says nothing."""
    fact = vocabulary[name]
    text = unicodedata.normalize("NFKC", written).strip()
    if not text or text.lower() in UNKNOWN:
        return None
    value = _READERS[fact["type"]](text, fact)
    if isinstance(value, BadValue):
        return value
    faults = faults_of({name: value}, vocabulary)
    return BadValue(_KEYS.get(faults[0][0], "not_understood")) if faults else value


def faults_of(facts: Any, vocabulary: Json) -> list[tuple[str, str]]:  # noqa: ANN401 - JSON
    """Return the code of each thing that the engine does not take in these facts, and which fact it is."""
    found: list[Any] = []
    read_facts(facts, vocabulary, found)
    return [(fault.code, fault.name) for fault in found]


def _bool(text: str, fact: Json) -> Value | BadValue:
    word = text.lower()
    named = word in {str(each).lower() for each in fact["name"].values()}  # 低保 in the column of 低保
    if word in YES or named:
        return True
    return False if word in NO else BadValue("not_yes_or_no", expected=("是", "否"))


def _choice(text: str, fact: Json) -> Value | BadValue:
    """Read an option by its id or its name, also without what stands in brackets behind the name."""
    known = _option_words(fact)
    found = known.get(text.lower())
    if found is None and text.lower() in NO and _NONE in fact["options"]:
        found = _NONE
    if found is not None:
        return found
    names = tuple(option["zh"] for option in fact["options"].values())
    close = nearest(text, tuple(known))
    return BadValue("not_a_choice", close and fact["options"][known[close]]["zh"], names)


def _option_words(fact: Json) -> dict[str, str]:
    words: dict[str, str] = {}
    for option, names in fact["options"].items():
        for name in (option, *(each for key, each in names.items() if key != "is_a")):
            plain = unicodedata.normalize("NFKC", str(name)).lower()
            words[plain] = option
            words.setdefault(plain.partition("(")[0].strip(), option)
    return {**words, **{old.lower(): now for old, now in (fact.get("options_were") or {}).items()}}


def _list(text: str, fact: Json) -> Value | BadValue:
    read = [_choice(each.strip(), fact) for each in _BETWEEN.split(text) if each.strip()]
    bad = next((each for each in read if isinstance(each, BadValue)), None)
    return bad or [str(each) for each in read]


def _money(text: str, _: Json) -> Value | BadValue:
    """Read yuan: commas, the unit and 万 are understood; never a number of more than two decimals."""
    plain = _UNIT.sub("", text).replace(",", "").replace(" ", "")
    times = 10_000 if plain.endswith(_TEN_THOUSAND) else 1
    number = plain.removesuffix(_TEN_THOUSAND)
    yuan = Decimal(number) * times if _NUMBER.fullmatch(number) else None
    if yuan is None or yuan != yuan.quantize(_FEN):
        return BadValue("not_money")
    return format(yuan.quantize(_FEN), "f")


def _whole(text: str, _: Json) -> Value | BadValue:
    match = _WHOLE.fullmatch(text.replace(" ", ""))
    return int(match[1]) if match else BadValue("not_whole")


def _month(text: str, _: Json) -> Value | BadValue:
    match = _MONTH.fullmatch(text)
    return f"{match[1]}-{int(match[2]):02d}" if match else BadValue("not_a_month")


def _no_list(_: str, __: Json) -> Value | BadValue:
    return BadValue("not_in_a_list")


_READERS: dict[str, Callable[[str, Json], Value | BadValue]] = {
    "bool": _bool,
    "choice": _choice,
    "list": _list,
    "money": _money,
    "whole": _whole,
    "month": _month,
    "items": _no_list,
}
_KEYS: dict[str, str] = {
    "out_of_range": "out_of_range",
    "too_large": "out_of_range",
    "not_a_month": "not_a_month",
    "not_whole": "not_whole",
    "not_money": "not_money",
}


def same_word(text: Any) -> str:  # noqa: ANN401 - a text of any file
    """Return a heading as it is compared: without blanks, full-width forms, marks and what stands in brackets."""
    plain = unicodedata.normalize("NFKC", str(text)).lower()
    return re.sub(r"[\s_*:?]|\(.*?\)", "", plain)
