"""What the estimator needs in the browser: Pyodide, the part of its standard library that is used, and the calculator.

Every file carries a hash of its content in its name, so that a browser may keep it for ever, and lies
there compressed as well; `runtime.json` says which names belong together, how large they are, and what
their hashes are.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from mingbai.assets.bytecode import BytecodeError, compiled
from mingbai.assets.precompress import compress_beside, compressed
from mingbai.assets.python_stdlib import StdlibError, check_list, needed_files, read_list
from mingbai.assets.strip_annotations import strip_annotations

PYODIDE_VERSION = "0.29.5"
"""The Pyodide that this generator goes with: another one has another Python, other files, other traps."""

MANIFEST = "runtime.json"

_PYODIDE_FILES = {
    "loader": ("pyodide.js", ".js"),
    "glue": ("pyodide.asm.js", ".js"),
    "wasm": ("pyodide.asm.wasm", ".wasm"),
}
_LIBRARY = "python_stdlib.zip"
_HASH_DIGITS = 16


class RuntimeFilesError(Exception):
    """The files for the browser cannot be made; the message says what to do."""


@dataclass(frozen=True, slots=True)
class RuntimeFile:
    """One file: where it lies below the target, its size in bytes as it is and as brotli sends it, its SHA-256."""

    path: str
    bytes: int
    packed: int
    sha256: str


@dataclass(frozen=True, slots=True)
class RuntimeManifest:
    """What `runtime.json` says: the files by role, the version of Pyodide, and its lock with no packages."""

    pyodide: str
    lock: dict[str, object]
    files: dict[str, RuntimeFile]


def write_runtime(target: Path, pyodide: Path, calculator: Path) -> RuntimeManifest:
    """Put what the browser needs into `target` and return what was put there.

    `pyodide` is the npm package's folder (``node_modules/pyodide``), `calculator` the calculator's
    (the one with its ``pyproject.toml``). The roles are ``loader``, ``glue``, ``wasm``, ``stdlib`` and
    ``calculator``; the last two are zips of compiled Python, to be put on ``sys.path`` as they are
    (called ``.bin``, as mirrors and download managers grab what is called ``.zip``).

    Raises `RuntimeFilesError` if Pyodide is missing or not version `PYODIDE_VERSION`, if the kept list of
    the standard library does not fit it or the calculator, or if this is not Pyodide's Python.
    """
    _check_pyodide(pyodide)
    target.mkdir(parents=True, exist_ok=True)
    files = {role: _put(target, name, suffix, _read(pyodide / name)) for role, (name, suffix) in _PYODIDE_FILES.items()}
    sources = calculator_sources(calculator)
    stdlib = read_list()
    try:
        check_list(stdlib, PYODIDE_VERSION, sources)
        library = needed_files(stdlib, pyodide / _LIBRARY)
        files["stdlib"] = _put(target, _LIBRARY, ".bin", compiled(library, stdlib.magic, lines=False))
        stripped = {name: strip_annotations(source) for name, source in sources.items()}
        files["calculator"] = _put(target, "mingbai_calculator.zip", ".bin", compiled(stripped, stdlib.magic))
    except (StdlibError, BytecodeError) as error:
        raise RuntimeFilesError(str(error)) from error
    manifest = RuntimeManifest(PYODIDE_VERSION, _lock(pyodide), files)
    (target / MANIFEST).write_text(json.dumps(asdict(manifest), sort_keys=True) + "\n", encoding="utf-8")
    compress_beside(target / name for name in [MANIFEST, *(file.path for file in files.values())])
    return manifest


def calculator_sources(calculator: Path) -> dict[str, bytes]:
    """Return the sources of the calculator's package by their names inside a zip."""
    return {
        str(file.relative_to(calculator)): file.read_bytes() for file in calculator.glob("mingbai_calculator/**/*.py")
    }


def _check_pyodide(pyodide: Path) -> None:
    try:
        found = json.loads((pyodide / "package.json").read_text(encoding="utf-8"))["version"]
    except (OSError, ValueError, KeyError):
        message = f"{pyodide} holds no Pyodide: run `make site`, which installs it (or `npm ci`)"
        raise RuntimeFilesError(message) from None
    if found != PYODIDE_VERSION:
        message = f"{pyodide} holds Pyodide {found}, but Mingbai needs {PYODIDE_VERSION}: run `npm ci`"
        raise RuntimeFilesError(message)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror}): run `npm ci`"
        raise RuntimeFilesError(message) from None


def _lock(pyodide: Path) -> dict[str, object]:
    """Return Pyodide's lock without its packages: nothing is ever installed, so nothing has to be fetched."""
    lock = json.loads(_read(pyodide / "pyodide-lock.json"))
    return {"info": lock["info"], "packages": {}}


def _put(target: Path, name: str, suffix: str, content: bytes) -> RuntimeFile:
    """Write `content` under its name with a hash in it."""
    digest = hashlib.sha256(content).hexdigest()
    path = f"{name.rsplit('.', 1)[0]}.{digest[:_HASH_DIGITS]}{suffix}"
    (target / path).write_bytes(content)
    return RuntimeFile(path, len(content), len(compressed(content, ".br")), digest)
