"""Numbers of households: which row belongs to which household, where that is certain.

A merged cell is filled down by `workbook`. A CSV, or a workbook whose cells were never merged, may have the number in
the first row of each household only. An empty cell is filled from above where the whole part of the list is written so;
where it may as well have been forgotten, the row is refused: it could be anybody's.
"""

import re
import unicodedata
from itertools import pairwise
from typing import NamedTuple

from mingbai.cards.households.cells import SheetRow
from mingbai.cards.households.columns import HOUSEHOLD, MEMBER, RELATION, TEAM, VILLAGE
from mingbai.cards.households.damage import find_damage
from mingbai.cards.households.tables import Part

MAX_NAME_LENGTH = 40
_DITTO = frozenset(["同上", "〃", "″", '"', "''", "”", "々", "ditto"])
_PLACEHOLDERS = frozenset(
    [
        "无",
        "没有",
        "空",
        "不详",
        "不清楚",
        "不知道",
        "未知",
        "待定",
        "暂无",
        "nan",
        "nat",
        "null",
        "none",
        "nil",
        "n/a",
        "na",
        "unknown",
    ]
)
"""What people and programs write where there is no number; all such rows would end on one card."""
_HEADS = frozenset(["户主", "本人", "户主本人", "head", "self"])
_FEWEST_RUNS = 2
_AROUND_A_NUMBER = re.compile(r"^(?:#|no\.?|第|0)+|[户号]+$|\.0+$")
_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


MOVED = "too_many_cells"
"""The fault of a row whose cells have moved, so that none of them can be trusted."""


class Numbered(NamedTuple):
    """The number of the household of a row; ``""`` with the `fault` that says why there is none.

    `source`: it is ``written``, comes from a ``merged`` cell, is ``repeated`` (同上), or was ``filled`` from above; it
    may be a ``placeholder``.
    `area`: village and team, where the list has them: each may number its households from 1. `restart`: the numbers
    begin anew here.
    """

    number: str = ""
    fault: str = "no_number"
    source: str = "written"
    area: str = ""
    restart: bool = False


def number_rows(part: Part) -> list[Numbered]:
    """Return the household of each row of a part."""
    numbered: list[Numbered] = []
    column = part.columns.index[HOUSEHOLD]
    width = max(part.columns.width, min(row.width for row in part.rows))
    for row in part.rows:
        own = Numbered("", MOVED) if _has_moved(row, width) else _read_number(row, column)
        if own.source == "repeated":
            above = numbered[-1] if numbered and _is_next(part.rows[len(numbered) - 1], row) else Numbered()
            own = above._replace(source="repeated")
        numbered.append(own)
    return _mark_restarts(_add_areas(part, _fill(part, numbered)))


def _add_areas(part: Part, numbered: list[Numbered]) -> list[Numbered]:
    """Add village and team; where they are empty, and the number is that of the row above, they are those above."""
    columns = [part.columns.index[name] for name in (VILLAGE, TEAM) if name in part.columns.index]
    result: list[Numbered] = []
    for row, own in zip(part.rows, numbered, strict=True):
        cells = [row.cell(index) for index in columns]
        area = " ".join(cell.text for cell in cells if cell.text and not find_damage(cell, "name"))
        if not area and result and result[-1].number == own.number:
            area = result[-1].area
        result.append(own._replace(area=area))
    return result


def _mark_restarts(numbered: list[Numbered]) -> list[Numbered]:
    """Mark where the first two numbers come again in their order: 1 2 3 1 2 are two lists, 7 7 8 7 is one."""
    blocks: list[tuple[int, tuple[str, str]]] = []
    for index, row in enumerate(numbered):
        key = row.number, row.area
        if row.number and (not blocks or blocks[-1][1] != key):
            blocks.append((index, key))
    marked, first_two = list(numbered), list[tuple[str, str]]()
    for (index, key), (_, following) in pairwise([*blocks, (len(numbered), ("", ""))]):
        if [key, following] == first_two:
            marked[index] = numbered[index]._replace(restart=True)
            first_two = []
        if key not in first_two:
            first_two = [*first_two, key][:2]
    return marked


def make_key(number: str) -> str:
    """Return what a number has in common with those that look like it: 1, 001, １, 第1户 and #1 have the same key."""
    text = "".join(unicodedata.normalize("NFKC", number).lower().split())
    return _LEADING_ZEROS.sub("", _AROUND_A_NUMBER.sub("", text)) or text


def _read_number(row: SheetRow, column: int) -> Numbered:
    cell = row.cell(column)
    damage = find_damage(cell, "number")
    if damage:
        return Numbered("", damage)
    word = unicodedata.normalize("NFKC", cell.text).lower().strip()
    if cell.text in _DITTO or word in _DITTO:
        return Numbered(source="repeated")
    if word in _PLACEHOLDERS or not any(character.isalnum() for character in word):
        return Numbered(source="placeholder" if word else "written")
    if len(cell.text) > MAX_NAME_LENGTH or not cell.text.isprintable():
        return Numbered("", "not_a_name")
    return Numbered(cell.text, "", "merged" if cell.merged else "written")


def _has_moved(row: SheetRow, width: int) -> bool:
    """Tell whether a row of a CSV has more cells than the headings and the rows around it: a separator too many."""
    return row.width > width or (row.width > 0 and any(cell.text for cell in row.cells[width:]))


def _is_next(above: SheetRow, row: SheetRow) -> bool:
    return row.number == above.number + 1


def _fill(part: Part, numbered: list[Numbered]) -> list[Numbered]:
    """Fill empty cells from the row above, in a part that has the number in the first row of each household only.

    It has none of them twice, and where a column tells who is the head of a household, the others follow it. Without
    such a column, numbers that follow each other must stand around the empty cells, in several places: one alone may
    have been forgotten. The last cells have no number below them, and are filled if others were.
    """
    written = [row.number for row in numbered if row.number]
    if any(row.source != "written" for row in numbered) or len(set(written)) < len(written):
        return numbered
    starts = [index for index, row in enumerate(numbered) if row != Numbered()]
    runs = [range(start, end) for start, end in pairwise([*starts, len(numbered)]) if end - start > 1]
    if RELATION not in part.columns.index:
        *inner, last = runs or [range(0)]
        if last.stop < len(numbered):
            inner, last = runs, range(0)
        runs = [run for run in inner if _follow(numbered[run.start].number, numbered[run.stop].number)]
        runs = [*runs, last] if len(runs) >= _FEWEST_RUNS else []
    filled = list(numbered)
    for run in runs:
        for index in run[1:] if numbered[run.start].number else ():
            if not _is_next(part.rows[index - 1], part.rows[index]) or not _may_belong(part, part.rows[index]):
                break
            filled[index] = Numbered(numbered[run.start].number, "", "filled")
    return filled


def _follow(above: str, below: str) -> bool:
    """Tell whether no number is missing between two."""
    return above.isdecimal() and below.isdecimal() and int(below) == int(above) + 1


def _may_belong(part: Part, row: SheetRow) -> bool:
    """Tell whether somebody who is not the head of a household stands in a row, as far as its columns tell."""
    index = part.columns.index
    relation = row.text(index[RELATION]) if RELATION in index else None
    return (MEMBER not in index or bool(row.text(index[MEMBER]))) and relation != "" and relation not in _HEADS
