"""Household lists as offices write them, and as spreadsheet programs leave them: nobody is lost, nobody is mixed."""

import random
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.worksheet.worksheet import Worksheet

from mingbai.bundle.reading import make_vocabulary
from mingbai.cards.content.household_card import CardContext, make_household_card
from mingbai.cards.households.cell_values import read_value
from mingbai.cards.households.cells import SheetError
from mingbai.cards.households.columns import index_headings
from mingbai.cards.households.rows import HouseholdList, read_household_list
from mingbai.cards.list_report import MAX_FAULTS, make_report
from mingbai.cards.typesetting.fonts import Font, find_font
from mingbai.cards.typesetting.typst import Style, cards_to_pdf
from mingbai.pages.wording.language import make_language
from tests.command import mingbai
from tests.conftest import ROOT
from tests.generator.test_cards import text_of
from tests.household_lists import check, make_list, write_csv, write_xlsx
from tests.quick import cases, thinned

LISTS = ROOT / "tests/lists"
DAY = date(2016, 12, 31)

type Json = dict[str, Any]
type Read = Callable[..., HouseholdList]


@pytest.fixture(scope="module")
def vocabulary(bundle: Json) -> Json:
    return make_vocabulary(bundle)


@pytest.fixture
def read(vocabulary: Json, tmp_path: Path) -> Read:
    """Read the lines of a CSV."""

    def read_lines(*lines: str, day: date = DAY) -> HouseholdList:
        file = tmp_path / "list.csv"
        file.write_text("\n".join(lines), encoding="utf-8")
        return read_household_list(file, vocabulary, day)

    return read_lines


@pytest.fixture
def read_book(vocabulary: Json, tmp_path: Path) -> Read:
    """Read a workbook whose first sheet has been filled by a function."""

    def read_filled(fill: Callable[[Worksheet], None]) -> HouseholdList:
        book = Workbook()
        fill(book.active)
        book.save(tmp_path / "list.xlsx")
        return read_household_list(tmp_path / "list.xlsx", vocabulary, DAY)

    return read_filled


def households(read: HouseholdList) -> dict[str, str]:
    """The names on each card, by what the card calls the household."""
    return {each.label: " ".join(member.name for member in each.members) for each in read.households}


def faults(read: HouseholdList) -> list[tuple[int, str, str]]:
    return [(each.at.row, each.column, each.key) for each in read.bad_rows]


def skipped(read: HouseholdList) -> list[tuple[int, str]]:
    return [(each.at.row, each.why) for each in read.skipped]


def rows(read: HouseholdList, note: str) -> list[int]:
    return [at.row for at in read.notes.get(note, [])]


def facts(read: HouseholdList) -> list[Json]:
    return [dict(member.facts) for each in read.households for member in each.members]


# ---- the lists that were found to go wrong ----

HEADING = (1, "heading")
FOUND: list[tuple[str, dict[str, str], list[tuple[int, str, str]], list[tuple[int, str]]]] = [
    ("NA.csv", {"1": "张三", "#12": "赵六"}, [(3, "户号", "error_value"), (4, "户号", "error_value")], [HEADING]),
    ("sci.csv", {}, [(row, "户号", "scientific") for row in (2, 3, 4)], [HEADING]),
    ("negated.csv", {"2": "李四"}, [(row, "没有再生育或收养", "not_yes_or_no") for row in (2, 4, 5)], [HEADING]),
    ("agemonths.csv", {"1": "宝宝"}, [(3, "月龄", "coarse"), (4, "月龄", "do_not_fit")], [HEADING]),
    ("merged.xlsx", {"1": "张三 李四", "2": "王五"}, [], [HEADING]),
    ("formula.xlsx", {}, [(2, "建档立卡贫困户", "no_value"), (2, "年龄", "no_value")], [HEADING]),
    ("birthcol.csv", {"1": "张三"}, [], [HEADING]),
    ("blankfirst.xlsx", {"1": "张三"}, [], [(2, "heading")]),
    ("twohead.csv", {"1": "张三", "2": "张三"}, [], [HEADING, (3, "heading")]),
    ("title.csv", {"1": "张三"}, [], [(1, "title"), (2, "heading")]),
    ("seprow.csv", {"1": "张三"}, [], [HEADING]),
    ("quote_nl.csv", {}, [(2, "姓名", "not_a_name")], [HEADING]),
    ("space_name.csv", {"1": "张三 张 三"}, [(4, "姓名", "not_a_name")], [HEADING]),
    ("nbsp.csv", {}, [(2, "姓名", "not_a_name")], [HEADING]),
    ("fullwidth.csv", {"1": "张三", "１": "李四"}, [], [HEADING]),
    ("empties.csv", {"3": "王五"}, [(row, "建档立卡贫困户", "not_yes_or_no") for row in (2, 3, 5, 6)], [HEADING]),
    ("gb18030_rare.csv", {"1": "𠮷䶮"}, [], [HEADING]),
]


