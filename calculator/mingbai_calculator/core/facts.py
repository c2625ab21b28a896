"""Facts, and the enumeration of scenarios for facts that are not known.

The evaluator is written as if every fact were known. When it reads a fact that is not, `MissingFact` is
raised; `enumerate_scenarios` catches it, assumes each candidate value in turn, and evaluates again. So
three-valued logic is implemented in one place only, and complete facts cost no extra time.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

IS_FEE_BILL = "the bill is a fee"
"""Key set in facts whose bill was given as the fact `fee`: rules about fees settle it, not rules about visits."""
ASSUMED_TRIGGERS = "triggers are supposed"
"""Key of facts in which triggers are assumed (`trigger_key`), not computed."""
_TRIGGER, _MEMBER, _VISIT, _POSSIBLE = "triggers ", ":", "@", "possible "


def member_key(fact: str, member: str) -> str:
    """Return the key that says whether the list `fact` contains `member`."""
    return f"{fact}{_MEMBER}{member}"


def trigger_key(policy: str) -> str:
    """Return the key that says whether the burden triggers `policy`, where triggers are assumed."""
    return f"{_TRIGGER}{policy}"


def visit_key(key: str, index: int) -> str:
    """Return the key of a fact that visits do not share, for the visit `index`."""
    return f"{key}{_VISIT}{index}"


def possible_key(fact: str) -> str:
    """Return the key of the options that are possible of a choice, where a broader word for it was given (R37)."""
    return f"{_POSSIBLE}{fact}"


def is_trigger_key(key: str) -> bool:
    """Tell whether a key says that a policy is triggered."""
    return key.startswith(_TRIGGER)


def split_visit_key(key: str) -> tuple[str, int]:
    """Return the key without its visit, and the index of the visit; 0 for a key that all visits share."""
    name, _, index = key.partition(_VISIT)
    return name, int(index or 0)


def split_member_key(key: str) -> tuple[str, str]:
    """Return fact and member of a key; the member is ``""`` for a fact that is no list."""
    fact, _, member = key.partition(_MEMBER)
    return fact, member


def get_fact_of_key(key: str) -> str:
    """Return the fact that a key is about: ``diagnoses`` for one of its members in one visit."""
    return split_member_key(split_visit_key(key)[0])[0]


type FactValue = Any
"""Fen, a whole number, an option, yes or no, a month, items: as the vocabulary says; requests are checked."""


class MissingFact(Exception):  # noqa: N818 - a signal, not an error
    """The evaluation reads `key`, which the facts do not contain."""

    def __init__(self, key: str) -> None:
        """Store the missing key."""
        super().__init__(key)
        self.key = key


class Facts(dict[str, FactValue]):
    """Known and assumed values: facts by id, list members as ``fact:member``, policy numbers by input name."""

    def __missing__(self, key: str) -> FactValue:
        """Raise `MissingFact`: `key` is not known."""
        raise MissingFact(key)


class Scenario[T](NamedTuple):
    """The values assumed for missing facts, and the outcome under these assumptions."""

    assumed: dict[str, object]
    outcome: T


class Scenarios[T](NamedTuple):
    """All scenarios; `complete` is False if there were more than the limit."""

    all: list[Scenario[T]]
    complete: bool


def enumerate_scenarios[T](
    evaluate: Callable[[Facts], T],
    known: Facts,
    candidate_values: Callable[[str, Facts], Sequence[object]],
    limit: int,
) -> Scenarios[T]:
    """Evaluate under every combination of assumptions that can make a difference, at most `limit` of them.

    `candidate_values` returns, for a key, the values that represent all others (see `Ruleset.candidate_values`).
    """
    scenarios: list[Scenario[T]] = []
    pending: list[dict[str, object]] = [{}]
    while pending and len(scenarios) < limit:
        assumed = pending.pop()
        facts = Facts(known)
        facts.update(assumed)
        try:
            outcome = evaluate(facts)
        except MissingFact as unknown:
            pending.extend({**assumed, unknown.key: value} for value in reversed(candidate_values(unknown.key, facts)))
        else:
            scenarios.append(Scenario(assumed, outcome))
    return Scenarios(scenarios, complete=not pending)


def deciding_facts[T](
    scenarios: Iterable[Scenario[T]], outcome_key: Callable[[T], object]
) -> dict[str, dict[object, list[Scenario[T]]]]:
    """Return the assumed keys that change the outcome: key -> value -> the scenarios compatible with that value.

    Outcomes with an equal `outcome_key` count as the same. A key is left out if it was read but makes no difference.
    It makes one if two scenarios that differ in this key only have different outcomes, or if the sets of possible
    outcomes differ between its values.
    """
    scenarios = list(scenarios)
    if len(scenarios) == 1:
        return {}
    outcome_numbers: dict[object, int] = {}  # a number for each distinct outcome: cheap to compare
    outcomes = [
        outcome_numbers.setdefault(outcome_key(scenario.outcome), len(outcome_numbers)) for scenario in scenarios
    ]
    keys = {key: None for scenario in scenarios for key in scenario.assumed}
    deciding: dict[str, dict[object, list[Scenario[T]]]] = {}
    for key in keys:
        groups: dict[object, list[int]] = {
            scenario.assumed[key]: [] for scenario in scenarios if key in scenario.assumed
        }
        for index, (assumed, _) in enumerate(scenarios):
            for group in [groups[assumed[key]]] if key in assumed else groups.values():
                group.append(index)
        outcome_sets = {frozenset([outcomes[index] for index in group]) for group in groups.values()}
        if len(outcome_sets) > 1 or _differ_only_in(key, scenarios, outcomes):
            deciding[key] = {value: [scenarios[index] for index in group] for value, group in groups.items()}
    return deciding


def _differ_only_in[T](key: str, scenarios: Sequence[Scenario[T]], outcomes: Sequence[int]) -> bool:
    """Tell whether two scenarios that differ in `key` only have different outcomes."""
    outcome_by_others: dict[object, int] = {}
    for (assumed, _), outcome in zip(scenarios, outcomes, strict=True):
        if key in assumed:
            others = frozenset(item for item in assumed.items() if item[0] != key)
            if outcome_by_others.setdefault(others, outcome) != outcome:
                return True
    return False
