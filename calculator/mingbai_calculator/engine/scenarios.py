"""Settlement of bills in all scenarios, with a shared prefix: what scenarios have in common is computed once.

A claim passes a place's policies in order. If one of them reads a missing fact, the state before that policy is
saved, and each candidate value is assumed from there on (`facts.enumerate_scenarios` would restart each time).
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from mingbai_calculator.core.facts import (
    Facts,
    FactValue,
    MissingFact,
    Scenario,
    Scenarios,
    split_member_key,
    visit_key,
)
from mingbai_calculator.engine.ruleset import Ruleset
from mingbai_calculator.kinds.claim import Claim, LimitKey, PayFunction, YearLedger

VISIT_GROUPS = frozenset(["visit", "money"])
"""The groups of facts that each visit has of its own."""

type Settlement = tuple[Claim | None, ...]
"""The claims of all visits in one scenario; None for a visit that no rule settles."""
type CandidateValues = Callable[[str, Facts], Sequence[object]]


class Visit(NamedTuple):
    """One bill: the ruleset of its day, and its own facts (all facts if it is the only visit).

    `member`: of a family whose bills are settled together, the index of the first visit of whoever the bill is for.
    """

    ruleset: Ruleset
    own: Facts
    member: int | None = None

    @property
    def total(self) -> int:
        """The cost to be paid (fen): the whole bill, or the share after insurance if that is given."""
        share: int | None = self.own.get("self_share_after_insurance")
        total: int = self.own["total_cost"] if share is None else share
        return total


class VisitFacts(Facts):
    """Facts of one of several visits; a missing fact of this visit has the key ``fact@index``."""

    __slots__ = ("index", "member", "ruleset", "shared")

    def __init__(self, of_all: Facts, visit: Visit, index: int) -> None:
        """Merge the facts `shared` by all visits with those of the visit, which take precedence."""
        super().__init__(of_all)
        self.update(visit.own)
        self.shared, self.ruleset, self.index, self.member = of_all, visit.ruleset, index, visit.member

    def __missing__(self, key: str) -> FactValue:
        """Return the value assumed for this visit, else raise `MissingFact`."""
        fact = self.ruleset.fact_definitions.get(split_member_key(key)[0])
        if fact is not None and fact.group in VISIT_GROUPS:
            return self.shared[visit_key(key, self.index)]
        if self.member is None or fact is None or fact.shared:
            raise MissingFact(key)
        return self.shared[visit_key(key, self.member)]


type LedgerKey = tuple[int | None, int]
"""Whose year (`Visit.member`), and which one."""


class Ledgers:
    """The ledger of each year of each person; for several members also the ledger of each year of the family."""

    __slots__ = ("families", "spent", "years")

    def __init__(self) -> None:
        """Create no ledgers yet."""
        self.years: dict[LedgerKey, YearLedger] = {}
        self.families: dict[int, YearLedger] = {}
        self.spent: dict[LimitKey, int] = {}

    def copy(self) -> "Ledgers":
        """Return an independent copy."""
        copied = Ledgers()
        copied.spent = self.spent.copy()
        copied.families = {year: ledger.copy(copied.spent) for year, ledger in self.families.items()}
        copied.years = {
            key: ledger.copy(copied.spent, copied.families.get(key[1])) for key, ledger in self.years.items()
        }
        return copied

    def open(self, key: LedgerKey) -> YearLedger:
        """Return the ledger of a person's year; opened where there is none. Opening one twice changes nothing."""
        ledger = self.years.get(key)
        if ledger is None:
            member, year = key
            if member is not None and year not in self.families:
                self.families[year] = YearLedger(uses_ytd_facts=not self.families, spent=self.spent)
            is_first = not any(other == member for other, _ in self.years)
            name, family = "" if member is None else str(member), self.families.get(year)
            ledger = YearLedger(uses_ytd_facts=is_first, spent=self.spent, member=name, of_family=family)
            self.years[key] = ledger
        return ledger


class SettlementState:
    """The claims settled so far, in order of date, and the ledgers; `year` is the key of that of the last claim."""

    __slots__ = ("claims", "ledgers", "year")

    def __init__(self) -> None:
        """Create the state before the first bill."""
        self.claims: list[Claim | None] = []
        self.ledgers = Ledgers()
        self.year: LedgerKey = (None, 0)

    def copy(self) -> "SettlementState":
        """Return an independent copy; only the last claim is copied, as earlier ones are settled and do not change."""
        copied = SettlementState()
        copied.ledgers = self.ledgers.copy()
        copied.year, copied.claims = self.year, self.claims.copy()
        if copied.claims and (claim := copied.claims[-1]) is not None:
            copied.claims[-1] = claim.copy(copied.ledgers.years[copied.year])
        return copied

    def open(self, visit: Visit, facts: Facts) -> None:
        """Open the claim of the next bill; if that raises `MissingFact`, the state is unchanged."""
        year = (visit.member, visit.ruleset.day.year)
        claim = visit.ruleset.open(facts, self.ledgers.open(year))
        self.year = year
        self.claims.append(claim)


type _Stage = PayFunction | None
"""One step of a visit: its claim is opened (None), or a policy pays its part of it."""
type _Branch = tuple[dict[str, object], int, SettlementState]
"""What is assumed, the next stage of the visit, and the state before it."""

