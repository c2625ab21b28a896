"""Choices that a quick answer offers: who the person is, and which hospital (or visit, or school).

They are made from the facts that the place's rules on a bill read. Every other fact has its ordinary value (an
ordinary illness) or stays unknown; then the answer is a range. Values that no rule distinguishes are one choice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from mingbai_calculator.core.facts import IS_FEE_BILL, Facts, MissingFact, member_key
from mingbai_calculator.engine.ruleset import Ruleset
from mingbai_calculator.law.conditions import Condition, Contains, OneOf, iter_atoms

type Json = dict[str, Any]
type FactValues = tuple[str | bool, ...]
type Combination = dict[str, FactValues]
"""By fact: values that no rule on a bill distinguishes."""

ILLNESS = "diagnoses"
ORDINARY_ILLNESS = "other"
MAX_PERSON_FACTS = 2
"""Most facts that a choice of person combines; what else the rules ask about a person stays unknown."""
_PERSON_GROUPS = ("person", "household")


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of person and of hospital, in the order of the vocabulary; `bill` is the fact of the cost."""

    bill: str
    who: list[Combination]
    where: list[Combination]


def find_choices(place: Json, ruleset: Ruleset) -> Choices | None:
    """Return the choices of a place; None where its rules settle no bill."""
    bill = next((str(item["bill"]) for item in place["settles"]), None)
    if bill is None or not ruleset.pay_functions:
        return None
    conditions = _atomic_conditions(place, ruleset)
    read = {fact for condition in conditions for fact in condition.facts}
    facts = [name for name in ruleset.fact_definitions if name in read]
    who = [
        name
        for name in facts
        if ruleset.fact_definitions[name].group in _PERSON_GROUPS and ruleset.fact_definitions[name].type == "bool"
    ]
    where = [name for name in facts if name not in who and ruleset.fact_definitions[name].type in ("bool", "choice")]
    people = _combinations(ruleset, who[:MAX_PERSON_FACTS], conditions)
    for illness in (False, True):  # an ordinary illness where a bill for one is settled, else a choice of illnesses
        events = _combinations(ruleset, [*([ILLNESS] if illness else []), *where], conditions)
        settled = [event for event in events if _is_settled(ruleset, bill, event, people)]
        if settled:
            return Choices("fee" if bill == "fee" else "total_cost", people, settled)
    return None


def make_facts(ruleset: Ruleset, *choices: Combination) -> Facts:
    """Return the facts known from some choices; the illness is an ordinary one unless it was chosen."""
    values = {fact: own[0] for combination in choices for fact, own in combination.items()}
    illness = values.pop(ILLNESS, ORDINARY_ILLNESS)
    options = ruleset.fact_definitions[ILLNESS].options if ILLNESS in ruleset.fact_definitions else ()
    return Facts({**values, **{member_key(ILLNESS, option): option == illness for option in options}})


def describe_groups(offered: Sequence[Combination], groups: Sequence[Sequence[Combination]]) -> list[list[Condition]]:
    """Return for each group the conditions on facts that distinguish it from the other offered combinations."""
    everything = _merge_values(offered)
    return [_distinguishing_conditions(_merge_values(group), everything) for group in groups]


def split_describable(offered: Sequence[Combination], group: Sequence[Combination]) -> Iterator[list[Combination]]:
    """Split a group until each part is exactly a product of values of single facts, so that conditions describe it."""
    values = _merge_values(group)
    inside = [
        combination
        for combination in offered
        if all(set(combination[fact]) <= set(values[fact]) for fact in combination)
    ]
    if len(inside) == len(group):
        yield list(group)
        return
    fact = next(fact for fact in values if len({combination[fact] for combination in group}) > 1)
    for value in dict.fromkeys(combination[fact] for combination in group):
        yield from split_describable(offered, [combination for combination in group if combination[fact] == value])


