"""Names as authors type them: a place, a policy, a version, a day; what does not exist is told."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mingbai.diagnostics.errors import CallError
from mingbai.model import base

INITIAL = "initial"
LONGEST_ID = 60

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class PolicyName:
    """A policy of a place, in a folder of policy files."""

    policies: Path
    place: str
    policy: str

    @property
    def folder(self) -> Path:
        """The folder of the versions."""
        return self.policies / self.place / self.policy

    @property
    def place_file(self) -> Path:
        """The file that describes the place."""
        return self.policies / self.place / "place.yaml"

    def file(self, version: str) -> Path:
        """Return the file of a version."""
        return self.folder / f"{version}.yaml"

    def __str__(self) -> str:
        """Return the name as it is typed."""
        return f"{self.place}/{self.policy}"


def parse_id(text: str, reserved: Collection[str] = ()) -> str:
    """Return an id. Raises CallError if it is none, with one made of the same letters, or if it is `reserved`."""
    if not _ID.fullmatch(text) or len(text) > LONGEST_ID:
        word = "-".join(re.findall(r"[a-z0-9]+", text.lower())).lstrip("0123456789-")
        error = CallError("bad_id", text)
        error.nearest = word if _ID.fullmatch(word) and len(word) <= LONGEST_ID else None
        raise error
    if text in reserved:
        raise CallError("reserved_id", text)
    return text


def parse_day(text: str) -> date:
    """Return a day written as ``2016-03-01``. Raises CallError if it is none, or none that a policy can have."""
    day = base.parse_day(text)
    if day is None:
        raise CallError("bad_date", text, first=base.FIRST_YEAR, last=base.LAST_YEAR)
    return day


def parse_place(policies: Path, text: str) -> str:
    """Return the id of a place. Raises CallError if there is none."""
    places = tuple(sorted(file.parent.name for file in policies.glob("*/place.yaml")))
    if text not in places:
        raise CallError("no_place", text, places)
    return text


def parse_policy(policies: Path, text: str) -> PolicyName:
    """Return the policy that ``PLACE/POLICY`` names; its place must exist, itself it need not. Raises CallError."""
    parts = text.split("/")
    if len(parts) != 2:  # noqa: PLR2004 - place and policy
        raise CallError("not_a_policy", text)
    name = PolicyName(policies, *parts)
    parse_place(policies, name.place)
    return name


def existing_policy(policies: Path, text: str) -> PolicyName:
    """Return the policy that ``PLACE/POLICY`` names. Raises CallError if there is none."""
    name = parse_policy(policies, text)
    known = tuple(sorted(path.name for path in (policies / name.place).iterdir() if path.is_dir()))
    if name.policy not in known:
        raise CallError("no_policy", name.policy, known, place=name.place)
    if not versions_of(name):
        raise CallError("no_version", str(name))
    return name


def versions_of(name: PolicyName) -> list[str]:
    """Return the ids of a policy's version files in order of date."""
    ids = [file.stem for file in name.folder.glob("*.yaml")]
    dated = sorted(id_ for id_ in ids if re.fullmatch(r"\d{4}-\d{2}-\d{2}", id_))
    return [INITIAL, *dated] if INITIAL in ids else dated
