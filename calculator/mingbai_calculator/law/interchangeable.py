"""Interchangeable list members: those that no rule of a place distinguishes are one unknown, not many.

If a list was not given, scenarios assume only the first member of each group: it stands for "one of the group".
Results do not change, as every condition names either all members of a group or none.
"""

from collections.abc import Sequence

from mingbai_calculator.law.conditions import Contains


def group_members(conditions: Sequence[Contains]) -> None:
    """Set the member groups of all conditions of a place on lists; a group's members occur in the same conditions."""
    uses: dict[str, dict[str, list[int]]] = {}
    for index, condition in enumerate(conditions):
        for member in condition.members:
            uses.setdefault(condition.fact, {}).setdefault(member, []).append(index)
    groups: dict[str, list[list[str]]] = {}
    for fact, members in uses.items():
        by_uses: dict[tuple[int, ...], list[str]] = {}
        for member, indexes in members.items():
            by_uses.setdefault(tuple(indexes), []).append(member)
        groups[fact] = list(by_uses.values())
    for condition in conditions:
        condition.set_groups([group for group in groups[condition.fact] if group[0] in condition.members])
