"""The bills of a year in every way in which the unknown could turn out: the hull of what everybody pays."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, cast

from mingbai_calculator import jumps
from mingbai_calculator.kinds.share import FORCED, TRIGGERS
from mingbai_calculator.plan import Plan
from mingbai_calculator.settlement import Stay, Step, Year
from mingbai_calculator.world import Branch, Branches, Unknown, World, decisive, explore

LIMIT = 4096
"""So many ways are tried; beyond that the answer is the widest range, and says so."""

OF_A_VISIT = frozenset(["visit", "money"])
"""The groups of facts of which each visit has its own."""


class Hull(NamedTuple):
    """A range of fen that holds the value of every way in which things could turn out."""

    low: int
    high: int

    @property
    def exact(self) -> bool:
        """Whether there is only one value."""
        return self.low == self.high


def hull(values: Iterable[int]) -> Hull:
    """Return the smallest hull of `values` (at least one)."""
    known = list(values)
    return Hull(min(known), max(known))


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


type Way = tuple[Stay | None, ...]
"""One way in which the unknown could turn out: each visit's settlement, None where no rule settles it."""


@dataclass(frozen=True)
class Bills:
    """Every way in which the bills `of` (indexes of visits) could be settled.

    `outer`, where there are open numbers and rules that jump, holds ways that enclose all that is possible.
    """

    visits: Sequence[Visit]
    ways: Branches[Way]
    of: tuple[int, ...]
    outer: Branches[Way] | None = None

    @cached_property
    def total(self) -> int:
        """What there is to pay (fen)."""
        return sum(self.visits[index].total for index in self.of)

    def sum_of(self, fact: str) -> int | None:
        """Return the sum of an amount over the bills (fen); None where one of them does not tell it."""
        amounts = [self.visits[index].own.get(fact) for index in self.of]
        return None if None in amounts else sum(cast("list[int]", amounts))

    @property
    def complete(self) -> bool:
        """Whether every way was tried."""
        return self.ways.complete

    @property
    def tight(self) -> bool:
        """Whether the hull of what the person pays is the tightest one."""
        return self.complete and (self.outer is None or self.self_pays == self.range(self.ways.all))

    @cached_property
    def settled(self) -> list[list[Stay]]:
        """The ways in which every bill is settled by a rule."""
        return self._settled(self.ways.all)

    def _settled(self, ways: Sequence[Branch[Way]]) -> list[list[Stay]]:
        stays = [[way.outcome[index] for index in self.of] for way in ways]
        return [cast("list[Stay]", way) for way in stays if all(way)]

    def of_visit(self, index: int) -> "Bills":
        """Return the same ways, looked at for one visit."""
        return self._by_visit[index]

    @cached_property
    def _by_visit(self) -> "dict[int, Bills]":
        if len(self.of) == 1:
            return {self.of[0]: self}
        return {index: Bills(self.visits, self.ways, (index,), self.outer) for index in self.of}

    @property
    def partly_settled(self) -> bool:
        """Whether no rule settles some of the ways."""
        return len(self.settled) < len(self.ways.all)

    @cached_property
    def self_pays(self) -> Hull | None:
        """What the person pays; None where no rule settles any of the ways."""
        if not self.settled and self.complete:
            return None
        if not self.complete:
            return Hull(0, self.total)
        found = self.range(self.ways.all)
        if self.outer is None:
            return found
        around = self.range(self.outer.all)
        return Hull(min(found.low, around.low), max(found.high, around.high))

    def range(self, ways: Sequence[Branch[Way]]) -> Hull:
        """Return the hull of the person's share; a bill that no rule settles counts as anything (reading R8)."""
        ranges = [self._share(way.outcome) for way in ways]
        return Hull(min(low for low, _ in ranges), max(high for _, high in ranges))

    def _share(self, way: Way) -> Hull:
        shares = [
            Hull(0, self.visits[i].total) if (stay := way[i]) is None else Hull(stay.self_pays, stay.self_pays)
            for i in self.of
        ]
        return Hull(sum(share.low for share in shares), sum(share.high for share in shares))

    def ends(self) -> tuple[list[Stay] | None, list[Stay] | None]:
        """Return the settlements at the low and the high end; None for an end that no rule settles."""
        if self.self_pays is None:
            return None, None
        low, high = (
            next((stays for stays in self.settled if sum(stay.self_pays for stay in stays) == end), None)
            for end in self.self_pays
        )
        return low, high

    def lines(self, policy: str) -> dict[str, Hull]:
        """Return what each payer of a policy pays over all ways (0 where it does not apply)."""
        payers = dict.fromkeys(step.payer for step in self.steps(policy))
        lines = {payer: self._line(policy, payer) for payer in payers}
        applies = all(any(step.policy == policy for stay in stays for step in stay.steps) for stays in self.settled)
        # One that never pays, and may not even apply, is no line.
        return lines if applies or any(line.high for line in lines.values()) else {}

    def _line(self, policy: str, payer: str) -> Hull:
        ways = [*self.ways.all, *(self.outer.all if self.outer else ())]
        sums = [
            sum(step.amount for stay in stays for step in stay.steps if step.policy == policy and step.payer == payer)
            for stays in self._settled(ways)
        ]
        if self.partly_settled:
            sums.append(0)
        if not self.complete:
            sums += [0, self.total]
        return hull(sums)

    def steps(self, policy: str) -> list[Step]:
        """Return what a policy did in the ways in which it applied."""
        return [step for stays in self.settled for stay in stays for step in stay.steps if step.policy == policy]

    @cached_property
    def decisive(self) -> list[str]:
        """The keys (facts, open numbers) that change something, the most decisive for the person's share first."""
        matters = decisive(self.ways.all, self._sameness)
        everything = self.range(self.ways.all)

        def width(ways: Sequence[Branch[Way]]) -> int:
            low, high = self.range(ways)
            return high - low

        def narrows(key: str) -> int:
            groups = list(matters[key].values())
            return (everything.high - everything.low) - sum(width(group) for group in groups) // len(groups)

        return sorted(matters, key=lambda key: -narrows(key))

    def _sameness(self, way: Way) -> object:
        return tuple(
            None
            if (stay := way[index]) is None
            else (stay.self_pays, tuple(step[:3] for step in stay.steps if step.amount))
            for index in self.of
        )


