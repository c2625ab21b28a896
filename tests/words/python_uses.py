"""Where the generator says a sentence of a catalogue: calls of ``say``, errors, and problems of policy files.

A key or figures that cannot be read off the source are a fault of their own: such a sentence would be said unchecked.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from mingbai.i18n.catalogue import SUBJECTS
from tests.conftest import ROOT
from tests.words.sentences import Use, unescape
from tests.words.source import Scope, read_keywords, read_names, read_texts, walk_expressions


class Told(NamedTuple):
    """A class or function that names its sentence: position of the key, what the key begins with, its figures.

    `positions` are those of figures that are given by position; `always` are added by the class itself.
    """

    prefix: str
    key: int = 0
    positions: dict[int, str] = {}  # noqa: RUF012 - never changed
    always: frozenset[str] = frozenset()


TOLD = {
    "CallError": Told("commands.error.", positions={1: "found"}),
    "SheetError": Told("commands.error.list_", always=frozenset({"found"})),
    "CardsError": Told("cards.none."),
    "ProgressPrinter": Told("", key=1, always=frozenset({"done", "total"})),
}
"""By name. The ``say`` inside of them is not looked at, as the callers give key and figures."""
GIVEN_DATA = frozenset({"format_message", "SaidBack", "say"})
"""What says what it is given as data, checked where that is made: a `Problem`, a `Reading`; and ``say`` itself."""
PROBLEM = "problems.code."
PROBLEM_PARTS = {"wanted": "problems.type.", "part": "problems.part.", "why": "problems.why."}
"""Figures of problems and errors that are sentences themselves, with what their keys begin with."""
PROBLEM_DATA = frozenset({"path", "found"})
"""Figures that every problem has."""
PROBLEM_FIELDS = frozenset(
    {"path", "found", "found_zh", "found_en", "expected", "at_key", "nearest", "severity", "extra", "at", "offset"}
)
"""Keywords of a problem that are no figures of a sentence of its own."""


class Unreadable(NamedTuple):
    """A use whose key or figures cannot be read off the source."""

    file: str
    line: int
    what: str


def list_uses(folder: Path, codes: frozenset[str]) -> Iterator[Use | Unreadable]:
    """Yield each use in the modules of a folder; `codes` are those of problems."""
    for file in sorted(folder.rglob("*.py")):
        name = file.relative_to(ROOT).as_posix()
        yield from list_uses_of_module(ast.parse(file.read_text(encoding="utf-8")), name, codes)


def list_uses_of_module(module: ast.Module, file: str, codes: frozenset[str]) -> Iterator[Use | Unreadable]:
    """Yield each use in a module."""
    for node, scope in walk_expressions(module):
        if (
            not isinstance(node, ast.Call)
            or scope.owner in TOLD
            or {scope.owner, scope.function} & {*GIVEN_DATA, "say"}
        ):
            continue
        name = get_name(node.func)
        if name == "say" and node.args:
            yield _read_use(node, Told(""), scope, file)
        elif name in TOLD and len(node.args) > TOLD[name].key:
            yield _read_use(node, TOLD[name], scope, file)
        else:
            yield from _read_problem(node, scope, file, codes)


def get_name(function: ast.expr) -> str:
    """Return the name of a called function, of a method without its object."""
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def complete_key(key: str) -> str:
    """Return the pattern of a key with its subject: without one it is a key of the pages."""
    return key if key.partition(r"\.")[0] in SUBJECTS else rf"pages\.{key}"


def _read_use(call: ast.Call, told: Told, scope: Scope, file: str) -> Use | Unreadable:
    keys = read_texts(call.args[told.key], scope)
    figures, is_open = read_keywords(call, scope)
    if keys is None or is_open:
        return Unreadable(file, call.lineno, ast.unparse(call))
    figures |= told.always | {figure for index, figure in told.positions.items() if index < len(call.args)}
    return Use(file, call.lineno, tuple(complete_key(re.escape(told.prefix) + key) for key in keys), figures)


def _read_problem(call: ast.Call, scope: Scope, file: str, codes: frozenset[str]) -> Iterator[Use]:
    """Yield the use of a problem's sentence, where a call has the code of one among its arguments, and of its parts."""
    for argument in call.args[:3]:
        texts = read_texts(argument, scope) or []
        if not texts or not codes >= set(map(unescape, texts)):
            continue
        figures, is_open = read_keywords(call, scope)
        extra = next((keyword.value for keyword in call.keywords if keyword.arg == "extra"), None)
        named = frozenset[str]() if extra is None else read_names(extra, scope)
        given = (figures - PROBLEM_FIELDS) | (named or frozenset())
        keys = tuple(re.escape(PROBLEM) + text for text in texts)
        yield Use(file, call.lineno, keys, given, is_open or named is None, PROBLEM_DATA)
        for keyword in call.keywords:
            if keyword.arg in PROBLEM_PARTS and (words := read_texts(keyword.value, scope)):
                part = re.escape(PROBLEM_PARTS[keyword.arg])
                yield Use(file, call.lineno, tuple(part + word for word in words), frozenset())
