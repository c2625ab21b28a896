"""Find the figures of a line: numerals with their units, fractions, dates, and words such as 免费 and 减半.

A figure is kept as it is printed, without blanks. Chinese numerals count where a unit follows (三级, not 三农).
Digits that the document masks (20xx年) or prints as letters (o.5万元) are figures too; nothing is worked out of them.
"""

import re
from typing import NamedTuple

from mingbai_reading.rules import RULES

_TRADITIONAL = "戶户種种類类項项費费額额滿满減减歲岁個个塊块圓元萬万億亿處处對对戰战級级學学倆俩繳缴"
_WIDTH = 0xFEE0


def _make_table() -> dict[int, str]:
    """Return the other ways of writing a character, each mapped to one character, so that positions stay."""
    table = {wide: chr(wide - _WIDTH) for wide in range(0xFF01, 0xFF5F)}
    for same in (RULES["same"], RULES["numerals"]):
        table |= {ord(other): sign for sign, others in same.items() for other in others if len(sign) == 1}
    table |= {ord(old): new for old, new in zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)}
    del table[ord("。")]  # the end of a sentence, no decimal point
    return table


_TABLE = _make_table()
UNITS = (
    *(
        "%",
        "‰",
        "个百分点",
        "百分点",
        "元",
        "块",
        "周岁",
        "岁",
        "个月",
        "公里",
        "千米",
        "平方米",
        "米",
        "亩",
        "折",
        "成",
        "倍",
    ),
    *(
        "个",
        "人",
        "户",
        "名",
        "种",
        "次",
        "类",
        "项",
        "天",
        "日",
        "年",
        "月",
        "所",
        "家",
        "只",
        "头",
        "张",
        "例",
        "部",
        "对",
    ),
    *("学期", "期", "级", "眼", "处", "批", "件", "台", "辆", "条", "公斤", "位", "口", "床", "号", "场", "周", "小时"),
)
_CHINESE = "〇一二三四五六七八九十百千万亿"
_FIRST = "〇一二三四五六七八九十"
"""A numeral begins with one of these: 万元 alone is no figure."""
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_SPOKEN = rf"[{_FIRST}][{_CHINESE}]*(?:点[{_CHINESE}]+)?"
_NUMERAL = rf"(?:{_DIGITS}(?:[ ]?[百千万亿])*|{_SPOKEN})"
_ALMOST = "[余多来几]?"
_FREE = "免费|免收|免交|免缴|免除|免征|全免|免住院门槛|免起付"
_FULL = "全额|全部"
_HALF = "减半|一半|半数"
_ALL_PAID = "〇支付|〇自付|〇负担"
_NONE = "〇起付|取消|不设"
WORDS = {"free": f"{_FREE}|{_ALL_PAID}", "full": _FULL, "half": _HALF, "none": _NONE}
"""Words that are an amount: all of it is paid, or half of it; nothing is deducted."""
_FIGURE = re.compile(
    rf"""
    (?P<list>(?:^|(?<=[\s。;:,(〔“"]))\(?\d{{1,2}}[、)〕](?!\d))           # 2、 numbers a paragraph: no figure
    |(?P<ordinal>第[{_CHINESE}\d]+)
    |(?P<date>\d{{4}}年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?|\d{{4}}([-./])\d{{1,2}}\4\d{{1,2}}(?!\d)|\d{{1,2}}月(?:\d{{1,2}}日)?)
    |(?P<masked>\d+[xX]+\d*(?:[年月日个名户人元%]|万元)?|[xX]+\d*(?:[年月日个名户人元%]|万元)|(?<![A-Za-z])[oOlI](?:\.\d+)?万?元)
    |(?P<fraction>(?:[{_CHINESE}]+|\d+)分之{_NUMERAL}|(?<![\d/])\d{{1,2}}/\d{{1,2}}(?![\d/]))
    |(?P<range>{_NUMERAL}(?:[ ]?(?:{_UNIT}))?[-~至到]{_NUMERAL}[ ]?(?:{_UNIT}))
    |(?P<tenths>[一二三四五六七八九]成[一二三四五六七八九半]?)
    |(?P<number>{_DIGITS}(?:[ ]?[百千万亿])*{_ALMOST}(?:[ ]?(?:{_UNIT}))?|{_SPOKEN}{_ALMOST}(?:{_UNIT}))
    |(?P<word>{"|".join(WORDS.values())})
    """,
    re.VERBOSE,
)
_NO_FIGURES = ("list", "ordinal")
_PARTS = re.compile(rf"(?P<number>{_NUMERAL}){_ALMOST}(?P<unit>{_UNIT})?")


class Part(NamedTuple):
    """A number of a figure as it is printed, and its unit (``""``: none)."""

    number: str
    unit: str


def to_plain(text: str) -> str:
    """Return a text in half width and simplified numerals, as long as it was."""
    return text.translate(_TABLE)


def find_figures(line: str) -> list[str]:
    """Return the figures of a line in their order, as they are printed."""
    return [
        "".join(line[match.start() : match.end()].split())
        for match in _FIGURE.finditer(to_plain(line))
        if match.lastgroup is not None and match.lastgroup not in _NO_FIGURES
    ]


def kind_of(figure: str) -> str:
    """Return what a figure is: ``date``, ``masked``, ``fraction``, ``range``, ``tenths``, ``number`` or ``word``."""
    match = _FIGURE.fullmatch(to_plain(figure))
    return match.lastgroup or "" if match else ""


def split_parts(figure: str) -> list[Part]:
    """Return the numbers of a figure with their units."""
    return [Part(match["number"], match["unit"] or "") for match in _PARTS.finditer(to_plain(figure))]
