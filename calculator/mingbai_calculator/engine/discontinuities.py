"""Rules that jump: a benefit that is paid only above a threshold, while a number is open.

What the person pays is monotone in each open number, except where such a benefit sets in. There the
extreme may lie just on either side of the jump; these points are found by halving.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import cast

from mingbai_calculator.core.facts import Facts, MissingFact, Scenario, Scenarios
from mingbai_calculator.kinds.claim import Claim

type Settlement = tuple[Claim | None, ...]
type Settle = Callable[[Facts], Settlement]


def find(scenarios: Scenarios[Settlement], numbers: Iterable[str]) -> list[str]:
    """Return the open numbers that may set off a benefit: those supposed where it is not always, or never, set off."""
    seen = {triggers for scenario in scenarios.all if (triggers := _triggers(scenario.outcome))}
    if len(seen) < 2:  # noqa: PLR2004 - set off in some ways, not in others
        return []
    return [number for number in numbers if any(number in scenario.supposed for scenario in scenarios.all)]


def beside(
    settle: Settle, known: Facts, scenarios: Scenarios[Settlement], numbers: Sequence[str]
) -> list[Scenario[Settlement]]:
    """Return the ways on both sides of each jump along each open number."""
    found = []
    for number in numbers:
        bounds = sorted(
            {cast("int", scenario.supposed[number]) for scenario in scenarios.all if number in scenario.supposed}
        )
        for scenario in scenarios.all:
            if scenario.supposed.get(number) == bounds[0] and len(bounds) > 1:
                found += _halve(settle, known, scenario, number, bounds[-1])
    return found


def _halve(
    settle: Settle, known: Facts, scenario: Scenario[Settlement], number: str, high: int
) -> list[Scenario[Settlement]]:
    """Return the two neighbours between which a benefit sets in, from the value of `scenario` up to `high`."""

    def at(value: int) -> Scenario[Settlement] | None:
        supposed = {**scenario.supposed, number: value}
        try:
            return Scenario(supposed, settle(Facts({**known, **supposed})))
        except MissingFact:  # this way reads something that the other did not; it has branches of its own
            return None

    low_scenario, high_scenario = scenario, at(high)
    if high_scenario is None or _triggers(low_scenario.outcome) == _triggers(high_scenario.outcome):
        return []
    low = cast("int", scenario.supposed[number])
    while high - low > 1:
        middle = (low + high) // 2
        between = at(middle)
        if between is None:
            return []
        if _triggers(between.outcome) == _triggers(low_scenario.outcome):
            low, low_scenario = middle, between
        else:
            high, high_scenario = middle, between
    return [low_scenario, high_scenario]


def _triggers(scenario: Settlement) -> tuple[tuple[tuple[str, bool], ...], ...]:
    """Return which benefits are set off in which visit."""
    return tuple(tuple(sorted(claim.triggers.items())) if claim else () for claim in scenario)