@pytest.mark.parametrize(("name", "cards", "refused", "passed_over"), FOUND, ids=[case[0] for case in FOUND])
def test_a_list_that_went_wrong_is_read_or_refused(
    vocabulary: Json,
    name: str,
    cards: dict[str, str],
    refused: list[tuple[int, str, str]],
    passed_over: list[tuple[int, str]],
) -> None:
    read = read_household_list(LISTS / name, vocabulary, DAY)
    assert (households(read), faults(read), skipped(read)) == (cards, refused, passed_over)


def test_every_list_that_went_wrong_is_a_case() -> None:
    assert sorted(case[0] for case in FOUND) == sorted(file.name for file in LISTS.iterdir())


@pytest.mark.parametrize(
    ("fact", "text", "value"),
    [
        ("total_cost", "1万2千", "12000.00"),
        ("total_cost", "3千5", "3500.00"),
        ("total_cost", "三千元", "3000.00"),
        ("total_cost", "人民币8000元", "8000.00"),
        ("total_cost", "8000元整", "8000.00"),
        ("total_cost", "1万零50", "10050.00"),
        ("wife_birth_month", "196607", "1966-07"),
        ("wife_birth_month", "1966-07-01 00:00:00", "1966-07"),
        ("no_other_child", "没有", None),
        ("no_other_child", "有", None),
        ("no_other_child", "是", True),
    ],
)
def test_a_cell_is_taken_for_what_was_written(vocabulary: Json, fact: str, text: str, value: object) -> None:
    """None: it is refused."""
    found = read_value(fact, text, vocabulary)
    assert (found if value is not None else getattr(found, "key", None)) == (value or "not_yes_or_no")


# ---- what a spreadsheet destroys ----


@pytest.mark.parametrize(
    ("column", "text", "key"),
    [
        *(
            ("户号", text, "error_value")
            for text in ("#N/A", "#n/a", "#REF!", "#DIV/0!", "#NAME?", "#VALUE!", "#NULL!")
        ),
        *(
            ("户号", text, "error_value")
            for text in ("#名称?", "＃ＲＥＦ！", "#溢出!", "########", "Err:502", "错误:508")
        ),
        *(("年龄", text, "error_value") for text in ("#N/A", "#NUM!", "#SPILL!")),
        ("姓名", "#REF!", "error_value"),
        ("总费用", "#####", "error_value"),
        ("总费用", "=A1*2", "no_value"),
        ("户号", "=ROW()", "no_value"),
        *(("户号", text, "scientific") for text in ("6.20724E+17", "6.20724e17", "6E17", "１.２Ｅ＋１２", "1E+05")),
        ("身份证号", "6.20724E+17", "scientific"),
        ("总费用", "1.2E+05", "scientific"),
        ("户号", "620724199503010000", "long_number"),
        ("身份证号", "620724199503010000", "long_number"),
        *(("户号", text, "made_a_date") for text in ("3月12日", "12-Mar", "Mar-12", "2026/3/12", "2026年3月12日")),
        ("妻子出生年月", "1966.1", "lost_zero"),
        ("出生日期", "1966.1", "lost_zero"),
        *(("户号", text, "no_number") for text in ("", "无", "——", "/", "nan", "NULL", "不详", "？")),
    ],
)
def test_what_a_spreadsheet_has_destroyed_is_refused(read: Read, column: str, text: str, key: str) -> None:
    columns = ["户号", "姓名", *({column} - {"户号", "姓名"})]
    row = {"户号": "1", "姓名": "甲", column: text}
    found = read(",".join(columns), ",".join(row[name] for name in columns), "2,乙")
    assert faults(found) == [(2, column, key)]
    assert households(found) == {"2": "乙"}


