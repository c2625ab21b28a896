"""ARCHITECTURE.md against the tree: folders, layers, and what the calculator may not use at all."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
CALCULATOR, GENERATOR = "calculator/mingbai_calculator", "generator/mingbai"
PACKAGES = {"mingbai": GENERATOR, "mingbai_calculator": CALCULATOR}
READING = "calculator/mingbai_reading"
WEB, ASSETS = "calculator/web", "docs/assets"
MOST_MODULES = 15
AT_THE_ROOT = {GENERATOR: {"__init__", "__main__"}, CALCULATOR: {"__init__", "estimate", "browser"}}
MAY_IMPORT_MKDOCS = {f"{GENERATOR}/build/{name}.py" for name in ("mkdocs_plugin", "atomic_build", "workers", "preview")}
"""The adapter, and what starts MkDocs; what a site consists of is decided without it."""
SLOW_TO_IMPORT = {"mingbai.pages", "opencc", "material", "mkdocs", "jinja2"}
_HEADING = re.compile(r"^## `([\w/]+)/`", re.MULTILINE)
_ROW = re.compile(r"^\| `([\w/-]+)/` \| (.*) \|$", re.MULTILINE)


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def folders_in_order(package: str) -> dict[str, str]:
    """The folders that ARCHITECTURE.md lists below the heading of a package, top layer first, with their sentences."""
    sections = _HEADING.split(PAGE)[1:]
    section = dict(zip(sections[::2], sections[1::2], strict=True))[package]
    return dict(_ROW.findall(section))


def imported(file: Path) -> Iterator[tuple[int, str]]:
    """Every module that a file imports, inside functions too, with the line."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from ((node.lineno, _submodule(node.module, alias.name)) for alias in node.names)


def _submodule(module: str, name: str) -> str:
    """``module.name`` where that is a module of ours, else ``module``."""
    package, *rest = module.split(".")
    folder = ROOT / PACKAGES.get(package, "-") / "/".join(rest)
    return f"{module}.{name}" if (folder / f"{name}.py").is_file() or (folder / name).is_dir() else module


def folder_of(module: str) -> tuple[str, str] | None:
    """The package of a module, and its folder below it (``""``: the root); None for a module that is not ours."""
    package, *rest = module.split(".")
    if package not in PACKAGES:
        return None
    folder = "/".join(rest)
    if not (ROOT / PACKAGES[package] / folder).is_dir():
        folder = "/".join(rest[:-1])
    return PACKAGES[package], folder


@pytest.mark.parametrize("package", [*PACKAGES.values(), WEB, ASSETS])
def test_every_folder_has_a_sentence_and_every_sentence_a_folder(package: str) -> None:
    root = ROOT / package
    files = [file for file in root.rglob("*") if file.is_file() and "__pycache__" not in file.parts]
    there = {str(file.parent.relative_to(root)) for file in files} - {"."}
    listed = folders_in_order(package)
    parents = {folder for folder in there if any(other.startswith(f"{folder}/") for other in there)}
    without_files = {folder for folder in parents if not any(file.is_file() for file in (root / folder).iterdir())}
    assert set(listed) == there - without_files
    for folder, sentence in listed.items():
        assert sentence.endswith("."), folder


@pytest.mark.parametrize("package", PACKAGES.values())
def test_no_folder_is_too_large_and_the_root_is_empty(package: str) -> None:
    sizes: dict[Path, int] = {}
    for file in modules(package):
        sizes[file.parent] = sizes.get(file.parent, 0) + (file.stem != "__init__")
    assert {str(folder): size for folder, size in sizes.items() if size > MOST_MODULES} == {}
    assert {file.stem for file in (ROOT / package).glob("*.py")} == AT_THE_ROOT[package]


def test_imports_point_down() -> None:
    upwards = []
    for package in PACKAGES.values():
        layers = ["", *folders_in_order(package)]
        for file in modules(package):
            own = str(file.parent.relative_to(ROOT / package)).removeprefix(".")
            for line, name in imported(file):
                other = folder_of(name)
                if other is None or (package == GENERATOR and other[0] == CALCULATOR):
                    continue
                if other[0] != package or (layers.index(other[1]) < layers.index(own) and file.stem != "__main__"):
                    upwards.append(f"{file.relative_to(ROOT)}:{line}: {name}")
    assert upwards == []


def test_no_folder_of_the_generator_is_above_itself() -> None:
    """Folders below `mingbai` import no root module: the root is the top layer."""
    assert [file for file in modules(GENERATOR) if any(name == "mingbai" for _, name in imported(file))] == []


def test_mkdocs_stays_at_the_edge() -> None:
    outside = [file for file in modules(GENERATOR) if str(file.relative_to(ROOT)) not in MAY_IMPORT_MKDOCS]
    assert [
        file for file in outside for _, name in imported(file) if name.split(".")[0] in ("mkdocs", "material")
    ] == []


def test_checking_policies_imports_neither_pages_nor_opencc_nor_icons() -> None:
    command = "from mingbai.checks.policies import check_policies as check; from pathlib import Path; import sys; "
    command += "check(Path('tests/policies/good')); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    reached = done.stdout.split()
    assert "mingbai.i18n.catalogue" in reached
    assert {name for name in reached for slow in SLOW_TO_IMPORT if name == slow or name.startswith(f"{slow}.")} == set()


def test_the_calculator_imports_the_standard_library_only() -> None:
    allowed = {*sys.stdlib_module_names, "mingbai_calculator"}
    assert {
        name for file in modules(CALCULATOR) for _, name in imported(file) if name.split(".")[0] not in allowed
    } == set()


def test_the_reader_imports_the_standard_library_only_and_its_modules_point_down() -> None:
    sections = _HEADING.split(PAGE)[1:]
    section = dict(zip(sections[::2], sections[1::2], strict=True))[READING]
    order = re.findall(r"^\| `(\w+)\.py` \| .+\. \|$", section, re.MULTILINE)
    files = {file.stem: file for file in modules(READING)}
    assert sorted(["__init__", *order]) == sorted(files)
    for position, name in enumerate(order):
        own = {f"mingbai_reading.{below}" for below in order[position + 1 :]}
        used = {module for _, module in imported(files[name])}
        assert {module for module in used if module.split(".")[0] not in sys.stdlib_module_names} <= own, name


def test_the_calculator_knows_no_float_and_does_no_input_or_output() -> None:
    for file in modules(CALCULATOR):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        numbers = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        divisions = [node for node in ast.walk(tree) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)]
        assert not [number for number in numbers if isinstance(number, float | complex)], file
        assert not names & {"float", "open", "print", "input", "round"}, file
        assert not divisions, file
        forbidden = {"math", "random", "time", "os", "pathlib", "socket", "urllib"}
        assert not {name for _, name in imported(file)} & forbidden, file


def test_every_path_that_the_page_names_is_there() -> None:
    for path in re.findall(r"`((?:generator|calculator|docs|tests|policies)/[\w/.-]+)`", PAGE):
        assert (ROOT / path).exists(), path
