"""Almost eligible: the only condition that fails is one that the person can still come to meet."""

from collections.abc import Sequence

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.law.conditions import All, AnyOf, Condition, InRange, OneOf, evaluate_condition
from mingbai_calculator.law.vocabulary import Vocabulary


def is_almost_eligible(failing: Sequence[Condition], facts: Facts, definitions: Vocabulary) -> bool:
    """Tell whether exactly one part is known to fail, and it may still come to hold for this person.

    How a fact may change: ``may_come`` in the vocabulary, ``on_request`` or ``with_time``.
    """
    return len(failing) == 1 and _can_come(failing[0], facts, definitions)


def _can_come(condition: Condition, facts: Facts, definitions: Vocabulary) -> bool:
    if isinstance(condition, OneOf):
        return condition.values == (True,) and definitions[condition.fact].may_come == "on_request"
    if isinstance(condition, AnyOf):
        return any(_can_come(part, facts, definitions) for part in condition.parts)
    if isinstance(condition, All):
        return all(
            evaluate_condition(part, facts) is not False or _can_come(part, facts, definitions)
            for part in condition.parts
        )
    if isinstance(condition, InRange) and definitions[condition.fact].may_come == "with_time":
        return condition.low is not None and facts[condition.fact] < condition.low
    return False
