"""Members of a list that no rule of a place tells apart: what is unknown about them is one question, not many.

A condition ``["has", fact, members]`` becomes ``["has", fact, members, groups]``. Of a list that was not given, only
the first member of a group is ever supposed: it then stands for "one of the group". Nothing else changes, as every
condition names all of a group or none of it.
"""

from typing import cast

from mingbai_calculator.core.json_value import Json
from mingbai_calculator.law.conditions import atoms, conditions_in

type Groups = dict[str, list[list[str]]]
"""By fact: its members, those together that stand in the same conditions."""


def groups_of(laws: Json) -> Groups:
    """Return the groups of every list that the conditions inside `laws` ask about."""
    named: dict[str, dict[str, list[int]]] = {}
    asked = (atom for condition in conditions_in(laws) for atom in atoms(condition) if atom[0] == "has")
    for number, condition in enumerate(asked):
        for member in cast("list[str]", condition[2]):
            named.setdefault(cast("str", condition[1]), {}).setdefault(member, []).append(number)
    groups: Groups = {}
    for fact, members in named.items():
        together: dict[tuple[int, ...], list[str]] = {}
        for member, numbers in members.items():
            together.setdefault(tuple(numbers), []).append(member)
        groups[fact] = list(together.values())
    return groups


def with_groups(value: Json, groups: Groups) -> Json:
    """Return a part of the bundle, the groups written into its conditions on lists."""
    if isinstance(value, dict):
        return {key: with_groups(inner, groups) for key, inner in value.items()}
    if not isinstance(value, list):
        return value
    if value[:1] == ["has"]:
        fact, members = cast("str", value[1]), cast("list[str]", value[2])
        own = [group for group in groups[fact] if group[0] in members]
        return [*value[:3], cast("Json", own)]
    return [with_groups(inner, groups) for inner in value]
