"""Columns of a household list: household number, member name, and facts by id or by name."""

import re
from dataclasses import dataclass, field

from mingbai.cards.households.cell_values import normalize_heading
from mingbai.cards.households.cells import SheetError, SheetRow
from mingbai.cards.households.damage import Content
from mingbai.diagnostics.problem import find_nearest
from mingbai.pages.wording.language import Json

type Names = dict[str, str]
"""What each normalized heading stands for: a fact, or a column that is no fact."""

HOUSEHOLD, MEMBER, RELATION = "household", "member", "relation"
VILLAGE, TEAM = "village", "team"
IDENTITY, BIRTH, BILL_DAY = "identity", "birth", "bill_day"
_OWN_HEADINGS = {
    HOUSEHOLD: ("户号", "户编号", "家庭编号", "户", "household", "household_id"),
    MEMBER: ("姓名", "名字", "家庭成员", "成员姓名", "member", "name"),
    RELATION: ("与户主关系", "和户主关系", "与户主的关系", "户主关系", "家庭关系", "relation", "relation to head"),
    VILLAGE: ("村", "村名", "行政村", "自然村", "所在村", "村委会", "村民委员会", "village"),
    TEAM: ("组", "组别", "小组", "村组", "村民小组", "村小组", "所在组", "社", "生产队", "team"),
    IDENTITY: (
        *("身份证号", "身份证号码", "身份证", "公民身份号码", "公民身份证号码", "居民身份证号码", "居民身份证"),
        *("证件号码", "证件号", "identity number", "id number", "id card", "identity"),
    ),
    BIRTH: (
        *("出生日期", "出生年月日", "出生年月", "出生时间", "生日", "出生"),
        *("date of birth", "birth date", "birthday", "birth", "dob"),
    ),
    BILL_DAY: ("账单日期", "看病日期", "就诊日期", "就医日期", "出院日期", "结算日期", "date of the bill", "bill date"),
}
"""Headings of the columns that are no facts."""
_CONTENTS: dict[str, Content] = {
    HOUSEHOLD: "number",
    MEMBER: "name",
    RELATION: "name",
    VILLAGE: "name",
    TEAM: "name",
    IDENTITY: "identity",
    BIRTH: "date",
    BILL_DAY: "date",
}
_NOT_IN_A_CELL = ("items",)
"""Facts that do not fit into one cell."""
_BRACKETS = re.compile(r"[(（](?:单位[:：])?([^()（）]+)[)）]")
_MONEY_UNIT = re.compile(r"单位[:：]?[(（]?([十百千万亿]+元|角|分)")
"""In a line above the table, of all its amounts: 单位：万元."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Column index (from 0) and heading of each fact, household and member; `unknown` are columns not read.

    `units`: what stands in brackets behind a heading, by name: 总费用（万元）. `width`: as that of the heading's row.
    """

    index: dict[str, int]
    headings: dict[str, str]
    unknown: list[tuple[str, str | None]] = field(default_factory=list)
    """Each with the most similar known name, if there is one."""
    units: dict[str, str] = field(default_factory=dict)
    width: int = 0

    @property
    def facts(self) -> list[str]:
        """The facts that have a column."""
        return [name for name in self.index if name not in _OWN_HEADINGS]


def find_content(name: str, vocabulary: Json) -> Content:
    """Return what a column holds."""
    if name in _CONTENTS:
        return _CONTENTS[name]
    return "date" if vocabulary[name]["type"] == "month" else "words"


def read_columns(header: SheetRow, names: Names, vocabulary: Json, titles: str = "") -> Columns:
    """Return the columns; `titles` is what stands above the table, which may give the unit of its amounts.

    `names` are those of `index_headings`. Raises `SheetError` without a household column, or with two for one thing.
    """
    columns = Columns({}, {}, width=header.width)
    money_unit = _MONEY_UNIT.search(titles)
    for number, heading in enumerate(cell.text for cell in header.cells):
        word = normalize_heading(heading)
        name = names.get(word)
        if not word:
            continue
        if name is None:
            suggestion = find_nearest(word, tuple(names))
            columns.unknown.append((heading, suggestion and _display_name(names[suggestion], vocabulary)))
        elif name in columns.index:
            raise SheetError("twice", column=heading)
        else:
            columns.index[name], columns.headings[name] = number, heading
            unit = _BRACKETS.search(heading)
            if unit:
                columns.units[name] = unit[1]
            elif money_unit and name in vocabulary and vocabulary[name]["type"] == "money":
                columns.units[name] = money_unit[1]
    if HOUSEHOLD not in columns.index:
        raise no_household_column()
    return columns


def no_household_column() -> SheetError:
    """Return the error of a list without a column for the number of the household."""
    return SheetError("no_household", column=_OWN_HEADINGS[HOUSEHOLD][0])


def index_headings(vocabulary: Json) -> Names:
    """Return what each normalized heading stands for."""
    names_by_word = {}
    for name, fact in vocabulary.items():
        if name not in _NOT_IN_A_CELL:
            for word in (name, *fact["name"].values(), *(fact.get("was") or [])):
                names_by_word[normalize_heading(word)] = name
    return names_by_word | {normalize_heading(word): name for name, words in _OWN_HEADINGS.items() for word in words}


def _display_name(name: str, vocabulary: Json) -> str:
    return _OWN_HEADINGS[name][0] if name in _OWN_HEADINGS else vocabulary[name]["name"]["zh"]
