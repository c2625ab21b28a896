"""Figures in prose: placeholders in a text are replaced by numbers of its rule, so that the two cannot disagree."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from mingbai.compile.laws import SHARE_NUMBERS
from mingbai.diagnostics.problem import KeyPath
from mingbai_calculator.core.money import format_amount, format_percent

type Json = dict[str, Any]

RATE_NAMES = frozenset(["rate", "share", "off"])
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def collect_figures(law: Json, own: Mapping[str, int]) -> dict[str, str]:
    """Return the figures that the texts of a version may use, formatted for readers: ``{county.rate}`` is ``85%``.

    `own` are figures (fen, basis points) that the source prints and the law has in another form, if at all.
    """
    texts: dict[str, str] = {}
    rows = law.get("rows") or law.get("amounts") or [{**law, "id": ""}]
    for row in rows:
        for name in (*SHARE_NUMBERS, "share", "amount", "off", "premium"):
            value = _printed_value(row.get(name))
            if value is not None:
                label = "share" if row.get("of") == "share" else name
                texts[f"{row['id']}.{label}" if row["id"] else label] = _format_figure(label, value)
    return texts | {name: _format_figure(name.rpartition(".")[2], value) for name, value in own.items()}


def fill_placeholders(value: Any, numbers: dict[str, str], report: Callable[..., None], path: KeyPath = ()) -> Any:  # noqa: ANN401
    """Replace the placeholders in every text of a compiled version; an unknown one is reported by `report`."""
    if isinstance(value, dict):
        return {key: fill_placeholders(inner, numbers, report, (*path, key)) for key, inner in value.items()}
    if isinstance(value, list):
        return [fill_placeholders(inner, numbers, report, (*path, index)) for index, inner in enumerate(value)]
    if not isinstance(value, str) or "{" not in value:
        return value

    def replace(match: re.Match[str]) -> str:
        if match[1] not in numbers:
            report("unknown-figure", path, match[1], tuple(numbers))
        return numbers.get(match[1], match[0])

    return _PLACEHOLDER.sub(replace, value)


def _printed_value(number: object) -> int | None:
    """Return a number that the source prints (fen or basis points), before adjustments; None for an open number."""
    value = number.get("value") if isinstance(number, dict) else number
    return value if isinstance(value, int) else None


def _format_figure(name: str, value: int) -> str:
    return format_percent(value) if name in RATE_NAMES else format_amount(value)
