"""Every kind of mistake in a policy file is found, at its line, with the nearest right word.

`tests/policies/bad/<code>.yaml` holds edits of the small good library and the lines that `check` must print, in
English (`prints`) and in Chinese (`prints_zh`). ``python -m tests.generator.test_check`` writes what is printed now
into the files (read the diff!).
"""

import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from mingbai.checks.gates import close_gates
from mingbai.checks.policies import check_policies, try_numbers
from mingbai.core.cache import Cache
from mingbai.diagnostics.messages import format_problem, list_codes
from tests.conftest import POLICIES, ROOT
from tests.quick import is_quick

GOOD = ROOT / "tests/policies/good"
BAD = sorted((ROOT / "tests/policies/bad").glob("*.yaml"))


PRINTS = {"en": "prints", "zh": "prints_zh"}


def apply_edit(policies: Path, edit: dict[str, Any]) -> None:
    file = policies / edit["file"]
    file.parent.mkdir(parents=True, exist_ok=True)
    if "link" in edit:
        file.symlink_to(edit["link"])
    elif "files" in edit:
        for number in range(edit["files"]):
            (file / f"{number}.yaml").parent.mkdir(exist_ok=True)
            (file / f"{number}.yaml").touch()
    elif edit.get("pipe"):
        os.mkfifo(file)
    elif "repeat" in edit:
        file.write_text(edit.get("what", "#") * edit["repeat"], encoding="utf-8")
    elif "write" in edit:
        file.write_bytes(edit["write"].encode("latin-1") if edit.get("bytes") else edit["write"].encode())
    else:
        text = file.read_text(encoding="utf-8")
        assert text.count(edit["replace"]) == 1, edit
        file.write_text(text.replace(edit["replace"], edit["by"]), encoding="utf-8")


def printed(case: dict[str, Any], folder: Path, monkeypatch: pytest.MonkeyPatch | None) -> dict[str, list[str]]:
    """Apply the edits of a case to the good library and return what `check` prints, in each language."""
    policies = folder / "policies"
    shutil.copytree(GOOD, policies)
    for edit in case["edits"]:
        apply_edit(policies, edit)
    if monkeypatch is not None:
        monkeypatch.chdir(policies)
    bundle, problems = check_policies(policies)
    if case.get("lock"):
        close_gates(policies, bundle, problems)
    if case.get("mutate"):
        problems.found += try_numbers(policies, lambda _done, _total: None)
    found = problems.sorted()
    return {
        key: [format_problem(each, lang).replace(f"{policies}/", "") for each in found] for lang, key in PRINTS.items()
    }


def read(file: Path) -> dict[str, Any]:
    case: dict[str, Any] = YAML(typ="safe").load(file)
    return case


@pytest.mark.sampled(2)
@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_a_mistake_is_found_and_told(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = read(file)
    lines = printed(case, tmp_path, monkeypatch)
    assert lines == {key: case[key] for key in PRINTS.values()}
    assert any(f" {file.stem}: " in each for each in lines["prints"])
    for each in lines["prints_zh"]:
        said = each.partition(f" {file.stem}: ")[2] or each
        assert re.search("[\u4e00-\u9fff]", said), each
        assert not re.search(r"(?:[a-z]+ ){4}", re.sub("[“（].*?[”）]", "", said)), each  # no sentence of English


def test_every_code_has_a_bad_example() -> None:
    assert [file.stem for file in BAD] == list_codes()


@pytest.mark.parametrize("policies", [GOOD, POLICIES], ids=["good", "real"])
def test_good_policies_have_no_problem(policies: Path) -> None:
    kept = Cache() if is_quick() else None  # else it takes ten seconds
    _, problems = check_policies(policies, cache=kept)
    assert problems.found == []


def bless() -> None:
    """Write what is printed now into each case."""
    import tempfile  # noqa: PLC0415 - for this command only

    yaml = YAML()
    yaml.width = 4096
    for file in [file for file in BAD if not sys.argv[1:] or file.stem in sys.argv[1:]]:
        case = yaml.load(file)
        with tempfile.TemporaryDirectory() as folder:
            case |= printed(read(file), Path(folder), None)
        yaml.dump(case, file)


if __name__ == "__main__":
    bless()
