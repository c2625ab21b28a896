"""The figures of a version file, leaf by leaf: whatever of its law a person can read off a notice.

Numbers, days, payers, units and conditions; no texts, sources or examples. A figure has a key by which it is found
again in another version, where rows stand elsewhere: ``table.poor-county.rate``; rows are told apart by their ids.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mingbai.checks.lints.shared.context import NON_LAW_KEYS
from mingbai.diagnostics.problem import KeyPath

EFFECTIVE = "effective"
"""The key of a version's first day, which is the name of its file."""
PART_OF_KEY = {
    "confirmed_until": "dates",
    "ends": "dates",
    EFFECTIVE: "dates",
    "who": "who",
    "unit": "who",
    "when": "when",
}
"""Top-level key -> part of the law (`checks.lock.PARTS`); every other key is of the rule."""
_SILENT = NON_LAW_KEYS | {"topic", "start", "id", "offered_to", "ask", "kind"}
"""Keys that hold no figure: texts, names, sources, records."""
TECHNICAL = frozenset(["base", "of", "pick", "counted", "times", "free", "only_if", "items"])
"""Top-level keys, or last steps, whose words are ours and stand in no notice: asked for only where they changed."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its key, where it stands in the file (None: no longer there), and its value as YAML has it."""

    key: str
    path: KeyPath | None
    value: Any

    @property
    def is_technical(self) -> bool:
        """Whether no notice says it in words that could be typed."""
        return not TECHNICAL.isdisjoint(self.key.split("."))

    @property
    def part(self) -> str:
        """The part of the law that it belongs to."""
        return PART_OF_KEY.get(self.key.partition(".")[0], "rule")


def list_figures(version: str, value: Mapping[str, Any]) -> dict[str, Figure]:
    """Return the figures of a version (its id, and the values of its file) by key, in the order of the file."""
    figures = {EFFECTIVE: Figure(EFFECTIVE, (), version)}
    for name, inner in value.items():
        if name not in _SILENT:
            figures |= {figure.key: figure for figure in _walk(inner, name, (name,))}
    return figures


def list_changed(old: Mapping[str, Figure], new: Mapping[str, Figure]) -> list[Figure]:
    """Return the figures of `new` that are not so in `old`, and with no path those of `old` that are gone."""
    changed = [figure for key, figure in new.items() if key not in old or not _same(old[key].value, figure.value)]
    return changed + [Figure(key, None, None) for key in old if key not in new]


def _same(old: object, new: object) -> bool:
    if isinstance(old, list) and isinstance(new, list):
        return sorted(map(str, old)) == sorted(map(str, new))
    return str(old) == str(new)


def _walk(value: Any, key: str, path: KeyPath) -> Iterator[Figure]:  # noqa: ANN401 - any YAML value
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in _SILENT or (path[0] == "asks" and name == "unit"):
                continue
            own = key if name == "value" else f"{key}.{name}"  # `rate: {value: 85%}` is `rate: 85%`
            yield from _walk(inner, own, (*path, name))
    elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        for index, item in enumerate(value):
            name = item.get("id") if isinstance(item, dict) else None
            yield from _walk(item, f"{key}.{name or index + 1}", (*path, index))
    elif value is not None:
        yield Figure(key, path, value)