@pytest.mark.parametrize(
    "number", ["#12", "2E3", "3-12", "A1.5", "2016-12", "001", "'620724199503010000", '"=""0012"""', "12345678901234"]
)
def test_a_number_that_is_whole_is_kept(read: Read, number: str) -> None:
    shown = number.strip('"=').lstrip("'")
    assert [each.id for each in read("户号,姓名", f"{number},甲").households] == [shown]


@pytest.mark.parametrize(
    ("value", "number_format", "column", "key"),
    [
        (620724199503010011, "General", "户号", "long_number"),
        (1234567890123456, "0", "总费用", "long_number"),
        (1.1, "General", "户号", "lost_zero"),
        (datetime(2026, 3, 12), "m/d", "户号", "made_a_date"),  # noqa: DTZ001 - a spreadsheet knows no time zone
        (1966.1, "General", "妻子出生年月", "lost_zero"),
        (24289, "General", "妻子出生年月", "serial"),
        (18323, "General", "出生日期", "serial"),
        ("#N/A", "General", "年龄", "error_value"),
        ("=1+1", "General", "年龄", "no_value"),
        ("=1+1", "General", "姓名", "no_value"),
    ],
)
def test_a_destroyed_cell_of_a_workbook_is_refused(
    read_book: Read, value: float | datetime | str, number_format: str, column: str, key: str
) -> None:
    def fill(sheet: Worksheet) -> None:
        columns = ["户号", "姓名", *({column} - {"户号", "姓名"})]
        sheet.append(columns)
        sheet.append([{"户号": "1", "姓名": "甲"}.get(name) for name in columns])
        cell = sheet.cell(2, columns.index(column) + 1)
        cell.value, cell.number_format = value, number_format

    assert faults(read_book(fill)) == [(2, column, key)]


def test_what_a_workbook_shows_is_what_it_holds(read_book: Read) -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["户号", "姓名", "年龄", "妻子出生年月", "总费用"], [1, "甲", 66.0, 1966.07, 8000.1]):
            sheet.append(row)
        sheet["A2"].number_format = "000"
        sheet["A3"], sheet["B3"] = "001", "乙"

    found = read_book(fill)
    assert households(found) == {"001": "甲 乙"}
    assert facts(found)[0] == {"age": 66, "wife_birth_month": "1966-07", "total_cost": "8000.10"}


def test_a_sheet_that_lies_about_its_size_is_read_to_the_end(vocabulary: Json, tmp_path: Path) -> None:
    book = Workbook()
    for row in (["户号", "姓名"], *([str(number), f"甲{number}"] for number in range(50))):
        book.active.append(row)
    book.save(tmp_path / "true.xlsx")
    with zipfile.ZipFile(tmp_path / "true.xlsx") as true, zipfile.ZipFile(tmp_path / "list.xlsx", "w") as lying:
        for name in true.namelist():
            lying.writestr(name, true.read(name).replace(b'<dimension ref="A1:B51"', b'<dimension ref="A1:A2"'))
        assert b"A1:A2" in lying.read("xl/worksheets/sheet1.xml")
    found = read_household_list(tmp_path / "list.xlsx", vocabulary, DAY)
    assert len(found.households) == 50


def test_an_open_quotation_mark_swallows_nobody(read: Read) -> None:
    for lines in (['2,"乙', "3,丙"], ['2,"乙', '3,"丙"'], ['2,"乙', '3,丙"'], ['2,"乙"x', "3,丙"]):
        with pytest.raises(SheetError) as error:
            read("户号,姓名", "1,甲", *lines)
        assert (error.value.key, error.value.figures["row"]) == ("open_quote", 3)


def test_a_comma_too_many_is_no_other_fact(read: Read) -> None:
    found = read("户号,姓名,总费用,年龄", "1,甲,12,000,66", "2,乙,8000,66")
    assert faults(found) == [(2, "户号", "too_many_cells")]
    assert households(found) == {"2": "乙"}
    moved = read("户号,姓名,备注", "1,甲,", ",2,乙,", ",丙,")
    assert faults(moved) == [(3, "户号", "too_many_cells"), (4, "户号", "no_number")]
    assert households(read("户号,姓名", "1,甲,", "2,乙,")) == {"1": "甲", "2": "乙"}, "a comma behind each row is none"


# ---- whose row it is ----


