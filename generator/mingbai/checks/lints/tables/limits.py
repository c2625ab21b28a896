"""A limit below its deductible: whoever gets over the deductible has nearly reached the limit; a slip of the pen."""

from collections.abc import Iterator

from mingbai.checks.lints.shared.context import Ground, Json, Rule, warning
from mingbai.diagnostics.problem import Path_, Problem
from mingbai_calculator.core.money import shown


def check_limits(ground: Ground) -> Iterator[Problem]:
    """Find limits (on what is paid, on what counts) that are below the deductible of their row."""
    for rule in ground.rules:
        if rule.version.model.kind == "share":
            for index, row in enumerate(rule.compiled["law"]["rows"]):
                deductible = _printed(row.get("deductible"))
                for name in ("limit", "base_limit"):
                    limit = _printed(row.get(name))
                    if limit is not None and deductible is not None and limit < deductible:
                        path = _path(rule, index, name)
                        found, low = shown(limit), shown(deductible)
                        yield warning(rule.document, "limit-below-deductible", path, found=found, deductible=low)


def _path(rule: Rule, index: int, name: str) -> Path_:
    own: Path_ = ("table", index, name)
    return own if own in rule.document.values else (name,)


def _printed(number: int | Json | None) -> int | None:
    """Return a number that the source prints (fen); None for one that is not there, asked for, or adjusted."""
    return number if isinstance(number, int) else None
