"""What is kept from one build to the next changes no byte of the next site."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from mingbai.build.place_cache import PlaceCache, PlaceOutput
from mingbai.bundle.revision_placeholder import REVISION_PLACEHOLDER
from mingbai.core.cache import Cache
from mingbai.release.checksums import CHECKSUMS_FILE
from tests.command import mingbai
from tests.conftest import share_caches
from tests.many_places import write_project

SETTINGS = {"site_url": ""}
TEMPLATES = {"main.html": b"x"}
OUTPUT = PlaceOutput(
    {"gaotai/index.md": f"<p>{REVISION_PLACEHOLDER}"}, {"data/gaotai.json": f'"{REVISION_PLACEHOLDER}"'}
)


def built(folder: Path) -> str:
    """Build the site of a project; return its list of hashes."""
    done = mingbai("build", cwd=folder)
    assert done.returncode == 0, done.stderr
    return (folder / "site" / CHECKSUMS_FILE).read_text(encoding="utf-8")


@pytest.mark.site
def test_after_an_edit_the_site_is_the_one_that_is_made_from_nothing(tmp_path: Path) -> None:
    policies = write_project(tmp_path, 12)
    share_caches(tmp_path)
    first = built(tmp_path)
    edited = next(file for file in sorted(policies.glob("*/*/*.yaml")) if "zh: " in file.read_text(encoding="utf-8"))
    text = edited.read_text(encoding="utf-8")
    edited.write_text(text.replace('title: {zh: "', 'title: {zh: "新', 1), encoding="utf-8")
    assert edited.read_text(encoding="utf-8") != text
    again = built(tmp_path)
    assert again != first
    kept = [file for file in (tmp_path / ".cache").rglob("*.json") if b'\n{"pages":' in file.read_bytes()]
    assert len(kept) >= 2
    for file in kept:
        file.unlink()
    assert built(tmp_path) == again


def parts(
    bundle: dict[str, Any], folder: Path, settings: dict[str, Any] = SETTINGS, files: dict[str, bytes] = TEMPLATES
) -> PlaceCache:
    return PlaceCache(bundle, Cache(folder / "cache"), "here", settings, files)


def test_a_part_is_kept_until_something_that_it_is_made_from_changes(bundle: dict[str, Any], tmp_path: Path) -> None:
    def changed(*path: str) -> dict[str, Any]:
        """Return the bundle with something more at a path."""
        copy: dict[str, Any] = json.loads(json.dumps(bundle))
        inner = copy
        for key in path:
            inner = inner[key]
        inner["more"] = "x"
        return copy

    parts(bundle, tmp_path).put("gaotai", OUTPUT)
    assert parts(bundle, tmp_path).get("gaotai") == OUTPUT
    assert parts({**bundle, "revision": "another"}, tmp_path).get("gaotai") == OUTPUT
    assert parts(changed("places", "chuzhou"), tmp_path).get("gaotai") == OUTPUT
    assert parts(changed("places", "gaotai", "policies"), tmp_path).get("gaotai") is None
    assert parts(changed("places", "gansu"), tmp_path).get("gaotai") is None
    assert parts(changed("places", "national"), tmp_path).get("gaotai") is None
    assert parts(changed("facts"), tmp_path).get("gaotai") is None
    assert parts(changed("terms"), tmp_path).get("gaotai") is None
    assert parts(bundle, tmp_path, {"site_url": "https://county.example/"}).get("gaotai") is None
    assert parts(bundle, tmp_path, files=TEMPLATES | {"more.html": b"x"}).get("gaotai") is None
    assert parts(bundle, tmp_path, files={"main.html": b"other"}).get("gaotai") is None


@pytest.mark.soak
def test_places_made_side_by_side_are_those_made_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_project(tmp_path, 250)
    many = built(tmp_path)
    shutil.rmtree(tmp_path / ".cache")
    monkeypatch.setenv("PYTHON_CPU_COUNT", "1")
    assert built(tmp_path) == many
