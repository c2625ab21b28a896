"""The subset of Python's standard library that is sent to the browser.

The subset is found by tracing, not by static analysis: ``make stdlib`` (`mingbai.assets.trace_stdlib`)
boots Pyodide with its whole library, lets it estimate every worked example and many invalid requests,
and records in ``python_stdlib.json`` which modules were imported.
"""

import ast
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

LIST_FILE = Path(__file__).with_name("python_stdlib.json")


class StdlibError(Exception):
    """The recorded list does not fit Pyodide or the calculator; the message says what to do."""


@dataclass(frozen=True, slots=True)
class StdlibList:
    """The imported modules, with the versions of Pyodide and of its Python.

    `magic` is the magic number of its .pyc files, in hexadecimal digits; `modules` maps each module to its
    file in ``python_stdlib.zip``, or to None where the module is part of the interpreter.
    """

    pyodide: str
    python: str
    magic: str
    modules: dict[str, str | None]

    @property
    def files(self) -> list[str]:
        """The needed files of ``python_stdlib.zip``, sorted."""
        return sorted({file for file in self.modules.values() if file is not None})


def read_stdlib_list(file: Path = LIST_FILE) -> StdlibList:
    """Return the recorded list."""
    return StdlibList(**json.loads(file.read_text(encoding="utf-8")))


def check_stdlib_list(stdlib: StdlibList, pyodide: str, calculator: dict[str, bytes]) -> None:
    """Raise `StdlibError` if the list was recorded with another Pyodide or lacks a module the calculator imports.

    `pyodide` is a version, `calculator` the sources of the calculator by path.
    """
    if stdlib.pyodide != pyodide:
        raise StdlibError(
            f"{LIST_FILE.name} was made with Pyodide {stdlib.pyodide}, but this is {pyodide}: run `make stdlib`"
        )
    missing = find_imports(calculator.values()) - set(stdlib.modules)
    if missing:
        raise StdlibError(
            f"the calculator imports {', '.join(sorted(missing))}, which {LIST_FILE.name} lacks: run `make stdlib`"
        )


def find_imports(sources: Iterable[bytes]) -> set[str]:
    """Return the modules outside the calculator that its sources import, at any level (inside functions too)."""
    names: set[str] = set()
    for source in sources:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Import):
                names.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module is not None:
                names.add(node.module)
    return {name for name in names if name.partition(".")[0] != "mingbai_calculator"}


def read_needed_files(stdlib: StdlibList, library: Path) -> dict[str, bytes]:
    """Return the needed sources from Pyodide's whole library, by path; raise `StdlibError` if one is missing."""
    with zipfile.ZipFile(library) as archive:
        missing = set(stdlib.files) - set(archive.namelist())
        if missing:
            raise StdlibError(f"{library} lacks {', '.join(sorted(missing))}: run `npm ci`, or `make stdlib`")
        return {name: archive.read(name) for name in stdlib.files}
