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
from mingbai_calculator.kinds.claim import Claim, PayFunction, YearLedger

VISIT_GROUPS = frozenset(["visit", "money"])
"""The groups of facts that each visit has of its own."""

type Settlement = tuple[Claim | None, ...]
"""The claims of all visits in one scenario; None for a visit that no rule settles."""
type CandidateValues = Callable[[str, Facts], Sequence[object]]


class Visit(NamedTuple):
    """One bill: the ruleset of its day, and its own facts (all facts if it is the only visit)."""

    ruleset: Ruleset
    own: Facts

    @property
    def total(self) -> int:
        """The cost to be paid (fen): the whole bill, or the share after insurance if that is given."""
        share: int | None = self.own.get("self_share_after_insurance")
        total: int = self.own["total_cost"] if share is None else share
        return total


class VisitFacts(Facts):
    """Facts of one of several visits; a missing fact of this visit has the key ``fact@index``."""

    __slots__ = ("index", "ruleset", "shared")

    def __init__(self, of_all: Facts, visit: Visit, index: int) -> None:
        """Merge the facts `shared` by all visits with those of the visit, which take precedence."""
        super().__init__(of_all)
        self.update(visit.own)
        self.shared, self.ruleset, self.index = of_all, visit.ruleset, index

    def __missing__(self, key: str) -> FactValue:
        """Return the value assumed for this visit, else raise `MissingFact`."""
        fact = self.ruleset.fact_definitions.get(split_member_key(key)[0])
        if fact is not None and fact.group in VISIT_GROUPS:
            return self.shared[visit_key(key, self.index)]
        raise MissingFact(key)


class SettlementState:
    """The claims settled so far, in order of date, and the ledger of each year; `year` is that of the last claim."""

    __slots__ = ("claims", "year", "years")

    def __init__(self) -> None:
        """Create the state before the first bill."""
        self.claims: list[Claim | None] = []
        self.years: dict[int, YearLedger] = {}
        self.year = 0

    def copy(self) -> "SettlementState":
        """Return an independent copy; only the last claim is copied, as earlier ones are settled and do not change."""
        copied = SettlementState()
        copied.years = {year: ledger.copy() for year, ledger in self.years.items()}
        copied.year, copied.claims = self.year, self.claims.copy()
        if copied.claims and (claim := copied.claims[-1]) is not None:
            copied.claims[-1] = claim.copy(copied.years[copied.year])
        return copied

    def open(self, visit: Visit, facts: Facts) -> None:
        """Open the claim of the next bill; if that raises `MissingFact`, the state is unchanged."""
        year = visit.ruleset.day.year
        ledger = self.years.get(year) or YearLedger(uses_ytd_facts=not self.years)
        claim = visit.ruleset.open(facts, ledger)
        self.year, self.years[year] = year, ledger
        self.claims.append(claim)


type _Stage = tuple[int, PayFunction | None]
"""One step of a settlement: the claim of a visit is opened (None), or a policy pays its part of it."""


def settle_scenarios(
    visits: Sequence[Visit], known: Facts, candidate_values: CandidateValues, limit: int
) -> Scenarios[Settlement]:
    """Settle the bills in every scenario that makes a difference, at most `limit` of them.

    The scenarios, and their order, are those of `facts.enumerate_scenarios`. `candidate_values` returns, for a key,
    the values that represent all others (see `Ruleset.candidate_values`).
    """
    stages = [stage for index, visit in enumerate(visits) for stage in _list_stages(index, visit, known)]
    scenarios: list[Scenario[Settlement]] = []
    pending: list[tuple[dict[str, object], int, SettlementState]] = [({}, 0, SettlementState())]
    while pending and len(scenarios) < limit:
        assumed, first_stage, state = pending.pop()
        if pending and pending[-1][2] is state:
            state = state.copy()  # other scenarios continue from this state too
        facts = Facts(known)
        facts.update(assumed)
        current_visit, visit_facts = -1, facts
        for stage_number in range(first_stage, len(stages)):
            visit, pay = stages[stage_number]
            if visit != current_visit and len(visits) > 1:
                current_visit, visit_facts = visit, VisitFacts(facts, visits[visit], visit)
            try:
                if pay is None:
                    state.open(visits[visit], visit_facts)
                elif (claim := state.claims[-1]) is not None:
                    pay(visit_facts, claim)
            except MissingFact as unknown:
                key = unknown.key
                pending.extend(
                    ({**assumed, key: value}, stage_number, state) for value in reversed(candidate_values(key, facts))
                )
                break
        else:
            scenarios.append(Scenario(assumed, tuple(state.claims)))
    return Scenarios(scenarios, complete=not pending)


def settle_known(facts: Facts, visits: Sequence[Visit]) -> Settlement:
    """Settle the bills; raises `MissingFact` if a fact that they depend on is missing."""
    ledgers: dict[int, YearLedger] = {}
    claims = []
    for index, visit in enumerate(visits):
        visit_facts = facts if len(visits) == 1 else VisitFacts(facts, visit, index)
        ledger = ledgers.setdefault(visit.ruleset.day.year, YearLedger(uses_ytd_facts=not ledgers))
        claims.append(visit.ruleset.settle(visit_facts, ledger))
    return tuple(claims)


def _list_stages(index: int, visit: Visit, known: Facts) -> list[_Stage]:
    facts = known if visit.own is known else Facts({**known, **visit.own})
    return [(index, None), *((index, pay) for pay in visit.ruleset.select_pay_functions(facts))]
