"""Whatever stands in a policy file: problems, never a traceback, in bounded time and memory."""

import copy
import importlib.util
import json
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingbai.checks.policies import check_policies
from mingbai.core.cache import Cache
from mingbai.diagnostics.messages import format_problem
from mingbai.diagnostics.problem import Problems
from mingbai.files.source_file import LARGEST_FILE
from mingbai.syntax.parser import read_document
from tests.conftest import POLICIES, ROOT, in_turn
from tests.quick import cases, thinned

GOOD = ROOT / "tests/policies/good"
FILES = ("testland/inpatient/initial.yaml", "testland/place.yaml", "terms.yaml", "facts.yaml", "sources.yaml")
REAL = sorted(POLICIES.rglob("*.yaml"))
A_SECOND = 4
"""Seconds on a busy machine that a quiet one does in less than one."""
PIECES = [
    "\t",
    "：",
    "，",
    "[",
    "]",
    "{",
    "}",
    "&a ",
    "*a",
    "!!x ",
    "\x00",
    "\u202e",
    "\ufeff",
    "---\n",
    "- ",
    "? ",
    "|",
    ">",
    "'",
]
PIECES += [
    '"',
    "\\",
    "#",
    "%",
    "\r\n",
    "\u2028",
    "null",
    "~",
    "9" * 30,
    "1e999",
    "0x1f",
    ".inf",
    "{a: ",
    "[" * 50,
    "<<: ",
    "а",
]
PIECES += [
    "{self_pays}",
    "{x.y}",
    "{{",
    "any_of: [",
    "holds: x",
    "perhaps: 1",
    "for: ",
    "ask: ",
    "at_least: ",
    "- id: ",
    "kind: cash",
]

VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    10**14,
    "",
    "x",
    "{x}",
    "{self_pays}",
    "100%",
    "101%",
    "0%",
    "-5%",
    "12.345",
)
VALUES += (
    [],
    {},
    [[]],
    [None],
    {"": 1},
    {"a": {}},
    {"zh": "x", "en": "y"},
    {"ask": "rate"},
    {"at_least": 5},
    {"at_most": "50%"},
)
VALUES += (
    {"any_of": []},
    {"none_of": [{}]},
    {"holds": "x"},
    {"perhaps": {}},
    {"times": 2, "of": "age"},
    ["town", 5],
    [1, 2, 3],
)
VALUES += (
    "share",
    "cash",
    "floor",
    "ceiling",
    "fee",
    "premium",
    "status",
    "2016-02-30",
    "9999-12-31",
    "1" * 40,
    "total_cost",
    "level",
)


def seen_through(policies: Path) -> list[str]:
    """Check a folder; print every problem in both languages; return the codes."""
    _, problems = check_policies(policies, cache=Cache(policies.parent / "cache"))
    found = problems.sorted()
    for lang in ("zh", "en"):
        for problem in found:
            said = format_problem(problem, lang)
            assert said.isprintable(), said
            said.encode()
    return [problem.code for problem in found]


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "policies"
    shutil.copytree(GOOD, folder)
    return folder


def put(policies: Path, name: str, data: bytes) -> list[str]:
    """Check the good library with one file replaced."""
    file = policies / name
    before = file.read_bytes()
    try:
        file.write_bytes(data)
        return seen_through(policies)
    finally:
        file.write_bytes(before)


def mutated(name: str, seed: int) -> bytes:
    """Return a file with a few of its pieces lost, doubled, moved or replaced by something nasty."""
    chance = random.Random(seed)  # noqa: S311 - any will do
    text = (GOOD / name).read_text(encoding="utf-8")
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((0, 1, 3, 20)))
        elsewhere = chance.randrange(len(text) + 1)
        inner = chance.choice((chance.choice(PIECES), "", text[elsewhere : elsewhere + 30], text[start:end] * 3))
        text = text[:start] + inner + text[end:]
    data = text.encode()
    if chance.random() < 0.1:
        at = chance.randrange(len(data) + 1)
        data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
    return data


