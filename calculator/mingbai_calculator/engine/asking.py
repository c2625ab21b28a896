"""Candidate values of what is asked of one visit or of several: those of the union of their rules."""

from collections.abc import Callable, Sequence

from mingbai_calculator.core.facts import Facts, is_trigger_key, split_visit_key
from mingbai_calculator.engine.candidate_values import list_candidate_values
from mingbai_calculator.engine.ruleset import Ruleset
from mingbai_calculator.engine.scenarios import Visit
from mingbai_calculator.law.conditions import Condition


def make_candidate_values(visits: Sequence[Visit]) -> Callable[[str, Facts], Sequence[object]]:
    """Return the function that returns the candidate values of a missing key, given what is known and assumed."""
    rulesets = list(dict.fromkeys(visit.ruleset for visit in visits))

    def candidate_values(key: str, facts: Facts) -> Sequence[object]:
        if is_trigger_key(key):
            return [True, False]
        name, index = split_visit_key(key)
        if name != key:  # a fact of this visit: its own rules ask
            visit = visits[index]
            return visit.ruleset.candidate_values(name, Facts({**facts, **visit.own}))
        return rulesets[0].candidate_values(key, facts) if len(rulesets) == 1 else _unite(key, facts, rulesets)

    return candidate_values


def _unite(key: str, facts: Facts, rulesets: Sequence[Ruleset]) -> Sequence[object]:
    """Return values that represent all others for every ruleset that asks for a key which visits share."""
    asking = [ruleset for ruleset in rulesets if key in ruleset.known_keys] or rulesets
    numbers = [ruleset.open_numbers[key] for ruleset in asking if key in ruleset.open_numbers]
    if numbers:
        return [min(number.low for number in numbers), max(number.high for number in numbers)]
    definition = asking[0].fact_definitions.get(key)
    if definition is None:
        return asking[0].candidate_values(key, facts)
    conditions = list[Condition]()
    for ruleset in asking:
        conditions += ruleset.conditions_by_fact.get(key, [])
    return list_candidate_values(key, definition, conditions, asking[0], facts)
