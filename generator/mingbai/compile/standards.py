"""Standards of a place: the amount that each has while a version is in force."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mingbai.diagnostics.problem import KeyPath
from mingbai.model.place import Standard, StandardValue
from mingbai_calculator.core.money import apply_rate

type Json = dict[str, Any]


@dataclass(slots=True)
class StandardReader:
    """Reads standards for one version: from its first day (None: not known) to the day before `end` (None: open).

    `report` takes code, path, found, and the allowed words or the day; `used`: what was read, for pages.
    """

    standards: Sequence[Standard]
    start: date | None
    end: date | None
    report: Callable[..., None]
    used: list[Json] = field(default_factory=list)

    def read(self, name: str, times: int, path: KeyPath) -> int:
        """Return a multiple (basis points) of a standard in fen; 0, and a problem, where it has no one value."""
        standard = next((each for each in self.standards if each.id == name), None)
        if standard is None:
            self.report("unknown-standard", path, name, tuple(each.id for each in self.standards))
            return 0
        values = sorted(standard.values, key=lambda value: value.from_)
        begun = [value for value in values if self.start is not None and value.from_ <= self.start]
        if not begun:
            self.report(
                "standard-without-value", path, name, limit="" if self.start is None else self.start.isoformat()
            )
            return 0
        later = next((value.from_ for value in values if value.from_ > begun[-1].from_ and self._covers(value)), None)
        if later is not None:
            self.report("standard-changes", path, name, limit=later.isoformat())
        entry = {"title": standard.title.by_language(), "from": begun[-1].from_.isoformat(), "amount": begun[-1].amount}
        if entry not in self.used:
            self.used.append(entry)
        return apply_rate(times, begun[-1].amount)

    def _covers(self, value: StandardValue) -> bool:
        return self.end is None or value.from_ < self.end
