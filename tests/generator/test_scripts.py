"""Scripts and styles: checked types, esbuild's bundles, what old phones read, and budgets for what a phone fetches."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import brotli
import pytest

from mingbai.assets import esbuild, web_files
from mingbai.assets.web_files import CLASSIC, FILES_WORKER, MINISEARCH, MODULES, OFFLINE, READER, STYLES, web_file
from mingbai.diagnostics.errors import CallError
from tests import estimate_types

ROOT = Path(__file__).parents[2]
FOLDERS = ("calculator/web", "docs/assets", "generator/mingbai/offline")
ROOMS = ("app", "modes", "result", "form", "engine", "shared")
"""Of calculator/web: a room imports itself and those after it."""
NODE = str(Path(sys.executable).parent / "node")
TSC = ROOT / "node_modules/typescript/bin/tsc"
PARSE = Path(__file__).with_name("parse_scripts.mjs")
PROJECTS = (".", "types/worker", "types/service-worker")

# Budgets in bytes: each file compressed by itself with brotli 11, as a server sends it, and these sizes added up. A
# later change that needs more says why in CHANGELOG.md.
ESTIMATOR = 29_200
"""assets/web/estimator.js, which has all modules of the page inside; its worker is no part of it.

3,300 of them are the reader of typed texts (calculator/web/shared/reader.js).
"""
SERVICE_WORKER = 2_750
"""sw.js."""
PAGE_SCRIPTS = 7_600
"""Every other script in assets/ itself: what each page loads, the page of stored pages, the diagnosis, what they share.

The search and the quick answer have budgets of their own (test_search.py, test_quick.py).
"""
PAGE_STYLES = 9_000
"""The style sheet of all pages and the two of the estimator; that of the quick answer is in the budget of that one."""


def scripts() -> set[Path]:
    return {path for folder in FOLDERS for path in (ROOT / folder).rglob("*.js")}


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """What esbuild makes of the sources, by address."""
    return dict(web_files.web_files(ROOT))


def packed(texts: Iterable[str]) -> int:
    return sum(len(brotli.compress(text.encode())) for text in texts)


# the sources


def test_every_script_asks_for_the_check() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in scripts()}
    assert [
        path for path, text in texts.items() if not text.startswith("// @ts-check\n") or "@ts-nocheck" in text
    ] == []
    settings = [(ROOT / project / "tsconfig.json").read_text(encoding="utf-8") for project in PROJECTS]
    assert '"strict": true' in settings[0]
    assert not [text for text in settings if re.search(r'"(noImplicit\w+|strict\w+)": false', text)]


def test_every_script_is_in_a_project() -> None:
    checked: set[Path] = set()
    for project in PROJECTS:
        command = [NODE, str(TSC), "--project", project, "--listFilesOnly"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        checked |= {Path(line) for line in listed.splitlines()}
    assert scripts() <= checked


def test_every_script_and_style_is_published() -> None:
    entries = [*MODULES.values(), *OFFLINE.values(), *CLASSIC.values()]
    left = [ROOT / source for source in entries if not source.startswith("node_modules/")]
    left += [ROOT / "generator/mingbai/offline" / Path(name).name for name in (READER, FILES_WORKER)]
    published: set[Path] = set()
    while left:
        path = left.pop()
        published.add(path)
        left += [each for each in imports_of(path) if each not in published]
    published |= {ROOT / source for sources in STYLES.values() for source in sources}
    styles = {path for folder in FOLDERS for path in (ROOT / folder).rglob("*.css")}
    assert scripts() | styles == published


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


def test_the_types_of_requests_and_results_are_those_of_their_schema() -> None:
    assert estimate_types.TYPES.read_text(encoding="utf-8") == estimate_types.make_types()


# what esbuild makes


def test_bundles_are_the_same_each_time(made: dict[str, str]) -> None:
    assert json.loads(web_files._make_bundles(ROOT)) == made


def test_a_bundle_imports_only_what_is_published(made: dict[str, str]) -> None:
    found = {
        (address, name)
        for address, text in made.items()
        if address.endswith(".js")
        for name in re.findall(r'(?:import|from)\s*\(?"(\.[^"]+)"', text)
    }
    assert {name for address, name in found if address == "assets/search/start.js"} == {
        "./engine.js",
        "./minisearch.js",
        "./results.js",
    }
    for address, name in found:
        assert str(Path(address).parent / name) in made, (address, name)


def test_minisearch_comes_with_its_licence(made: dict[str, str]) -> None:
    assert "Permission is hereby granted" in made[MINISEARCH]
    assert len(made[MINISEARCH]) < 20_000
    assert re.search(r"export\{\w+ as default\}", made[MINISEARCH])


def test_scripts_are_no_newer_than_2020(made: dict[str, str], tmp_path: Path) -> None:
    for address, text in made.items():
        if address.endswith(".js"):
            file = tmp_path / address
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            assert "??" not in text, "no source has it: Safari 13.0 cannot read it"
    assert newer([*scripts(), *tmp_path.rglob("*.js")]) == ""


@pytest.mark.parametrize(
    "script",
    ["let a = 1n;", "class A { b = 1 }", "a ||= b;", "c.at(-1);", "Object.hasOwn(a, b);", "structuredClone(a);"],
)
def test_what_is_newer_is_found(tmp_path: Path, script: str) -> None:
    (tmp_path / "a.js").write_text(f"{script}\n", encoding="utf-8")
    assert "a.js: " in newer([tmp_path / "a.js"])


def newer(files: Iterable[Path]) -> str:
    command = [NODE, str(PARSE), *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


# budgets


def test_the_estimator_is_small(made: dict[str, str]) -> None:
    assert packed([made["assets/web/estimator.js"]]) <= ESTIMATOR


def test_the_service_worker_is_small(made: dict[str, str]) -> None:
    assert packed([made["assets/sw.js"]]) <= SERVICE_WORKER


def test_the_other_scripts_of_pages_are_small(made: dict[str, str]) -> None:
    own = {address for address in made if re.fullmatch(r"assets/[^/]+\.js", address)} - {"assets/sw.js"}
    assert {"assets/display.js", "assets/mingbai.js", "assets/offline-page.js"} <= own
    assert packed(made[address] for address in own) <= PAGE_SCRIPTS


def test_the_styles_are_small(made: dict[str, str]) -> None:
    assert packed(made[address] for address in STYLES if address != "assets/quick/quick.css") <= PAGE_STYLES


# mistakes


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a site's sources, to be spoilt."""
    shutil.copytree(ROOT / "docs/assets", tmp_path / "docs/assets")
    shutil.copytree(ROOT / "calculator/web", tmp_path / "calculator/web")
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    return tmp_path


