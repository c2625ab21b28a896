"""Figures in prose: a text names a number of its rule, so that the two cannot disagree."""

import re
from collections.abc import Callable
from typing import Any

from mingbai.compile.laws import SHARE_NUMBERS
from mingbai.diagnostics.problem import Path_
from mingbai.model.version import Cash, Premium, Share, Version
from mingbai_calculator.core.money import percent, shown

type Json = dict[str, Any]

RATES = frozenset(["rate", "share", "off"])
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def figures(law: Json, model: Version) -> dict[str, str]:
    """Return the figures that a version's texts may name, as a reader reads them: ``{county.rate}`` is ``85%``."""
    found: dict[str, str] = {}
    rows = law.get("rows") or law.get("amounts") or [{**law, "id": ""}]
    for row in rows:
        for name in (*SHARE_NUMBERS, "share", "amount", "off", "premium"):
            value = _printed(row.get(name))
            if value is not None:
                shown_as = "share" if row.get("of") == "share" else name
                found[f"{row['id']}.{shown_as}" if row["id"] else shown_as] = _written(shown_as, value)
    if isinstance(model, Share):
        own = {name: getattr(model, name) for name in SHARE_NUMBERS}
        found.update(
            {name: _written(name, number.value) for name, number in own.items() if number and number.value is not None}
        )
    if isinstance(model, Premium) and model.rate.at_most is not None:
        found["rate"] = percent(model.rate.at_most)
    if isinstance(model, Cash):  # "at most 200": the bound is what the source prints
        bounds = {component.id: component.amount.at_most for component in model.amounts}
        found.update({f"{name}.amount": shown(bound) for name, bound in bounds.items() if bound is not None})
    return found


def fill(value: Any, numbers: dict[str, str], say: Callable[..., None], path: Path_ = ()) -> Any:  # noqa: ANN401
    """Put the rule's figures into every text of a compiled version; an unknown one is told by `say`."""
    if isinstance(value, dict):
        return {key: fill(inner, numbers, say, (*path, key)) for key, inner in value.items()}
    if isinstance(value, list):
        return [fill(inner, numbers, say, (*path, index)) for index, inner in enumerate(value)]
    if not isinstance(value, str) or "{" not in value:
        return value

    def figure(match: re.Match[str]) -> str:
        if match[1] not in numbers:
            say("unknown-figure", path, match[1], tuple(numbers))
        return numbers.get(match[1], match[0])

    return _PLACEHOLDER.sub(figure, value)


def _printed(number: object) -> int | None:
    """Return a number that the source prints, before adjustments; None for an open one."""
    value = number.get("value") if isinstance(number, dict) else number
    return value if isinstance(value, int) else None


def _written(name: str, value: int) -> str:
    return percent(value) if name in RATES else shown(value)