def test_merged_cells_are_filled_down(read_book: Read) -> None:
    def fill(sheet: Worksheet) -> None:
        lines = [
            "户号 姓名 建档立卡贫困户 总费用",
            "1 甲 是 8000",
            "_ 乙 _ _",
            "_ _ _ _",
            "2 丙 否 500",
            "_ 丁 否 _",
            "_ 戊 否 9",
        ]
        for line in lines:
            sheet.append([None if text == "_" else text for text in line.split()])
        for place in ("A2:A4", "C2:C4", "A5:A6", "D5:D6"):
            sheet.merge_cells(place)

    found = read_book(fill)
    assert households(found) == {"1": "甲 乙"}
    assert [each["registered_poor"] for each in facts(found)] == [True, True]
    assert faults(found) == [(5, "总费用", "merged_amount"), (6, "总费用", "merged_amount"), (7, "户号", "no_number")]
    assert rows(found, "merged") == [3]
    assert found.households[0].perhaps == 0


def test_a_number_written_once_is_filled_where_that_is_certain(read: Read) -> None:
    found = read("户号,姓名", "1,甲", ",乙", "2,丙", ",丁", "3,戊", ",己")
    assert households(found) == {"1": "甲 乙", "2": "丙 丁", "3": "戊 己"}
    assert rows(found, "filled") == [3, 5, 7]
    assert [each.filled for each in found.households] == [1, 1, 1]
    found = read("户号,姓名,与户主关系", "A,甲,户主", ",乙,妻", "B,丙,户主", ",丁,户主", ",戊,子")
    assert households(found) == {"A": "甲 乙", "B": "丙"}
    assert faults(found) == [(5, "户号", "no_number"), (6, "户号", "no_number")]
    found = read("户号,姓名", "1,甲", "同上,乙", "2,丙")
    assert (households(found), rows(found, "filled")) == ({"1": "甲 乙", "2": "丙"}, [3])


@pytest.mark.parametrize(
    "lines",
    [
        ["1,甲", ",乙", "3,丙"],  # 2 was forgotten
        ["1,甲", ",乙", "2,丙"],  # the only one: forgotten perhaps
        ["1,甲", "1,子", ",乙", "2,丙", ",丁", "3,戊"],  # written in each row elsewhere
        ["A,甲", ",乙", "B,丙", ",丁", "C,戊"],
        ["1,甲", "", ",乙", "2,丙", "", ",丁", "3,戊"],
        ["1,甲", ",", "2,丙", ",丁", "3,戊"],
    ],
)
def test_a_number_that_may_be_forgotten_is_not_filled(read: Read, lines: list[str]) -> None:
    found = read("户号,姓名", *lines)
    assert rows(found, "filled") == []
    missing = sum(line.startswith(",") and line != "," for line in lines)
    assert [key for _, _, key in faults(found)] == ["no_number"] * missing
    first = found.households[0]
    assert first.perhaps or len(lines) == 5, "the card above says so"


def test_a_card_says_that_a_row_may_be_of_this_household(read: Read) -> None:
    found = read("户号,姓名,年龄", "1,甲,66", "#N/A,乙,66", "2,丙,66", "2,丁,很老", "3,戊,66")
    assert [(each.id, each.left_out, each.perhaps) for each in found.households] == [
        ("1", 0, 1),
        ("2", 1, 1),
        ("3", 0, 0),
    ]
    found = read("户号,姓名", "1,甲", "2,乙", "1,丙", "#N/A,丁", "3,戊", "4,己")
    assert [each.perhaps for each in found.households] == [1, 1, 1, 1], "not in order: it may be anybody's"


def test_numbers_that_look_the_same_are_told_apart_aloud(read: Read) -> None:
    found = read("户号,姓名", "1,甲", "001,乙", "第1户,丙", "１,丁", "2,戊", "#1,己")
    assert [household.id for household in found.households] == ["1", "001", "第1户", "１", "2", "#1"]
    assert rows(found, "alike") == [2, 3, 4, 5, 7]
    assert [household.alike for household in found.households] == [4, 4, 4, 4, 0, 4]