def twisted(name: str, seed: int) -> bytes:
    """Return a file that is good YAML, in which a few values are lost, exchanged or not what they should be."""
    chance = random.Random(seed)  # noqa: S311
    document = read_document(GOOD / name, Problems())
    assert document is not None
    root = document.value
    for _ in range(chance.randint(1, 3)):
        nodes = list(places(root))
        holder, key = chance.choice(nodes)
        other, there = chance.choice(nodes)
        if chance.random() < 0.2:
            del holder[key]
        elif isinstance(holder, dict) and chance.random() < 0.2:
            holder[str(chance.choice(VALUES))] = holder.pop(key)
        else:
            holder[key] = copy.deepcopy(chance.choice((*VALUES, other[there])))
    return json.dumps(root, ensure_ascii=False).encode()


def places(value: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - any JSON value
    """Yield every key and index inside a value, with what holds it."""
    if not value:
        yield {"": 1}, ""
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        if value[key] and isinstance(value[key], dict | list):
            yield from places(value[key])


def damaged(name: str, seed: int) -> bytes:
    return (twisted if seed % 2 else mutated)(name, seed)


NAMES = st.sampled_from(FILES)
TEXTS = st.one_of(
    st.text(), st.binary().map(lambda data: data.decode("latin-1")), st.lists(st.sampled_from(PIECES)).map("".join)
)
QUICK = settings(
    max_examples=cases(100, quick=20),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@QUICK
@given(name=NAMES, text=TEXTS)
def test_any_text_is_looked_at_without_a_traceback(policies: Path, name: str, text: str) -> None:
    put(policies, name, text.encode("utf-8", "replace"))


@QUICK
@given(name=NAMES, data=st.binary())
def test_any_bytes_are_looked_at_without_a_traceback(policies: Path, name: str, data: bytes) -> None:
    put(policies, name, data)


@pytest.mark.parametrize("seed", range(10))
def test_a_damaged_file_is_looked_at_without_a_traceback(policies: Path, seed: int) -> None:
    for number in range(cases(20, quick=5)):
        put(policies, FILES[number % len(FILES)], damaged(FILES[number % len(FILES)], 1000 * seed + number))


@pytest.mark.soak
@pytest.mark.parametrize("part", range(100))
def test_a_hundred_thousand_damaged_files(policies: Path, part: int) -> None:
    chance = random.Random(part)  # noqa: S311
    for number in range(1000):
        name = chance.choice(FILES[:2]) if number % 10 else chance.choice(FILES)
        seed = 1_000_000 + 1000 * part + number
        try:
            put(policies, name, damaged(name, seed))
        except Exception as error:
            error.add_note(f"{name}, seed {seed}")
            raise


@pytest.mark.soak
def test_atheris_finds_no_traceback(tmp_path: Path) -> None:
    if importlib.util.find_spec("atheris") is None:
        pytest.skip("atheris is not installed; it has wheels for some machines only: pip install atheris")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, file in enumerate(sorted(GOOD.glob("testland/*/*.yaml"))):
        shutil.copy(file, corpus / f"{number}.yaml")
    command = [sys.executable, "-m", "tests.generator.fuzz_atheris", "-runs=100000", "-max_total_time=600", str(corpus)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-5000:]


def bombs() -> Iterator[tuple[str, str]]:
    """Yield texts that are small and want to be large, deep or slow."""
    room = LARGEST_FILE - 100
    yield (
        "aliases",
        "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30)),
    )
    for name, piece in {
        "brackets": "[",
        "brackets-in-lines": "[\n",
        "braces": "{a: ",
        "dashes": "- ",
        "questions": "? ",
        "keys": "a:\n ",
        "colons": ": ",
        "quotes": '"',
        "words": "a ",
        "breaks": "\n",
        "hashes": "#",
        "tabs": "\t",
        "aliases-unknown": "*a ",
        "anchors": "&a ",
        "tags": "!a ",
        "pairs": "a: b\n",
        "documents": "---\n",
        "full-width": "a，",
        "full-width-colons": "a：b\n",
        "look-alike": "а",
        "hidden": "\u200b",
        "nul": "\x00",
    }.items():
        yield name, piece * (room // len(piece.encode()))
    yield "flow", "a: [" + "b, " * (room // 3) + "]"
    yield "flow-of-pairs", "a: [" + "b: c, " * (room // 6) + "]"
    yield "stairs", "".join(f"{' ' * n}a:\n" for n in range(700))
    yield "one-key", "? " + "k" * room
    yield "long-number", "limit: " + "9" * room
    yield (
        "unknown-facts",
        "kind: share\nwho: {any_of: [" + "".join(f"{{fact{n}: 1}}, " for n in range(room // 18)) + "]}\n",
    )


BOMBS = dict(bombs())


@pytest.mark.sampled(5)
@pytest.mark.parametrize(("name", "under"), in_turn(BOMBS, ["", "topic: "]))
def test_a_bomb_goes_off_in_bounded_time_and_memory(policies: Path, name: str, under: str) -> None:
    text = BOMBS[name]
    good = (GOOD / FILES[0]).read_text(encoding="utf-8").replace("topic: illness", under + text) if under else text
    start, memory = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert put(policies, FILES[0], good.encode()) != []
    assert time.process_time() - start < 3 * A_SECOND
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 300_000  # kB


def test_line_ends_of_windows_and_a_byte_order_mark_are_accepted(policies: Path) -> None:
    before, _ = check_policies(policies)
    for name in FILES:
        text = (GOOD / name).read_text(encoding="utf-8").replace("\n", "\r\n")
        assert put(policies, name, b"\xef\xbb\xbf" + text.encode()) == []
    (policies / FILES[0]).write_bytes(b"\xef\xbb\xbf" + (GOOD / FILES[0]).read_bytes().replace(b"\n", b"\r\n"))
    after, _ = check_policies(policies)
    shutil.copy(GOOD / FILES[0], policies / FILES[0])
    assert after == before


def test_lines_and_columns_are_right_after_windows_line_ends(policies: Path) -> None:
    text = (GOOD / FILES[0]).read_text(encoding="utf-8").replace("topic: illness", "topic: ilness")
    (policies / FILES[0]).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    _, problems = check_policies(policies)
    shutil.copy(GOOD / FILES[0], policies / FILES[0])
    assert [(problem.line, problem.column) for problem in problems.sorted()] == [(3, 8)]


def test_ten_thousand_files_in_any_folder_take_no_time(tmp_path: Path) -> None:
    for where in thinned(("", "testland", "testland/inpatient"), every=3):
        policies = tmp_path / (where.replace("/", "-") or "root")
        shutil.copytree(GOOD, policies)
        for number in range(10_000):
            (policies / where / f"{number}.yaml").touch()
        start = time.process_time()
        assert "too-many-files" in seen_through(policies)
        assert time.process_time() - start < A_SECOND


def test_every_real_file_is_read_as_yaml_reads_it() -> None:
    """What the reader makes of a file of ours is what YAML itself makes of it, but for dates and decimals."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - the yardstick of this test only

    for file in thinned(REAL, every=16):
        problems = Problems()
        document = read_document(file, problems)
        assert document is not None
        assert problems.found == []
        plain = YAML(typ="safe", pure=True).load(file)
        assert as_text(document.value) == as_text(plain), file


def as_text(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_text(inner) for inner in value]
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else _number(value)


def _number(value: object) -> object:
    try:
        return (
            float(str(value)) if isinstance(value, str) else value if isinstance(value, bool) else value and str(value)
        )
    except ValueError:
        return value
