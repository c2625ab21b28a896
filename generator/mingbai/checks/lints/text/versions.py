"""Dates that cannot be meant, and versions that change nothing."""

import json
from collections.abc import Iterator

from mingbai.checks.lints.shared.context import Ground, Json, Rule, warning
from mingbai.diagnostics.problem import Problem
from mingbai.model.version import Expect


def check_versions(ground: Ground) -> Iterator[Problem]:
    """Check the dates of every version, and that it differs from the one before it."""
    for rule in ground.rules:
        model, start = rule.version.model, rule.version.start
        if model.ends and rule.before is None:
            yield warning(rule.document, "ends-first", ("ends",))
        if start is not None and model.confirmed_until is not None and model.confirmed_until < start:
            until = model.confirmed_until.isoformat()
            first = start.isoformat()
            yield warning(rule.document, "confirmed-before-start", ("confirmed_until",), found=until, start=first)
        if rule.before is not None and _promise(rule, rule.compiled) == _promise(rule, rule.before):
            yield warning(rule.document, "changes-nothing", found=rule.before["id"])
        for index, example in enumerate(model.examples):
            if not rule.lives_on(example.date) and not _nothing(example.expect):
                path = ("examples", index, "date")
                yield warning(rule.document, "example-outside", path, found=example.date.isoformat())


def _promise(rule: Rule, compiled: Json) -> str:
    """Return what a version promises, as text that can be compared; names of its files do not matter."""
    law = {key: compiled[key] for key in ("kind", "unit", "ends", "who", "when", "law", "numbers")}
    text = json.dumps(law, sort_keys=True, ensure_ascii=False)
    return text.replace(f"{compiled['id']}.yaml", "").replace(f"{rule.version.id}.yaml", "")


def _nothing(expect: Expect) -> bool:
    """Tell whether an example shows that the policy does not apply: no line, nothing paid, no answer."""
    given = {name: getattr(expect, name) for name in expect.model_fields_set}
    own = [value for name, value in given.items() if name != "self_pays"] or list(given.values())
    return all(value is None or str(value) in ("False", "0", "0.00") for value in own)
