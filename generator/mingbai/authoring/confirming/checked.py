"""Writing into ``sources.yaml`` that somebody looked at a document: on which day, by which role, and how."""

import json
from collections.abc import Iterable

from ruamel.yaml.nodes import MappingNode

from mingbai.authoring.reasons import write_text
from mingbai.syntax.edits import Edit, apply, compose, end_of, entry, line_break, line_end, line_start

HOW = {"zh": "第二个人照着文件把数又录了一遍", "en": "a second person read its figures off it once more"}


def mark_checked(text: str, documents: Iterable[str], day: str, role: str) -> str:
    """Return the text of ``sources.yaml`` in which these documents were checked on `day` (ISO) by `role`."""
    for document in documents:
        found = entry(compose(text, "sources.yaml"), document)
        if found is not None and isinstance(found[1], MappingNode) and found[1].value:
            text = apply(text, [_make_edit(text, found[1], day, role)])
    return text


def _make_edit(text: str, node: MappingNode, day: str, role: str) -> Edit:
    value = f"{{on: {day}, by: {json.dumps(role, ensure_ascii=False)}, how: {write_text(HOW)}}}"
    old = entry(node, "checked")
    if old is not None:
        return int(old[1].start_mark.index), end_of(old[1]), value
    last = end_of(node.value[-1][1])
    if node.flow_style:
        return last, last, f", checked: {value}"
    first = int(node.value[0][0].start_mark.index)
    at = line_end(text, max(last - 1, 0))
    return at, at, f"{line_break(text)}{text[line_start(text, first) : first]}checked: {value}"
