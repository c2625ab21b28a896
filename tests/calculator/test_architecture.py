"""What the rooms may use of each other, and what the calculator may not use at all."""

import ast
import string
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from mingbai.diagnostics.messages import CATALOGUES as PROBLEM_WORDS
from mingbai_calculator.sentences import CATALOGUES as SENTENCES
from tests.conftest import ROOT

CALCULATOR = sorted((ROOT / "calculator/mingbai_calculator").rglob("*.py"))
GENERATOR = sorted((ROOT / "generator/mingbai").rglob("*.py"))


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module


def test_there_is_something_to_look_at() -> None:
    assert len(CALCULATOR) > 15
    assert len(GENERATOR) > 15


@pytest.mark.parametrize("file", CALCULATOR, ids=lambda file: file.stem)
def test_the_calculator_imports_the_standard_library_only(file: Path) -> None:
    allowed = {*sys.stdlib_module_names, "mingbai_calculator"}
    assert {name.split(".")[0] for name in imported(file)} <= allowed


@pytest.mark.parametrize("file", CALCULATOR, ids=lambda file: file.stem)
def test_the_calculator_knows_no_float_and_does_no_input_or_output(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    numbers = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    divisions = [node for node in ast.walk(tree) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)]
    assert not [number for number in numbers if isinstance(number, float | complex)]
    assert not names & {"float", "open", "print", "input", "round"}
    assert not divisions
    assert not set(imported(file)) & {"math", "random", "time", "os", "pathlib", "socket", "urllib"}


@pytest.mark.parametrize("file", GENERATOR, ids=lambda file: file.stem)
def test_the_command_line_is_on_top_and_mkdocs_stays_at_the_edge(file: Path) -> None:
    names = set(imported(file))
    if file.stem != "cli":
        assert "mingbai.cli.main" not in names
    if file.stem not in ("build", "mkdocs_plugin", "preview", "shares"):
        assert not {name for name in names if name.split(".")[0] in ("mkdocs", "material")}


def placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


@pytest.mark.parametrize("catalogues", [SENTENCES, PROBLEM_WORDS], ids=["sentences", "problems"])
def test_every_language_says_everything_with_the_same_figures(catalogues: dict[str, dict[str, str]]) -> None:
    chinese, english = catalogues["zh"], catalogues["en"]
    assert list(chinese) == list(english)
    for key, text in chinese.items():
        assert placeholders(text) == placeholders(english[key]), key


@pytest.mark.parametrize("catalogue", [SENTENCES["zh"], PROBLEM_WORDS["zh"]], ids=["sentences", "problems"])
def test_chinese_text_uses_chinese_punctuation(catalogue: dict[str, str]) -> None:
    for key, text in catalogue.items():
        for before, mark in pairwise(text):
            assert not (mark in ",;:!?" and before > "一"), (key, text)
