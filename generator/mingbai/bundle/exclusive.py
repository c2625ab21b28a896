"""Conditions that nobody can meet at once."""

from mingbai_calculator.law.conditions import Condition, InRange, OneOf, split_conjunction


def exclude_each_other(first: Condition, second: Condition) -> bool:
    """Whether two conditions ask for different values of the same fact, so that nobody matches both."""
    return any(
        part.fact == other.fact and _have_no_common_value(part, other)
        for part in split_conjunction(first)
        for other in split_conjunction(second)
        if isinstance(part, OneOf | InRange) and isinstance(other, OneOf | InRange)
    )


def _have_no_common_value(first: OneOf | InRange, second: OneOf | InRange) -> bool:
    if isinstance(first, OneOf) and isinstance(second, OneOf):
        return not set(first.values) & set(second.values)
    if isinstance(first, InRange) and isinstance(second, InRange):
        lower, upper = sorted((first, second), key=lambda bounds: bounds.low or 0)
        return lower.high is not None and upper.low is not None and lower.high < upper.low
    return False
