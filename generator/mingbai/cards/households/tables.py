"""Tables of a worksheet: which rows are headings, people, totals, remarks; titles may stand above the headings."""

import re
import unicodedata
from dataclasses import dataclass, field

from mingbai.cards.households.cell_values import normalize_heading
from mingbai.cards.households.cells import Cell, RowId, Sheet, SheetRow
from mingbai.cards.households.columns import HOUSEHOLD, MEMBER, Columns, Names, read_columns
from mingbai.cards.households.template import is_note
from mingbai.pages.wording.language import Json

_TOTAL = re.compile(
    r".{0,8}(?:合计|总计|小计|共计|累计|合計|總計|小計|共計|累計).{0,14}|总数|平均[值数]?"
    r"|(?:grand|sub)?-?totals?(?:[^a-z].{0,20})?|average"
)
_REMARK = re.compile(
    r"(?:备注|说明|填表|制表|制单|填报|审核|审批|负责|联系|经办|单位|日期|时间|村委|签字|盖章|note|remark|prepared|signed)"
    r"\w{0,8}:.*|注[:\d].*|\d{4}年\d\d?月(?:\d\d?日)?"
)
_NUMBER_OF_A_HOUSEHOLD = re.compile(r"(?:\w{1,4}[组村社队])?第?[a-z0-9#./-]*\d[a-z0-9#./-]*[户号]?")
"""What may stand alone in a row and still be a household: 12, 3组12号; not 3组, which is a heading of what follows."""
_IN_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is nobody's, and why: ``title``, ``heading``, ``note``, ``total``, ``remark``."""

    at: RowId
    why: str


@dataclass(slots=True)
class Part:
    """Rows of people below the same headings, numbered in one way.

    A total or a remark between rows begins a new part, where the numbers of households may begin anew. `continued`:
    nothing stands between this part and the one before but headings, repeated at a page break.
    """

    sheet: str
    header: int
    columns: Columns
    rows: list[SheetRow] = field(default_factory=list)
    continued: bool = False


class _Headings:
    """The headings that hold for the rows below: `known` are the columns that are read."""

    def __init__(self, row: SheetRow, names: Names) -> None:
        self.row = row
        self.known = {
            index: names[word]
            for index, cell in enumerate(row.cells)
            if (word := normalize_heading(cell.text)) and word in names
        }

    def find(self, name: str) -> int | None:
        """Return the column of the household or of the member; None if there is none."""
        return next((index for index, known in self.known.items() if known == name), None)


def find_parts(sheet: Sheet, names: Names, vocabulary: Json, skipped: list[SkippedRow]) -> list[Part]:
    """Return the parts of a sheet, and add the rows that are nobody's to `skipped`; none without a household column.

    `names`: what each heading stands for. Raises `SheetError` if a table has two columns for one thing.
    """
    start = next((index for index, row in enumerate(sheet.rows) if _is_header(row, names, None)), None)
    if start is None:
        return []
    skipped += [SkippedRow(RowId(sheet.name, row.number), "title") for row in sheet.rows[:start]]
    titles = "".join(text for row in sheet.rows[:start] for text in row.texts)
    headings, columns = _Headings(sheet.rows[start], names), None
    parts: list[Part] = []
    previous, at_page_break = "", False
    for row in sheet.rows[start:]:
        why = _classify(row, headings, names, previous)
        if why == "heading":
            at_page_break = previous == "person" or (previous == "heading" and at_page_break)
            joined = _join_headings(headings.row, row) if previous == "heading" else row
            headings, columns = _Headings(joined, names), None
        if why != "person":
            skipped.append(SkippedRow(RowId(sheet.name, row.number), why))
        elif previous == "person":
            parts[-1].rows.append(row)
        else:
            columns = columns or read_columns(headings.row, names, vocabulary, titles)
            continued = at_page_break and previous == "heading"
            parts.append(Part(sheet.name, headings.row.number, columns, [row], continued))
        previous = why
    return parts


def _classify(row: SheetRow, headings: _Headings, names: Names, previous: str) -> str:
    """Return ``person``, or why a row is nobody's; `previous` is what the row above it is."""
    if _is_header(row, names, headings) or (previous == "heading" and _is_second_heading(row, headings, names)):
        return "heading"
    if is_note(row.text(0)):
        return "note"
    if _is_total(row, headings):
        return "total"
    return "remark" if _is_remark(row, headings) else "person"


def _is_header(row: SheetRow, names: Names, above: _Headings | None) -> bool:
    """Tell whether a row has the headings of a table; below others, in the same place, or mostly known ones."""
    found = [names.get(normalize_heading(text)) for text in row.texts]
    if HOUSEHOLD not in found:
        return False
    place = None if above is None else above.find(HOUSEHOLD)
    if place is None or names.get(normalize_heading(row.text(place))) == HOUSEHOLD:
        return True
    known = sum(name is not None for name in found)
    return known > 1 and known * 2 >= len(found)


def _is_second_heading(row: SheetRow, above: _Headings, names: Names) -> bool:
    """Tell whether a row goes on with the headings above it: parts of a group (医疗费用), or units (元)."""
    new = {index: cell.text for index, cell in enumerate(row.cells) if cell.text and not cell.merged}
    words = {index: normalize_heading(text) for index, text in new.items()}
    if not new or above.find(HOUSEHOLD) in new or words.get(above.find(MEMBER) or 0, "") not in ("", *names):
        return False
    if all(_IN_BRACKETS.fullmatch(_fold(text)) for text in new.values()):
        return True
    has_digit = any(character.isdigit() for text in new.values() for character in text)
    changed = (word for index, word in words.items() if word != normalize_heading(above.row.text(index)))
    return not has_digit and any(word in names for word in changed)


def _is_total(row: SheetRow, headings: _Headings) -> bool:
    own = (headings.find(HOUSEHOLD), headings.find(MEMBER))
    looked_at = [row.text(index) for index in own if index is not None]
    looked_at += row.texts[:1] if looked_at[0] else row.texts
    return any(_TOTAL.fullmatch(_fold(text)) for text in looked_at)


def _is_remark(row: SheetRow, headings: _Headings) -> bool:
    """Tell whether a row is about nobody: nothing in the columns that are read, or one text that is no number."""
    if all(cell.merged or not (cell.text or cell.kind == "formula") for cell in map(row.cell, headings.known)):
        return True
    label = _fold(row.text(headings.find(HOUSEHOLD) or 0))
    member = headings.find(MEMBER)
    name = "" if member is None else _fold(row.text(member))
    texts = [_fold(cell.text) for cell in row.cells if cell.text and not cell.merged]
    if all(_REMARK.fullmatch(text) for text in {label or texts[0], name} - {""}):
        return True
    return texts == [label] and not _NUMBER_OF_A_HOUSEHOLD.fullmatch(label)


def _join_headings(upper: SheetRow, lower: SheetRow) -> SheetRow:
    """Return the headings of two rows as one: the lower one counts, and a unit is put behind the upper one."""
    cells = []
    for index in range(max(len(upper.cells), len(lower.cells))):
        above, below = upper.text(index), lower.text(index)
        cells.append(Cell(above + below if _IN_BRACKETS.fullmatch(_fold(below)) else below or above))
    return SheetRow(upper.number, tuple(cells), max(upper.width, lower.width))


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).lower().split())
