"""Settling bills in every way, policy by policy: what the ways have in common is worked out once for all of them.

A bill passes a place's policies in order. Where one of them reads what is not known, the bill is kept as it came to
that policy, and each value is supposed in turn from there on (`facts.explore` would begin anew each time).
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, cast

from mingbai_calculator.core.facts import Facts, MissingFact, Scenario, Scenarios
from mingbai_calculator.engine.ruleset import Ruleset
from mingbai_calculator.kinds.claim import Claim, YearLedger

OF_A_VISIT = frozenset(["visit", "money"])
"""The groups of facts of which each visit has its own."""

type Settlement = tuple[Claim | None, ...]
"""One way in which the unknown could turn out: each visit's settlement, None where no rule settles it."""
type Values = Callable[[str, Facts], Sequence[object]]


class Visit(NamedTuple):
    """One bill: the plan of its day, and the facts of its own (all facts where it is the only one)."""

    ruleset: Ruleset
    own: Facts

    @property
    def total(self) -> int:
        """What there is to pay (fen): the whole bill, or the share after insurance where that is given."""
        share = self.own.get("self_share_after_insurance")
        return cast("int", self.own["total_cost"] if share is None else share)


class VisitFacts(Facts):
    """A world as one of several visits sees it: what is unknown about that visit is asked for by its number."""

    __slots__ = ("index", "of_all", "plan")

    def __init__(self, of_all: Facts, visit: Visit, index: int) -> None:
        """Put the visit's own facts over those that hold for all."""
        super().__init__(of_all)
        self.update(visit.own)
        self.of_all, self.ruleset, self.index = of_all, visit.ruleset, index

    def __missing__(self, key: str) -> object:
        """Look for what was supposed about this visit, else say that it is not known."""
        fact = self.ruleset.facts.get(key.split(":", 1)[0])
        if fact is not None and fact["group"] in OF_A_VISIT:
            return self.of_all[f"{key}@{self.index}"]
        raise MissingFact(key)


class SettlementState:
    """Bills on their way through the policies, in order of date, and the years that they belong to."""

    __slots__ = ("claims", "year", "years")

    def __init__(self) -> None:
        """Begin before the first bill."""
        self.claims: list[Claim | None] = []
        self.years: dict[int, YearLedger] = {}
        self.year = 0

    def copy(self) -> "SettlementState":
        """Return the same state, to go on from without changing this one. Bills that are settled stay as they are."""
        copied = SettlementState()
        copied.years = {number: year.copy() for number, year in self.years.items()}
        copied.year, copied.claims = self.year, self.claims.copy()
        if copied.claims and (claim := copied.claims[-1]) is not None:
            copied.claims[-1] = claim.copy(copied.years[copied.year])
        return copied

    def open(self, visit: Visit, facts: Facts) -> None:
        """Take the next bill up; where something is not known, nothing has changed."""
        number = visit.ruleset.day.year
        year = self.years.get(number) or YearLedger(before=not self.years)
        claim = visit.ruleset.open(facts, year)
        self.year, self.years[number] = number, year
        self.claims.append(claim)


class _Stage(NamedTuple):
    """One step: a bill is taken up, or a policy pays its part of it."""

    visit: int
    act: Callable[[Facts, SettlementState], object]


def settle_scenarios(visits: Sequence[Visit], known: Facts, values: Values, limit: int) -> Scenarios[Settlement]:
    """Settle the bills under every supposition that makes a difference, at most `limit` of them.

    The ways, and their order, are those of `facts.explore`. `values` gives, for a key, the values that stand for all
    others (see `Ruleset.values`).
    """
    stages = [stage for index, visit in enumerate(visits) for stage in _stages_of(index, visit, known)]
    scenarios: list[Scenario[Settlement]] = []
    waiting: list[tuple[dict[str, object], int, SettlementState]] = [({}, 0, SettlementState())]
    while waiting and len(scenarios) < limit:
        supposed, begin, state = waiting.pop()
        if waiting and waiting[-1][2] is state:
            state = state.copy()  # another way goes on from here too
        facts = Facts(known)
        facts.update(supposed)
        seen, own = -1, facts
        for number in range(begin, len(stages)):
            visit, act = stages[number]
            if visit != seen and len(visits) > 1:
                seen, own = visit, VisitFacts(facts, visits[visit], visit)
            try:
                act(own, state)
            except MissingFact as unknown:
                key = unknown.key
                waiting.extend(({**supposed, key: value}, number, state) for value in reversed(values(key, facts)))
                break
        else:
            scenarios.append(Scenario(supposed, tuple(state.claims)))
    return Scenarios(scenarios, complete=not waiting)


def settle_known(facts: Facts, visits: Sequence[Visit]) -> Settlement:
    """Settle the bills in a world in which all that matters is known; raises `MissingFact` where it is not."""
    years: dict[int, YearLedger] = {}
    claims = []
    for index, visit in enumerate(visits):
        own = facts if len(visits) == 1 else VisitFacts(facts, visit, index)
        year = years.setdefault(visit.ruleset.day.year, YearLedger(before=not years))
        claims.append(visit.ruleset.settle(own, year))
    return tuple(claims)


def _stages_of(index: int, visit: Visit, known: Facts) -> list[_Stage]:
    def pays(pay: Callable[[Facts, Claim], bool]) -> Callable[[Facts, SettlementState], object]:
        def act(facts: Facts, state: SettlementState) -> object:
            claim = state.claims[-1]
            return claim is not None and pay(facts, claim)

        return act

    said = Facts({**known, **visit.own})
    first = _Stage(index, lambda facts, state: state.open(visit, facts))
    return [first, *(_Stage(index, pays(pay)) for pay in visit.ruleset.pays_for(said))]
