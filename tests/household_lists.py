"""Random household lists with planted damage, and who is in them: nobody may be lost, nobody end on another's card.

A list is laid out as offices write them: titles, parts with totals, numbers of households merged or written once. Then
cells are damaged as spreadsheet programs and people damage them.
"""

import csv
import io
import random
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from mingbai.cards.households.cells import RowId, SheetError
from mingbai.cards.households.rows import HouseholdList, read_household_list
from mingbai_reading.identity import holds_identity

type Json = dict[str, object]

DAY = date(2016, 12, 31)
HEADINGS = ["序号", "户号", "姓名", "建档立卡贫困户", "年龄", "出生日期", "身份证号", "总费用", "备注"]
NUMBER, NAME, POOR, AGE, BIRTH, IDENTITY, COST = range(1, 8)
_BAD_NUMBERS = [
    *("#N/A", "#REF!", "#名称?", "######", "6.20724E+17", "6.20724e17", "620724199503010000", "3月12日", "12-Mar"),
    *("2026/3/12", "无", "——", "nan", "不详", "1\u200b", "x" * 41),
    "",
]
"""The last one is planted once in a list: with several of them it looks as if all were written once on purpose."""
_BAD_CELLS = [
    *((column, "#VALUE!") for column in (NAME, POOR, AGE, BIRTH, IDENTITY, COST)),
    *((AGE, text) for text in ("66米", "很老", "1 2", "六五", "150")),
    *((BIRTH, text) for text in ("1966.1", "1966-13-01", "2031-01-01", "66")),
    *((IDENTITY, text) for text in ("6.20724E+17", "620724199503010000", "62072419500301000", "620724195003010001")),
    *((COST, text) for text in ("1.2E+05", "8000 5000", "很多", "-5")),
    *((POOR, text) for text in ("待定", "空", "——")),
    *((NAME, text) for text in ("张\u200b三", "620724195003010003", "x" * 41)),
]


@dataclass(slots=True)
class Person:
    """Somebody in a list: `family` is the truth, `number` what the list says. `cells` are those of the row."""

    family: int
    name: str
    cells: list[str]
    follows: bool = False
    """Not the first one of the family."""


@dataclass(slots=True)
class Planted:
    """A list as it is written: rows, each with its person, if it is about one."""

    rows: list[tuple[list[str], Person | None]] = field(default_factory=list)
    merged: list[tuple[int, int]] = field(default_factory=list)
    """First and last row of each merged number of a household."""
    numbers: set[str] = field(default_factory=set)
    """Identity numbers, which nothing may keep."""


def make_identity(rng: random.Random, birth: date) -> str:
    """Return a made-up identity number with its check character."""
    start = f"6207{rng.randint(10, 99)}{birth:%Y%m%d}{rng.randint(1, 999):03}"
    return next(start + last for last in "0123456789X" if _is_checked(start + last))


def _is_checked(number: str) -> bool:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return number[-1] == "10X98765432"[sum(int(d) * w for d, w in zip(number, weights, strict=False)) % 11]


def make_list(rng: random.Random) -> Planted:
    """Return a random list; its persons have names of their own."""
    planted = Planted()
    style = rng.choice(["every row", "every row", "every row", "merged", "first row"])
    kind = rng.choice(["1", "001", "A1", "3-1", "identity"]) if style != "first row" else "1"
    add = planted.rows.append
    for text in rng.sample(["高台县某村名单", "2016年度", "单位：元"], rng.randint(0, 2)):
        add(([text], None))
    add((HEADINGS, None))
    if rng.random() < 0.1:
        add((["#同一户写同一个号。不清楚的格子空着。", "一人一行"], None))
    family = 0
    for part in range(rng.choice([1, 1, 1, 2])):
        if part:
            add(rng.choice([(["合计", "", "3"], None), (["", "小 计"], None), (["第二组"], None), (HEADINGS, None)]))
        for number in range(1, rng.randint(2, 7)):
            family += 1
            _add_family(rng, planted, family, _write_number(rng, kind, number, planted), style)
            if rng.random() < 0.1:
                add(([], None))
    for text in rng.sample(["总计", "填表人：王某", "注：以上属实"], rng.randint(0, 2)):
        add((["", text], None))
    _damage(rng, planted, style)
    return planted


def _write_number(rng: random.Random, kind: str, number: int, planted: Planted) -> str:
    if kind == "identity":
        identity = make_identity(rng, date(1950 + number, rng.randint(1, 12), rng.randint(1, 28)))
        planted.numbers.add(identity)
        return identity
    return {"1": f"{number}", "001": f"{number:03}", "A1": f"A{number}", "3-1": f"罗城3-{number}"}[kind]


def _add_family(rng: random.Random, planted: Planted, family: int, number: str, style: str) -> None:
    first = len(planted.rows) + 1
    poor = rng.choice("是否")
    for member in range(rng.choice([1, 1, 2, 3, 4])):
        birth = date(rng.randint(1930, 2015), rng.randint(1, 12), rng.randint(1, 28))
        identity = make_identity(rng, birth) if rng.random() < 0.3 else ""
        planted.numbers |= {identity} - {""}
        shown = number if style == "every row" or not member else ""
        name = f"{rng.choice('王李张刘陈')}{family}之{member}"
        cost = rng.choice(["", "", "8000", "1万2千"])
        born = birth.isoformat() if rng.random() < 0.3 else ""
        cells = [f"{len(planted.rows)}", shown, name, poor, rng.choice(["", "66"]), born, identity, cost, ""]
        planted.rows.append((cells, Person(family, name, cells, follows=member > 0)))
    if style == "merged" and len(planted.rows) > first:
        planted.merged.append((first, len(planted.rows)))