def test_a_changed_source_gives_another_bundle(project: Path, made: dict[str, str]) -> None:
    assert web_file("assets/display.js", project) == made["assets/display.js"]
    source = project / "docs/assets/display/display.js"
    source.write_text(source.read_text(encoding="utf-8").replace("(max-width: 0px)", "(max-width: 1px)"))
    assert "(max-width: 1px)" in web_file("assets/display.js", project)


@pytest.mark.parametrize(
    ("path", "wrong", "said"),
    [
        ("docs/assets/display/display.js", "\nlet a b;\n", r'display\.js:\d+:7: Expected ";" but found "b"'),
        ("docs/assets/offline/kept-pages.js", '\nimport "./none.js";\n', r"kept-pages\.js:\d+:8: Could not resolve"),
        ("calculator/web/shared/dom.js", "\nconst x = 1n;\n", r"dom\.js:\d+:11: Big integer literals"),
        ("docs/assets/frame/base.css", "\np { color: red\n", r"base\.css:\d+:\d+: Expected"),
    ],
)
def test_a_mistake_is_named_by_file_line_and_column(project: Path, path: str, wrong: str, said: str) -> None:
    with (project / path).open("a", encoding="utf-8") as file:
        file.write(wrong)
    with pytest.raises(CallError) as caught:
        web_files.web_files(project)
    told = caught.value.message("en")
    assert "\n" not in told
    assert re.search(said, told), told


def test_a_source_that_is_missing_is_named(project: Path) -> None:
    (project / "docs/assets/frame/print.css").unlink()
    with pytest.raises(CallError) as caught:
        web_files.web_files(project)
    assert "docs/assets/frame/print.css" in caught.value.message("zh")


@pytest.mark.parametrize("package", ["esbuild", "minisearch"])
def test_without_its_packages_one_is_told_what_to_do(project: Path, package: str) -> None:
    (project / "node_modules").unlink()
    (project / "node_modules").mkdir()
    others = {"esbuild": ["minisearch"], "minisearch": ["esbuild", "@esbuild"]}[package]
    for other in others:
        (project / "node_modules" / other).symlink_to(ROOT / "node_modules" / other)
    (project / "docs/assets/frame/base.css").write_text("a{}")  # nothing that was kept
    with pytest.raises(CallError) as caught:
        web_files.web_files(project)
    told = caught.value.message("en")
    assert f"node_modules/{package}" in told
    assert "make site" in told


def test_a_build_ends_with_one_sentence_and_the_old_site_stays(project: Path) -> None:
    for name in ("mkdocs.yml", "policies"):
        (project / name).symlink_to(ROOT / name)
    (project / "site").mkdir()
    (project / "site/offline.json").write_text("old", encoding="utf-8")
    with (project / "docs/assets/today/today.js").open("a", encoding="utf-8") as file:
        file.write("function (\n")
    command = [str(Path(sys.executable).with_name("mingbai")), "build", "--lang", "en"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert re.fullmatch(r".*docs/assets/today/today\.js:\d+:10: .*\n", done.stderr), done.stderr
    assert (project / "site/offline.json").read_text(encoding="utf-8") == "old"


def test_a_report_of_another_form_is_told_whole() -> None:
    assert str(esbuild._parse_report("killed\n by somebody")) == "killed by somebody"
