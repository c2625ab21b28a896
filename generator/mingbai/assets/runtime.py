"""Write the Python runtime for the browser: Pyodide, the used part of its standard library, and the calculator.

Every file has a hash of its content in its name, so that a browser may cache it for ever, and has
precompressed copies beside it; `runtime.json` lists the file names with their sizes and hashes.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from mingbai.assets.bytecode import BytecodeError, compiled
from mingbai.assets.precompress import compress, write_compressed
from mingbai.assets.python_stdlib import StdlibError, check_stdlib_list, read_needed_files, read_stdlib_list
from mingbai.assets.strip_annotations import strip_annotations

PYODIDE_VERSION = "0.29.5"
"""The only Pyodide version that this generator accepts: another one has another Python and other files."""

MANIFEST = "runtime.json"

_PYODIDE_FILES = {
    "loader": ("pyodide.js", ".js"),
    "glue": ("pyodide.asm.js", ".js"),
    "wasm": ("pyodide.asm.wasm", ".wasm"),
}
_LIBRARY = "python_stdlib.zip"
_HASH_DIGITS = 16


class RuntimeFilesError(Exception):
    """The runtime files cannot be written; the message says what to do."""


@dataclass(frozen=True, slots=True)
class RuntimeFile:
    """One file: path relative to the target, size in bytes, size in bytes after brotli (`packed`), SHA-256 in hex."""

    path: str
    bytes: int
    packed: int
    sha256: str


@dataclass(frozen=True, slots=True)
class RuntimeManifest:
    """The content of `runtime.json`: version of Pyodide, its lock file without packages, and the files by role."""

    pyodide: str
    lock: dict[str, object]
    files: dict[str, RuntimeFile]


def write_runtime(target: Path, pyodide: Path, calculator: Path) -> RuntimeManifest:
    """Write all runtime files and ``runtime.json`` into `target`; return the manifest.

    `pyodide` is the folder of the npm package (``node_modules/pyodide``), `calculator` the folder of the
    calculator's ``pyproject.toml``. The roles are ``loader``, ``glue``, ``wasm``, ``stdlib`` and
    ``calculator``; the last two are zips of compiled Python, to be put on ``sys.path`` as they are
    (named ``.bin``, because mirrors and download managers intercept ``.zip``).

    Raises `RuntimeFilesError` if Pyodide is missing or not version `PYODIDE_VERSION`, if the recorded list of
    the standard library does not fit it or the calculator, or if this Python compiles to other bytecode than Pyodide's.
    """
    _check_pyodide(pyodide)
    target.mkdir(parents=True, exist_ok=True)
    files = {
        role: _write_hashed(target, name, suffix, _read_bytes(pyodide / name))
        for role, (name, suffix) in _PYODIDE_FILES.items()
    }
    sources = read_calculator_sources(calculator)
    stdlib = read_stdlib_list()
    try:
        check_stdlib_list(stdlib, PYODIDE_VERSION, sources)
        library = read_needed_files(stdlib, pyodide / _LIBRARY)
        files["stdlib"] = _write_hashed(target, _LIBRARY, ".bin", compiled(library, stdlib.magic, lines=False))
        stripped = {name: strip_annotations(source) for name, source in sources.items()}
        files["calculator"] = _write_hashed(target, "mingbai_calculator.zip", ".bin", compiled(stripped, stdlib.magic))
    except (StdlibError, BytecodeError) as error:
        raise RuntimeFilesError(str(error)) from error
    manifest = RuntimeManifest(PYODIDE_VERSION, _read_empty_lock(pyodide), files)
    (target / MANIFEST).write_text(json.dumps(asdict(manifest), sort_keys=True) + "\n", encoding="utf-8")
    write_compressed(target / name for name in [MANIFEST, *(file.path for file in files.values())])
    return manifest


def read_calculator_sources(calculator: Path) -> dict[str, bytes]:
    """Return the Python sources of the calculator's package, keyed by their path inside a zip."""
    return {
        str(file.relative_to(calculator)): file.read_bytes() for file in calculator.glob("mingbai_calculator/**/*.py")
    }


def _check_pyodide(pyodide: Path) -> None:
    """Raise `RuntimeFilesError` unless the folder holds Pyodide in version `PYODIDE_VERSION`."""
    try:
        version = json.loads((pyodide / "package.json").read_text(encoding="utf-8"))["version"]
    except (OSError, ValueError, KeyError):
        raise RuntimeFilesError(
            f"{pyodide} holds no Pyodide: run `make site`, which installs it (or `npm ci`)"
        ) from None
    if version != PYODIDE_VERSION:
        raise RuntimeFilesError(f"{pyodide} holds Pyodide {version}, but Mingbai needs {PYODIDE_VERSION}: run `npm ci`")


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RuntimeFilesError(f"{path} cannot be read ({error.strerror}): run `npm ci`") from None


def _read_empty_lock(pyodide: Path) -> dict[str, object]:
    """Return Pyodide's lock file without its packages: none is ever installed, so none has to be fetched."""
    lock = json.loads(_read_bytes(pyodide / "pyodide-lock.json"))
    return {"info": lock["info"], "packages": {}}


def _write_hashed(target: Path, name: str, suffix: str, content: bytes) -> RuntimeFile:
    """Write `content` into `target`, with its hash in the file name; return its manifest entry."""
    digest = hashlib.sha256(content).hexdigest()
    path = f"{name.rsplit('.', 1)[0]}.{digest[:_HASH_DIGITS]}{suffix}"
    (target / path).write_bytes(content)
    return RuntimeFile(path, len(content), len(compress(content, ".br")), digest)
