"""The lines of a source document: plain text, Markdown, Word (.docx) and PDF with text.

Of a Word file each paragraph and each row of a table is a line, of a PDF each printed line, page after page. A scan has
no text: it is refused.
"""

from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile

from mingbai.core.os_errors import why
from mingbai.diagnostics.errors import CallError

SUFFIXES = (".txt", ".md", ".docx", ".pdf")
_ENCODINGS = ("utf-8-sig", "gb18030")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_lines(file: Path) -> list[str]:
    """Return the lines of a document. Raises CallError where it cannot be read, or holds pictures only."""
    suffix = file.suffix.lower()
    if suffix not in SUFFIXES:
        raise CallError("source_form", file.name, forms=", ".join(SUFFIXES))
    if not file.is_file():
        raise CallError("not_a_file", file.name)
    readers = {".docx": _read_docx, ".pdf": _read_pdf}
    try:
        lines = list(readers.get(suffix, _read_text)(file))
    except OSError as error:
        raise CallError("unreadable", file.name, why=why(error)) from error
    if not any(line.strip() for line in lines):
        raise CallError("source_scan" if suffix in readers else "source_empty", file.name)
    return lines


def _read_text(file: Path) -> list[str]:
    data = file.read_bytes()
    for encoding in ("utf-16",) if data.startswith(_UTF16_MARKS) else _ENCODINGS:
        try:
            return data.decode(encoding).splitlines()
        except UnicodeDecodeError:
            continue
    raise CallError("unreadable", file.name, why="encoding")


def _read_docx(file: Path) -> Iterator[str]:
    import docx  # noqa: PLC0415 - a fifth of a second to import, needed by this command alone
    from docx.opc.exceptions import OpcError  # noqa: PLC0415
    from docx.table import Table  # noqa: PLC0415

    try:
        for part in docx.Document(str(file)).iter_inner_content():
            if isinstance(part, Table):
                for row in part.rows:
                    cells = {cell._tc: cell.text for cell in row.cells}  # noqa: SLF001 - merged cells come several times
                    yield "\t".join(text.replace("\n", " ") for text in cells.values())
            else:
                yield from part.text.splitlines() or [""]
    except (OpcError, BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise CallError("source_damaged", file.name) from error


def _read_pdf(file: Path) -> Iterator[str]:
    import pypdfium2  # noqa: PLC0415 - loads a library of some megabytes, needed by this command alone
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE  # noqa: PLC0415

    try:
        with pypdfium2.PdfDocument(file) as document:
            for number, page in enumerate(document, 1):
                lines = page.get_textpage().get_text_bounded().splitlines()
                if not any(lines) and any(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE])):
                    raise CallError("source_scan_page", file.name, page=number)
                yield from lines
    except pypdfium2.PdfiumError as error:
        raise CallError("source_damaged", file.name) from error
