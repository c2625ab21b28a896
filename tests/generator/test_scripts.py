"""The types of the scripts are checked (`make lint`); here only that no script slips through."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("calculator/web", "docs/assets")
TSC = ROOT / "node_modules/typescript/bin/tsc"
PROJECTS = (".", "types/worker", "types/service-worker")


def scripts() -> set[Path]:
    return {path for folder in FOLDERS for path in (ROOT / folder).rglob("*.js")}


def test_every_script_asks_for_the_check() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in scripts()}
    assert [
        path for path, text in texts.items() if not text.startswith("// @ts-check\n") or "@ts-nocheck" in text
    ] == []


def test_every_script_is_in_a_project() -> None:
    checked: set[Path] = set()
    for project in PROJECTS:
        command = [str(Path(sys.executable).parent / "node"), str(TSC), "--project", project, "--listFilesOnly"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        checked |= {Path(line) for line in listed.splitlines()}
    assert scripts() <= checked
