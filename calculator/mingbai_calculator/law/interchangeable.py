"""Interchangeable list members: those that no rule of a place distinguishes are one unknown, not many.

A condition ``["has", fact, members]`` becomes ``["has", fact, members, groups]``. If a list was not given, scenarios
assume only the first member of each group: it stands for "one of the group". Results do not change, as every condition
names either all members of a group or none.
"""

from typing import cast

from mingbai_calculator.core.json_value import Json
from mingbai_calculator.law.conditions import find_conditions, iter_atoms

type MemberGroups = dict[str, list[list[str]]]
"""Fact -> groups of its members; the members of a group occur in the same conditions."""


def find_member_groups(laws: Json) -> MemberGroups:
    """Return the member groups of every list that the conditions inside `laws` read."""
    uses: dict[str, dict[str, list[int]]] = {}
    list_conditions = (
        atom for condition in find_conditions(laws) for atom in iter_atoms(condition) if atom[0] == "has"
    )
    for index, condition in enumerate(list_conditions):
        for member in cast("list[str]", condition[2]):
            uses.setdefault(cast("str", condition[1]), {}).setdefault(member, []).append(index)
    groups: MemberGroups = {}
    for fact, members in uses.items():
        by_uses: dict[tuple[int, ...], list[str]] = {}
        for member, indexes in members.items():
            by_uses.setdefault(tuple(indexes), []).append(member)
        groups[fact] = list(by_uses.values())
    return groups


def annotate_groups(value: Json, groups: MemberGroups) -> Json:
    """Return a part of the bundle with the groups added to its conditions on lists."""
    if isinstance(value, dict):
        return {key: annotate_groups(inner, groups) for key, inner in value.items()}
    if not isinstance(value, list):
        return value
    if value[:1] == ["has"]:
        fact, members = cast("str", value[1]), cast("list[str]", value[2])
        named_groups = [group for group in groups[fact] if group[0] in members]
        return [*value[:3], cast("Json", named_groups)]
    return [annotate_groups(inner, groups) for inner in value]
