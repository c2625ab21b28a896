"""The text of a new version, made from that of an older one: what stays, what goes, what is marked for review."""

from collections.abc import Iterator
from datetime import date

from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from mingbai.checks.placeholders import FILL, REVIEW
from mingbai.loader.names import INITIAL
from mingbai.model.base import parse_day
from mingbai.syntax.edits import Edit, annotate, apply, compose, end_of, entry, line_end, line_start

KEYS_TO_REVIEW = ("start", "confirmed_until", "certainties", "because", "readings", "source", "doubts", "accepted")
"""Entries of a copy that were true of the old version; they are marked for review, list entries one by one."""
KEYS_DROPPED = ("corrections", "backdated")
"""Entries that record what happened to the old version."""


def make_new_version(text: str, name: str, newest: str, effective: date) -> str:
    """Return the text of a new version: the newest one with the dates of its examples moved.

    Examples within the old version's time move to the first day of the new one, so that they show at once what new
    figures change. Earlier examples are dropped (they stay with the old version), and so is the record of corrections.
    """
    for key in KEYS_DROPPED:
        text = drop_entry(text, name, key)
    text = _drop_earlier_examples(text, name, newest)
    root = compose(text, name)
    text = apply(text, [edit for node in _find_dates(root) if (edit := _move_date(node, effective)) is not None])
    root = compose(text, name)
    return annotate(text, name, [(int(node.start_mark.index), REVIEW) for node in _list_doubtful(root)])


def _list_doubtful(root: MappingNode) -> Iterator[Node]:
    """Yield the nodes of a copy that may not hold any more: days, sources, reasons, doubts, readings, examples."""
    for key in KEYS_TO_REVIEW:
        pair = entry(root, key)
        if pair is None:
            continue
        yield from pair[1].value if isinstance(pair[1], SequenceNode) and not pair[1].flow_style else [pair[0]]
        reason = entry(pair[1], "because")
        if reason is not None:
            yield reason[0]
    for example in find_examples(root):
        for key in ("title", "date", "lines"):
            pair = entry(example, key)
            if pair is not None:
                yield pair[0]


def find_examples(root: MappingNode) -> list[MappingNode]:
    """Return the nodes of the worked examples."""
    pair = entry(root, "examples")
    nodes = pair[1].value if pair is not None and isinstance(pair[1], SequenceNode) else []
    return [example for example in nodes if isinstance(example, MappingNode)]


def _find_dates(root: MappingNode) -> list[Node]:
    """Return the nodes of the examples' dates."""
    return [pair[1] for example in find_examples(root) if (pair := entry(example, "date")) is not None]


def _move_date(node: Node, effective: date) -> Edit | None:
    day = parse_day(str(node.value))
    if day is None or day >= effective:
        return None
    written = str(node.value)
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    quote = (end - start - len(written)) // 2
    return start + quote, end - quote, effective.isoformat()


def _drop_earlier_examples(text: str, name: str, newest: str) -> str:
    """Return the text without examples of days before the start of the copied version."""
    first = None if newest == INITIAL else parse_day(newest)
    root = compose(text, name)
    examples = find_examples(root)
    dropped = [
        example
        for example in examples
        if first is not None and (day := _read_date(example)) is not None and day < first
    ]
    pair = entry(root, "examples")
    if not dropped or pair is None or not isinstance(pair[1], SequenceNode):
        return text
    if dropped == examples:
        return drop_entry(text, name, "examples")
    return apply(text, [_make_removal(text, pair[1], example) for example in dropped])


def _read_date(example: MappingNode) -> date | None:
    pair = entry(example, "date")
    return None if pair is None else parse_day(str(pair[1].value))


def _make_removal(text: str, sequence: SequenceNode, item: Node) -> Edit:
    """Return the edit that removes an item from a sequence; in block style with its whole lines."""
    start, end = int(item.start_mark.index), end_of(item)
    if not sequence.flow_style:
        start = line_start(text, text.rfind("-", 0, start))
        end = line_end(text, end - 1)
        return start, end + (2 if text[end : end + 2] == "\r\n" else 1), ""
    following = [int(other.start_mark.index) for other in sequence.value if int(other.start_mark.index) > start]
    if following:
        return start, min(following), ""
    before = [end_of(other) for other in sequence.value if end_of(other) <= start]
    return max(before), end, ""


def mark_to_fill(text: str, name: str, places: list[tuple[int, int]]) -> str:
    """Return the text with a placeholder at these positions (line, column from 1) in its examples."""
    edits = [
        (int(node.start_mark.index), end_of(node), FILL["en"])
        for example in find_examples(compose(text, name))
        for node in _walk_values(example)
        if (node.start_mark.line + 1, node.start_mark.column + 1) in places
    ]
    return apply(text, edits)


def _walk_values(node: Node) -> Iterator[Node]:
    """Yield all values inside a mapping, recursively."""
    for _, value in node.value if isinstance(node, MappingNode) else ():
        yield value
        yield from _walk_values(value)


def drop_entry(text: str, name: str, key: str) -> str:
    """Return the text without the lines of a top-level entry."""
    pair = entry(compose(text, name), key)
    if pair is None:
        return text
    end = line_end(text, max(end_of(pair[1]) - 1, 0))
    after = end + len(text[end : end + 2]) - len(text[end : end + 2].lstrip("\r\n")) if end < len(text) else end
    return apply(text, [(line_start(text, int(pair[0].start_mark.index)), after, "")])
