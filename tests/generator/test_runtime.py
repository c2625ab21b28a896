"""The Python runtime for the browser: size, completeness, reproducible bytes, and the list of the standard library."""

import ast
import hashlib
import importlib.util
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import brotli
import pytest

from mingbai.assets.bytecode import BytecodeError, compiled, zipped
from mingbai.assets.precompress import compress, write_compressed
from mingbai.assets.python_stdlib import (
    StdlibError,
    check_stdlib_list,
    find_imports,
    read_needed_files,
    read_stdlib_list,
)
from mingbai.assets.runtime import (
    PYODIDE_VERSION,
    RuntimeFilesError,
    RuntimeManifest,
    read_calculator_sources,
    write_runtime,
)
from mingbai.assets.strip_annotations import strip_annotations
from mingbai.assets.trace_stdlib import find_library_files, make_requests, run_pyodide
from mingbai.i18n.languages import SITE
from mingbai.i18n.translate import add_languages
from mingbai_calculator.browser import calculator
from tests.conftest import ROOT
from tests.quick import thinned

PYODIDE = ROOT / "node_modules/pyodide"
CALCULATOR = ROOT / "calculator"
MAX_BYTES = 3_100_000

COMPILE_SOURCES = """
import sys, zipfile
from pathlib import Path
from typing import Any
from mingbai.assets.bytecode import compiled
from mingbai.assets.python_stdlib import read_stdlib_list
with zipfile.ZipFile(sys.argv[1]) as box:
    sources = {name: box.read(name) for name in box.namelist()}
archive = compiled(sources, read_stdlib_list().magic, lines=sys.argv[2] == "True", folder=Path(sys.argv[3]))
sys.stdout.buffer.write(archive)
"""
"""Program: compile a zip of sources (first argument) with an empty cache (third argument) and print the archive."""

type WrittenRuntime = tuple[Path, RuntimeManifest]


@pytest.fixture(scope="module")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> WrittenRuntime:
    folder = tmp_path_factory.mktemp("runtime")
    return folder, write_runtime(folder, PYODIDE, CALCULATOR)


def test_all_of_it_is_sent_in_few_bytes(runtime: WrittenRuntime) -> None:
    folder, manifest = runtime
    packed = {role: (folder / f"{file.path}.br").read_bytes() for role, file in manifest.files.items()}
    assert sum(len(content) for content in packed.values()) <= MAX_BYTES
    for role, file in manifest.files.items():
        content = (folder / file.path).read_bytes()
        assert file.bytes == len(content)
        assert file.packed == len(packed[role])
        assert file.sha256 == hashlib.sha256(content).hexdigest()
        assert file.sha256[:16] in file.path
        assert brotli.decompress(packed[role]) == content
        assert (folder / f"{file.path}.gz").is_file()


def test_the_same_sources_give_the_same_bytes_in_another_process(runtime: WrittenRuntime, tmp_path: Path) -> None:
    folder, manifest = runtime
    calculator_files = {name: strip_annotations(text) for name, text in read_calculator_sources(CALCULATOR).items()}
    for role, sources, lines in (
        ("stdlib", read_needed_files(read_stdlib_list(), PYODIDE / "python_stdlib.zip"), False),
        ("calculator", calculator_files, True),
    ):
        (tmp_path / "sources.zip").write_bytes(zipped(sources))
        command = [
            sys.executable,
            "-c",
            COMPILE_SOURCES,
            str(tmp_path / "sources.zip"),
            str(lines),
            str(tmp_path / role),
        ]
        archive = subprocess.run(command, check=True, capture_output=True).stdout
        assert archive == (folder / manifest.files[role].path).read_bytes()


def test_python_is_compiled_stored_and_undocumented(runtime: WrittenRuntime) -> None:
    folder, manifest = runtime
    for role in ("stdlib", "calculator"):
        with zipfile.ZipFile(folder / manifest.files[role].path) as archive:
            for entry in archive.infolist():
                assert entry.compress_type == zipfile.ZIP_STORED
                assert entry.filename.endswith(".pyc")
                content = archive.read(entry)
                assert content[:4] == importlib.util.MAGIC_NUMBER
                assert content[4] == 1, "its source would be looked for"
                assert b"There is no float anywhere" not in content


def test_bytecode_of_another_python_is_refused() -> None:
    with pytest.raises(BytecodeError, match=r"3\.13"):
        compiled({"a.py": b""}, "2b0e0d0a")


def test_sources_that_cannot_be_compiled_are_refused() -> None:
    with pytest.raises(BytecodeError):
        compiled({"a.py": b"def"}, read_stdlib_list().magic)


def test_another_pyodide_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuntimeFilesError, match="make site"):
        write_runtime(tmp_path / "out", tmp_path, CALCULATOR)
    (tmp_path / "package.json").write_text('{"version": "0.28.0"}', encoding="utf-8")
    with pytest.raises(RuntimeFilesError, match=PYODIDE_VERSION):
        write_runtime(tmp_path / "out", tmp_path, CALCULATOR)


# the recorded list of the standard library


def test_the_list_holds_all_that_the_calculator_imports() -> None:
    check_stdlib_list(read_stdlib_list(), PYODIDE_VERSION, read_calculator_sources(CALCULATOR))
    assert "json" in find_imports(read_calculator_sources(CALCULATOR).values())


