"""Comparing compiled conditions."""

from typing import Any

type Condition = list[Any]


def narrower(condition: Condition, other: Condition) -> bool:
    """Tell whether `condition` asks for all that `other` asks for, and more."""
    mine, others = condition[1:], other[1:]
    return len(mine) > len(others) and all(part in mine for part in others)
