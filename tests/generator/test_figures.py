"""The figures of a document: found line by line, understood, and listed by `mingbai new source`."""

import hashlib
import re
import shutil
from fractions import Fraction
from pathlib import Path

import docx
import pytest
import typst
from PIL import Image, ImageDraw

from mingbai.authoring.source import create_source
from mingbai.checks.policies import check_policies
from mingbai.diagnostics.errors import CallError
from mingbai.diagnostics.messages import format_problem
from mingbai.diagnostics.problem import Problems
from mingbai.figures.quantities import find_quantities
from mingbai.figures.tokens import find_figures
from mingbai.loader.library import load
from tests.command import mingbai
from tests.conftest import POLICIES, ROOT

GOOD = ROOT / "tests/policies/good"
LINE = "起付线由2000元降至1500元，报销比例提高5个百分点，达到85%。"


@pytest.mark.parametrize(
    ("line", "figures"),
    [
        (LINE, ["2000元", "1500元", "5个百分点", "85%"]),
        ("三级医院起付线３００元，封顶2.5 万元", ["三级", "３００元", "2.5万元"]),
        ("对年满六十周岁的老人每人每年补助一千二百元", ["六十周岁", "一千二百元"]),
        ("按百分之八十五报销，减免三分之一，打八折", ["百分之八十五", "三分之一", "八折"]),
        ("報銷八成五，補貼2.5萬元，0-6歲免費", ["八成五", "2.5萬元", "0-6歲", "免費"]),
        ("2、第三条 2016年9月28日起，4月前减半，零支付", ["2016年9月28日", "4月", "减半", "零支付"]),
        ("20xx年补x万元，o.5万元、l万元", ["20xx年", "x万元", "o.5万元", "l万元"]),
        ("三农、十三五、一站式、五保户、万元", []),
        ("1,200元和60%-90%", ["1,200元", "60%-90%"]),
    ],
)
def test_figures_of_a_line_are_found(line: str, figures: list[str]) -> None:
    assert find_figures(line) == figures


@pytest.mark.parametrize(
    ("figure", "kind", "values"),
    [
        ("85%", "percent", [85]),
        ("８５％", "percent", [85]),
        ("八成五", "percent", [85]),
        ("百分之八十五", "percent", [85]),
        ("八折", "percent", [80]),
        ("85折", "percent", [85]),
        ("减半", "percent", [50]),
        ("全额", "percent", [100]),
        ("三分之一", "percent", [Fraction(100, 3)]),
        ("5‰", "percent", [Fraction(1, 2)]),
        ("60%-90%", "percent", [60, 90]),
        ("5个百分点", "points", [5]),
        ("2.5萬元", "money", [25000]),
        ("3-5万元", "money", [30000, 50000]),
        ("一千二百元", "money", [1200]),
        ("2000余元", "money", [2000]),
        ("免费", "money", [0]),
        ("0-6岁", "years", [0, 6]),
        ("36个月", "months", [36]),
        ("1.5公里", "metres", [1500]),
        ("三级", "count", [3]),
        ("2300", "number", [2300]),
        ("2016年9月28日", "month", [9]),
        ("2016.5.4", "day", [4]),
        ("4月", "month", [4]),
    ],
)
def test_a_figure_is_understood(figure: str, kind: str, values: list[Fraction]) -> None:
    assert find_figures(figure) == [figure]
    assert [quantity.value for quantity in find_quantities(figure) if quantity.kind == kind] == values


@pytest.mark.parametrize("figure", ["20xx年", "o.5万元", "l万元", "x个"])
def test_of_a_masked_figure_nothing_is_worked_out(figure: str) -> None:
    assert find_figures(figure) == [figure]
    assert find_quantities(figure) == ()


def test_every_document_has_a_list_of_figures_and_no_sentence_of_it() -> None:
    library = load(POLICIES, Problems())
    assert set(library.figures) == set(library.sources)
    for figures in library.figures.values():
        printed = " ".join(figures.figures.values()).split()
        assert printed
        assert all(find_figures(figure) == [figure] for figure in printed)
        assert max(map(len, printed)) <= 20


# --- mingbai new source


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    folder = tmp_path / "policies"
    shutil.copytree(GOOD, folder)
    return folder


def new_source(policies: Path, document: Path, id_: str | None = None) -> str:
    """The id of the document, or why it is refused."""
    try:
        return create_source(policies, document, id_)[0]
    except CallError as error:
        return error.message("en")


def make_pdf(folder: Path, text: str) -> bytes:
    """A PDF of a Typst text, in which ``scan.png`` is a picture of a number."""
    picture = Image.new("L", (200, 100), 255)
    ImageDraw.Draw(picture).text((5, 5), "2000", fill=0)
    picture.save(folder / "scan.png")
    (folder / "main.typ").write_text(text, encoding="utf-8")
    made: bytes = typst.compile(str(folder / "main.typ"), format="pdf")
    return made


