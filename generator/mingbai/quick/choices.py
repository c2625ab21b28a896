"""Which choices a quick answer offers: who you are, and which hospital (or visit, or school).

The facts are those that the place's rules on a bill read. All else is as it plainly is (an ordinary illness), or
unknown; then the answer is a range. Choices that make no difference are one choice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, cast

from mingbai_calculator.core.facts import SCHOOL_BILL, Facts, MissingFact
from mingbai_calculator.engine.ruleset import Ruleset
from mingbai_calculator.law.conditions import Condition, atoms, conditions_in, member

type Json = dict[str, Any]
type Values = tuple[str | bool, ...]
type Combination = dict[str, Values]
"""By fact: values that no rule on a bill tells apart."""

ILLNESS = "diagnoses"
ORDINARY = "other"
MOST_FACTS = 2
"""So many facts make up who you are; what else the rules ask about a person stays unknown."""
_PERSON = ("person", "household")


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from, in the order of the vocabulary; `bill` is the fact of the cost."""

    bill: str
    who: list[Combination]
    where: list[Combination]


def choices(place: Json, ruleset: Ruleset) -> Choices | None:
    """Return the choices of a place; None where its rules settle no bill."""
    bill = next((str(item["bill"]) for item in place["settles"]), None)
    if bill is None or not ruleset.pays:
        return None
    read = _conditions(place, ruleset)
    asked = {str(name) for atom in read for name in ([atom[1], atom[4]] if atom[0] == "ratio" else [atom[1]])}
    facts = [name for name in ruleset.facts if name in asked]
    who = [name for name in facts if ruleset.facts[name]["group"] in _PERSON and ruleset.facts[name]["type"] == "bool"]
    where = [name for name in facts if name not in who and ruleset.facts[name]["type"] in ("bool", "choice")]
    people = _combinations(ruleset, who[:MOST_FACTS], read)
    for illness in (False, True):  # an ordinary illness, if any bill for one is settled
        events = _combinations(ruleset, [*([ILLNESS] if illness else []), *where], read)
        kept = [each for each in events if _settled(ruleset, bill, each, people)]
        if kept:
            return Choices("fee" if bill == "fee" else "total_cost", people, kept)
    return None


def facts(ruleset: Ruleset, *chosen: Combination) -> Facts:
    """Return what is known with some choices; the illness is an ordinary one unless it was chosen."""
    values = {fact: each[0] for combination in chosen for fact, each in combination.items()}
    illness = values.pop(ILLNESS, ORDINARY)
    options = cast("Json", ruleset.facts[ILLNESS]["options"]) if ILLNESS in ruleset.facts else ()
    return Facts({**values, **{member(ILLNESS, option): option == illness for option in options}})


def conditions(offered: Sequence[Combination], groups: Sequence[Sequence[Combination]]) -> list[list[Condition]]:
    """Return what tells each group of the offered combinations from the others, as conditions on facts."""
    everything = _values(offered)
    return [_told(_values(group), everything) for group in groups]


def describable(offered: Sequence[Combination], group: Sequence[Combination]) -> Iterator[list[Combination]]:
    """Split a group until each part can be told by the values of single facts."""
    values = _values(group)
    inside = [each for each in offered if all(set(each[fact]) <= set(values[fact]) for fact in each)]
    if len(inside) == len(group):
        yield list(group)
        return
    fact = next(fact for fact in values if len({each[fact] for each in group}) > 1)
    for value in dict.fromkeys(each[fact] for each in group):
        yield from describable(offered, [each for each in group if each[fact] == value])


def scope(ruleset: Ruleset, offered: Sequence[Combination], told: Sequence[Sequence[Condition]]) -> list[Condition]:
    """Return what holds of all that is offered, though no choice says so: such as that it is a hospital stay."""
    said = {condition[1] for each in told for condition in each}
    left = {fact: values for fact, values in _values(offered).items() if fact not in said and fact != ILLNESS}
    return [_condition(fact, values) for fact, values in left.items() if len(values) < len(_all_values(ruleset, fact))]


def absent(ruleset: Ruleset, offered: Sequence[Combination], told: Sequence[Sequence[Condition]]) -> list[Condition]:
    """Return what one may look for among the choices and no rule settles: such as a hospital of the province."""
    said = {condition[1] for each in told for condition in each}
    found = []
    for fact, values in _values(offered).items():
        missing = tuple(value for value in _all_values(ruleset, fact) if value not in values)
        if fact in said and fact != ILLNESS and missing:
            found.append(_condition(fact, missing))
    return found


def _all_values(ruleset: Ruleset, fact: str) -> Values:
    return (
        (True, False) if ruleset.facts[fact]["type"] == "bool" else tuple(cast("Json", ruleset.facts[fact]["options"]))
    )


def _conditions(place: Json, ruleset: Ruleset) -> list[Condition]:
    """Return all conditions on single facts that a bill is settled by."""
    order = [policy for group in place["order"] for policy in group]
    laws = [[version.who, version.when, version.law] for policy in order if (version := ruleset.versions.get(policy))]
    settles = [
        item["if"] for item in place["settles"] if item["from"] is None or item["from"] <= ruleset.day.isoformat()
    ]
    return [atom for condition in conditions_in(cast("Any", [settles, laws])) for atom in atoms(condition)]


def _combinations(ruleset: Ruleset, facts: list[str], read: list[Condition]) -> list[Combination]:
    return [dict(zip(facts, each, strict=True)) for each in product(*(_groups(ruleset, fact, read) for fact in facts))]


def _groups(ruleset: Ruleset, fact: str, read: list[Condition]) -> list[Values]:
    """Return the values of a fact, those together that no condition tells apart."""
    if ruleset.facts[fact]["type"] == "bool":
        return [(True,), (False,)]
    named = [cast("list[str]", atom[2]) for atom in read if atom[0] in ("in", "has") and atom[1] == fact]
    groups: dict[tuple[bool, ...], list[str]] = {}
    for option in cast("Json", ruleset.facts[fact]["options"]):
        groups.setdefault(tuple(option in each for each in named), []).append(option)
    return [tuple(each) for each in groups.values()]


def _settled(ruleset: Ruleset, bill: str, event: Combination, people: list[Combination]) -> bool:
    """Whether the bill of such an event is settled, whoever the person is."""
    test = ruleset.settles_fees if bill == "fee" else ruleset.settles
    for person in people:
        known = facts(ruleset, event, person)
        if bill == "fee":
            known[SCHOOL_BILL] = True
        try:
            if not test(known):
                return False
        except MissingFact:
            return False
    return True


def _values(combinations: Sequence[Combination]) -> Combination:
    found: dict[str, dict[str | bool, None]] = {}
    for combination in combinations:
        for fact, values in combination.items():
            found.setdefault(fact, {}).update(dict.fromkeys(values))
    return {fact: tuple(values) for fact, values in found.items()}


def _told(values: Combination, everything: Combination) -> list[Condition]:
    return [_condition(fact, own) for fact, own in values.items() if set(own) != set(everything[fact])]


def _condition(fact: str, values: Values) -> Condition:
    return ["has" if fact == ILLNESS else "in", fact, list(values)]
