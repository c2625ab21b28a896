"""Revising: a new version that begins as a copy of the newest one."""

from datetime import date, timedelta
from pathlib import Path

from ruamel.yaml.nodes import MappingNode, Node

from mingbai.authoring.edits import Edit, annotate, apply, compose, end_of, entry, line_end, line_start
from mingbai.authoring.errors import CallError
from mingbai.authoring.files import read_text, write_together
from mingbai.authoring.names import INITIAL, existing_policy, parse_day, versions_of
from mingbai.authoring.unfilled import REVIEW

REVIEWED = ("start", "confirmed_until", "ends", "source")
"""What in a copy is nearly always another in the new version."""


def revise(policies: Path, name: str, effective: str) -> list[Path]:
    """Copy the newest version of a policy to a new file for `effective`; return the file written. Raises CallError."""
    policy = existing_policy(policies, name)
    day = parse_day(effective)
    newest = versions_of(policy)[-1]
    if newest != INITIAL and day <= date.fromisoformat(newest):
        key = "not_later"
        raise CallError(key, effective, newest=newest)
    file = policy.file(day.isoformat())
    write_together({file: revised(read_text(policy.file(newest)), f"{policy}/{newest}.yaml", newest, day)})
    return [file]


def revised(text: str, name: str, newest: str, effective: date) -> str:
    """Return the text of a new version made of the newest one: all as it was but for the days of its examples.

    An example of the old version's time moves to the first day of the new one, an example of the time before it to
    the day before: so they show at once what the new figures change. Corrections stay with the version that they mend.
    """
    text = _without(text, name, "corrections")
    root = compose(text, name)
    text = apply(text, [edit for node in _days(root) if (edit := _moved(node, newest, effective)) is not None])
    root = compose(text, name)
    notes = [(int(found[0].start_mark.index), REVIEW) for key in REVIEWED if (found := entry(root, key)) is not None]
    notes += [(int(node.start_mark.index), REVIEW) for node in _days(root)]
    return annotate(text, name, notes)


def _days(root: MappingNode) -> list[Node]:
    """Return the nodes of the examples' dates."""
    examples = entry(root, "examples")
    listed = examples[1].value if examples is not None and isinstance(examples[1].value, list) else []
    found = [entry(example, "date") for example in listed if isinstance(example, MappingNode)]
    return [pair[1] for pair in found if pair is not None]


def _moved(node: Node, newest: str, effective: date) -> Edit | None:
    try:
        day = date.fromisoformat(str(node.value))
    except ValueError:
        return None
    if day >= effective:
        return None
    before = newest != INITIAL and day < date.fromisoformat(newest)
    moved = effective - timedelta(days=1) if before else effective
    written = str(node.value)
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    quote = (end - start - len(written)) // 2
    return start + quote, end - quote, moved.isoformat()


def _without(text: str, name: str, key: str) -> str:
    """Return the text without the lines of a top-level entry."""
    found = entry(compose(text, name), key)
    if found is None:
        return text
    end = line_end(text, max(end_of(found[1]) - 1, 0))
    after = end + len(text[end : end + 2]) - len(text[end : end + 2].lstrip("\r\n")) if end < len(text) else end
    return apply(text, [(line_start(text, int(found[0].start_mark.index)), after, "")])
