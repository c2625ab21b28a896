"""A place's policies as they are on one day, compiled once to functions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple, cast

from mingbai_calculator.conditions import Condition, Json, Test, atoms, compile_condition, some
from mingbai_calculator.kinds import IN_CASH, ON_A_BILL
from mingbai_calculator.kinds.cash import MONTHS, Due
from mingbai_calculator.money import UNLIMITED
from mingbai_calculator.settlement import Pay, Stay, Year, first_of, open_stay
from mingbai_calculator.version import Version, in_force, read_version
from mingbai_calculator.world import World

type Bundle = dict[str, Json]


@dataclass(slots=True)
class OpenNumber:
    """A number that the source does not print: its bounds (fen or basis points), and whether one may type it."""

    policy: str
    name: str
    unit: str
    low: int
    high: int
    asked: bool
    data: dict[str, Json]


class YearPart(NamedTuple):
    """A version of a cash policy and the days of the plan's year on which it is in force."""

    version: Version
    for_them: Test
    due: Due
    first: date
    last: date
    from_age: int | None


@dataclass(slots=True)
class Plan:
    """What holds in a place on a day. `versions` are those in force, by policy; `all_versions` every one."""

    place: str
    day: date
    all_versions: dict[str, list[Version]]
    versions: dict[str, Version]
    facts: dict[str, dict[str, Json]]
    settles: Test
    on_bill: list[str]
    pays: list[Pay]
    dues: dict[str, list[YearPart]]
    numbers: dict[str, OpenNumber]
    reads: dict[str, list[Condition]] = field(default_factory=dict)

    def settle(self, world: World, year: Year) -> Stay | None:
        """Pay one bill; None where the place's rules do not settle such a visit."""
        if not self.settles(world):
            return None
        stay = open_stay(world, year)
        for pay in self.pays:
            pay(world, stay)
        return stay

    def values(self, key: str, world: World) -> Sequence[object]:
        """Return values of an unknown fact or number that stand for all: one for each way the policies tell apart.

        Of an open number the two bounds: what a person pays is monotone in it, so the extremes lie there.
        """
        if key in self.numbers:
            number = self.numbers[key]
            return [number.low, number.high]
        if key not in self.facts:  # a member of a list, or something that the source leaves open
            return [True, False]
        fact, reads = self.facts[key], self.reads.get(key, [])
        if fact["type"] == "bool":
            return [True, False]
        if fact["type"] == "choice":
            return self._options(fact, reads)
        if fact["type"] == "month":
            return self._months(world)
        return _numbers(fact, reads)

    def _options(self, fact: dict[str, Json], reads: list[Condition]) -> list[object]:
        """Return one option for each group of options that no condition tells apart."""
        groups: dict[tuple[bool, ...], object] = {}
        for option in cast("list[str]", fact["options"]):
            groups.setdefault(tuple(option in cast("list[Json]", read[2]) for read in reads), option)
        return list(groups.values())

    def _months(self, world: World) -> list[object]:
        """Return the months of birth that a whole age allows; without an age, those that differ in the plan's year."""
        age = world.get("wife_age")
        if isinstance(age, int):
            today = self.day.year * MONTHS + self.day.month - 1
            months = range(today - (age + 1) * MONTHS, today - age * MONTHS + 1)
        else:
            reached = max(due.from_age or 0 for dues in self.dues.values() for due in dues)
            january = (self.day.year - reached) * MONTHS
            months = range(
                january - 1, january + MONTHS + 1
            )  # reached before the year, in each of its months, after it
        return [(month // MONTHS, month % MONTHS + 1) for month in months]


def _numbers(fact: dict[str, Json], reads: list[Condition]) -> list[int]:
    """Return whole numbers of which each stands for all between two thresholds."""
    low, high = cast("int", fact.get("low") or 0), cast("int | None", fact.get("high"))
    starts = {low}
    for read in reads:
        if read[0] == "range":
            starts.update(
                cast("int", value) + step for value, step in ((read[2], 0), (read[3], 1)) if value is not None
            )
        else:
            starts.update(range(low, (high or 0) + 1))
    if not reads and high is not None:
        starts.update(range(low, high + 1))
    return sorted(start for start in starts if start >= low and (high is None or start <= high))


def make_plan(bundle: Bundle, place_id: str, day: date) -> Plan:
    """Compile the policies of a place as they are on `day`.

    Raises KeyError for a place that the bundle does not hold.
    """
    place = cast("dict[str, Json]", cast("dict[str, Json]", bundle["places"])[place_id])
    everything = {
        policy: [read_version(place_id, policy, version) for version in cast("list[dict[str, Json]]", versions)]
        for policy, versions in cast("dict[str, Json]", place["policies"]).items()
    }
    current = {
        policy: version
        for policy, versions in everything.items()
        if (version := in_force(versions, day)) and not version.ends
    }
    settles = [
        cast("Condition", item["if"])
        for item in cast("list[dict[str, Json]]", place["settles"])
        if item["from"] is None or cast("str", item["from"]) <= day.isoformat()
    ]
    order: list[list[str]] = [
        [policy for policy in group if policy in current] for group in cast("list[list[str]]", place["order"])
    ]
    pays: list[Pay] = []
    for group in order:
        if group:
            prepared = [ON_A_BILL[current[policy].kind](current[policy]) for policy in group]
            pays.append(prepared[0] if len(prepared) == 1 else first_of(prepared))
    plan = Plan(
        place_id,
        day,
        everything,
        current,
        cast("dict[str, dict[str, Json]]", bundle["facts"]),
        some([compile_condition(condition) for condition in settles]) if settles else lambda _: False,
        [policy for group in order for policy in group],
        pays,
        {
            policy: _year_parts(everything[policy], day.year)
            for policy, version in current.items()
            if version.kind in IN_CASH
        },
        _open_numbers(current),
    )
    conditions = [*settles, *_conditions([version.data for version in current.values()])]
    for condition in conditions:
        for atom in atoms(condition):
            plan.reads.setdefault(cast("str", atom[1]), []).append(atom)
    return plan


def _year_parts(versions: list[Version], year: int) -> list[YearPart]:
    """Return the versions that are in force in `year`, each with its days."""
    parts = []
    for version, following in pairwise([*versions, None]):
        if version is None or version.ends:
            continue
        first = max(version.start or date(year, 1, 1), date(year, 1, 1))
        last = date(year, 12, 31)
        if following is not None and following.start is not None:
            last = min(last, following.start - timedelta(days=1))
        if first <= last:
            from_month = cast("dict[str, int] | None", version.law["from_month"])
            age = None if from_month is None else from_month["age"]
            parts.append(YearPart(version, version.applies(), IN_CASH[version.kind](version), first, last, age))
    return parts


def _open_numbers(versions: dict[str, Version]) -> dict[str, OpenNumber]:
    found = {}
    for version in versions.values():
        for key, data in cast("dict[str, dict[str, Json]]", version.data["numbers"]).items():
            low, high = cast("int", data["low"]), cast("int | None", data["high"])
            found[key] = OpenNumber(
                version.policy,
                key,
                cast("str", data["unit"]),
                low,
                UNLIMITED if high is None else high,
                data["asked"] is True,
                data,
            )
    return found


def _conditions(value: Json) -> list[Condition]:
    """Return every condition inside the data of versions: `who`, `when` and each ``if``."""
    found: list[Condition] = []
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("who", "when", "if"):
                found.append(cast("Condition", inner))
            elif key in ("law", "rows", "amounts", "adjust") or isinstance(inner, dict):
                found.extend(_conditions(inner))
    elif isinstance(value, list):
        for inner in value:
            found.extend(_conditions(inner))
    return found
