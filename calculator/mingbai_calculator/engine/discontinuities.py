"""Discontinuities: thresholds where a payment is not monotone in an open number.

What the person pays is monotone in each open number, except where a benefit with a trigger (``only_if``) sets in.
The minimum or maximum may lie just on either side of this threshold; bisection finds both points.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import cast

from mingbai_calculator.core.facts import Facts, MissingFact, Scenario, Scenarios
from mingbai_calculator.engine.scenarios import Settlement

type Settle = Callable[[Facts], Settlement]


def find_trigger_numbers(scenarios: Scenarios[Settlement], numbers: Iterable[str]) -> list[str]:
    """Return the open numbers assumed in scenarios; none if every scenario has the same triggers."""
    trigger_states = {triggers for scenario in scenarios.all if (triggers := _list_triggers(scenario.outcome))}
    if len(trigger_states) < 2:  # noqa: PLR2004 - the triggers differ between scenarios
        return []
    return [number for number in numbers if any(number in scenario.assumed for scenario in scenarios.all)]


def find_neighbours(
    settle: Settle, known: Facts, scenarios: Scenarios[Settlement], numbers: Sequence[str]
) -> list[Scenario[Settlement]]:
    """Return the scenarios on both sides of each discontinuity along each open number."""
    neighbours = []
    for number in numbers:
        bounds = sorted(
            {cast("int", scenario.assumed[number]) for scenario in scenarios.all if number in scenario.assumed}
        )
        for scenario in scenarios.all:
            if scenario.assumed.get(number) == bounds[0] and len(bounds) > 1:
                neighbours += _bisect(settle, known, scenario, number, bounds[-1])
    return neighbours


def _bisect(
    settle: Settle, known: Facts, scenario: Scenario[Settlement], number: str, high: int
) -> list[Scenario[Settlement]]:
    """Return the two neighbours between which a trigger changes, from the value in `scenario` up to `high`."""

    def settle_at(value: int) -> Scenario[Settlement] | None:
        assumed = {**scenario.assumed, number: value}
        try:
            return Scenario(assumed, settle(Facts({**known, **assumed})))
        except MissingFact:  # it reads another fact: covered by scenarios of its own
            return None

    low_scenario, high_scenario = scenario, settle_at(high)
    if high_scenario is None or _list_triggers(low_scenario.outcome) == _list_triggers(high_scenario.outcome):
        return []
    low = cast("int", scenario.assumed[number])
    while high - low > 1:
        middle = (low + high) // 2
        middle_scenario = settle_at(middle)
        if middle_scenario is None:
            return []
        if _list_triggers(middle_scenario.outcome) == _list_triggers(low_scenario.outcome):
            low, low_scenario = middle, middle_scenario
        else:
            high, high_scenario = middle, middle_scenario
    return [low_scenario, high_scenario]


def _list_triggers(settlement: Settlement) -> tuple[tuple[tuple[str, bool], ...], ...]:
    """Return the triggers of each visit."""
    return tuple(tuple(sorted(claim.triggers.items())) if claim else () for claim in settlement)