def test_a_list_that_numbers_from_1_twice_mixes_nobody(read: Read) -> None:
    by_team = read("组,户号,姓名", "一组,1,甲", ",1,乙", "二组,1,丙")
    assert households(by_team) == {"1 (一组)": "甲 乙", "1 (二组)": "丙"}
    assert rows(by_team, "apart") == [2, 4]
    for between in ("合计,3", "第二组", "户号,姓名", "一组小计", "填表人：王某"):
        found = read("户号,姓名", "1,甲", "2,乙", between, "1,丙", "2,丁")
        assert households(found) == {"1 (2)": "甲", "2 (3)": "乙", "1 (5)": "丙", "2 (6)": "丁"}, between
    found = read("户号,姓名", "1,甲", "2,乙", "1,丙", "2,丁")
    assert households(found) == {"1 (2)": "甲", "2 (3)": "乙", "1 (4)": "丙", "2 (5)": "丁"}
    at_page_break = read("户号,姓名", "1,甲", "2,乙", "户号,姓名", "2,丙", "3,丁")
    assert [(each.label, each.alike) for each in at_page_break.households] == [
        ("1", 0),
        ("2 (3)", 1),
        ("2 (5)", 1),
        ("3", 0),
    ]


def test_every_sheet_is_read_or_named(vocabulary: Json, tmp_path: Path, bundle: Json) -> None:
    book = Workbook()
    for name, lines in {
        "一组": [["户号", "姓名"], ["1", "甲"], ["2", "#N/A"]],
        "二组": [["名单"], ["户号", "姓名"], ["1", "乙"]],
        "说明": [["怎么填"]],
        "空": [],
        "旧": [["户号", "姓名"], ["1", "丙"]],
    }.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book["旧"].sheet_state = "hidden"
    del book["Sheet"]
    book.create_chartsheet("图").add_chart(BarChart())
    book.save(tmp_path / "list.xlsx")
    found = read_household_list(tmp_path / "list.xlsx", vocabulary, DAY)
    assert households(found) == {"1 (一组)": "甲", "1 (二组)": "乙"}
    assert found.unread == [("说明", "no_household"), ("空", "empty"), ("旧", "hidden"), ("图", "chart")]
    report = make_report(found, make_language(bundle, "zh"))
    assert report.bad_rows == ["工作表“一组”第 3 行，“姓名”：是表格软件的错误值（如 #N/A）；请改成原来的内容"]
    assert report.notes == [
        "没有读的工作表：“说明”（没有“户号”这一列），“空”（空的），“旧”（隐藏了），“图”（是图）。",
        "这几行是不同地方的同一个户号，当作不同的户，请看看对不对：“一组”2, “二组”3",
        "跳过的行：表头 “一组”1, “二组”2；标题 “二组”1。",
        "名单里 6 行：用了 2 行，看不懂 1 行，跳过 3 行。",
    ]


# ---- rows that are nobody's ----


@pytest.mark.parametrize(
    ("line", "why"),
    [
        *(
            (line, "total")
            for line in ("合计,,5", "合 计,2户", ",总计：2户", "小计", "1,合计", "全村合计,,9", "Total,,5", "Subtotal")
        ),
        *((line, "remark") for line in ("填表人：王某,,", "注：以上属实", "2016年3月", "3组", "第二组", "备注：无")),
        ("户号,姓名,年龄", "heading"),
        ("#同一户写同一个号。不清楚的格子空着。,一人一行", "note"),
    ],
)
def test_a_row_that_is_nobodys_is_named(read: Read, line: str, why: str) -> None:
    found = read("户号,姓名,年龄", "1,甲,66", line, "2,乙,66")
    assert households(found) == {"1": "甲", "2": "乙"}
    assert (faults(found), skipped(found)) == ([], [HEADING, (3, why)])


def test_a_note_of_somebody_else_is_no_note_of_ours(read: Read) -> None:
    assert households(read("户号,姓名", "#1,甲", "# 2,乙")) == {"#1": "甲", "# 2": "乙"}


def test_titles_two_headings_and_units_are_understood(read: Read) -> None:
    found = read(
        *("高台县，某村名单", "2016年；单位：元", "户号,姓名,医疗费用,,年龄"),
        *(",,总费用（万元）,合规费用,", ",,,（千元）,", "1,甲,1.2,1.5千,66", "2,乙,3千,2,"),
    )
    assert skipped(found) == [(1, "title"), (2, "title"), (3, "heading"), (4, "heading"), (5, "heading")]
    assert facts(found) == [
        {"total_cost": "12000.00", "eligible_cost": "1500.00", "age": 66},
        {"total_cost": "3000.00", "eligible_cost": "2000.00"},
    ]
    assert facts(read("单位：万元", "户号,总费用,月龄（岁）", "1,1.2,"))[0] == {"total_cost": "12000.00"}
    assert faults(read("户号,总费用（美元）,年龄（必填）", "1,5,66")) == [(2, "总费用（美元）", "not_money")]


