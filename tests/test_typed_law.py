"""The names of the law are typed: strict mypy finds every misspelt one, wherever the law is read."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.quick import is_quick

MISSPELT = {
    "calculator/mingbai_calculator/kinds/share.py": ("law.deductible_per", "law.deductable_per"),
    "calculator/mingbai_calculator/engine/almost_eligible.py": ("condition.low ", "condition.lowest "),
    "calculator/mingbai_calculator/result/classify.py": ("version.law.base ", "version.law.basis "),
    "generator/mingbai/checks/lints/tables/limits.py": ("row.base_limit", "row.baselimit"),
    "generator/mingbai/pages/policy/benefits/fee.py": ("row.persons", "row.person"),
    "generator/mingbai/cards/content/kinds.py": ("law.how_often", "law.howoften"),
}
"""File -> a name of the law in it, and how it is misspelt: kinds, engine, result, lints, pages, cards."""


@pytest.mark.skipif(is_quick(), reason="takes ten seconds")
def test_mypy_finds_each_misspelt_name_of_the_law(tmp_path: Path) -> None:
    for package in ("calculator/mingbai_calculator", "calculator/mingbai_reading", "generator/mingbai"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    config = (ROOT / "pyproject.toml").read_text(encoding="utf-8").replace(', "tests"]', "]")
    (tmp_path / "pyproject.toml").write_text(config, encoding="utf-8")
    for name, (right, wrong) in MISSPELT.items():
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert right in text, f"{name} has no {right} any more: plant another name"
        (tmp_path / name).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir", str(ROOT / ".mypy_cache/misspelt")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    pattern = re.compile(r'^(\S+\.py):\d+: error: .* has no attribute "(\w+)"', re.MULTILINE)
    found = {(match[1], match[2]) for match in pattern.finditer(done.stdout)}
    assert found == {(name, wrong.strip().rpartition(".")[2]) for name, (_, wrong) in MISSPELT.items()}, done.stdout
