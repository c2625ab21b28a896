"""The addresses that were ever published (`published-addresses.txt`): each stays a page, or leads to one.

`mingbai check --lock` adds those that are new, with the day: the list also tells on which day the site was surely
read already (`mingbai.bundle.timeline.find_known_day`). Addresses are without language: a page is in every one.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mingbai.bundle.routes import address, page_paths
from mingbai.core.file_set import write_together
from mingbai.diagnostics.problem import Problem, Problems, find_nearest
from mingbai.files.source_file import SourceFile, decode_lines, read_source
from mingbai.loader.files import shown
from mingbai.loader.snapshot import ADDRESSES
from mingbai.model.base import parse_day

type Json = dict[str, Any]

HEAD = """\
# 公布过的网址，一行一个，前面是第一次公布的日子。由 mingbai check --lock 写，请不要手改。
# Addresses that were published, and since when. Written by `mingbai check --lock`; not by hand.
"""
_LINE = re.compile(r"(\d{4}-\d{2}-\d{2}) (/(?:[a-z0-9_-]+/)*)")


@dataclass(frozen=True, slots=True)
class Published:
    """By address (``/gaotai/inpatient/``): the day of its first publication, and the line in which it stands."""

    days: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def text(self) -> str:
        """Return the list as it is written, in the order of addresses."""
        return HEAD + "".join(f"{day} {each}\n" for each, day in sorted(self.days.items()))


def read_published(policies: Path, problems: Problems) -> Published:
    """Read the list of a folder; without one, nothing was published. Lines that cannot be read are problems."""
    return parse_published(read_source(policies / ADDRESSES, None), problems)


def parse_published(source: SourceFile, problems: Problems) -> Published:
    """Parse a list that was read already, as `read_published` does."""
    published = Published()
    if not source.is_file:
        return published
    for number, line in enumerate(decode_lines(source), start=1):
        if line.startswith("#") or not line.strip():
            continue
        match = _LINE.fullmatch(line.rstrip())
        if match is None or parse_day(match[1]) is None or match[2] in published.days:
            problems.add(Problem("bad-published-address", shown(source.path), number, 1, found=line[:60]))
            continue
        published.days[match[2]] = match[1]
        published.lines[match[2]] = number
    return published


def check_published(policies: Path, published: Published, bundle: Json, problems: Problems) -> None:
    """Say which published addresses are no page any more and lead to none."""
    there = set(addresses(bundle)) if published.days else set()
    moved = {f"/{was}/" for was in bundle["aliases"]}
    for each, line in published.lines.items():
        if each not in there and each not in moved:
            close = find_nearest(each, tuple(there))
            place = Problem("published-address-gone", shown(policies / ADDRESSES), line, 1, found=each, nearest=close)
            problems.add(place)


def addresses(bundle: Json) -> list[str]:
    """Return the address of every page, from the folder of its language, with a slash before it."""
    return [f"/{address(path)}" for path in page_paths(bundle)]


def add_addresses(policies: Path, bundle: Json, day: str) -> list[str]:
    """Add the addresses that are not in the list yet, as published on `day`; return them.

    Raises CallError if the list cannot be written.
    """
    published = read_published(policies, Problems())
    new = sorted(set(addresses(bundle)) - published.days.keys())
    if new:
        whole = Published({**published.days, **dict.fromkeys(new, day)})
        write_together({}, {policies / ADDRESSES: whole.text()})
    return new
