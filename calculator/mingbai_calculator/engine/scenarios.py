"""Settling bills in every way, policy by policy: what the ways have in common is worked out once for all of them.

A bill passes a place's policies in order. Where one of them reads what is not known, the bill is kept as it came to
that policy, and each value is supposed in turn from there on (`world.explore` would begin anew each time).
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, cast

from mingbai_calculator.core.world import Branch, Branches, Unknown, World
from mingbai_calculator.engine.ruleset import Plan
from mingbai_calculator.kinds.claim import Stay, Year

OF_A_VISIT = frozenset(["visit", "money"])
"""The groups of facts of which each visit has its own."""

type Way = tuple[Stay | None, ...]
"""One way in which the unknown could turn out: each visit's settlement, None where no rule settles it."""
type Values = Callable[[str, World], Sequence[object]]


class Visit(NamedTuple):
    """One bill: the plan of its day, and the facts of its own (all facts where it is the only one)."""

    plan: Plan
    own: World

    @property
    def total(self) -> int:
        """What there is to pay (fen): the whole bill, or the share after insurance where that is given."""
        share = self.own.get("self_share_after_insurance")
        return cast("int", self.own["total_cost"] if share is None else share)


class VisitWorld(World):
    """A world as one of several visits sees it: what is unknown about that visit is asked for by its number."""

    __slots__ = ("index", "of_all", "plan")

    def __init__(self, of_all: World, visit: Visit, index: int) -> None:
        """Put the visit's own facts over those that hold for all."""
        super().__init__(of_all)
        self.update(visit.own)
        self.of_all, self.plan, self.index = of_all, visit.plan, index

    def __missing__(self, key: str) -> object:
        """Look for what was supposed about this visit, else say that it is not known."""
        fact = self.plan.facts.get(key.split(":", 1)[0])
        if fact is not None and fact["group"] in OF_A_VISIT:
            return self.of_all[f"{key}@{self.index}"]
        raise Unknown(key)


class Progress:
    """Bills on their way through the policies, in order of date, and the years that they belong to."""

    __slots__ = ("stays", "year", "years")

    def __init__(self) -> None:
        """Begin before the first bill."""
        self.stays: list[Stay | None] = []
        self.years: dict[int, Year] = {}
        self.year = 0

    def copy(self) -> "Progress":
        """Return the same state, to go on from without changing this one. Bills that are settled stay as they are."""
        copied = Progress()
        copied.years = {number: year.copy() for number, year in self.years.items()}
        copied.year, copied.stays = self.year, self.stays.copy()
        if copied.stays and (stay := copied.stays[-1]) is not None:
            copied.stays[-1] = stay.copy(copied.years[copied.year])
        return copied

    def open(self, visit: Visit, world: World) -> None:
        """Take the next bill up; where something is not known, nothing has changed."""
        number = visit.plan.day.year
        year = self.years.get(number) or Year(before=not self.years)
        stay = visit.plan.open(world, year)
        self.year, self.years[number] = number, year
        self.stays.append(stay)


class _Stage(NamedTuple):
    """One step: a bill is taken up, or a policy pays its part of it."""

    visit: int
    act: Callable[[World, Progress], object]


def settle_by_stages(visits: Sequence[Visit], known: World, values: Values, limit: int) -> Branches[Way]:
    """Settle the bills under every supposition that makes a difference, at most `limit` of them.

    The ways, and their order, are those of `world.explore`. `values` gives, for a key, the values that stand for all
    others (see `Plan.values`).
    """
    stages = [stage for index, visit in enumerate(visits) for stage in _stages_of(index, visit, known)]
    branches: list[Branch[Way]] = []
    waiting: list[tuple[dict[str, object], int, Progress]] = [({}, 0, Progress())]
    while waiting and len(branches) < limit:
        supposed, begin, progress = waiting.pop()
        if waiting and waiting[-1][2] is progress:
            progress = progress.copy()  # another way goes on from here too
        world = World(known)
        world.update(supposed)
        seen, own = -1, world
        for number in range(begin, len(stages)):
            visit, act = stages[number]
            if visit != seen and len(visits) > 1:
                seen, own = visit, VisitWorld(world, visits[visit], visit)
            try:
                act(own, progress)
            except Unknown as unknown:
                key = unknown.key
                waiting.extend(({**supposed, key: value}, number, progress) for value in reversed(values(key, world)))
                break
        else:
            branches.append(Branch(supposed, tuple(progress.stays)))
    return Branches(branches, complete=not waiting)


def settle_in(world: World, visits: Sequence[Visit]) -> Way:
    """Settle the bills in a world in which all that matters is known; raises `Unknown` where it is not."""
    years: dict[int, Year] = {}
    stays = []
    for index, visit in enumerate(visits):
        own = world if len(visits) == 1 else VisitWorld(world, visit, index)
        year = years.setdefault(visit.plan.day.year, Year(before=not years))
        stays.append(visit.plan.settle(own, year))
    return tuple(stays)


def _stages_of(index: int, visit: Visit, known: World) -> list[_Stage]:
    def pays(pay: Callable[[World, Stay], bool]) -> Callable[[World, Progress], object]:
        def act(world: World, progress: Progress) -> object:
            stay = progress.stays[-1]
            return stay is not None and pay(world, stay)

        return act

    said = World({**known, **visit.own})
    first = _Stage(index, lambda world, progress: progress.open(visit, world))
    return [first, *(_Stage(index, pays(pay)) for pay in visit.plan.pays_for(said))]
