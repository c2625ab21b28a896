"""Form of the estimator: the questions of a place in order, derived from its rules so that no script reads a rule.

``place["form"]`` of the estimator's JSON::

    {"days": [["", "2015-12-31"], ["2016-01-01", "2016-12-31"]], "day_matters": true, "changes": ["2016-01-01"],
     "event": "visit", "asks": [{"fact", "bill", "first", "finer", "shared", "options"}, ...]}

Keys of a question whose value is false or empty are left out.

``days``
    periods in order: the first day (``""``: always), and the last day for which the documents confirm the rules of that
    period (``""``: none). The default day of a bill is that last day if it is past, else today: no later, as the rules
    may be outdated
``day_matters``
    whether the payment of a bill depends on its day
``changes``
    the first days of new rules for bills, in order
``event``
    what the bills are about (`mingbai.bundle.estimator.events`): it decides the words
``bill``
    the bill may depend on the fact; other facts matter for cash and services only
``first``
    it is asked before anything can be computed: what happened and what it cost
``finer``
    an amount with a default when it is left out, which few people know
``shared``
    it is asked once for a household, and applies to each of its members
``options``
    the choices of a list or of a small number: the members that the rules distinguish, the numbers as text
"""

from collections.abc import Iterable
from typing import Any

from mingbai.bundle.estimator.events import find_place_event
from mingbai.bundle.law import get_version_law, list_settled_conditions
from mingbai.bundle.timeline import list_confirmed_periods
from mingbai.compile.conditions import list_facts_read
from mingbai_calculator.law.conditions import Condition, Contains, Holds, iter_atoms

type Json = dict[str, Any]

NONE_OF_THESE = "other"
"""The member of a list that stands for all members that no rule distinguishes."""

_FEW_VALUES = 6
"""A whole number whose range is smaller than this is chosen, not typed."""
_GROUP_ORDER = ("visit", "money", "person", "household", "year")
"""The groups of facts in the order in which they are asked."""
_COST_FACTS = ("total_cost", "fee")


def make_form(bundle: Json, place: Json) -> Json:
    """Return the form of a place of the bundle, as described above."""
    facts, asked = bundle["facts"], place["asks_facts"]
    bill_facts = _list_bill_facts(place)
    cost = _find_cost_fact(place, asked)
    asks = [
        {
            "bill": fact in bill_facts,
            "first": fact in ("visit", cost) and fact in bill_facts,
            "finer": fact in bill_facts and facts[fact]["group"] in ("money", "year") and fact != cost,
            "shared": facts[fact].get("shared", False),
            "options": _list_options(fact, facts[fact], place),
            "fact": fact,
        }
        for fact in asked
    ]
    asks.sort(key=lambda ask: _rank_question(ask, facts[ask["fact"]]))
    nonempty = [{key: value for key, value in ask.items() if value} for ask in asks]
    return {
        "days": list_confirmed_periods(place),
        "day_matters": _depends_on_day(place),
        "changes": _list_change_days(place),
        "event": find_place_event(place),
        "asks": nonempty,
    }


def _rank_question(ask: Json, fact: Json) -> tuple[bool, bool, bool, bool, int]:
    """Return the rank of a question: the bill first; a loss or a disability after all others."""
    return not ask["bill"], not ask["first"], ask["finer"], "gentle" in fact, _rank(fact["group"])


def _rank(group: str) -> int:
    return _GROUP_ORDER.index(group) if group in _GROUP_ORDER else len(_GROUP_ORDER)


def _list_bill_facts(place: Json) -> set[str]:
    """Return the facts on which a bill may depend, those of referenced status policies included."""
    waiting = [policy for group in place["order"] for policy in group]
    if not place["settles"]:
        return set()
    read = {*list_facts_read(list_settled_conditions(place)), "total_cost", "eligible_cost"}
    seen: set[str] = set()
    while waiting:
        policy = waiting.pop()
        if policy in seen:
            continue
        seen.add(policy)
        for version in place["policies"].get(policy, []):
            law = get_version_law(version)
            read |= list_facts_read(law.iter_conditions()) | law.law.list_facts()
            waiting += _list_statuses(law.iter_conditions())
    if "age" in read:  # a child's months say its years
        read |= {"age_months"} & set(place["asks_facts"])
    return read


def _list_statuses(conditions: Iterable[Condition]) -> list[str]:
    """Return the status policies to which conditions refer."""
    return [atom.status for condition in conditions for atom in iter_atoms(condition) if isinstance(atom, Holds)]


def _find_cost_fact(place: Json, asked: list[str]) -> str:
    """Return the fact with the amount of the bill: ``fee`` where only school fees are settled, else ``total_cost``."""
    of_fees_only = {item["bill"] for item in place["settles"]} == {"fee"}
    return "fee" if of_fees_only and "fee" in asked else "total_cost"


def _list_options(name: str, fact: Json, place: Json) -> list[str]:
    if fact["type"] == "list":
        members = _list_members(name, place)
        return [option for option in fact["options"] if option in members and option != NONE_OF_THESE]
    if fact["type"] == "whole" and fact.get("high") and fact["high"] - (fact.get("low") or 0) < _FEW_VALUES:
        return [str(number) for number in range(fact.get("low") or 0, fact["high"] + 1)]
    return []


def _list_members(name: str, place: Json) -> set[str]:
    """Return the members of the list fact `name` to which the rules of a place refer."""
    versions = [version for versions in place["policies"].values() for version in versions]
    conditions = list_settled_conditions(place)
    conditions += [condition for version in versions for condition in get_version_law(version).iter_conditions()]
    atoms = [atom for condition in conditions for atom in iter_atoms(condition)]
    return {member for atom in atoms if isinstance(atom, Contains) and atom.fact == name for member in atom.members}


def _list_change_days(place: Json) -> list[str]:
    """Return the first days (ISO text, sorted) of all versions of the policies that pay bills."""
    versions = [version for group in place["order"] for policy in group for version in place["policies"][policy]]
    return sorted({version["start"] for version in versions if version["start"]})


def _depends_on_day(place: Json) -> bool:
    """Return whether a paying policy has several versions, or the settlement of bills starts on a day."""
    paying = [place["policies"].get(policy, []) for group in place["order"] for policy in group]
    return any(len(versions) > 1 for versions in paying) or any(item["from"] for item in place["settles"])
