"""Write the last version of a policy, which says from which day it is gone."""

from datetime import date
from pathlib import Path

from ruamel.yaml.nodes import MappingNode

from mingbai.authoring.copy import KEYS_DROPPED, drop_entry, find_examples, make_new_version
from mingbai.authoring.entry import record_entry
from mingbai.authoring.revisions import add_revision
from mingbai.checks.placeholders import FILL
from mingbai.core.file_set import read_text, write_together
from mingbai.diagnostics.errors import CallError
from mingbai.loader.names import INITIAL, existing_policy, parse_day, versions_of
from mingbai.syntax.edits import apply, compose, end_of, entry, line_break

_OF_THE_LAST = ("confirmed_until", "certainties", "ends", "source", "doubts", "readings", "accepted")
"""Entries that speak of the rule as it was."""
_SOURCE = f"{{document: {FILL['en']}, lines: {FILL['en']}}}"
_ENDING = f"""\
ends: true
source:
  - {_SOURCE}    # 哪份文件、哪几行说不再给 | which document and lines say that it ends
accepted:    # 有人会吃亏，写明为什么 | people lose by it: say why
  - finding: somebody-loses
    because: {{zh: {FILL["zh"]}, en: {FILL["en"]}}}
    source: {_SOURCE}
"""


def end(policies: Path, name: str, first: str, *, day: str, role: str) -> list[Path]:
    """Write the version that ends a policy on `first` (ISO), the first day without it; return the files written.

    The lock records that `role` entered it on `day`. Raises CallError.
    """
    policy = existing_policy(policies, name)
    start, newest = parse_day(first), versions_of(policy)[-1]
    if newest != INITIAL and start <= date.fromisoformat(newest):
        raise CallError("not_later", start, newest=newest)
    text, file = read_text(policy.file(newest)), policy.file(start.isoformat())
    ends = entry(compose(text, f"{policy}/{newest}.yaml"), "ends")
    if ends is not None and str(ends[1].value) == "true":
        raise CallError("has_ended", str(policy), day=newest)
    new, changed = add_revision(policy, start)
    text = make_ending(text, f"{policy}/{newest}.yaml", newest, start)
    write_together({file: text, **new}, changed | record_entry(policies, f"{policy}/{start}", day, role))
    return [file, *new, *changed]


def make_ending(text: str, name: str, newest: str, start: date) -> str:
    """Return the text of the version that ends the one of `text`: nobody gets anything any more."""
    for key in (*_OF_THE_LAST, *KEYS_DROPPED):
        text = drop_entry(text, name, key)
    text = make_new_version(text, name, newest, start)
    root = compose(text, name)
    edits = [edit for example in find_examples(root) for edit in _expect_nothing(example)]
    examples = entry(root, "examples")
    at = len(text) if examples is None else text.rfind("\n", 0, int(examples[0].start_mark.index)) + 1
    before = "" if examples is not None or text.endswith("\n") else line_break(text)
    return apply(text, [*edits, (at, at, before + _ENDING.replace("\n", line_break(text)))])


def _expect_nothing(example: MappingNode) -> list[tuple[int, int, str]]:
    """Return the edit by which an example expects that the policy does not apply."""
    pair = entry(example, "expect")
    if pair is None:
        return []
    held = entry(pair[1], "holds") is not None
    nothing = "{holds: null}" if held else "{applies: false}"
    return [(int(pair[1].start_mark.index), end_of(pair[1]), nothing)]
