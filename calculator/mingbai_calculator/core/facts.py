"""One way in which things could be, and the search through all of them.

The evaluator is written for a world in which everything is known. Where it reads something that is
not, `MissingFact` is raised; `enumerate_scenarios` catches it, supposes each value in turn that could make a
difference, and evaluates again. So three-valued logic stands in one place, and a world in which
everything is known pays nothing for it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

SCHOOL_BILL = "the bill is a fee"
"""In a world of which the bill was given as the fact `fee`: it is settled by rules about fees, not about visits."""


class MissingFact(Exception):  # noqa: N818 - a signal, not an error
    """The evaluation needs `key`, which this world does not hold."""

    def __init__(self, key: str) -> None:
        """Remember what was asked for."""
        super().__init__(key)
        self.key = key


class Facts(dict[str, object]):
    """What is known or supposed: facts by id, members of a list as ``fact:member``, policy numbers by input name."""

    def __missing__(self, key: str) -> object:
        """Say that `key` is not known."""
        raise MissingFact(key)


class Scenario[T](NamedTuple):
    """One way in which the unknown could turn out, and what it gives."""

    supposed: dict[str, object]
    outcome: T


class Scenarios[T](NamedTuple):
    """All the ways; `complete` is False where there were more than the limit."""

    all: list[Scenario[T]]
    complete: bool


def enumerate_scenarios[T](
    evaluate: Callable[[Facts], T],
    known: Facts,
    values: Callable[[str, Facts], Sequence[object]],
    limit: int,
) -> Scenarios[T]:
    """Evaluate under every supposition that makes a difference, at most `limit` of them.

    `values` gives, for a key, the values that stand for all others (see `Ruleset.values`).
    """
    scenarios: list[Scenario[T]] = []
    waiting: list[dict[str, object]] = [{}]
    while waiting and len(scenarios) < limit:
        supposed = waiting.pop()
        facts = Facts(known)
        facts.update(supposed)
        try:
            outcome = evaluate(facts)
        except MissingFact as unknown:
            waiting.extend({**supposed, unknown.key: value} for value in reversed(values(unknown.key, facts)))
        else:
            scenarios.append(Scenario(supposed, outcome))
    return Scenarios(scenarios, complete=not waiting)


def deciding_facts[T](
    scenarios: Iterable[Scenario[T]], sameness: Callable[[T], object]
) -> dict[str, dict[object, list[Scenario[T]]]]:
    """Return the supposed keys that change what can come out: key -> value -> the branches possible with it.

    `sameness` says what counts as the same outcome. A key that was read but makes no difference is left out: it
    makes one where two branches that differ in it alone come out differently, or where not the same can come out.
    """
    scenarios = list(scenarios)
    if len(scenarios) == 1:
        return {}
    numbers: dict[object, int] = {}  # the outcomes, numbered: they are compared again and again
    same = [numbers.setdefault(sameness(scenario.outcome), len(numbers)) for scenario in scenarios]
    keys = {key: None for scenario in scenarios for key in scenario.supposed}
    found: dict[str, dict[object, list[Scenario[T]]]] = {}
    for key in keys:
        groups: dict[object, list[int]] = {b.supposed[key]: [] for b in scenarios if key in b.supposed}
        for index, (supposed, _) in enumerate(scenarios):
            for group in [groups[supposed[key]]] if key in supposed else groups.values():
                group.append(index)
        possible = {frozenset([same[index] for index in group]) for group in groups.values()}
        if len(possible) > 1 or _differ_in(key, scenarios, same):
            found[key] = {value: [scenarios[index] for index in group] for value, group in groups.items()}
    return found


def _differ_in[T](key: str, scenarios: Sequence[Scenario[T]], same: Sequence[int]) -> bool:
    """Whether two branches that differ in `key` alone come out differently."""
    beside: dict[object, int] = {}
    for (supposed, _), outcome in zip(scenarios, same, strict=True):
        if key in supposed:
            others = frozenset(item for item in supposed.items() if item[0] != key)
            if beside.setdefault(others, outcome) != outcome:
                return True
    return False
