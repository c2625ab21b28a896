"""Add the boundary cases of a policy's newest version to its worked examples, with empty results."""

import json
from pathlib import Path
from typing import Any

from ruamel.yaml.nodes import SequenceNode

from mingbai.authoring.boundaries import BoundaryCase, list_boundary_cases
from mingbai.checks.placeholders import FILL
from mingbai.core.file_set import read_text, write_together
from mingbai.diagnostics.errors import CallError
from mingbai.diagnostics.problem import Problems
from mingbai.loader.names import INITIAL, existing_policy, versions_of
from mingbai.syntax.edits import apply, compose, end_of, entry, line_break, line_end, line_start
from mingbai.syntax.parser import read_document

NO_DAY = "2016-01-01"
"""The day of a case under a version whose first day is not known and that has no example yet."""


def add_examples(policies: Path, name: str) -> tuple[list[Path], int]:
    """Write the boundary cases that are no example yet; return the file, if any was written, and their number.

    Raises CallError.
    """
    policy = existing_policy(policies, name)
    version = versions_of(policy)[-1]
    file = policy.file(version)
    document = read_document(file, Problems())
    if document is None or not isinstance(document.value, dict):
        raise CallError("not_yaml", file.name)
    examples = document.value.get("examples") or []
    known = [{name: str(value) for name, value in (example.get("facts") or {}).items()} for example in examples]
    ids, cases = {example.get("id") for example in examples}, []
    for case in list_boundary_cases(document.value):
        facts = {name: str(value) for name, value in case.facts.items()}
        if case.id not in ids and not any(facts.items() <= each.items() for each in known):
            ids.add(case.id)
            cases.append(case)
    day = version if version != INITIAL else next((str(example["date"]) for example in examples), NO_DAY)
    if cases:
        write_together({}, {file: insert_cases(read_text(file), f"{policy}/{version}.yaml", cases, day)})
    return [file] if cases else [], len(cases)


def insert_cases(text: str, name: str, cases: list[BoundaryCase], day: str) -> str:
    """Return the text of a version with more examples on `day` (ISO). Raises CallError if they are no block list."""
    newline = line_break(text)
    examples = entry(compose(text, name), "examples")
    if examples is None:
        start = text if text.endswith("\n") else text + newline
        return f"{start}examples:{newline}{''.join(_write(case, day, '  ', newline) for case in cases)}"
    node = examples[1]
    if not isinstance(node, SequenceNode) or node.flow_style or not node.value:
        raise CallError("examples_as_list", name)
    last = int(node.value[-1].start_mark.index)
    indent = text[line_start(text, last) : text.rfind("-", 0, last)]
    at = line_end(text, max(end_of(node) - 1, 0))
    added = "".join(_write(case, day, indent, newline) for case in cases)
    return apply(text, [(at, at, newline + added.removesuffix(newline))])


def _write(case: BoundaryCase, day: str, indent: str, newline: str) -> str:
    fill, facts = FILL["en"], ", ".join(f"{name}: {_plain(value)}" for name, value in case.facts.items())
    lines = (
        f"- id: {case.id}",
        f"  title: {{zh: {FILL['zh']}, en: {fill}}}",
        f"  date: {day}",
        f"  facts: {{{facts}}}",
        f"  expect: {{{', '.join(f'{name}: {fill}' for name in case.expect)}}}",
    )
    return "".join(f"{indent}{line}{newline}" for line in lines)


def _plain(value: Any) -> str:  # noqa: ANN401 - any YAML value
    return json.dumps(value) if isinstance(value, bool) else str(value)
