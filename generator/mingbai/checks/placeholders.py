"""What an author has not filled in or not reviewed yet: `TO FILL` in a value, `TO REVIEW` in a comment."""

import re
from collections.abc import Iterator

from mingbai.diagnostics.problem import KeyPath, Problem, Problems
from mingbai.files.source_file import SourceFile
from mingbai.loader.files import shown
from mingbai.loader.snapshot import Snapshot
from mingbai.syntax.document import Document
from mingbai.syntax.parser import parse_document

FILL = {"zh": "待填", "en": "TO FILL"}
"""Stands where a text or a number is not written yet."""
REVIEW = "待核对 TO REVIEW"
"""Stands in a comment behind what was copied and must be looked at."""

_FILL = re.compile("|".join(FILL.values()))
_LINE_END = re.compile("\r\n|\r|\n")
_REVIEW = re.compile(r"(?:^|\s)#[^#]*?(待核对|TO REVIEW)")
_MARKS = re.compile("|".join((*FILL.values(), *REVIEW.split(maxsplit=1))).encode())


def check_unfilled(files: Snapshot, problems: Problems) -> None:
    """Say what is left to fill in or to review, instead of what else is wrong with a value that says `TO FILL`.

    A file of which something is left is a draft: what could only be probably wrong with it (warnings) comes after.
    """
    found = [problem for source in files.policy_files() for problem in _unfilled(source)]
    places = {(problem.file, problem.line, problem.column) for problem in found if problem.code == "to-fill"}
    drafts = {problem.file for problem in found}
    problems.found[:] = [
        problem
        for problem in problems.found
        if not ((problem.file, problem.line, problem.column) in places and _FILL.search(problem.found))
        and not (problem.file in drafts and problem.severity == "warning")
    ]
    problems.found += found


def _unfilled(source: SourceFile) -> Iterator[Problem]:
    if source.data is None or not _MARKS.search(source.data):
        return
    document = parse_document(source, Problems(), shown_as=shown(source.path))
    if document is None:
        return
    for path, value in _texts(document, document.value, ()):
        if _FILL.search(value):
            yield document.problem("to-fill", path)
    for number, line in enumerate(_LINE_END.split(source.data.decode()), start=1):
        if match := _REVIEW.search(line):
            text = line[line.index("#", match.start()) :].lstrip("# ").rstrip()
            yield Problem("to-review", document.file, number, match.start(1) + 1, found=text)


def _texts(document: Document, value: object, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(document, inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(document, inner, (*path, index))
