"""Cards for the households of a list: read from whatever Excel writes, worked out by the engine, nothing given away."""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from openpyxl import Workbook

from mingbai.bundle.reading import make_vocabulary
from mingbai.cards.batches import find_default_day
from mingbai.cards.households.cell_values import BadValue, read_value
from mingbai.cards.households.cells import MAX_BYTES, RowId, SheetError
from mingbai.cards.households.people import BadRow
from mingbai.cards.households.rows import HouseholdList, read_household_list
from mingbai.pages.wording.language import make_language
from mingbai_calculator import estimate
from tests.cards_speed import cards_speed
from tests.command import mingbai
from tests.generator.test_cards import plain, text_of

URL = "https://county.example/mingbai/"
HEADER = ["户号", "姓名", "建档立卡贫困户", "参加新农合（居民医保）", "年龄", "性别", "农村人口", "身份", "住在贫困村"]
FAMILY = [
    ["7", "甲某", "是", "是", "67", "男", "是", "普通村民", "√"],
    ["7", "乙某", "", "有", "38岁", "女", "", "乡村医生", ""],
    ["8", "丙某", "否", "是", "50", "女", "是", "普通村民", "否"],
]

DAY = date(2016, 12, 31)

type Json = dict[str, Any]


def write_csv(file: Path, rows: list[list[str]], *, encoding: str = "utf-8-sig", separator: str = ",") -> Path:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    file.write_bytes(out.getvalue().encode(encoding))
    return file


def people_of(read: HouseholdList) -> list[tuple[str, str, Json]]:
    return [(each.id, member.name, dict(member.facts)) for each in read.households for member in each.members]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """A list with good and bad rows, printed once for all tests that only look."""
    folder = tmp_path_factory.mktemp("households")
    rows = [
        HEADER,
        *FAMILY,
        [],
        ["9", "丁某", "是不是", "是", "20", "男", "是", "普通村民", "是"],
        ["9", "戊某", "是", "是", "20", "男", "是", "乡村医声", "是"],
        ["7", "己某", "是", "是", "200", "男", "是", "普通村民", "是"],
        ["7", "甲某", "是", "是", "20", "男", "是", "普通村民", "是"],
        ["", "庚某", "是", "是", "20", "男", "是", "普通村民", "是"],
        ["10", "辛\U00030000", "是", "是", "20", "男", "是", "普通村民", "是"],
    ]
    file = write_csv(folder / "list.csv", rows, encoding="gb18030")
    done = mingbai("cards", "gaotai", "--households", str(file), "--output", str(folder / "out"), "--site-url", URL)
    return folder / "out", done


def test_every_amount_on_a_card_is_the_engines(bundle: Json, printed: tuple[Path, Any]) -> None:
    text = text_of(pypdfium2.PdfDocument(printed[0] / "gaotai-households-001.pdf"))
    day, speaks = find_default_day(bundle, bundle["places"]["gaotai"]), make_language(bundle, "zh")
    shared = {"registered_poor": True, "rural": True, "poverty_village": True}
    members = [
        {"id": "1", "facts": {"insured": True, "age": 67, "sex": "male", "role": "resident"}},
        {"id": "2", "facts": {"insured": True, "age": 38, "sex": "female", "role": "village_doctor"}},
    ]
    result = estimate(bundle, {"place": "gaotai", "date": day, "shared": shared, "members": members})
    said = 0
    for member in result["members"]:
        for entry in (*member["cash"], *member["subsidies"]):
            assert plain(entry["explanation"]) in text
            said += 1
        for entry in (*member["services"], *member["may_also_help"]):
            assert plain(entry["title"]) in text
    assert said
    for rate in ("乡镇卫生院100元95%", "县级医院350元85%", "市级医院1,500元70%", "乡镇卫生院150元90%"):
        assert rate in text
    assert plain(speaks.day(day)) in text
    document = pypdfium2.PdfDocument(printed[0] / "gaotai-households-001.pdf")
    for number in range(len(document)):  # how old the rules are stands in the foot of each side
        assert plain("原文没写用到哪天，我们当作2016年的规定。") in plain(
            document[number].get_textpage().get_text_range()
        )
    assert text.count("健康工具包") == 1  # one for the household, though two of its members have it


