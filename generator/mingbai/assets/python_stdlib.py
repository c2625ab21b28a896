"""The part of Python's standard library that goes to the phone.

Which files are needed was found by running, not by reading: ``make stdlib`` (`mingbai.assets.trace_stdlib`)
boots Pyodide with its whole library, lets it work out every worked example and many mistaken requests,
and writes down into ``stdlib.json`` what was imported by then.
"""

import ast
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).with_name("python_stdlib.json")


class StdlibError(Exception):
    """The list does not fit what is to be built; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Stdlib:
    """What was imported, and by which Pyodide.

    `magic` is what the .pyc files of its Python begin with; `modules` gives the file in
    ``python_stdlib.zip`` of each module, None where the module is part of the interpreter.
    """

    pyodide: str
    python: str
    magic: str
    modules: dict[str, str | None]

    @property
    def files(self) -> list[str]:
        """The files that are needed."""
        return sorted({file for file in self.modules.values() if file is not None})


def read_list(file: Path = LIST) -> Stdlib:
    """Return the list that was written down."""
    return Stdlib(**json.loads(file.read_text(encoding="utf-8")))


def check_list(stdlib: Stdlib, pyodide: str, calculator: dict[str, bytes]) -> None:
    """Raise `StdlibError` if the list is of another Pyodide, or lacks what the calculator's sources import."""
    if stdlib.pyodide != pyodide:
        message = f"{LIST.name} was made with Pyodide {stdlib.pyodide}, but this is {pyodide}: run `make stdlib`"
        raise StdlibError(message)
    missing = imports(calculator.values()) - set(stdlib.modules)
    if missing:
        message = f"the calculator imports {', '.join(sorted(missing))}, which {LIST.name} lacks: run `make stdlib`"
        raise StdlibError(message)


def imports(sources: Iterable[bytes]) -> set[str]:
    """Return the modules outside the calculator that its sources import, wherever in them."""
    found: set[str] = set()
    for source in sources:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module is not None:
                found.add(node.module)
    return {name for name in found if name.partition(".")[0] != "mingbai_calculator"}


def needed_files(stdlib: Stdlib, library: Path) -> dict[str, bytes]:
    """Return the sources that are needed out of Pyodide's whole library; raises `StdlibError` if one is not there."""
    with zipfile.ZipFile(library) as whole:
        lost = set(stdlib.files) - set(whole.namelist())
        if lost:
            message = f"{library} lacks {', '.join(sorted(lost))}: run `npm ci`, or `make stdlib`"
            raise StdlibError(message)
        return {name: whole.read(name) for name in stdlib.files}
