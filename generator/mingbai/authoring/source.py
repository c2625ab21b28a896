"""Enter a source document: the list of figures that stand in it, and its entry in ``sources.yaml``."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from mingbai.checks.placeholders import FILL
from mingbai.core.file_set import read_text, write_together
from mingbai.diagnostics.errors import CallError
from mingbai.diagnostics.problem import Problems
from mingbai.figures.document_text import read_lines
from mingbai.figures.tokens import find_figures
from mingbai.files.source_file import read_source
from mingbai.loader.names import parse_id
from mingbai.loader.snapshot import FIGURES
from mingbai.schema.modelines import prepend_modeline
from mingbai.syntax.parser import parse_document

_LIST = """\
# 文件里印着的数，一行一行列出。由 mingbai new source 写，请不要手改。
# The figures that stand in a document, line by line. Written by `mingbai new source`; not by hand.
sha256: "{sha256}"
lines: {lines}
figures:
"""
_ENTRY = """\
{id}:
  title: {{zh: {zh}, en: {en}}}
  publisher: {{zh: {zh}, en: {en}}}
  file: {file}
  lines: {lines}
  sha256: "{sha256}"
"""
_NUMBERED = re.compile(r"f([0-9]{1,4})")


def create_source(policies: Path, document: Path, id_: str | None = None) -> tuple[str, list[Path]]:
    """Write the list of figures of a document; return its id and the files written. Raises CallError.

    A document that ``sources.yaml`` does not list yet gets an entry there, under `id_` or the next number: f5.
    """
    lines = read_lines(document)
    sha256 = hashlib.sha256(document.read_bytes()).hexdigest()
    sources_file = policies / "sources.yaml"
    sources = _read_sources(sources_file)
    known = next((name for name, source in sources.items() if source.get("sha256") == sha256), None)
    if known is not None and id_ not in {None, known}:
        raise CallError("source_known", document.name, id=known)
    changed: dict[Path, str] = {}
    name = known
    if name is None:
        name = _choose_id(sources, document, id_)
        entry = _ENTRY.format(
            id=name, zh=FILL["zh"], en=FILL["en"], file=_quote(document.stem), lines=len(lines), sha256=sha256
        )
        text = read_text(sources_file)
        changed[sources_file] = (text if not text or text.endswith("\n") else f"{text}\n") + entry
    file = policies / FIGURES / f"{name}.yaml"
    text = prepend_modeline(policies, file, format_list(lines, sha256))
    new = {} if file.exists() else {file: text}
    write_together(new, changed if new else {**changed, file: text})
    return name, [file, *changed]


def format_list(lines: Sequence[str], sha256: str) -> str:
    """Return the list of figures of a document, as it is written."""
    rows = [(number, find_figures(line)) for number, line in enumerate(lines, 1)]
    text = "".join(f'  {number}: "{" ".join(figures)}"\n' for number, figures in rows if figures)
    head = _LIST.format(sha256=sha256, lines=len(lines))
    return head + text if text else head.replace("figures:\n", "figures: {}\n")


def _read_sources(file: Path) -> Mapping[str, dict[str, object]]:
    """Return the entries of ``sources.yaml``; a file that says nothing has none. Raises CallError for a broken one."""
    if not file.is_file():
        raise CallError("not_a_file", file.name)
    problems = Problems()
    document = parse_document(read_source(file), problems, shown_as=file)
    if document is None and [problem.code for problem in problems.found] == ["empty-file"]:
        return {}
    if document is None or problems.errors or not isinstance(document.value, dict):
        raise CallError("not_yaml", file.name)
    return {name: source for name, source in document.value.items() if isinstance(source, dict)}


def _choose_id(sources: Mapping[str, dict[str, object]], document: Path, id_: str | None) -> str:
    same_name = next((name for name, source in sources.items() if source.get("file") == document.stem), None)
    if same_name is not None:
        raise CallError("source_changed", document.name, id=same_name)
    if id_ is not None:
        if id_ in sources:
            raise CallError("exists", id_)
        return parse_id(id_)
    taken = [int(match[1]) for match in map(_NUMBERED.fullmatch, sources) if match]
    return f"f{max(taken, default=-1) + 1}"


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
