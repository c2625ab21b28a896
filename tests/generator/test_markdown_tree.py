"""The pages as plain Markdown: another generator builds them, without a plugin of ours."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from mingbai.build.markdown_tree import CONFIG, Source, may_go, write_tree
from tests.command import mingbai

BIN = Path(sys.executable).parent


def build(output: Path, tree: Path) -> subprocess.CompletedProcess[str]:
    words = ["build", "--place", "dongpo", "--lang", "en", "--output", str(output), "--emit-markdown", str(tree)]
    return mingbai(*words)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("markdown")
    done = build(folder / "site", folder / "tree")
    assert done.returncode == 0, done.stderr
    return folder


def pages(site: Path) -> set[str]:
    return {file.relative_to(site).as_posix() for file in site.rglob("index.html")}


@pytest.mark.site
def test_zensical_builds_the_same_pages(folder: Path) -> None:
    tree = folder / "tree"
    done = subprocess.run([str(BIN / "zensical"), "build"], cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert pages(tree / "site") == pages(folder / "site")
    for path in ("dongpo/chicken/index.html", "en/dongpo/chicken/index.html", "about/index.html"):
        ours, theirs = ((base / path).read_text(encoding="utf-8") for base in (folder / "site", tree / "site"))
        figures = [
            re.sub(r"<.*?>", "", cell) for cell in re.findall(r"<(?:td|dd)[^>]*>(.*?)</(?:td|dd)>", ours, re.DOTALL)
        ]
        assert [figure for figure in figures if figure not in re.sub(r"<.*?>", "", theirs)] == []
        ids = re.findall(r'<h2 id="(.*?)"', ours)
        assert ids
        assert [each for each in ids if f'id="{each}"' not in theirs] == []
    assert (tree / "site/assets/web/estimator.js").read_bytes() == (
        folder / "site/assets/web/estimator.js"
    ).read_bytes()


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "letters"
    other.mkdir()
    (other / CONFIG).write_text("site_name: mine\n", encoding="utf-8")
    done = build(tmp_path / "site", other)
    assert (done.returncode, "would be lost" in done.stderr) == (2, True)
    assert [file.name for file in other.iterdir()] == [CONFIG]
    assert not (tmp_path / "site").exists()


def test_what_others_put_into_the_tree_stays(tmp_path: Path) -> None:
    site, tree = tmp_path / "site", tmp_path / "tree"
    site.mkdir()
    for name in ("first", "second"):
        assert may_go(tree)
        write_tree(tree, site, "site", {f"{name}.md": Source({}, name)})
        (tree / ".git").mkdir(exist_ok=True)
        (tree / "docs/notes.txt").write_text("mine", encoding="utf-8")
    write_tree(tree, site, "site", {"third.md": Source({}, "third")})
    assert sorted(file.name for file in (tree / "docs").iterdir()) == ["notes.txt", "third.md"]
    assert (tree / ".git").is_dir()