def settle_every_way(visits: Sequence[Visit], known: World) -> Bills:
    """Settle the bills, in order of date, in every way in which the unknown facts and numbers could turn out."""
    bills, beside = enclose(visits, known)
    if bills.outer is None or all(bills.of_visit(index).tight for index in bills.of):
        return bills  # nothing beside a jump could be more extreme
    ways = Branches([*bills.ways.all, *beside()], bills.ways.complete)
    return Bills(visits, ways, bills.of, bills.outer)


def enclose(visits: Sequence[Visit], known: World) -> tuple[Bills, Callable[[], list[Branch[Way]]]]:
    """Settle the bills so that the hull of the ways is right; the second result finds the ways beside each jump."""

    def settle(world: World) -> Way:
        years: dict[int, Year] = {}
        stays = []
        for index, visit in enumerate(visits):
            own = world if len(visits) == 1 else VisitWorld(world, visit, index)
            year = years.setdefault(visit.plan.day.year, Year(before=not years))
            stays.append(visit.plan.settle(own, year))
        return tuple(stays)

    def values(key: str, world: World) -> Sequence[object]:
        if key.startswith(TRIGGERS):
            return [True, False]
        name, _, index = key.partition("@")
        visit = visits[int(index or 0)]
        return visit.plan.values(name, World({**world, **visit.own}))

    if len(visits) == 1:
        known = World({**known, **visits[0].own})
    ways = explore(settle, known, values, LIMIT)
    everything = tuple(range(len(visits)))
    jumping = jumps.find(ways, visits[0].plan.numbers) if any(visit.plan.triggered for visit in visits) else []
    outer = explore(settle, World({**known, FORCED: True}), values, LIMIT) if jumping else None
    return Bills(visits, ways, everything, outer), lambda: jumps.beside(settle, known, ways, jumping)