def test_an_import_that_the_list_lacks_stops_the_build(tmp_path: Path) -> None:
    sources = {**read_calculator_sources(CALCULATOR), "mingbai_calculator/new.py": b"def f():\n    import csv\n"}
    with pytest.raises(StdlibError, match="csv"):
        check_stdlib_list(read_stdlib_list(), PYODIDE_VERSION, sources)
    copy = tmp_path / "calculator"
    shutil.copytree(CALCULATOR / "mingbai_calculator", copy / "mingbai_calculator")
    (copy / "mingbai_calculator/new.py").write_text("from email import message\n", encoding="utf-8")
    with pytest.raises(RuntimeFilesError, match="make stdlib"):
        write_runtime(tmp_path / "out", PYODIDE, copy)


def test_a_list_of_another_pyodide_stops_the_build() -> None:
    with pytest.raises(StdlibError, match="make stdlib"):
        check_stdlib_list(read_stdlib_list(), "0.29.6", {})


def test_a_file_that_pyodide_has_no_longer_stops_the_build() -> None:
    stdlib = read_stdlib_list()
    with pytest.raises(StdlibError, match=r"gone\.py"):
        read_needed_files(replace(stdlib, modules={**stdlib.modules, "gone": "gone.py"}), PYODIDE / "python_stdlib.zip")


def test_everything_is_answered_with_the_trimmed_library_as_by_cpython(
    runtime: WrittenRuntime, bundle: dict[str, Any]
) -> None:
    """Every worked example and many invalid requests, in every language; a missing import would raise."""
    folder, manifest = runtime
    translated = add_languages(bundle, SITE)
    all_requests = list(make_requests(translated, SITE.selected))
    assert len(all_requests) > 100
    requests = list(thinned(all_requests, every=10))
    files = {role: folder / file.path for role, file in manifest.files.items()}
    trace = run_pyodide(PYODIDE, files["stdlib"], files["calculator"], translated, requests)
    answer = calculator(json.dumps(translated))
    assert trace["answers"] == [answer(*request) for request in requests]
    stdlib = read_stdlib_list()
    assert trace["magic"] == stdlib.magic
    assert trace["python"] == stdlib.python
    assert find_library_files(trace["modules"]) == stdlib.modules


# precompressed files


def test_compressed_copies_lie_beside_the_files_and_are_cached_by_content(tmp_path: Path) -> None:
    text, small, picture = tmp_path / "a.html", tmp_path / "b.html", tmp_path / "c.png"
    text.write_bytes(b"<p>" * 1000)
    small.write_bytes(b"<p>")
    picture.write_bytes(b"p" * 1000)
    cache_folder = tmp_path / "cache"
    write_compressed([text, small, picture], cache_folder)
    assert brotli.decompress((tmp_path / "a.html.br").read_bytes()) == text.read_bytes()
    assert sorted(file.name for file in tmp_path.glob("*.*")) == ["a.html", "a.html.br", "a.html.gz", "b.html", "c.png"]
    assert len(list((cache_folder / "compressed").iterdir())) == 2


def test_a_damaged_cache_entry_is_made_anew(tmp_path: Path) -> None:
    content = b"mingbai" * 1000
    first = compress(content, ".br", tmp_path)
    (file,) = (tmp_path / "compressed").iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    assert compress(content, ".br", tmp_path) == first
    assert brotli.decompress(compress(content, ".br", tmp_path)) == content


def test_files_are_compressed_where_the_cache_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert zipfile.is_zipfile(io.BytesIO(compiled({"a.py": b"1"}, read_stdlib_list().magic)))
    assert brotli.decompress(compress(b"x" * 1000, ".br", tmp_path / "file")) == b"x" * 1000


def test_a_phone_gets_no_annotations_and_lines_stay_where_they_are() -> None:
    source = """
type 数 = dict[
    str, int
]
table: Table[
    数
] = make()

class Pair(NamedTuple):
    first: int

class Plain:
    second: dict[
        str, 数
    ]
    third: bytes = b""

def generic[
    T: 数
](one: T) -> T:
    return one

def add(
    one: dict[
        str, int
    ],
    *rest: "甲",
    key: str = "->",
) -> Callable[[int], int] | None:
    total: int = 1
    return lambda x: x
"""
    stripped = strip_annotations(source.encode()).decode()
    assert "first: int" in stripped
    assert "total: int" in stripped
    assert "dict[" not in stripped
    assert "Callable" not in stripped
    assert 'key = "->"' in stripped
    assert [stripped.split("\n").index(line) for line in ("    total: int = 1", "    return lambda x: x")] == [29, 30]
    assert "数 = object" in stripped
    assert "Table" not in stripped
    assert not {"bytes", "T"} & set(re.findall(r"\w+", stripped))
    compile(stripped, "stripped", "exec")
    for name, content in read_calculator_sources(CALCULATOR).items():
        made = strip_annotations(content)
        assert made.count(b"\n") == content.count(b"\n"), name
        tree = ast.parse(made)
        arguments = [node for node in ast.walk(tree) if isinstance(node, ast.arg)]
        assert not [node.arg for node in arguments if node.annotation is not None], name
        assert not [node for node in tree.body if isinstance(node, ast.AnnAssign | ast.TypeAlias)], name