# ---- birth and identity ----


@pytest.mark.parametrize(
    ("heading", "cells", "expected"),
    [
        ("出生日期", "1950-03-01", {"age": 66, "age_months": 801}),
        ("出生日期", "1950年3月1日", {"age": 66, "age_months": 801}),
        ("出生日期", "19500301", {"age": 66, "age_months": 801}),
        ("出生日期", "1950/3/1 0:00:00", {"age": 66, "age_months": 801}),
        ("出生年月", "1950-03", {"age": 66}),
        ("出生年月", "2016.12", {}),  # it may have been the last day of the month
        ("出生日期", "不详", {}),
        ("身份证号", "62072419500301000X", {"age": 66, "age_months": 801, "sex": "female"}),
        ("身份证号", "62072419500301000x", {"age": 66, "age_months": 801, "sex": "female"}),
        ("身份证号码", "620724500301001", {"age": 66, "age_months": 801, "sex": "male"}),
        ("身份证号", "无", {}),
        ("出生日期,身份证号", "1950-03-01,62072419500301000X", {"age": 66, "age_months": 801, "sex": "female"}),
        ("出生日期,身份证号,性别", "1950-03,62072419500301000X,女", {"age": 66, "age_months": 801, "sex": "female"}),
        ("身份证号", "620724195003010001", "identity_check"),
        ("身份证号", "62072419500301001", "not_identity"),
        ("身份证号", "620724195002300001", "identity_birth"),
        ("身份证号,性别", "62072419500301000X,男", "identity_sex"),
        ("身份证号,出生日期", "62072419500301000X,1950-04-01", "identity_differs"),
        ("出生日期", "2017-01-01", "born_after"),
        ("出生日期", "1850-01-01", "out_of_range"),
        ("出生日期", "1900-01-01", {"age": 116, "age_months": 1403}),
        ("出生日期", "50年3月1日", "which"),
        ("出生日期", "1950", "not_a_day"),
        ("姓名", "62072419500301000X", "identity_as_name"),
    ],
)
def test_birth_and_identity_give_age_and_sex(read: Read, heading: str, cells: str, expected: Json | str) -> None:
    found = read(f"户号,{heading}", f"1,{cells}", day=date(2016, 12, 30))
    if isinstance(expected, str):
        assert [key for _, _, key in faults(found)] == [expected]
    else:
        assert (faults(found), facts(found)) == ([], [expected])


def test_the_age_is_that_on_the_day(read: Read) -> None:
    line = "1,1950-03-01"
    assert [facts(read("户号,出生日期", line, day=date(2016, 2, day)))[0]["age"] for day in (28, 29)] == [65, 65]
    assert facts(read("户号,出生日期", line, day=date(2016, 3, 1)))[0] == {"age": 66, "age_months": 792}
    assert faults(read("户号,出生日期", "1,1900-01-01", day=date(2026, 1, 1))) == [(2, "出生日期", "do_not_fit")]
    stale = read("户号,出生日期,年龄", "1,1950-03-01,60", "2,1950-03-01,66")
    assert [each["age"] for each in facts(stale)] == [66, 66]
    assert rows(stale, "age") == [2]


def test_a_bill_with_its_own_day_is_worked_out_by_the_rules_and_the_age_of_that_day(read: Read) -> None:
    found = read("户号,出生日期,总费用,就诊日期,病种", "1,1950-03-01,8000,2016-02-03,高血压", "2,1950-03-01,8000,,")
    members = [member for household in found.households for member in household.members]
    assert members[0].visit is not None
    assert (members[0].visit.day, members[0].visit.facts) == (
        "2016-02-03",
        {"total_cost": "8000.00", "diagnoses": ["hypertension"], "age": 65, "age_months": 791},
    )
    assert members[0].facts == {"diagnoses": ["hypertension"], "age": 66, "age_months": 801}
    assert (members[1].visit, members[1].facts) == (None, {"total_cost": "8000.00", "age": 66, "age_months": 801})
    assert faults(read("户号,就诊日期", "1,2016-02-03")) == [(2, "就诊日期", "day_without_bill")]
    assert faults(read("户号,总费用,就诊日期", "1,8000,1016-02-03")) == [(2, "就诊日期", "not_a_day")]
    assert faults(read("户号,总费用,就诊日期", "1,8000,2016年11月")) == [(2, "就诊日期", "which_day")]


