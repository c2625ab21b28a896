"""Mending a mistake in a published version, on the record: when and why stands in the file, the lock follows."""

import json
import re
from pathlib import Path
from typing import Any

from ruamel.yaml.nodes import SequenceNode

from mingbai.authoring.edits import apply, compose, end_of, entry, line_break, line_end, line_start
from mingbai.authoring.errors import CallError
from mingbai.authoring.files import read_text, write_together
from mingbai.authoring.lock import Lock, hashes, read_lock
from mingbai.authoring.names import existing_policy, parse_day, versions_of
from mingbai.authoring.unfilled import FILL
from mingbai.policy_files import shown
from mingbai.problems import Problems
from mingbai.site import PoliciesError
from mingbai.snapshot import LOCK

type Json = dict[str, Any]

_CHINESE = re.compile("[\u4e00-\u9fff]")


def correct(  # noqa: PLR0913 - what the command line gives, and what was found in the policies
    policies: Path, name: str, *, day: str, because: str, translation: str | None, checked: tuple[Json, Problems]
) -> None:
    """Record that the law of a published version was mended, and lock it as it is now.

    The file was edited before. Raises CallError for a wrong call, and PoliciesError where other errors stand in
    the way; then nothing is written.
    """
    if name.count("/") != 2:  # noqa: PLR2004 - place, policy and version
        key = "not_a_version"
        raise CallError(key, name)
    place_policy, _, version = name.rpartition("/")
    policy = existing_policy(policies, place_policy)
    if version not in versions_of(policy):
        key = "no_such_version"
        raise CallError(key, version, tuple(versions_of(policy)), policy=policy)
    on = parse_day(day).isoformat()
    reason = _in_both_languages(because, translation)
    lock = read_lock(policies, Problems())
    if name not in lock.versions:
        key = "not_published"
        raise CallError(key, name)
    file = policy.file(version)
    bundle, problems = checked
    mended = [each for each in problems.found if each.code == "published-law-changed" and each.file == shown(file)]
    others = [each for each in problems.sorted() if each.severity == "error" and each not in mended]
    if others:
        raise PoliciesError(others)
    if not mended:
        key = "law_is_unchanged"
        raise CallError(key, name)
    locked = Lock({**lock.versions, name: hashes(bundle)[name]}, lock.lines)
    recorded = with_correction(read_text(file), f"{name}.yaml", on, reason)
    write_together({}, {file: recorded, policies / LOCK: locked.text()})


def with_correction(text: str, name: str, on: str, because: dict[str, str]) -> str:
    """Return a version's text with one more correction; the day is ISO, the reason by language."""
    newline = line_break(text)
    texts = ", ".join(f"{lang}: {json.dumps(each, ensure_ascii=False)}" for lang, each in because.items())
    item = f"- {{on: {on}, because: {{{texts}}}}}"
    found = entry(compose(text, name), "corrections")
    if found is None:
        start = text if text.endswith("\n") else text + newline
        return f"{start}corrections:{newline}  {item}{newline}"
    value = found[1]
    if not isinstance(value, SequenceNode) or value.flow_style or not value.value:
        key = "corrections_as_list"
        raise CallError(key, name)
    start_of_last = int(value.value[-1].start_mark.index)
    indent = text[line_start(text, start_of_last) : text.rfind("-", 0, start_of_last)]
    at = line_end(text, end_of(value) - 1)
    return apply(text, [(at, at, f"{newline}{indent}{item}")])


def lock_new_versions(policies: Path, bundle: Json) -> list[str]:
    """Add the versions that are not in the lock yet; return their names. Raises CallError if it cannot be written."""
    lock = read_lock(policies, Problems())
    new = {name: law for name, law in hashes(bundle).items() if name not in lock.versions}
    if new:
        write_together({}, {policies / LOCK: Lock({**lock.versions, **new}, lock.lines).text()})
    return sorted(new)


def _in_both_languages(because: str, translation: str | None) -> dict[str, str]:
    """Return the reason by language; a translation that is not given is left to be filled in."""
    for text in (because, translation):
        if text is not None and (not text.strip() or not text.isprintable()):
            key = "bad_reason"
            raise CallError(key, text)
    if _CHINESE.search(because):
        return {"zh": because, "en": translation or FILL["en"]}
    return {"zh": translation or FILL["zh"], "en": because}
