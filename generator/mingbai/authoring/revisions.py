"""The entry of ``revisions.yaml`` that tells residents of a new version: a draft, to be filled in."""

from datetime import date
from pathlib import Path

from ruamel.yaml.nodes import Node, SequenceNode

from mingbai.checks.placeholders import FILL, REVIEW
from mingbai.core.file_set import read_text
from mingbai.loader.names import PolicyName
from mingbai.schema.modelines import prepend_modeline
from mingbai.syntax.edits import apply, compose_list, end_of, entry, line_break, line_start

type Files = dict[Path, str]

_ENTRY = """\
- date: {day}
  certainty: stated  # {review}
  document: {{id: {fill}, lines: {fill}}}  # 哪份文件、哪几行 | which document and lines
  says: {{zh: {fill_zh}, en: {fill}}}  # 给村民的一句话 | one sentence for residents
  policies: [{policy}]
"""


def add_revision(policy: PolicyName, start: date) -> tuple[Files, Files]:
    """Return new and changed files with the entry that `policy` changes on `start`; none where it is told already.

    An entry of that day that is still a draft gets the policy as well: one notice often changes several.
    """
    file = policy.policies / policy.place / "revisions.yaml"
    draft = _ENTRY.format(
        day=start.isoformat(), policy=policy.policy, review=REVIEW, fill=FILL["en"], fill_zh=FILL["zh"]
    )
    if not file.exists():
        return {file: prepend_modeline(policy.policies, file, draft)}, {}
    text = read_text(file)
    changed = _insert(text, f"{policy.place}/{file.name}", draft, policy.policy, start.isoformat())
    return {}, {file: changed} if changed != text else {}


def _insert(text: str, name: str, draft: str, policy: str, day: str) -> str:
    """Return the text of a file of revisions with the draft in the order of time. Raises CallError if it is no list."""
    items = compose_list(text, name)
    newline = line_break(text)
    of_day = [item for item in items if _value(item, "date") == day]
    if any(policy in _names(item) for item in of_day):
        return text
    for item in of_day:
        names = entry(item, "policies")
        unfilled = any(fill in text[int(item.start_mark.index) : end_of(item)] for fill in FILL.values())
        if (
            unfilled
            and names is not None
            and isinstance(names[1], SequenceNode)
            and names[1].flow_style
            and names[1].value
        ):
            end = end_of(names[1].value[-1])
            return apply(text, [(end, end, f", {policy}")])
    later = [item for item in items if (_value(item, "date") or "") > day]
    if not later:
        return (text if text.endswith("\n") or not text else text + newline) + draft.replace("\n", newline)
    at = line_start(text, text.rfind("-", 0, int(later[0].start_mark.index)))
    return apply(text, [(at, at, draft.replace("\n", newline))])


def _value(item: Node, key: str) -> str | None:
    pair = entry(item, key)
    return None if pair is None else str(pair[1].value)


def _names(item: Node) -> list[str]:
    pair = entry(item, "policies")
    return [str(node.value) for node in pair[1].value] if pair is not None and isinstance(pair[1], SequenceNode) else []
