"""The types of the scripts are checked (`make lint`); here only that no script slips through."""

import re
import subprocess
import sys
from pathlib import Path

from mingbai.assets.bundle_js import joined, without_comments
from mingbai.assets.web_files import SCRIPTS, STYLES, web_file

ROOT = Path(__file__).parents[2]
FOLDERS = ("calculator/web", "docs/assets")
ROOMS = ("app", "modes", "result", "form", "engine", "shared")
"""Of calculator/web: a room imports itself and those after it."""
NODE = str(Path(sys.executable).parent / "node")
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
        command = [NODE, str(TSC), "--project", project, "--listFilesOnly"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        checked |= {Path(line) for line in listed.splitlines()}
    assert scripts() <= checked


def test_every_script_and_style_is_published() -> None:
    web = ROOT / "calculator/web"
    published = {
        ROOT / source for source in (*SCRIPTS.values(), *(name for names in STYLES.values() for name in names))
    }
    joined_text = joined(web, "app/estimator")
    parts = {path for path in web.rglob("*.js") if f"const {variable_of(path.relative_to(web))} = (" in joined_text}
    styles = {path for folder in FOLDERS for path in (ROOT / folder).rglob("*.css")}
    assert scripts() | styles == published | parts


def variable_of(module: Path) -> str:
    return f"module_{module.with_suffix('').as_posix().replace('/', '_').replace('-', '_')}"


def test_a_published_script_imports_published_addresses() -> None:
    assert 'from "../web/dom.js";' in web_file("assets/quick/answer.js", ROOT)
    assert 'from "./table.js";' in web_file("assets/quick/answer.js", ROOT)
    assert 'from "./texts.js";' in web_file("assets/web/engine.js", ROOT)


def test_imports_point_down_the_rooms() -> None:
    web = ROOT / "calculator/web"
    for path in web.rglob("*.js"):
        below = ROOMS[ROOMS.index(path.relative_to(web).parts[0]) :]
        assert {imported.relative_to(web).parts[0] for imported in imports_of(path)} <= {*below}, path
    for path in (ROOT / "docs/assets").rglob("*.js"):
        assert {imported.parent for imported in imports_of(path)} <= {path.parent, web / "shared"}, path


def imports_of(path: Path) -> list[Path]:
    imports = re.findall(r'^import .* from "(.*)";$', path.read_text(encoding="utf-8"), re.MULTILINE)
    return [(path.parent / name).resolve() for name in imports]


def test_the_joined_script_without_comments_is_still_a_script(tmp_path: Path) -> None:
    made = tmp_path / "estimator.mjs"
    made.write_text(without_comments(joined(ROOT / "calculator" / "web", "app/estimator")), encoding="utf-8")
    done = subprocess.run([NODE, "--check", str(made)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_only_comments_with_lines_of_their_own_go() -> None:
    script = "/** a cast */ (x).y = 1;\nlet z = 2; // why\n/* gone\n * too */\n  // gone\nz += 1;\n"
    assert without_comments(script) == "/** a cast */ (x).y = 1;\nlet z = 2; // why\nz += 1;\n"
