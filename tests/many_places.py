"""A made-up province: copies of the real places under other names, to measure how time grows with their number."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.browser.machine import ROOT

POLICIES = ROOT / "policies"
_LEFT_OUT = ("absent.yaml", "aliases.yaml")
"""Files that refer to real places by name; they are not copied."""
_LINKED_FOLDERS = ("docs", "calculator", "node_modules", "schema")


def copy_places(folder: Path, policies: int) -> Path:
    """Copy whole places into `folder`/policies until it holds at least `policies` policies; return that folder."""
    target = folder / "policies"
    target.mkdir(parents=True)
    for file in POLICIES.glob("*.yaml"):
        if file.name not in _LEFT_OUT:
            shutil.copy(file, target)
    written = 0
    for suffix, place in _list_copies():
        if written >= policies:
            break
        for file in sorted(place.rglob("*.yaml")):
            copy = target / f"{place.name}{suffix}" / file.relative_to(place)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(_rename_places(file.read_text(encoding="utf-8"), suffix), encoding="utf-8")
        written += sum(entry.is_dir() for entry in place.iterdir())
    return target


def _list_copies() -> Iterator[tuple[str, Path]]:
    """Yield the real places endlessly, parents first, each with the suffix that its copy's name gets."""
    places = sorted(
        (file.parent for file in POLICIES.glob("*/place.yaml")), key=lambda place: (_count_ancestors(place), place.name)
    )
    number = 0
    while True:
        yield from (("" if number == 0 else f"-{number}", place) for place in places)
        number += 1


def _count_ancestors(place: Path) -> int:
    """Return the number of ancestors of a place."""
    parent = re.search(r"(?m)^parent: (\S+)", (place / "place.yaml").read_text(encoding="utf-8"))
    return 1 + _count_ancestors(POLICIES / parent[1]) if parent else 0


def _rename_places(text: str, suffix: str) -> str:
    """Return the text of a policy file with every place name replaced by that of the copy."""
    if not suffix:
        return text
    for place in (entry.name for entry in POLICIES.iterdir() if entry.is_dir()):
        text = re.sub(rf"(?<![\w/.-]){place}/(?=[a-z])", f"{place}{suffix}/", text)
        text = re.sub(rf"(?m)^((?:id|parent): ){place}$", rf"\g<1>{place}{suffix}", text)
    return text


def write_project(folder: Path, policies: int, languages: str = "[zh, en]") -> Path:
    """Write a project for `mingbai build` into `folder`, with at least `policies` policies; return its policies folder.

    `languages` is the value of this setting in mkdocs.yml.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in _LINKED_FOLDERS:
        (folder / name).symlink_to(ROOT / name)
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        re.sub(r"languages: \[.*?\]", f"languages: {languages}", config), encoding="utf-8"
    )
    return copy_places(folder, policies)
