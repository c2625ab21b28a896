"""The lock on the law of published versions: `published.lock` holds hashes of what must not change unseen.

The law is the dates, for whom, when, and the rule with its numbers, as compiled. Words, translations, doubts
and examples are not part of it. Each part has a hash of its own, so that `check` can say which one changed.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mingbai.checks.entries import Entered, Records, merge, parse_records, waits
from mingbai.diagnostics.problem import KeyPath, Problem, Problems
from mingbai.files.source_file import SourceFile, decode_lines, read_source
from mingbai.loader.files import shown
from mingbai.loader.library import Library, LoadedVersion
from mingbai.loader.snapshot import LOCK, Snapshot
from mingbai.model.base import LANGUAGES
from mingbai.model.version import VersionBase

type Json = dict[str, Any]
type Hashes = dict[str, str]
"""Part of a law -> hash."""

PARTS = {
    "dates": ("start", "ends", "confirmed_until"),
    "who": ("who", "unit"),
    "when": ("when",),
    "rule": ("kind", "law", "numbers", "limits"),
}
HEAD = """\
# 已公布的规定，锁在这里。由 mingbai check --lock 和 mingbai correct 写，请不要手改。
# The law of published versions. Written by `mingbai check --lock` and `mingbai correct`; not by hand.
"""

_LENGTH = 16
_LINE = re.compile(r"(\S+/\S+/\S+)((?: [a-z]+=[0-9a-f]{16})*) ?(.*)")


@dataclass(frozen=True, slots=True)
class Lock:
    """The hashes of each published version (``place/policy/version``), and in which line they stand.

    `records` say of versions, locked or not, who entered and who confirmed them.
    """

    versions: dict[str, Hashes]
    lines: dict[str, int]
    records: dict[str, Records] = field(default_factory=dict)

    def entered(self) -> frozenset[str]:
        """Return the versions of which somebody entered the whole law; a correction is of parts of it."""
        whole = tuple(PARTS)
        return frozenset(
            name
            for name, records in self.records.items()
            if records.entered is not None and records.entered.parts == whole
        )

    def waits(self, name: str, law: Hashes) -> bool:
        """Return whether a version, whose present law has the hashes `law`, waits for a second person."""
        return waits(self.versions.get(name), self.records.get(name, Records()), law)

    def with_entry(self, name: str, day: str, role: str, parts: Iterable[str] = ()) -> "Lock":
        """Return the lock with the record that `role` entered these parts of a version's law (all of them if none)."""
        records = merge(self.records.get(name, Records()), Entered(day, role, tuple(parts) or tuple(PARTS)))
        return Lock(self.versions, self.lines, {**self.records, name: records})

    def by_place(self) -> dict[str, "Lock"]:
        """Return the lock of each place by itself."""
        found: dict[str, Lock] = {}
        for name, hashes in self.versions.items():
            of_place = found.setdefault(name.partition("/")[0], Lock({}, {}))
            of_place.versions[name], of_place.lines[name] = hashes, self.lines[name]
        for name, records in self.records.items():
            found.setdefault(name.partition("/")[0], Lock({}, {})).records[name] = records
        return found

    def text(self) -> str:
        """Return the lock as it is written: a line for each version, sorted; its records stand behind its hashes."""
        lines = []
        for name in sorted(self.versions.keys() | self.records.keys()):
            law = [f"{part}={digest}" for part, digest in self.versions.get(name, {}).items()]
            lines.append(" ".join([name, *law, *self.records.get(name, Records()).words()]))
        return HEAD + "".join(f"{line}\n" for line in lines)


def read_lock(policies: Path, problems: Problems) -> Lock:
    """Read the lock of a folder; without one, nothing is published. Lines that cannot be read are problems."""
    return parse_lock(read_source(policies / LOCK, None), problems)


