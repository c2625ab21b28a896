"""A made-up province: copies of the real places under other names, to see how time grows with their number."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.browser.machine import ROOT

POLICIES = ROOT / "policies"
_OF_ALL_PLACES = ("absent.yaml", "aliases.yaml")
"""What speaks of real places by name."""
_ROOM = ("docs", "calculator", "node_modules", "schema")


def copies(folder: Path, policies: int) -> Path:
    """Write `policies` policies or a few more into `folder`/policies, whole places only; return where they are."""
    target = folder / "policies"
    target.mkdir(parents=True)
    for file in POLICIES.glob("*.yaml"):
        if file.name not in _OF_ALL_PLACES:
            shutil.copy(file, target)
    written = 0
    for suffix, place in _names():
        if written >= policies:
            break
        for file in sorted(place.rglob("*.yaml")):
            copy = target / f"{place.name}{suffix}" / file.relative_to(place)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(_renamed(file.read_text(encoding="utf-8"), suffix), encoding="utf-8")
        written += sum(each.is_dir() for each in place.iterdir())
    return target


def _names() -> Iterator[tuple[str, Path]]:
    """Yield the real places again and again, those above first, with what is added to their names."""
    places = sorted(
        (file.parent for file in POLICIES.glob("*/place.yaml")), key=lambda place: (_depth(place), place.name)
    )
    number = 0
    while True:
        yield from (("" if number == 0 else f"-{number}", place) for place in places)
        number += 1


def _depth(place: Path) -> int:
    """Return how many places lie above a place."""
    parent = re.search(r"(?m)^parent: (\S+)", (place / "place.yaml").read_text(encoding="utf-8"))
    return 1 + _depth(POLICIES / parent[1]) if parent else 0


def _renamed(text: str, suffix: str) -> str:
    """Return a policy file that speaks of the copies."""
    if not suffix:
        return text
    for place in (each.name for each in POLICIES.iterdir() if each.is_dir()):
        text = re.sub(rf"(?<![\w/.-]){place}/(?=[a-z])", f"{place}{suffix}/", text)
        text = re.sub(rf"(?m)^((?:id|parent): ){place}$", rf"\g<1>{place}{suffix}", text)
    return text


def project(folder: Path, policies: int, languages: str = "[zh, en]") -> Path:
    """Lay out a project with so many policies in `folder`, in which `mingbai build` runs; return its policies."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in _ROOM:
        (folder / name).symlink_to(ROOT / name)
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        re.sub(r"languages: \[.*?\]", f"languages: {languages}", config), encoding="utf-8"
    )
    return copies(folder, policies)
