"""Dates of versions and examples that are inconsistent, and versions that change nothing."""

import json
from collections.abc import Iterator

from mingbai.checks.lints.shared.context import Json, LintContext, Rule, make_warning
from mingbai.diagnostics.problem import Problem
from mingbai.model.version import Expect


def check_versions(context: LintContext) -> Iterator[Problem]:
    """Check the dates of every version and its examples, and that it differs from the previous version."""
    for rule in context.rules:
        model, start = rule.version.model, rule.version.start
        if start is not None and model.confirmed_until is not None and model.confirmed_until < start:
            until = model.confirmed_until.isoformat()
            first = start.isoformat()
            yield make_warning(rule.document, "confirmed-before-start", ("confirmed_until",), found=until, start=first)
        if rule.previous is not None and _serialize_law(rule, rule.compiled) == _serialize_law(rule, rule.previous):
            yield make_warning(rule.document, "changes-nothing", found=rule.previous["id"])
        for index, example in enumerate(model.examples):
            if not rule.is_in_force_on(example.date) and not _expects_nothing(example.expect):
                path = ("examples", index, "date")
                yield make_warning(rule.document, "example-outside", path, found=example.date.isoformat())


def _serialize_law(rule: Rule, compiled: Json) -> str:
    """Return the law of a version as text for comparison, independent of the names of its files."""
    law = {key: compiled[key] for key in ("kind", "unit", "ends", "who", "when", "law", "numbers")}
    text = json.dumps(law, sort_keys=True, ensure_ascii=False)
    return text.replace(f"{compiled['id']}.yaml", "").replace(f"{rule.version.id}.yaml", "")


def _expects_nothing(expect: Expect) -> bool:
    """Return whether an example expects that the policy does not apply: no line, no payment, no status."""
    expected = {name: getattr(expect, name) for name in expect.model_fields_set}
    policy_values = [value for name, value in expected.items() if name != "self_pays"] or list(expected.values())
    return all(value is None or str(value) in ("False", "0", "0.00") for value in policy_values)