def find_scope(
    ruleset: Ruleset, offered: Sequence[Combination], groups: Sequence[Sequence[Condition]]
) -> list[Condition]:
    """Return what all offered combinations share though no choice says it: such as that it is a hospital stay.

    `groups` are the conditions of each choice that is shown.
    """
    distinguishing = {fact for group in groups for condition in group for fact in condition.facts}
    left = {
        fact: values
        for fact, values in _merge_values(offered).items()
        if fact not in distinguishing and fact != ILLNESS
    }
    return [
        _make_condition(fact, values) for fact, values in left.items() if len(values) < len(_all_values(ruleset, fact))
    ]


def find_absent(
    ruleset: Ruleset, offered: Sequence[Combination], groups: Sequence[Sequence[Condition]]
) -> list[Condition]:
    """Return values missing from the choices because no rule settles them: such as a hospital of the province.

    `groups` are the conditions of each choice that is shown.
    """
    distinguishing = {fact for group in groups for condition in group for fact in condition.facts}
    absent = []
    for fact, values in _merge_values(offered).items():
        missing = tuple(value for value in _all_values(ruleset, fact) if value not in values)
        if fact in distinguishing and fact != ILLNESS and missing:
            absent.append(_make_condition(fact, missing))
    return absent


def _all_values(ruleset: Ruleset, fact: str) -> FactValues:
    return (
        (True, False)
        if ruleset.fact_definitions[fact].type == "bool"
        else tuple(ruleset.fact_definitions[fact].options)
    )


def _atomic_conditions(place: Json, ruleset: Ruleset) -> list[Condition]:
    """Return all conditions on single facts that the rules on a bill read."""
    order = [policy for group in place["order"] for policy in group]
    versions = [version for policy in order if (version := ruleset.versions.get(policy))]
    conditions = [rule.condition for rule in ruleset.law.settles if rule.start is None or rule.start <= ruleset.day]
    conditions += [condition for version in versions for condition in version.iter_conditions()]
    return [atom for condition in conditions for atom in iter_atoms(condition)]


def _combinations(ruleset: Ruleset, facts: list[str], conditions: list[Condition]) -> list[Combination]:
    return [
        dict(zip(facts, values, strict=True))
        for values in product(*(_group_values(ruleset, fact, conditions) for fact in facts))
    ]


def _group_values(ruleset: Ruleset, fact: str, conditions: list[Condition]) -> list[FactValues]:
    """Return the values of a fact, grouped: no condition distinguishes those of a group."""
    if ruleset.fact_definitions[fact].type == "bool":
        return [(True,), (False,)]
    named = [
        condition.values if isinstance(condition, OneOf) else condition.members
        for condition in conditions
        if isinstance(condition, OneOf | Contains) and condition.fact == fact
    ]
    groups: dict[tuple[bool, ...], list[str]] = {}
    for option in ruleset.fact_definitions[fact].options:
        groups.setdefault(tuple(option in members for members in named), []).append(option)
    return [tuple(group) for group in groups.values()]


def _is_settled(ruleset: Ruleset, bill: str, event: Combination, people: list[Combination]) -> bool:
    """Whether the bill of such an event is settled for every person."""
    test = ruleset.settles_fee if bill == "fee" else ruleset.settles_visit
    for person in people:
        known = make_facts(ruleset, event, person)
        if bill == "fee":
            known[IS_FEE_BILL] = True
        try:
            if not test.holds(known):
                return False
        except MissingFact:
            return False
    return True


def _merge_values(combinations: Sequence[Combination]) -> Combination:
    merged: dict[str, dict[str | bool, None]] = {}
    for combination in combinations:
        for fact, values in combination.items():
            merged.setdefault(fact, {}).update(dict.fromkeys(values))
    return {fact: tuple(values) for fact, values in merged.items()}


def _distinguishing_conditions(values: Combination, everything: Combination) -> list[Condition]:
    return [
        _make_condition(fact, fact_values)
        for fact, fact_values in values.items()
        if set(fact_values) != set(everything[fact])
    ]


def _make_condition(fact: str, values: FactValues) -> Condition:
    return Contains(fact, [str(value) for value in values]) if fact == ILLNESS else OneOf(fact, values)
