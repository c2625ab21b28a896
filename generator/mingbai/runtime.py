"""What the estimator needs in the browser: Pyodide, its standard library and the calculator.

Every file carries a hash of its content in its name, so that a browser may keep it for ever;
`runtime.json` says which names belong together.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

PYODIDE_VERSION = "0.29.5"
"""The Pyodide that this generator goes with: another one has another Python, other files, other traps."""

MANIFEST = "runtime.json"

_PYODIDE_FILES = {
    "loader": ("pyodide.js", ".js"),
    "glue": ("pyodide.asm.js", ".js"),
    "wasm": ("pyodide.asm.wasm", ".wasm"),
    "stdlib": ("python_stdlib.zip", ".bin"),  # mirrors and download managers grab what is called .zip
}
_FIXED_TIME = "1577836800"  # 2020-01-01: what is built from the same source has the same bytes
_HASH_DIGITS = 16


class RuntimeFilesError(Exception):
    """The files for the browser cannot be made; the message says what to do."""


@dataclass(frozen=True, slots=True)
class RuntimeFile:
    """One file: where it lies below the target, and its size in bytes before compression."""

    path: str
    bytes: int


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
    ``calculator`` (a wheel that is put on ``sys.path`` as it is).

    Raises `RuntimeFilesError` if Pyodide is missing or not version `PYODIDE_VERSION`, or if the wheel
    cannot be built.
    """
    _check_pyodide(pyodide)
    target.mkdir(parents=True, exist_ok=True)
    files = {}
    for role, (name, suffix) in _PYODIDE_FILES.items():
        files[role] = _put(target, name, suffix, _read(pyodide / name))
    with tempfile.TemporaryDirectory() as folder:
        wheel = _build_wheel(calculator, Path(folder))
        files["calculator"] = _put(target, wheel.name, ".whl", wheel.read_bytes())
    manifest = RuntimeManifest(PYODIDE_VERSION, _lock(pyodide), files)
    (target / MANIFEST).write_text(json.dumps(asdict(manifest), sort_keys=True) + "\n", encoding="utf-8")
    return manifest


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


def _build_wheel(calculator: Path, folder: Path) -> Path:
    """Build the calculator's wheel into `folder`; the same source gives the same bytes."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": _FIXED_TIME}
    built = subprocess.run(  # noqa: S603 - our own interpreter and fixed words
        command,
        cwd=calculator,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    wheels = list(folder.glob("*.whl"))
    if built.returncode or len(wheels) != 1:
        message = f"the wheel of {calculator} cannot be built:\n{built.stdout}{built.stderr}"
        raise RuntimeFilesError(message)
    return wheels[0]


def _put(target: Path, name: str, suffix: str, content: bytes) -> RuntimeFile:
    """Write `content` under its name with a hash in it."""
    digits = hashlib.sha256(content).hexdigest()[:_HASH_DIGITS]
    path = f"{name.rsplit('.', 1)[0]}.{digits}{suffix}"
    (target / path).write_bytes(content)
    return RuntimeFile(path, len(content))