def test_bad_rows_are_told_by_row_and_column_and_the_others_printed(printed: tuple[Path, Any]) -> None:
    folder, done = printed
    assert done.returncode == 1
    assert [line for line in done.stderr.splitlines() if line.startswith("第")] == [  # beside them, how far it is
        "第 6 行，“建档立卡贫困户”：看不懂；可以写：是，否",
        "第 7 行，“身份”：看不懂；是不是“乡村医生”？",
        "第 8 行，“年龄”：数太大或太小",
        "第 9 行，“姓名”：这一户里已经有同名的人",
        "第 10 行，“户号”：没有写户号",
        "第 11 行，“姓名”：字体里没有这个字：\U00030000 U+30000。10 号户",
    ]
    assert done.stdout == f"2 户的卡，1 个文件，在 {folder}。\n"
    text = text_of(pypdfium2.PdfDocument(folder / "gaotai-households-001.pdf"))
    assert "7号户" in text
    assert "8号户" in text
    assert "甲某" in text
    assert "名单里这一户还有2行看不懂" in text


def test_nothing_personal_leaves_the_card(printed: tuple[Path, Any]) -> None:
    folder, done = printed
    assert [file.name for file in folder.iterdir()] == ["gaotai-households-001.pdf"]
    assert [name for row in FAMILY for name in row[1:2] if name in done.stdout + done.stderr] == []
    document = pypdfium2.PdfDocument(folder / "gaotai-households-001.pdf")
    codes = [
        code.text for page in document for code in zxingcpp.read_barcodes(page.render(scale=3, grayscale=True).to_pil())
    ]
    assert codes == [f"{URL}gaotai/"] * 2
    assert document.get_metadata_dict(skip_empty=True).get("Title") == "明白卡"


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ","), ("gb18030", ";"), ("utf-16", "\t"), ("utf-8-sig", "，")],
)
def test_whatever_excel_writes_is_read(bundle: Json, tmp_path: Path, encoding: str, separator: str) -> None:
    file = write_csv(tmp_path / "list.csv", [HEADER, [], *FAMILY], encoding=encoding, separator=separator)
    read = read_household_list(file, make_vocabulary(bundle), DAY)
    assert read.bad_rows == []
    assert people_of(read)[1] == (
        "7",
        "乙某",
        {"insured": True, "age": 38, "sex": "female", "role": "village_doctor"},
    )


def test_a_workbook_is_read(bundle: Json, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["household", "name", "age", "registered_poor", "total_cost", "wife_birth_month", "手机号"])
    sheet.append([7, "甲某", 67.0, True, 8000.1, date(1966, 7, 1), 1])
    sheet.append([None, None])
    sheet.append(["=1+1", "乙某"])
    book.save(tmp_path / "list.xlsx")
    read = read_household_list(tmp_path / "list.xlsx", make_vocabulary(bundle), DAY)
    facts = {"age": 67, "registered_poor": True, "total_cost": "8000.10", "wife_birth_month": "1966-07"}
    assert people_of(read) == [("7", "甲某", facts)]
    assert read.bad_rows == [BadRow(RowId("Sheet", 4), "household", "no_value")]  # a formula that nobody has worked out
    assert read.unknown_columns == ["手机号"]


@pytest.mark.parametrize(
    ("fact", "written", "value"),
    [
        ("insured", "没有", False),
        ("dibao", "低保", True),
        ("insured", "不清楚", None),
        ("hospital_level", "县级医院", "county"),
        (
            "hospital_level",
            "县级院",
            BadValue("not_a_choice", "县级医院", ("村卫生室", "乡镇卫生院", "县级医院", "市级医院", "省级医院")),
        ),
        ("diagnoses", "高血压、2型糖尿病", ["hypertension", "type2_diabetes"]),
        ("only_child", "无", "none"),
        ("total_cost", "１２，３４５．６０元", "12345.60"),
        ("total_cost", "1.2万", "12000.00"),
        ("total_cost", "1.234", BadValue("not_money")),
        ("total_cost", "-5", BadValue("negative")),
        ("total_cost", "NaN", BadValue("not_money")),
        ("total_cost", "1e9", BadValue("not_money")),
        ("total_cost", "9" * 30, BadValue("out_of_range")),
        ("age", "六十", 60),
        ("age", "66米", BadValue("wrong_unit")),
        ("wife_birth_month", "1966年7月", "1966-07"),
        ("wife_birth_month", "1966-13", BadValue("not_a_month")),
    ],
)
def test_cells_are_read_as_people_write_them(bundle: Json, fact: str, written: str, value: object) -> None:
    assert read_value(fact, written, make_vocabulary(bundle)) == value


