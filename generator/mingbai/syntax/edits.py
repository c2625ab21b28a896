"""Editing a YAML file as text, at the positions that the parser gives.

A round trip through ruamel.yaml joins the flow maps that people wrap by hand, so it would change lines
that nobody meant to change. Here only what is inserted differs.
"""

import re
from collections.abc import Iterator

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, SequenceNode

from mingbai.diagnostics.errors import CallError

type Edit = tuple[int, int, str]
"""Replace the text from the first index up to the second."""


def compose(text: str, name: str) -> MappingNode:
    """Return the root map of a YAML text. Raises CallError if it is none."""
    try:
        node = YAML(typ="rt", pure=True).compose(text)
    except (YAMLError, ValueError, RecursionError):
        node = None
    if not isinstance(node, MappingNode):
        raise CallError("not_yaml", name)
    return node


def compose_list(text: str, name: str) -> list[Node]:
    """Return the items of a YAML text that is a list; of an empty one none. Raises CallError if it is no list."""
    node = _composed(text)
    if isinstance(node, SequenceNode):
        return list(node.value)
    if node is None and not any(line.strip() and not line.startswith("#") for line in text.splitlines()):
        return []
    raise CallError("not_yaml", name)


def entry(node: Node, key: str) -> tuple[Node, Node] | None:
    """Return the key and the value of an entry of a map."""
    pairs = node.value if isinstance(node, MappingNode) else []
    return next(((name, value) for name, value in pairs if name.value == key), None)


def end_of(node: Node) -> int:
    """Return the index after the last letter of a node, comments behind it not counted."""
    if not isinstance(node, CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return end_of(last[1] if isinstance(node, MappingNode) else last)


def line_end(text: str, index: int) -> int:
    """Return the index of the end of a line, before its line break."""
    match = re.compile(r"\r?\n|\Z").search(text, index)
    return match.start() if match else len(text)


def line_start(text: str, index: int) -> int:
    """Return the index of the start of a line."""
    return text.rfind("\n", 0, index) + 1


def line_break(text: str) -> str:
    """Return the line break that a text uses."""
    return "\r\n" if "\r\n" in text else "\n"


def apply(text: str, edits: list[Edit]) -> str:
    """Return the text with edits that do not overlap."""
    for start, end, by in sorted(edits, reverse=True):
        text = text[:start] + by + text[end:]
    return text


def annotate(text: str, name: str, notes: list[tuple[int, str]]) -> str:
    """Put a comment behind the line of each index, once; where a line has no room for one, above it."""
    plain = list(_plain(compose(text, name)))
    notes = [(at, note) for at, note in notes if note not in text[line_start(text, at) : line_end(text, at)]]
    ends = {line_end(text, index): note for index, note in notes}
    behind = apply(text, [(end, end, f"  # {note}") for end, note in ends.items()])
    if list(_plain(_composed(behind))) == plain:
        return behind
    starts = {line_start(text, index): note for index, note in notes}
    edits = [(start, start, f"{_indent(text, start)}# {note}{line_break(text)}") for start, note in starts.items()]
    above = apply(text, edits)
    if list(_plain(_composed(above))) == plain:
        return above
    raise CallError("no_room", name)


def append_to(text: str, name: str, key: str, item: str) -> tuple[str, int]:
    """Add a plain word to the list of a map's entry; return the text, and the index of the word."""
    root = compose(text, name)
    found = entry(root, key)
    newline = line_break(text)
    if found is None:
        start = text if text.endswith("\n") else text + newline
        return f"{start}{key}: [{item}]{newline}", len(f"{start}{key}: [")
    value = found[1]
    if not isinstance(value, SequenceNode):
        at = int(found[0].end_mark.index) + 1
        edit = (at, int(value.end_mark.index) if value.value else at, f" [{item}]")
    elif not value.value:
        edit = (int(value.start_mark.index), int(value.end_mark.index), f"[{item}]")
    elif value.flow_style:
        at = end_of(value.value[-1])
        edit = (at, at, f", {item}")
    else:
        dash = text.rfind("-", 0, int(value.value[-1].start_mark.index))
        at = line_end(text, max(end_of(value) - 1, 0))
        edit = (at, at, f"{newline}{text[line_start(text, dash) : dash]}- {item}")
    changed = apply(text, [edit])
    return changed, edit[0] + edit[2].index(item)


def _indent(text: str, start: int) -> str:
    match = re.compile(r"[ \t]*").match(text, start)
    return match[0] if match else ""


def _composed(text: str) -> Node | None:
    try:
        node: Node | None = YAML(typ="rt", pure=True).compose(text)
    except (YAMLError, ValueError, RecursionError):
        return None
    return node


def _plain(node: Node | None) -> Iterator[tuple[str, str]]:
    """Yield tags and values, by which two documents are compared."""
    if node is None:
        return
    if not isinstance(node, CollectionNode):
        yield str(node.tag), str(node.value)
        return
    yield str(node.tag), str(len(node.value))
    for item in node.value:
        for part in item if isinstance(node, MappingNode) else (item,):
            yield from _plain(part)
