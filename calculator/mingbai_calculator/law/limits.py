"""Shared limit: the most that several policies of a place pay together, for a person or a family, in a period."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from mingbai_calculator.core.json_value import Texts
from mingbai_calculator.core.record import Record
from mingbai_calculator.law.conditions import Condition, resolve_statuses
from mingbai_calculator.law.numbers import Number, list_adjustments, resolve_number

YEARLY = ("year", "insurance_year")
"""Periods of which the fact ``ytd_paid`` says what was paid before the first visit."""


class SharedLimit(Record):
    """The most (fen) that the policies with this limit pay together; no limit where `condition` does not hold.

    `per`: ``stay``, ``month``, ``year``, ``insurance_year`` (its first day is `starts`: month, day) or ``lifetime``.
    `of`: ``person`` or ``family``. `since`: the first day of this amount (None: ever); of one `id` the latest counts.
    """

    __slots__ = ("amount", "condition", "id", "of", "per", "since", "starts", "title")

    def __init__(  # noqa: PLR0913, PLR0917 - one argument for each field
        self,
        id: str,  # noqa: A002 - the name of the field
        title: Texts,
        condition: Condition,
        amount: Number,
        per: str,
        of: str,
        starts: tuple[int, int] | None = None,
        since: date | None = None,
    ) -> None:
        """Store the fields."""
        self.id, self.title, self.condition, self.amount, self.per, self.of = id, title, condition, amount, per, of
        self.starts, self.since = starts, since

    def iter_conditions(self) -> Iterator[Condition]:
        """Yield the condition of the limit, and those of its amount."""
        yield self.condition
        for adjustment in list_adjustments(self.amount):
            yield adjustment.condition

    def list_facts(self) -> set[str]:
        """Return the amount of the year."""
        return {"ytd_paid"} if self.per in YEARLY else set()

    def resolve(self, statuses: Mapping[str, Condition]) -> "SharedLimit":
        """Return the limit with references to status policies replaced by their conditions."""
        condition, amount = resolve_statuses(self.condition, statuses), resolve_number(self.amount, statuses)
        return SharedLimit(self.id, self.title, condition, amount, self.per, self.of, self.starts, self.since)

    def name_period(self, day: date) -> str:
        """Return the name of the period in which `day` lies: equal for two days of one period."""
        if self.per == "lifetime":
            return ""
        if self.per == "month":
            return f"{day.year}-{day.month}"
        is_before = self.starts is not None and (day.month, day.day) < self.starts
        return str(day.year - 1 if is_before else day.year)


def select_limits(limits: Sequence[SharedLimit], day: date) -> list[SharedLimit]:
    """Return the limits that count on `day`: of each id the latest that has begun."""
    in_force: dict[str, SharedLimit] = {}
    for limit in sorted(limits, key=lambda limit: limit.since or date.min):
        if limit.since is None or limit.since <= day:
            in_force[limit.id] = limit
    return list(in_force.values())