def _damage(rng: random.Random, planted: Planted, style: str) -> None:
    people = [person for _, person in planted.rows if person is not None]
    for person in rng.sample(people, min(len(people), rng.randint(0, 4))):
        kind = rng.random()
        if kind < 0.4 and style == "every row":
            bad_numbers = _BAD_NUMBERS if all(each.cells[NUMBER] for each in people) else _BAD_NUMBERS[:-1]
            person.cells[NUMBER] = rng.choice(bad_numbers)
        elif kind < 0.5 and style == "every row" and person.cells[NUMBER]:
            person.cells[NUMBER] = rng.choice(["0", "00", "#"]) + person.cells[NUMBER]
        elif kind < 0.6:
            person.cells[NAME] = rng.choice(people).name
        else:
            column, text = rng.choice(_BAD_CELLS)
            person.cells[column] = text
    is_whole = all(person.cells[NUMBER] and person.cells[NUMBER] not in _BAD_NUMBERS for person in people)
    parts = sum(person is None for cells, person in planted.rows if "户号" in cells or len(cells) < len(HEADINGS))
    if style == "every row" and is_whole and parts == 1 and rng.random() < 0.2:
        rows = [index for index, (_, person) in enumerate(planted.rows) if person is not None]
        one, other = rng.choice(rows), rng.choice(rows)
        planted.rows[one], planted.rows[other] = planted.rows[other], planted.rows[one]


def write_csv(rng: random.Random, planted: Planted, file: Path) -> None:
    """Write a list as a CSV, now and then with a comma too many or a quotation mark that is not closed."""
    out = io.StringIO(newline="")
    separator = rng.choice(",,,;\t")
    csv.writer(out, delimiter=separator).writerows(
        cells + [""] * (len(HEADINGS) - len(cells)) if cells else [] for cells, _ in planted.rows
    )
    lines = out.getvalue().splitlines(keepends=True)
    people = [index for index, (_, person) in enumerate(planted.rows) if person is not None]
    if rng.random() < 0.05:
        index = rng.choice(people)
        lines[index] = lines[index].replace(separator, separator * 2, 1)
    if rng.random() < 0.03:
        index = rng.choice(people)
        lines[index] = lines[index].replace(separator, f'{separator}"', 1)
    file.write_bytes("".join(lines).encode(rng.choice(["utf-8-sig", "utf-8", "gb18030"])))


def write_xlsx(rng: random.Random, planted: Planted, file: Path) -> None:
    """Write a list as a workbook, numbers as numbers, with merged cells and formulas without a value."""
    book = Workbook()
    sheet = book.active
    for number, (cells, person) in enumerate(planted.rows, 1):
        for column, text in enumerate(cells, 1):
            if text:
                is_number = text.isdecimal() and not text.startswith("0")
                sheet.cell(number, column).value = int(text) if is_number else text
        if person is not None and rng.random() < 0.02:
            sheet.cell(number, AGE + 1).value = "=2016-1950"
    for first, last in planted.merged:
        sheet.merge_cells(start_row=first, end_row=last, start_column=NUMBER + 1, end_column=NUMBER + 1)
    if rng.random() < 0.2:
        book.create_sheet("说明").append(["这里没有人"])
    book.save(file)


def check(planted: Planted, file: Path, vocabulary: Json) -> HouseholdList | None:
    """Read a list, and assert that nobody is lost or mixed; None where the list as a whole was refused."""
    try:
        result = read_household_list(file, vocabulary, DAY)
    except SheetError as error:
        if error.key != "open_quote":
            raise
        return None
    people = {number: person for number, (_, person) in enumerate(planted.rows, 1) if person is not None}
    used = {member.at.row: index for index, each in enumerate(result.households) for member in each.members}
    refused = {bad_row.at.row for bad_row in result.bad_rows}
    skipped = {each.at.row for each in result.skipped}
    written = {number for number, (cells, _) in enumerate(planted.rows, 1) if any(cells)}
    assert sorted([*used, *refused, *skipped]) == sorted(written), "each row is used, refused or skipped, once"
    assert (result.used, result.refused) == (len(used), len(refused))
    assert used.keys() | refused == people.keys(), "each person is used or refused, and nobody else is"
    _check_families(result, people, used, refused)
    kept = repr(result)
    assert not [number for number in planted.numbers if number in kept and not _is_household(number, result)]
    assert not [label for each in result.households if holds_identity(label := each.label)]
    return result


def _is_household(number: str, result: HouseholdList) -> bool:
    """Tell whether an identity number is the number of a household; that one is kept, and shown as its end only."""
    return any(number in each.id for each in result.households)


def _check_families(result: HouseholdList, people: dict[int, Person], used: dict[int, int], refused: set[int]) -> None:
    noted = {at.row for key in ("apart", "alike") for at in result.notes.get(key, [])}
    for index, household in enumerate(result.households):
        families = {people[member.at.row].family for member in household.members}
        assert len(families) == 1, "nobody stands on the card of another family"
        missing = [row for row in refused if people[row].family in families]
        assert not missing or household.left_out or household.perhaps or household.alike, (
            "a card says that somebody is missing"
        )
        others = {used[row] for row, person in people.items() if row in used and person.family in families} - {index}
        assert not others or household.first.row in noted, "a family on two cards is told"


def at(row: int) -> RowId:
    """Return the row of a CSV."""
    return RowId("", row)