MAX_EXAMPLES = 16
"""How many scenarios are worked out to the end where all are too many."""


def settle_scenarios(
    visits: Sequence[Visit], known: Facts, candidate_values: CandidateValues, limit: int
) -> Scenarios[Settlement]:
    """Settle the bills in every scenario that makes a difference, at most `limit` of them.

    The scenarios, and their order, are those of `facts.enumerate_scenarios`. `candidate_values` returns, for a key,
    the values that represent all others (see `Ruleset.candidate_values`). All scenarios pass a visit before any
    passes the next one: each has at least one continuation, so too many are noticed early. Then only some examples
    are settled to the end.
    """
    branches: list[_Branch] = [({}, 0, SettlementState())]
    for index, visit in enumerate(visits):
        ends, open_branches = _branch_at_visit(branches, _VisitStages(visits, index, known), candidate_values, limit)
        if open_branches:
            settled, unsettled = (ends, open_branches) if visit is visits[-1] else ([], [*ends, *open_branches])
            stages = [_VisitStages(visits, later, known) for later in range(index, len(visits))]
            chosen = _spread(unsettled, MAX_EXAMPLES)
            examples = [_settle_example(branch, stages, candidate_values) for branch in chosen]
            return Scenarios(_list_scenarios([*settled, *examples]), complete=False)
        branches = [(assumed, 0, state) for assumed, _, state in ends]
    return Scenarios(_list_scenarios(branches), complete=True)


class _VisitStages:
    """The stages of one visit, and its facts in a scenario."""

    __slots__ = ("_index", "_known", "_visit", "facts_are_shared", "stages")

    def __init__(self, visits: Sequence[Visit], index: int, known: Facts) -> None:
        self._visit, self._index, self._known, self.facts_are_shared = visits[index], index, known, len(visits) == 1
        facts = known if self._visit.own is known else Facts({**known, **self._visit.own})
        self.stages: list[_Stage] = [None, *self._visit.ruleset.select_pay_functions(facts)]

    def make_facts(self, assumed: dict[str, object]) -> tuple[Facts, Facts]:
        """Return the facts that all visits share, and those of the visit."""
        facts = Facts(self._known)
        facts.update(assumed)
        return facts, facts if self.facts_are_shared else VisitFacts(facts, self._visit, self._index)

    def settle(self, facts: Facts, first_stage: int, state: SettlementState) -> tuple[str, int]:
        """Settle from a stage on; return the missing key that stops it, ``""`` for none, and the stage reached."""
        stage_number = first_stage
        try:
            for stage_number in range(first_stage, len(self.stages)):
                pay = self.stages[stage_number]
                if pay is None:
                    state.open(self._visit, facts)
                elif (claim := state.claims[-1]) is not None:
                    pay(facts, claim)
        except MissingFact as unknown:
            return unknown.key, stage_number
        return "", len(self.stages)


def _branch_at_visit(
    branches: Sequence[_Branch], visit: _VisitStages, candidate_values: CandidateValues, limit: int
) -> tuple[list[_Branch], list[_Branch]]:
    """Return the branches that reach the end of a visit, and those left open because they are too many."""
    ends: list[_Branch] = []
    pending = list(reversed(branches))
    while pending and len(ends) + len(pending) <= limit:
        assumed, first_stage, state = pending.pop()
        if pending and pending[-1][2] is state:
            state = state.copy()  # other branches continue from this state too
        facts, visit_facts = visit.make_facts(assumed)
        key, stage = visit.settle(visit_facts, first_stage, state)
        if key:
            pending.extend(({**assumed, key: value}, stage, state) for value in reversed(candidate_values(key, facts)))
        else:
            ends.append((assumed, stage, state))
    return ends, pending[::-1]


def _settle_example(branch: _Branch, visits: Sequence[_VisitStages], candidate_values: CandidateValues) -> _Branch:
    """Return a branch settled to the last visit, each missing fact with its first candidate value."""
    assumed, stage, state = branch
    state = state.copy()
    for visit in visits:
        key = "?"
        while key:
            facts, visit_facts = visit.make_facts(assumed)
            key, stage = visit.settle(visit_facts, stage, state)
            if key:
                assumed = {**assumed, key: candidate_values(key, facts)[0]}
        stage = 0
    return assumed, stage, state


def _spread[Value](values: Sequence[Value], count: int) -> Sequence[Value]:
    """Return about `count` of the values, evenly spread."""
    return values[:: -(-len(values) // count)]


def _list_scenarios(branches: Sequence[_Branch]) -> list[Scenario[Settlement]]:
    return [Scenario(assumed, tuple(state.claims)) for assumed, _, state in branches]


def settle_known(facts: Facts, visits: Sequence[Visit]) -> Settlement:
    """Settle the bills; raises `MissingFact` if a fact that they depend on is missing."""
    ledgers = Ledgers()
    claims = []
    for index, visit in enumerate(visits):
        visit_facts = facts if len(visits) == 1 else VisitFacts(facts, visit, index)
        ledger = ledgers.open((visit.member, visit.ruleset.day.year))
        claims.append(visit.ruleset.settle(visit_facts, ledger))
    return tuple(claims)