def test_an_identity_number_is_kept_and_printed_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = ["62072419500301000X", "620724500301001", "620724195003010001", "620724199503010011"]
    lines = ["户号,姓名,身份证号", f"{numbers[0]},甲,{numbers[0]}", f"{numbers[1]},乙,{numbers[1]}"]
    lines += [f"3,丙,{numbers[2]}", f"4,{numbers[3]},", f"{numbers[3]},丁,"]
    (tmp_path / "list.csv").write_text("\n".join(lines), encoding="utf-8")
    for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME"):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(name, str(tmp_path / name))
    output = tmp_path / "out"
    done = mingbai("cards", "gaotai", "--households", str(tmp_path / "list.csv"), "--output", str(output))
    assert done.stdout.startswith("3 户的卡")
    assert "第 4 行，“身份证号”：身份证号写错了，最后一位对不上" in done.stderr.splitlines()
    text = text_of(pypdfium2.PdfDocument(output / "gaotai-households-001.pdf"))
    assert "…000X号户" in text
    written = [file for file in tmp_path.rglob("*") if file.is_file() and file.name != "list.csv"]
    written += [file for file in (ROOT / ".cache").rglob("*") if file.is_file()]
    said = text + done.stdout + done.stderr + "".join(map(str, written))
    for number in numbers:
        assert number[:-1] not in said
        assert not [file for file in written if number[:-1].encode() in file.read_bytes()]


# ---- the cards, and what the command says ----


@pytest.fixture(scope="module")
def font() -> Font:
    found = find_font()
    assert found is not None
    return found


SAMPLES = {"bool": "是", "money": "8000", "month": "1966-07", "whole": "2"}


def read_each_column(vocabulary: Json, file: Path) -> Iterator[HouseholdList]:
    """Yield a list for each column: alone, and beside a bill."""
    own = {"relation": "子", "village": "某村", "team": "1", "birth": "1950-03-01", "identity": "62072419500301000X"}
    headings = {name: word for word, name in index_headings(vocabulary).items()}
    beside = {"total_cost": "9000", "bill_day": "2016-03-01"}
    for name in sorted(headings.keys() - {"household", "bill_day"}):
        fact = vocabulary.get(name, {})
        text = own.get(name) or SAMPLES.get(fact.get("type", ""), "") or next(iter(fact.get("options", ["甲"])))
        for cells in ({"household": "1", name: text}, {"household": "1", **beside, name: text}):
            columns = ",".join(headings[each] for each in cells)
            file.write_text(f"{columns}\n{','.join(cells.values())}", encoding="utf-8")
            yield read_household_list(file, vocabulary, DAY)


@pytest.mark.parametrize(
    ("place", "day"),
    [("gaotai", "2016-12-31"), ("gaotai", "2013-06-01"), ("chuzhou", "2016-12-31"), ("qiyang", "2017-12-31")],
)
def test_a_card_is_printed_for_every_column(  # noqa: PLR0913, PLR0917 - fixtures
    bundle: Json, vocabulary: Json, font: Font, tmp_path: Path, place: str, day: str
) -> None:
    wordings = tuple(make_language(bundle, lang) for lang in ("zh", "en"))
    context = CardContext(bundle, bundle["places"][place], day, wordings)
    lists = thinned(list(read_each_column(vocabulary, tmp_path / "list.csv")), every=9)
    assert [faults(found) for found in lists if found.bad_rows] == []
    cards = [make_household_card(household, context) for found in lists for household in found.households]
    assert len(cards) == len(lists)
    document = pypdfium2.PdfDocument(cards_to_pdf(cards, font, Style("a5"), wordings[0]))
    assert len(document) >= len(cards)


