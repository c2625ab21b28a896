"""Record a correction of published versions: day and reason in its file, the new hash in the lock."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml.nodes import SequenceNode

from mingbai.authoring.reasons import translate_reason, write_text
from mingbai.checks.lock import Lock, hashes, read_lock
from mingbai.core.file_set import read_text, write_together
from mingbai.diagnostics.errors import CallError, PoliciesError
from mingbai.diagnostics.problem import Problems
from mingbai.loader.files import shown
from mingbai.loader.names import existing_policy, parse_day, versions_of
from mingbai.loader.snapshot import LOCK
from mingbai.syntax.edits import apply, compose, end_of, entry, line_break, line_end, line_start

type Json = dict[str, Any]

EXAMPLE_CODES = ("example-fails", "notice-example-fails")
"""Codes of examples that do not come out, which a correction or a new day often causes."""


def correct(  # noqa: PLR0913 - what the command line gives, and what was found in the policies
    policies: Path,
    names: Sequence[str],
    *,
    day: str,
    because: str,
    translation: str | None,
    checked: tuple[Json, Problems],
    role: str = "",
) -> None:
    """Record that `role` corrected the law of published versions on `day` (ISO), and lock them in their present state.

    The author has edited their files before; `checked` is the result of checking them. Raises CallError for a wrong
    call, and PoliciesError if there are other errors; then nothing is written.
    """
    corrected_on = parse_day(day).isoformat()
    reason = translate_reason(because, translation)
    lock = read_lock(policies, Problems())
    files = {name: _get_published_file(policies, name, lock) for name in dict.fromkeys(names)}
    bundle, problems = checked
    shown_files = {shown(file): name for name, file in files.items()}
    changed = {
        shown_files[problem.file]
        for problem in problems.found
        if problem.code == "published-law-changed" and problem.file in shown_files
    }
    others = [
        problem
        for problem in problems.sorted()
        if problem.severity == "error" and not (problem.code == "published-law-changed" and problem.file in shown_files)
    ]
    if others:
        only_examples = all(problem.code in EXAMPLE_CODES for problem in others)
        raise PoliciesError(others, "examples_change" if only_examples else "")
    for name in files:
        if name not in changed:
            raise CallError("law_is_unchanged", name)
    current = hashes(bundle)
    locked = Lock({**lock.versions, **{name: current[name] for name in files}}, lock.lines, lock.records)
    for name in files:
        parts = [part for part, digest in current[name].items() if lock.versions[name].get(part) != digest]
        locked = locked.with_entry(name, corrected_on, role, parts)
    texts = {
        file: add_correction(read_text(file), f"{name}.yaml", corrected_on, reason) for name, file in files.items()
    }
    write_together({}, {**texts, policies / LOCK: locked.text()})


def list_other_versions(policies: Path, names: Sequence[str]) -> list[str]:
    """Return the other versions of the policies of these versions: they may have been copied with the mistake."""
    of_policies = dict.fromkeys(name.rpartition("/")[0] for name in names)
    found = [f"{each}/{version}" for each in of_policies for version in versions_of(existing_policy(policies, each))]
    return [name for name in found if name not in names]


def _get_published_file(policies: Path, name: str, lock: Lock) -> Path:
    """Return the file of a published version ``place/policy/version``. Raises CallError."""
    if name.count("/") != 2:  # noqa: PLR2004 - place, policy and version
        raise CallError("not_a_version", name)
    place_policy, _, version = name.rpartition("/")
    policy = existing_policy(policies, place_policy)
    if version not in versions_of(policy):
        raise CallError("no_such_version", version, tuple(versions_of(policy)), policy=policy)
    if name not in lock.versions:
        raise CallError("not_published", name)
    return policy.file(version)


def add_correction(text: str, name: str, day: str, reason: dict[str, str]) -> str:
    """Return a version's text with one more correction; the day is ISO, the reason by language. Raises CallError."""
    newline = line_break(text)
    item = f"- {{on: {day}, because: {write_text(reason)}}}"
    corrections = entry(compose(text, name), "corrections")
    if corrections is None:
        start = text if text.endswith("\n") else text + newline
        return f"{start}corrections:{newline}  {item}{newline}"
    node = corrections[1]
    if not isinstance(node, SequenceNode) or node.flow_style or not node.value:
        raise CallError("corrections_as_list", name)
    start_of_last = int(node.value[-1].start_mark.index)
    indent = text[line_start(text, start_of_last) : text.rfind("-", 0, start_of_last)]
    position = line_end(text, end_of(node) - 1)
    return apply(text, [(position, position, f"{newline}{indent}{item}")])


def lock_new_versions(policies: Path, bundle: Json) -> list[str]:
    """Add versions that are not in the lock yet; return their names. Raises CallError if it cannot be written."""
    lock, law = read_lock(policies, Problems()), hashes(bundle)
    new = {name: parts for name, parts in law.items() if name not in lock.versions}
    if new:
        versions = {**lock.versions, **new}
        records = {
            name: record for name, record in lock.records.items() if name in versions
        }  # not of drafts that are gone
        write_together({}, {policies / LOCK: Lock(versions, lock.lines, records).text()})
    return sorted(new)
