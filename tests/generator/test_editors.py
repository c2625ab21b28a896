"""An editor knows the policy files: the schemas are up to date, and the real yaml-language-server uses them."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from mingbai.loader.snapshot import FIGURES
from mingbai.schema.json_schema import FILE_SCHEMAS
from mingbai.schema.modelines import NAMED_SCHEMAS, add_modelines, make_modeline
from tests.command import PROGRAM
from tests.conftest import POLICIES, ROOT

INPATIENT = POLICIES / "gaotai/inpatient/2016-01-01.yaml"
SERVER = ROOT / "node_modules/yaml-language-server/bin/yaml-language-server"
SETTINGS = {
    "yaml": {
        "validate": True,
        "hover": True,
        "completion": True,
        "schemaStore": {"enable": False},
        "yamlVersion": "1.2",
    },
    "http": {},
}


def test_the_schemas_are_what_the_model_gives(tmp_path: Path) -> None:
    # In a process of its own: other tests plant and take away kinds and words in this one.
    subprocess.run([PROGRAM, "schema", "--output", str(tmp_path)], cwd=ROOT, check=True, capture_output=True)
    made, kept = (
        {file.name: json.loads(file.read_text(encoding="utf-8")) for file in folder.glob("*.json")}
        for folder in (tmp_path, ROOT / "schema")
    )
    assert kept == made, "run `mingbai schema`"


def test_every_schema_goes_with_the_name_of_a_file() -> None:
    assert {*NAMED_SCHEMAS, FIGURES} == set(FILE_SCHEMAS)


def test_every_policy_file_names_its_schema() -> None:
    schema = ROOT / "schema"
    files = sorted(POLICIES.rglob("*.yaml"))
    left = [file for file in files if not file.read_text(encoding="utf-8").startswith(make_modeline(file, schema))]
    assert left == [], "run `mingbai schema --modelines`"
    for file in (INPATIENT, POLICIES / "gaotai/place.yaml", POLICIES / "facts.yaml"):
        named = make_modeline(file, schema).strip().rpartition("=")[2]
        assert (file.parent / named).is_file()


def test_modelines_leave_the_rest_of_a_file_alone(tmp_path: Path) -> None:
    file = tmp_path / "policies/here/place.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(
        "# yaml-language-server: $schema=wrong\r\n# a comment\r\nid: here\r\n", encoding="utf-8", newline=""
    )
    assert add_modelines(tmp_path / "policies", tmp_path / "schema") == [file]
    first, rest = file.read_bytes().split(b"\n", 1)
    assert first == b"# yaml-language-server: $schema=../../schema/place.schema.json"
    assert rest == b"# a comment\r\nid: here\r\n"
    assert add_modelines(tmp_path / "policies", tmp_path / "schema") == []


def test_the_editor_settings_name_every_schema() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert {Path(name).name for name in settings["yaml.schemas"]} == {file.name for file in (ROOT / "schema").iterdir()}


@dataclass(slots=True)
class Editor:
    """Speaks to a language server as an editor does."""

    process: subprocess.Popen[bytes]
    number: int = 0
    told: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def send(self, **message: Any) -> None:  # noqa: ANN401 - JSON
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        """Take one message; answer what the server asks, and note what it says about a file."""
        assert self.process.stdout is not None
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b": ")
            length = int(value) if name.lower() == b"content-length" else length
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        if message.get("method") == "workspace/configuration":
            items = message["params"]["items"]
            self.send(id=message["id"], result=[SETTINGS.get(item["section"], {}) for item in items])
        elif "method" in message and "id" in message:
            self.send(id=message["id"], result=None)
        elif message.get("method") == "textDocument/publishDiagnostics":
            self.told[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message

    def ask(self, method: str, **params: Any) -> Any:  # noqa: ANN401 - JSON
        self.number += 1
        self.send(id=self.number, method=method, params=params)
        while (message := self.receive()).get("id") != self.number or "method" in message:
            pass
        assert "error" not in message, message
        return message["result"]

    def open(self, file: Path, text: str) -> list[dict[str, Any]]:
        """Show a file with a text, as if someone had just typed it; return what the server says about it."""
        uri = file.as_uri()
        self.told.pop(uri, None)
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.send(method="textDocument/didOpen", params={"textDocument": document})
        while uri not in self.told:
            self.receive()
        return self.told[uri]

    def close(self, file: Path) -> None:
        self.send(method="textDocument/didClose", params={"textDocument": {"uri": file.as_uri()}})

    def at(self, file: Path, text: str, mark: str, method: str) -> Any:  # noqa: ANN401 - JSON
        """Open a text without `mark` and ask about the place where it stood."""
        before, after = text.split(mark)
        self.open(file, before + after)
        line = before.count("\n")
        place = {"line": line, "character": len(before) - before.rfind("\n") - 1}
        return self.ask(method, textDocument={"uri": file.as_uri()}, position=place)


@pytest.fixture
def editor() -> Iterator[Editor]:
    node = Path(sys.executable).parent / "node"
    process = subprocess.Popen([node, SERVER, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
    editor = Editor(process)
    editor.ask(
        "initialize",
        processId=os.getpid(),
        rootUri=ROOT.as_uri(),
        capabilities={"workspace": {"configuration": True}},
    )
    editor.send(method="initialized", params={})
    yield editor
    editor.ask("shutdown")
    editor.send(method="exit")
    assert process.wait(timeout=20) == 0
    for stream in (process.stdin, process.stdout):
        assert stream is not None
        stream.close()


def nothing_wrong(editor: Editor, files: Iterable[Path]) -> None:
    found = {}
    for file in files:
        told = editor.open(file, file.read_text(encoding="utf-8"))
        if told:
            found[str(file.relative_to(POLICIES))] = [(each["range"]["start"], each["message"]) for each in told]
        editor.close(file)
    assert found == {}


def test_the_language_server_finds_nothing_wrong_in_the_real_files(editor: Editor) -> None:
    """Every shared file and a place, and of each kind the first policy in the order of the alphabet."""
    kinds: dict[str, Path] = {}
    for file in sorted(POLICIES.glob("*/*/*.yaml")):
        kind = re.search(r"(?m)^kind: (\w+)", file.read_text(encoding="utf-8"))
        kinds.setdefault(kind[1] if kind else "", file)
    assert len(kinds) >= 11
    nothing_wrong(editor, [*POLICIES.glob("*.yaml"), POLICIES / "gaotai/place.yaml", *kinds.values()])


@pytest.mark.soak
def test_the_language_server_finds_nothing_wrong_in_any_real_file(editor: Editor) -> None:
    nothing_wrong(editor, sorted(POLICIES.rglob("*.yaml")))


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        ("topic: illness", "topic: ilness", "illness"),
        ("kind: share", "kind: shares", "share"),
        ("rate: 95%", "rate: 95", "Percentage"),
        ("payer: basic_insurance", "payers: basic_insurance", "payers"),
        ("registered_poor: true, hospital_level: township}, ded", "regstered_poor: true}, ded", "regstered_poor"),
    ],
)
def test_the_language_server_marks_a_mistake_where_it_stands(editor: Editor, good: str, bad: str, says: str) -> None:
    text = INPATIENT.read_text(encoding="utf-8")
    assert text.count(good) >= 1
    line = text[: text.index(good)].count("\n")
    told = editor.open(INPATIENT, text.replace(good, bad, 1))
    assert any(each["range"]["start"]["line"] == line and says in each["message"] for each in told), told


def labels(answer: Any) -> set[str]:  # noqa: ANN401 - JSON
    items = answer["items"] if isinstance(answer, dict) else answer
    return {item["label"] for item in items}


def test_the_language_server_completes_keys_of_the_kind_options_and_facts(editor: Editor) -> None:
    text = INPATIENT.read_text(encoding="utf-8")
    ask = "textDocument/completion"
    keys = labels(
        editor.at(INPATIENT, text.replace("payer: basic_insurance\n", "payer: basic_insurance\n|", 1), "|", ask)
    )
    assert {"limit", "excess_payer", "only_if"} <= keys
    assert "discounts" not in keys
    topics = labels(editor.at(INPATIENT, text.replace("topic: illness", "topic: |", 1), "|", ask))
    assert {"illness", "birth"} <= topics
    facts = labels(editor.at(INPATIENT, text.replace("who: {insured: true}", "who:\n  |", 1), "|", ask))
    assert {"registered_poor", "age", "any_of"} <= facts
    kinds = labels(
        editor.at(
            POLICIES / "gaotai/new/2020-01-01.yaml", make_modeline(INPATIENT, ROOT / "schema") + "kind: |", "|", ask
        )
    )
    assert {"share", "cash", "status"} <= kinds


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("deductible_per: stay", ["起付线按", "Deductible per"]),
        ("confirmed_until:", ["确认到", "Confirmed until"]),
        ("hospital_level: [township", ["医院", "hospital"]),
    ],
)
def test_the_language_server_tells_what_a_key_means_in_both_languages(
    editor: Editor, key: str, says: list[str]
) -> None:
    text = INPATIENT.read_text(encoding="utf-8")
    answer = editor.at(INPATIENT, text.replace(key, f"{key[0]}|{key[1:]}", 1), "|", "textDocument/hover")
    for words in says:
        assert words in answer["contents"]["value"]