def parse_lock(source: SourceFile, problems: Problems) -> Lock:
    """Parse a lock that was read already, as `read_lock` does."""
    lock = Lock({}, {})
    if not source.is_file:
        return lock
    for number, line in enumerate(decode_lines(source), start=1):
        if line.startswith("#") or not line.strip():
            continue
        match = _LINE.fullmatch(line)
        records = None if match is None else parse_records(match[3])
        if match is None or records is None or not line.partition(" ")[2] or match[1] in lock.lines:
            problems.add(Problem("bad-lock", shown(source.path), number, 1, found=line[:60]))
            continue
        lock.lines[match[1]] = number
        if match[2]:
            lock.versions[match[1]] = dict(part.split("=") for part in match[2].split())
        if records != Records():
            lock.records[match[1]] = records
    return lock


def hashes_of_law(version: Json, facts: Json) -> Hashes:
    """Return the hashes of a compiled version's law, part by part."""
    return {
        part: _digest({name: _law(version[name], facts) for name in names if name in version})
        for part, names in PARTS.items()
    }


def hashes(bundle: Json) -> dict[str, Hashes]:
    """Return the hashes of every version of a bundle."""
    return {
        f"{place}/{policy}/{version['id']}": hashes_of_law(version, bundle["facts"])
        for place, compiled in bundle.get("places", {}).items()
        for policy, versions in compiled["policies"].items()
        for version in versions
    }


def check_lock_file(policies: Path, lock: Lock, places: set[str], problems: Problems) -> None:
    """Say which published versions are of a place that is gone."""
    for name in lock.versions:
        if name.partition("/")[0] not in places:
            problems.add(Problem("published-gone", shown(policies / LOCK), lock.lines[name], 1, found=name))


def check_lock(bundle: Json, library: Library, lock: Lock, files: Snapshot, problems: Problems) -> None:
    """Say which published versions of a library's place have another law than when published, or are gone.

    `lock` and `files` are those of the place.
    """
    now = hashes(bundle)
    faulty = {problem.file for problem in problems.found if problem.severity == "error" and problem.code not in _LATE}
    loaded = {
        f"{place.id}/{policy}/{version.id}": version
        for place in library.places.values()
        for policy, versions in place.policies.items()
        for version in versions
    }
    for name, published in lock.versions.items():
        if name.partition("/")[0] not in library.places:
            continue
        if files.lacks_file(library.root / f"{name}.yaml"):
            problems.add(Problem("published-gone", shown(library.root / LOCK), lock.lines[name], 1, found=name))
        elif name in loaded and loaded[name].document.file not in faulty:
            for part in PARTS:
                if now[name][part] != published.get(part):
                    problems.add(_changed(name, part, loaded[name]))


_LATE = ("example-fails", "notice-example-fails", "bad-example", "to-review")
"""Errors that leave the compiled law as it is written."""


def _changed(name: str, part: str, version: LoadedVersion) -> Problem:
    document = version.document
    keys = {"dates": ("confirmed_until", "ends"), "who": ("who", "unit"), "when": ("when",)}.get(part) or tuple(
        key for key in document.value if key != "kind" and key not in VersionBase.model_fields
    )
    path: KeyPath = next(((key,) for key in keys if (key,) in document.keys), ())
    return document.problem("published-law-changed", path, found=name, at_key=True, part=part)


def _law(value: Any, facts: Json) -> Any:  # noqa: ANN401 - any part of a compiled version
    """Return a part of a law without words and without what says nothing, so that the hash stands for the law only."""
    if isinstance(value, dict):
        inner = {key: _law(each, facts) for key, each in value.items() if not _is_text(each)}
        return {key: each for key, each in inner.items() if not (each is None or each is False or each in ([], {}))}
    if not isinstance(value, list):
        return value
    if value[:1] == ["perhaps"]:
        return ["perhaps"]
    if value[:1] == ["in"] and len(value) == 3:  # noqa: PLR2004 - an option that is another one comes from facts.yaml
        also = facts.get(value[1], {}).get("options_are", {})
        return [*value[:2], [option for option in value[2] if also.get(option) not in value[2]]]
    return [_law(each, facts) for each in value if not _is_text(each)]


def _is_text(value: object) -> bool:
    return isinstance(value, dict) and set(value) >= set(LANGUAGES)


def _digest(law: Json) -> str:
    content = json.dumps(law, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()[:_LENGTH]