def test_text_is_listed_line_by_line_and_entered(policies: Path, tmp_path: Path) -> None:
    document = tmp_path / "通知.txt"
    document.write_text(f"标题\n\n{LINE}\n没有数\n", encoding="utf-8")
    done = mingbai("new", "source", str(document), "--policies", str(policies), "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "figures/f0.yaml" in done.stdout
    assert "{document: f0, lines: 12}" in done.stdout
    written = (policies / "figures/f0.yaml").read_text(encoding="utf-8")
    digest = hashlib.sha256(document.read_bytes()).hexdigest()
    assert written.endswith(f'sha256: "{digest}"\nlines: 4\nfigures:\n  3: "2000元 1500元 5个百分点 85%"\n')
    entry = (policies / "sources.yaml").read_text(encoding="utf-8").partition("f0:\n")[2]
    assert re.search(rf'file: "通知"\n  lines: 4\n  sha256: "{digest}"\n', entry)
    assert {problem.code for problem in check_policies(policies)[1].found} == {"to-fill"}


def test_a_list_is_made_anew_without_a_second_entry(policies: Path, tmp_path: Path) -> None:
    document = tmp_path / "notice2.md"
    document.write_text(LINE, encoding="utf-8")
    assert new_source(policies, document, "letter") == "letter"
    sources = (policies / "sources.yaml").read_text(encoding="utf-8")
    (policies / "figures/letter.yaml").write_text("broken", encoding="utf-8")
    assert new_source(policies, document) == "letter"
    assert "85%" in (policies / "figures/letter.yaml").read_text(encoding="utf-8")
    assert (policies / "sources.yaml").read_text(encoding="utf-8") == sources
    assert "letter already" in new_source(policies, document, "other")
    document.write_text(f"{LINE}\n", encoding="utf-8")
    assert "as letter, with another content" in new_source(policies, document)


def test_gb18030_and_word_and_pdf_give_the_same_figures(policies: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(LINE.encode("gb18030"))
    word = docx.Document()
    word.add_paragraph("标题")
    word.add_paragraph(LINE)
    table = word.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "县级", "350元"
    word.save(str(tmp_path / "b.docx"))
    (tmp_path / "c.pdf").write_bytes(make_pdf(tmp_path, "2000 1500 85%\n\n350 70%"))
    assert [new_source(policies, tmp_path / name) for name in ("a.txt", "b.docx", "c.pdf")] == ["f0", "f1", "f2"]
    lists = {
        name: (policies / f"figures/f{index}.yaml").read_text(encoding="utf-8") for index, name in enumerate("abc")
    }
    assert lists["a"].endswith('1: "2000元 1500元 5个百分点 85%"\n')
    assert lists["b"].endswith('lines: 3\nfigures:\n  2: "2000元 1500元 5个百分点 85%"\n  3: "350元"\n')
    assert lists["c"].endswith('figures:\n  1: "2000 1500 85%"\n  2: "350 70%"\n')


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("scan.pdf", '#image("scan.png")', "page 1 of “scan.pdf” is a picture without text"),
        ("half.pdf", '2000 #pagebreak() #image("scan.png")', "page 2 of “half.pdf” is a picture without text"),
        ("broken.pdf", b"%PDF-1.7 nothing", "“broken.pdf” cannot be opened"),
        ("broken.docx", b"PK nothing", "“broken.docx” cannot be opened"),
        ("old.doc", b"text", "“old.doc” is no text that can be read: give .txt, .md, .docx, .pdf"),
        ("empty.txt", b" \n", "there is no text in “empty.txt”"),
        ("bytes.txt", b"\xff\x80\x00\xff", "cannot be read"),
    ],
)
def test_what_holds_no_text_is_refused(policies: Path, tmp_path: Path, name: str, data: bytes | str, says: str) -> None:
    (tmp_path / name).write_bytes(make_pdf(tmp_path, data) if isinstance(data, str) else data)
    assert says in new_source(policies, tmp_path / name)
    assert not (policies / "figures").exists()
    assert "not a file" in new_source(policies, tmp_path / "gone.txt")


def test_a_line_of_the_list_beyond_the_document_is_told(policies: Path) -> None:
    (policies / "figures").mkdir()
    text = f'sha256: "{"0" * 64}"\nlines: 20\nfigures:\n  21: "5元"\n'
    (policies / "figures/notice.yaml").write_text(text, encoding="utf-8")
    (policies / "figures/other.yaml").write_text(text, encoding="utf-8")
    told = [format_problem(each, "en") for each in check_policies(policies)[1].sorted()]
    assert any("notice.yaml:4:3: error line-beyond-document" in each for each in told), told
    assert any("other.yaml" in each and "unknown-document" in each for each in told), told
