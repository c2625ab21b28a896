"""``make stdlib``: trace which modules of the standard library the calculator imports, and record them.

Pyodide runs in node with its whole library; a browser imports the same modules (a test compares).
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
from mingbai.assets.python_stdlib import LIST_FILE, StdlibList
from mingbai.assets.runtime import PYODIDE_VERSION, read_calculator_sources
from mingbai.checks.policies import compiled_bundle
from mingbai.core.cache import Cache
from mingbai.i18n.languages import SITE
from mingbai.i18n.translate import add_languages

type Json = dict[str, Any]
type TracedRequest = tuple[str, str]
"""A request as JSON text, and the language of the error messages in its answer."""

_SCRIPT = Path(__file__).with_suffix(".mjs")
_TIMEOUT_MINUTES = 10
_INVALID_REQUESTS: tuple[str, ...] = (
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
    """Pyodide could not be run; the message holds its output."""


def make_requests(bundle: Json, langs: tuple[str, ...]) -> Iterator[TracedRequest]:
    """Yield every worked example of a bundle and many invalid requests, in each of the languages."""
    for lang in langs:
        for place, compiled in bundle["places"].items():
            for versions in compiled["policies"].values():
                for version in versions:
                    for example in version["examples"]:
                        request = {key: example[key] for key in ("date", "facts", "inputs")}
                        yield json.dumps({"place": place, "lang": lang, **request}), lang
        yield from ((invalid, lang) for invalid in _INVALID_REQUESTS)


def run_pyodide(pyodide: Path, stdlib: Path, calculator: Path, bundle: Json, requests: list[TracedRequest]) -> Json:
    """Run Pyodide in node and return ``{python, magic, modules: {name: origin}, answers: [[kind, text]]}``.

    `pyodide` is the folder of the npm package, `stdlib` a zip of the library, `calculator` a zip of the
    calculator. Raises `TraceError` if the script fails, for example at an import.
    """
    with tempfile.TemporaryDirectory() as folder:
        order = {"pyodide": str(pyodide.resolve()), "stdlib": str(stdlib), "calculator": str(calculator)}
        for name, content in {"bundle": bundle, "requests": requests, "result": None}.items():
            order[name] = f"{folder}/{name}.json"
            Path(order[name]).write_text(json.dumps(content), encoding="utf-8")
        order_file = Path(folder) / "order.json"
        order_file.write_text(json.dumps(order), encoding="utf-8")
        done = subprocess.run(  # noqa: S603 - our own script
            [str(Path(sys.executable).with_name("node")), str(_SCRIPT), str(order_file)],
            capture_output=True,
            text=True,
            check=False,
            timeout=_TIMEOUT_MINUTES * 60,
        )
        if done.returncode:
            raise TraceError(done.stdout + done.stderr)
        trace: Json = json.loads(Path(order["result"]).read_text(encoding="utf-8"))
    return trace


def find_library_files(modules: dict[str, str | None]) -> dict[str, str | None]:
    """Map each module of the standard library to its file in the zip, or to None if it is part of the interpreter.

    `modules` maps names to origins as the trace reports them; modules from elsewhere are left out.
    """
    files: dict[str, str | None] = {}
    for name, origin in sorted(modules.items()):
        file = (origin or "").partition(".zip/")[2]
        if file:
            files[name] = file.removesuffix("c")
        elif origin in ("built-in", "frozen"):
            files[name] = None
    return files


def main() -> None:
    """Trace the imports and rewrite ``python_stdlib.json``."""
    root = Path.cwd()
    pyodide = root / "node_modules/pyodide"
    bundle = add_languages(compiled_bundle(root / "policies", cache=Cache()), SITE)
    requests = list(make_requests(bundle, SITE.selected))
    with tempfile.TemporaryDirectory() as folder:
        calculator = Path(folder) / "calculator.whl"
        calculator.write_bytes(zipped(read_calculator_sources(root / "calculator")))
        trace = run_pyodide(pyodide, pyodide / "python_stdlib.zip", calculator, bundle, requests)
    stdlib = StdlibList(PYODIDE_VERSION, trace["python"], trace["magic"], find_library_files(trace["modules"]))
    LIST_FILE.write_text(json.dumps(asdict(stdlib), indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(stdlib.files)} files of the standard library, found by {len(requests)} requests\n")


if __name__ == "__main__":
    main()
