"""Revising: a new version that begins as a copy of the newest one."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from mingbai.checks.placeholders import FILL, REVIEW
from mingbai.checks.policies import check_one_place
from mingbai.core.file_set import read_text, write_together
from mingbai.diagnostics.errors import CallError
from mingbai.loader.files import shown
from mingbai.loader.names import INITIAL, existing_policy, versions_of
from mingbai.loader.names import parse_day as day_given
from mingbai.model.base import parse_day
from mingbai.syntax.edits import Edit, annotate, apply, compose, end_of, entry, line_end, line_start

REVIEWED = ("start", "confirmed_until", "ends", "source")
"""What in a copy is nearly always another in the new version."""


def revise(policies: Path, name: str, effective: str) -> list[Path]:
    """Copy the newest version of a policy to a new file for `effective`; return the file written. Raises CallError.

    What an example expects is left to be filled in where it comes out differently on its new day (somebody is older
    by then, another policy has ended): the author works it out again.
    """
    policy = existing_policy(policies, name)
    day = day_given(effective)
    newest = versions_of(policy)[-1]
    if newest != INITIAL and day <= date.fromisoformat(newest):
        key = "not_later"
        raise CallError(key, effective, newest=newest)
    file = policy.file(day.isoformat())
    text = revised(read_text(policy.file(newest)), f"{policy}/{newest}.yaml", newest, day)
    write_together({file: text})
    failing = [
        (problem.line, problem.column)
        for problem in check_one_place(policies, policy.place)
        if problem.code == "example-fails" and problem.file == shown(file)
    ]
    if failing:
        write_together({}, {file: _left_open(text, file.name, failing)})
    return [file]


def revised(text: str, name: str, newest: str, effective: date) -> str:
    """Return the text of a new version made of the newest one: all as it was but for the days of its examples.

    An example of the old version's time moves to the first day of the new one: so it shows at once what the new
    figures change. Examples of the time before the old version stay with it, and so do its corrections.
    """
    text = _without(text, name, "corrections")
    text = _without_earlier(text, name, newest)
    root = compose(text, name)
    text = apply(text, [edit for node in _days(root) if (edit := _moved(node, effective)) is not None])
    root = compose(text, name)
    notes = [(int(found[0].start_mark.index), REVIEW) for key in REVIEWED if (found := entry(root, key)) is not None]
    notes += [(int(node.start_mark.index), REVIEW) for node in _days(root)]
    return annotate(text, name, notes)


def _examples(root: MappingNode) -> list[MappingNode]:
    found = entry(root, "examples")
    listed = found[1].value if found is not None and isinstance(found[1], SequenceNode) else []
    return [example for example in listed if isinstance(example, MappingNode)]


def _days(root: MappingNode) -> list[Node]:
    """Return the nodes of the examples' dates."""
    return [pair[1] for example in _examples(root) if (pair := entry(example, "date")) is not None]


def _moved(node: Node, effective: date) -> Edit | None:
    day = parse_day(str(node.value))
    if day is None or day >= effective:
        return None
    written = str(node.value)
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    quote = (end - start - len(written)) // 2
    return start + quote, end - quote, effective.isoformat()


def _without_earlier(text: str, name: str, newest: str) -> str:
    """Return the text without the examples of days before the version that is copied."""
    first = None if newest == INITIAL else parse_day(newest)
    root = compose(text, name)
    examples = _examples(root)
    gone = [example for example in examples if first is not None and (day := _day(example)) is not None and day < first]
    found = entry(root, "examples")
    if not gone or found is None or not isinstance(found[1], SequenceNode):
        return text
    if gone == examples:
        return _without(text, name, "examples")
    return apply(text, [_removal(text, found[1], example) for example in gone])


def _day(example: MappingNode) -> date | None:
    found = entry(example, "date")
    return None if found is None else parse_day(str(found[1].value))


def _removal(text: str, holder: SequenceNode, item: Node) -> Edit:
    """Return the edit that takes an item out of a list; in a list of lines with its lines."""
    start, end = int(item.start_mark.index), end_of(item)
    if not holder.flow_style:
        start = line_start(text, text.rfind("-", 0, start))
        end = line_end(text, end - 1)
        return start, end + (2 if text[end : end + 2] == "\r\n" else 1), ""
    following = [int(other.start_mark.index) for other in holder.value if int(other.start_mark.index) > start]
    if following:
        return start, min(following), ""
    before = [end_of(other) for other in holder.value if end_of(other) <= start]
    return max(before), end, ""


def _left_open(text: str, name: str, places: list[tuple[int, int]]) -> str:
    """Return the text with what stands at some places (line, column) of its examples left to be filled in."""
    edits = [
        (int(node.start_mark.index), end_of(node), FILL["en"])
        for example in _examples(compose(text, name))
        for node in _values(example)
        if (node.start_mark.line + 1, node.start_mark.column + 1) in places
    ]
    return apply(text, edits)


def _values(node: Node) -> Iterator[Node]:
    """Yield the values inside a map, at any depth."""
    for _, value in node.value if isinstance(node, MappingNode) else ():
        yield value
        yield from _values(value)


def _without(text: str, name: str, key: str) -> str:
    """Return the text without the lines of a top-level entry."""
    found = entry(compose(text, name), key)
    if found is None:
        return text
    end = line_end(text, max(end_of(found[1]) - 1, 0))
    after = end + len(text[end : end + 2]) - len(text[end : end + 2].lstrip("\r\n")) if end < len(text) else end
    return apply(text, [(line_start(text, int(found[0].start_mark.index)), after, "")])
