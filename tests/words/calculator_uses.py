"""Where the calculator says one of its own sentences, and where faults of requests and readings name one.

A sentence is taken from a dictionary called ``sentences``; ``format`` behind it fills it in. Explanations of payments
are looked up by the figures that they have: `tests/generator/test_sentences.py` looks at them for itself.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT
from tests.words.python_uses import Unreadable, get_name
from tests.words.sentences import CALCULATOR, Use
from tests.words.source import Scope, read_keywords, read_names, read_texts, walk_expressions

FAULTS = {"Fault": {1: "name", 2: "got"}, "make_choice_fault": {1: "name", 2: "got"}}
"""What makes a fault of a request, with the data that it has by position."""
READINGS = {"fault": "fault", "ask": "ask", "is_value": "value"}
"""What makes a reading, with the part of ``estimator.read`` that holds its sentences."""
GIVEN_DATA = frozenset({"payment_sentences.py", "errors.py"})
"""Modules that say what is given as data, or pass it on."""
_MAKES_USE = re.compile(r"sentences\[|[Ff]ault\(|\b(?:default|listing)\(")
PASSED_ON = {"fault": (-1, frozenset[str]()), "default": (0, frozenset({"name"})), "listing": (1, frozenset[str]())}
"""Functions that say a sentence whose key is given to them: its position (-1: in a `Fault`), its figures."""


def list_calculator_uses(folder: Path) -> Iterator[Use | Unreadable]:
    """Yield each use of a sentence in the modules of the calculator, or of the generator."""
    for file in sorted(folder.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if file.name not in GIVEN_DATA and _MAKES_USE.search(text):
            yield from list_uses_of_calculator_module(ast.parse(text), file.relative_to(ROOT).as_posix())


def list_uses_of_calculator_module(module: ast.Module, file: str) -> Iterator[Use | Unreadable]:
    """Yield each use in a module."""
    filled: set[ast.expr] = set()
    for node, scope in walk_expressions(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            if _is_sentence(node.func.value):
                filled.add(node.func.value)
                yield from _read_sentence(node.func.value, node, scope, file)
        elif _is_sentence(node) and node not in filled:
            yield from _read_sentence(node, None, scope, file)
        elif isinstance(node, ast.Call) and get_name(node.func) in PASSED_ON:
            yield from _read_passed_on(node, scope, file)
        elif isinstance(node, ast.Call) and get_name(node.func) in FAULTS:
            yield _read_fault(node, scope, file)


def list_reading_uses(folder: Path) -> Iterator[Use]:
    """Yield each use in the modules of the reader; keys that cannot be read off are left to the table of its cases."""
    for file in sorted(folder.rglob("*.py")):
        for node, scope in walk_expressions(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or get_name(node.func) not in READINGS or not node.args:
                continue
            keys = [key for key in read_texts(node.args[0], scope) or () if key != "options"]
            figures, _ = read_keywords(node, scope)
            begin = re.escape(f"estimator.read.{READINGS[get_name(node.func)]}.")
            at_hand = figures | {"got", "candidates"}
            name = file.relative_to(ROOT).as_posix()
            yield Use(name, node.lineno, tuple(begin + key for key in keys), frozenset(), at_hand=at_hand)


def _is_sentence(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Subscript)
        and not isinstance(node.slice, ast.Slice)
        and get_name(node.value) == "sentences"
    )


def _read_sentence(node: ast.expr, call: ast.Call | None, scope: Scope, file: str) -> Iterator[Use | Unreadable]:
    if scope.function in PASSED_ON or not isinstance(node, ast.Subscript):
        return
    keys = read_texts(node.slice, scope)
    figures, is_open = (frozenset[str](), False) if call is None else read_keywords(call, scope)
    if keys is None or is_open:
        yield Unreadable(file, node.lineno, ast.unparse(call or node))
    else:
        yield Use(file, node.lineno, tuple(f"{CALCULATOR}\\.{key}" for key in keys), figures)


def _read_passed_on(node: ast.Call, scope: Scope, file: str) -> Iterator[Use | Unreadable]:
    position, figures = PASSED_ON[get_name(node.func)]
    if not 0 <= position < len(node.args):
        return
    keys = read_texts(node.args[position], scope)
    if keys is None:
        yield Unreadable(file, node.lineno, ast.unparse(node))
    else:
        yield Use(file, node.lineno, tuple(f"{CALCULATOR}\\.{key}" for key in keys), figures)


def _read_fault(node: ast.Call, scope: Scope, file: str) -> Use | Unreadable:
    keys = read_texts(node.args[0], scope)
    extra = next((keyword.value for keyword in node.keywords if keyword.arg == "extra"), None)
    figures = frozenset[str]() if extra is None else read_names(extra, scope)
    if keys is None or figures is None:
        return Unreadable(file, node.lineno, ast.unparse(node))
    given = {name for index, name in FAULTS[get_name(node.func)].items() if _is_given(node.args[index : index + 1])}
    at_hand = frozenset(given)
    return Use(file, node.lineno, tuple(f"{CALCULATOR}\\.{key}" for key in keys), figures, at_hand=at_hand)


def _is_given(arguments: list[ast.expr]) -> bool:
    return any(not (isinstance(argument, ast.Constant) and argument.value == "") for argument in arguments)