def test_a_household_that_comes_again_later_is_pointed_out(bundle: Json, tmp_path: Path) -> None:
    rows = [["户号", "姓名"], ["7", "甲"], ["7", "乙"], ["8", "丙"], ["7", "丁"], ["7", "戊"]]
    read = read_household_list(write_csv(tmp_path / "list.csv", rows), make_vocabulary(bundle), DAY)
    assert read.notes == {"again": [RowId("", 5)]}
    assert [len(household.members) for household in read.households] == [4, 1]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * 300_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "empty"),
        (b"\n\n,,\n", "empty"),
        ("户号,姓名\n7,".encode() + b"x" * 10_000_000, "long_cell"),
        (b"x" * (MAX_BYTES + 1), "too_big"),
        (b"a\xff\xfe\x00\x81\x30", "encoding"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
        (b"PK\x03\x04 and nothing else", "damaged"),
        ("户号,户编号\n7,8\n".encode(), "twice"),
        ("姓名,年龄\n甲,8\n".encode(), "no_household"),
        (("户号\n" + "7\n" * 20_001).encode(), "too_many_rows"),
        (("户号" + "," * 200 + "x\n").encode(), "too_wide"),
    ],
)
def test_a_hostile_list_gets_an_honest_sentence(bundle: Json, tmp_path: Path, content: bytes, key: str) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(content)
    with pytest.raises(SheetError) as error:
        read_household_list(file, make_vocabulary(bundle), DAY)
    assert error.value.key == key


def test_a_zip_bomb_is_not_unpacked(bundle: Json, tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_bytes(bomb())
    with pytest.raises(SheetError, match="too_big"):
        read_household_list(tmp_path / "list.xlsx", make_vocabulary(bundle), DAY)


def test_the_empty_list_can_be_filled_in(bundle: Json, tmp_path: Path) -> None:
    file = tmp_path / "empty.csv"
    for lang in ("zh", "en"):
        done = mingbai("new", "households", "gaotai", "--output", str(file), "--lang", lang)
        assert done.returncode == 0, done.stderr
        with file.open("a", encoding="utf-8", newline="") as stream:
            stream.write("7,\n")
        read = read_household_list(file, make_vocabulary(bundle), DAY)
        assert (read.bad_rows, read.unknown_columns) == ([], [])
        assert [(skipped.at.row, skipped.why) for skipped in read.skipped] == [(1, "heading"), (2, "note")]
        assert people_of(read) == [("7", "", {})]
        assert "age" in read.headings
        again = mingbai("new", "households", "--output", str(file))
        assert (again.returncode, "已经有了" in again.stderr) == (2, True)
        file.unlink()


def test_a_list_that_cannot_be_read_is_told_in_a_line(tmp_path: Path) -> None:
    file = write_csv(tmp_path / "list.csv", [["姓名"], ["甲某"]])
    done = mingbai("cards", "gaotai", "--households", str(file), "--output", str(tmp_path / "out"))
    assert done.returncode == 2
    assert "“list.csv”里没有“户号”这一列" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.soak
def test_five_hundred_households_take_half_a_minute(tmp_path: Path) -> None:
    speed = cards_speed(tmp_path)
    assert len(list(tmp_path.glob("*.pdf"))) == 10
    assert speed.seconds <= 30
    assert speed.megabytes <= 500


def test_fifty_to_a_file_and_none_of_an_earlier_list(tmp_path: Path) -> None:
    rows = [["户号", "年龄"], *([str(number), "70"] for number in range(1, 52))]
    file = write_csv(tmp_path / "list.csv", rows)
    out = tmp_path / "out"
    out.mkdir()
    (out / "dongpo-households-009.pdf").write_bytes(b"of an earlier list")
    (out / "notes.txt").write_text("not ours", encoding="utf-8")
    done = mingbai("cards", "dongpo", "--households", str(file), "--output", str(out), "--lang", "en")
    assert done.returncode == 0, done.stderr
    names = sorted(each.name for each in out.iterdir())
    assert names == ["dongpo-households-001.pdf", "dongpo-households-002.pdf", "notes.txt"]
    text = text_of(pypdfium2.PdfDocument(out / "dongpo-households-002.pdf"))
    assert "Household51" in text
    assert "Household50" not in text