def test_the_sentence_of_a_bill_has_its_figures(bundle: Json, vocabulary: Json, font: Font, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    head = "户号,姓名,建档立卡贫困户,参加新农合（居民医保）,看病方式,医院级别,在本县看病,定点医院,病种,总费用,就诊日期"
    people = ("甲,是,是,住院,县级医院,是,是,别的病,8000,", "乙,是,是,住院,县级医院,是,是,别的病,8000,2016-03-01")
    file.write_text("\n".join([head, *(f"1,{person}" for person in people)]), encoding="utf-8")
    wordings = tuple(make_language(bundle, lang) for lang in ("zh", "en"))
    context = CardContext(bundle, bundle["places"]["gaotai"], "2016-12-31", wordings)
    found = read_household_list(file, vocabulary, DAY)
    card = make_household_card(found.households[0], context)
    text = text_of(pypdfium2.PdfDocument(cards_to_pdf([card], font, Style("a5"), context.wordings[0])))
    assert "账单8,000元，您自己付1,497.50元" in text
    assert "2016年3月1日的账单8,000元，按那天的规定，您自己付1,497.50元" in text
    assert "Abillof8,000yuan:youpay1,497.50yuan" in text
    assert "Abillof8,000yuanofMarch1,2016,bytherulesofthatday:youpay1,497.50yuan" in text


def test_a_card_says_what_the_list_left_open(bundle: Json, read: Read) -> None:
    found = read("户号,姓名,年龄", "1,甲,66", "1,乙,很老", "#N/A,丙,66", "01,丁,66", "同上,戊,66")
    context = CardContext(bundle, bundle["places"]["gaotai"], "2016-12-31", (make_language(bundle, "zh"),))
    leads = [[text.text for text in make_household_card(each, context).lead[1:]] for each in found.households]
    assert leads == [
        [
            "名单里这一户还有 1 行看不懂，没有印在这里。",
            "名单里还有 1 行没有写清户号，可能是这一户的人，没有印在这里。",
            "名单里还有 1 户的户号和这一户一样或差不多（如 1 和 001），那里的人没有印在这里。",
        ],
        [
            "名单里还有 1 行没有写清户号，可能是这一户的人，没有印在这里。",
            "这一户有 1 行没有写户号，因为紧接在下面，算在这一户。请看看对不对。",
            "名单里还有 1 户的户号和这一户一样或差不多（如 1 和 001），那里的人没有印在这里。",
        ],
    ]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("户号,姓名\n1,甲", encoding="utf-8")
    (tmp_path / "file").touch()
    for output in (tmp_path / "file/cards", Path("/proc/cards")):
        done = mingbai("cards", "gaotai", "--households", str(tmp_path / "list.csv"), "--output", str(output))
        assert (done.returncode, done.stdout) == (2, "")
        assert "写不了" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_at_most_a_hundred_faults_are_printed_then_their_number(bundle: Json, read: Read, lang: str) -> None:
    found = read("户号,姓名,年龄", *(f"{number},甲,很老" for number in range(130)))
    report = make_report(found, make_language(bundle, lang))
    assert len(report.bad_rows) == MAX_FAULTS + 1
    assert "30" in report.bad_rows[-1]
    assert "130" in report.notes[-1]


def test_every_message_has_its_words_in_both_languages(bundle: Json) -> None:
    """The keys of messages stand in the code as texts; each that looks like one is in both catalogues."""
    used = set()
    for file in (ROOT / "generator/mingbai/cards/households").glob("*.py"):
        text = file.read_text(encoding="utf-8")
        used |= set(re.findall(r'refuse\(\w+(?:\(\w+\))?, (?:damage or )?"(\w+)"', text))
        used |= set(re.findall(r'return "([a-z]+_[a-z_]+)"', text)) if file.stem == "damage" else set()
    assert len(used) > 10
    for lang in ("zh", "en"):
        assert all(make_language(bundle, lang).say(f"cards.list.why.{key}") for key in used)


# ---- nobody is lost, nobody is mixed ----


def count_people(vocabulary: Json, folder: Path, seeds: range) -> tuple[int, int]:
    """Check the lists of some seeds; return how many were read, and how many people were used."""
    lists = people = 0
    for seed in seeds:
        rng = random.Random(seed)  # noqa: S311 - nothing secret
        planted = make_list(rng)
        is_book = seed % 10 == 0
        file = folder / ("list.xlsx" if is_book else "list.csv")
        (write_xlsx if is_book else write_csv)(rng, planted, file)
        found = check(planted, file, vocabulary)
        lists += found is not None
        people += 0 if found is None else found.used
    return lists, people


def test_random_lists_with_planted_damage_lose_and_mix_nobody(vocabulary: Json, tmp_path: Path) -> None:
    many = cases(300, quick=40)
    lists, people = count_people(vocabulary, tmp_path, range(many))
    assert lists > 0.9 * many
    assert people > 4 * many


@pytest.mark.soak
def test_twenty_thousand_lists_with_planted_damage_lose_and_mix_nobody(vocabulary: Json, tmp_path: Path) -> None:
    lists, people = count_people(vocabulary, tmp_path, range(20_000))
    assert lists > 18_000
    assert people > 80_000
