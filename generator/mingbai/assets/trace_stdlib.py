"""``make stdlib``: find out by running which part of the standard library the phone needs, and write it down.

Pyodide is run in node with its whole library; what a browser imports is the same (a test compares).
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from mingbai.assets.bytecode import zipped
from mingbai.assets.python_stdlib import LIST, Stdlib
from mingbai.assets.runtime import PYODIDE_VERSION, calculator_sources
from mingbai.checks.policies import compiled_bundle
from mingbai.core.cache import Cache
from mingbai.i18n.languages import SITE
from mingbai.i18n.translate import add_languages

type Json = dict[str, Any]
type Request = tuple[str, str]
"""A request as JSON text, and the language for its faults."""

_SCRIPT = Path(__file__).with_suffix(".mjs")
_MINUTES = 10
_MISTAKES: tuple[str, ...] = (
    "",
    "{",
    "[]",
    "null",
    '{"place": 1}',
    '{"place": "nowhere", "date": "2016-03-01"}',
    '{"place": "gaotai", "date": "2016-02-30"}',
    '{"place": "gaotai", "date": "yesterday"}',
    '{"place": "gaotai", "date": "2016-03-01", "lang": "xx"}',
    '{"place": "gaotai", "date": "2016-03-01", "facts": {"hospital_level": "vilage"}}',
    '{"place": "gaotai", "date": "2016-03-01", "facts": {"hospital_levle": "village"}}',
    '{"place": "gaotai", "date": "2016-03-01", "facts": {"total_cost": "8,0"}}',
    '{"place": "gaotai", "date": "2016-03-01", "facts": {"total_cost": "-1", "age": "1.5", "insured": "yes"}}',
    '{"place": "gaotai", "date": "2016-03-01", "facts": {"total_cost": 1e400, "birth_month": "1966-13"}}',
    '{"place": "gaotai", "date": "2016-03-01", "facts": {}, "inputs": {"gaotai/serious-illness.rate": "x"}}',
    '{"place": "gaotai", "date": "2016-03-01", "facts": {}, "inputs": {"gaotai/none.rate": "1"}}',
    '{"place": "gaotai", "visits": [{"date": "2016-03-01", "facts": {}}, {"date": "x"}]}',
    '{"place": "gaotai", "shared": {}, "members": [{"id": "a", "facts": {}}, {"id": "a"}]}',
)


class TraceError(Exception):
    """Pyodide could not be run; the message holds what it said."""


def requests(bundle: Json, langs: tuple[str, ...]) -> Iterator[Request]:
    """Yield every worked example of a bundle and many requests with mistakes, in each of the languages."""
    for lang in langs:
        for place, compiled in bundle["places"].items():
            for versions in compiled["policies"].values():
                for version in versions:
                    for example in version["examples"]:
                        given = {key: example[key] for key in ("date", "facts", "inputs")}
                        yield json.dumps({"place": place, "lang": lang, **given}), lang
        yield from ((mistake, lang) for mistake in _MISTAKES)


def run(pyodide: Path, stdlib: Path, calculator: Path, bundle: Json, asked: list[Request]) -> Json:
    """Run Pyodide in node and return ``{python, magic, modules: {name: origin}, answers: [[kind, text]]}``.

    `pyodide` is the npm package's folder, `stdlib` a zip of the library, `calculator` a zip of the
    calculator. Raises `TraceError` if anything fails there, such as an import.
    """
    with tempfile.TemporaryDirectory() as folder:
        order = {"pyodide": str(pyodide.resolve()), "stdlib": str(stdlib), "calculator": str(calculator)}
        for name, content in {"bundle": bundle, "requests": asked, "result": None}.items():
            order[name] = f"{folder}/{name}.json"
            Path(order[name]).write_text(json.dumps(content), encoding="utf-8")
        told = Path(folder) / "order.json"
        told.write_text(json.dumps(order), encoding="utf-8")
        done = subprocess.run(  # noqa: S603 - our own script
            [str(Path(sys.executable).with_name("node")), str(_SCRIPT), str(told)],
            capture_output=True,
            text=True,
            check=False,
            timeout=_MINUTES * 60,
        )
        if done.returncode:
            raise TraceError(done.stdout + done.stderr)
        found: Json = json.loads(Path(order["result"]).read_text(encoding="utf-8"))
    return found


def library_files(modules: dict[str, str | None]) -> dict[str, str | None]:
    """Return the standard library's modules with their files in its zip; None for those of the interpreter itself."""
    files: dict[str, str | None] = {}
    for name, origin in sorted(modules.items()):
        file = (origin or "").partition(".zip/")[2]
        if file:
            files[name] = file.removesuffix("c")
        elif origin in ("built-in", "frozen"):
            files[name] = None
    return files


def main() -> None:
    """Write the list anew."""
    root = Path.cwd()
    pyodide = root / "node_modules/pyodide"
    bundle = add_languages(compiled_bundle(root / "policies", cache=Cache()), SITE)
    asked = list(requests(bundle, SITE.selected))
    with tempfile.TemporaryDirectory() as folder:
        calculator = Path(folder) / "calculator.whl"
        calculator.write_bytes(zipped(calculator_sources(root / "calculator")))
        found = run(pyodide, pyodide / "python_stdlib.zip", calculator, bundle, asked)
    stdlib = Stdlib(PYODIDE_VERSION, found["python"], found["magic"], library_files(found["modules"]))
    LIST.write_text(json.dumps(asdict(stdlib), indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(stdlib.files)} files of the standard library, found by {len(asked)} requests\n")


if __name__ == "__main__":
    main()
