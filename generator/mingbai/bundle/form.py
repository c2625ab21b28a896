"""What the estimator asks in a place, in order: worked out from its rules, so that no script has to read a rule.

``place["form"]`` of the estimator's JSON::

    {"days": [["", "2015-12-31"], ["2016-01-01", "2016-12-31"]], "day_matters": true, "changes": ["2016-01-01"],
     "asks": [{"fact", "bill", "first", "finer", "shared", "options"}, ...]}

Of a question, what does not hold is left out.

``days``
    from which day on (``""``: always), and the last day for which the documents vouch for the rules of that time, in
    order: the day of a bill is that day where it is past, else today; ``""`` for none. Never more than that, as the
    rules may be old
``day_matters``
    whether what is paid of a bill differs from day to day
``changes``
    the first days of new rules about bills, in order
``bill``
    the bill may depend on it; everything else matters for cash and services alone
``first``
    it is asked before anything can be worked out: what happened and what it cost
``finer``
    a figure that counts as something when it is left out, and that few people know
``shared``
    it is said once for a household, and holds for each of its members
``options``
    what can be chosen of a list or of few numbers: the members that the rules tell apart, the numbers as text
"""

from collections.abc import Iterable
from typing import Any

from mingbai.bundle.timeline import vouched
from mingbai.compile.conditions import facts_read
from mingbai.compile.place import facts_of_law
from mingbai_calculator.law.version import days_of_change

type Json = dict[str, Any]

NONE_OF_THESE = "other"
"""The member of a list that stands for all that no rule tells apart."""

_FEW = 6
"""A whole number with fewer values than this is chosen, not typed."""
_ORDER = ("visit", "money", "person", "household", "year")
"""The groups of facts in the order in which they are asked."""
_COSTS = ("total_cost", "fee")


def questions(bundle: Json, place: Json) -> Json:
    """Return what is asked in a place of the bundle."""
    facts, asked = bundle["facts"], place["asks_facts"]
    bill = _on_the_bill(place)
    cost = _main_cost(place, asked)
    asks = [
        {
            "bill": fact in bill,
            "first": fact in ("visit", cost) and fact in bill,
            "finer": fact in bill and facts[fact]["group"] in ("money", "year") and fact != cost,
            "shared": facts[fact].get("shared", False),
            "options": _options(fact, facts[fact], place),
            "fact": fact,
        }
        for fact in asked
    ]
    asks.sort(key=lambda ask: (not ask["bill"], not ask["first"], ask["finer"], _rank(facts[ask["fact"]]["group"])))
    said = [{key: value for key, value in ask.items() if value} for ask in asks]
    return {
        "days": vouched(place),
        "day_matters": _day_matters(place),
        "changes": days_of_change(place),
        "asks": said,
    }


def _rank(group: str) -> int:
    return _ORDER.index(group) if group in _ORDER else len(_ORDER)


def _on_the_bill(place: Json) -> set[str]:
    """Return the facts on which a bill may depend; what a status policy reads that it asks for is among them."""
    waiting = [policy for group in place["order"] for policy in group]
    if not place["settles"]:
        return set()
    read = {*facts_read(place["settles"]), "total_cost", "eligible_cost"}
    seen: set[str] = set()
    while waiting:
        policy = waiting.pop()
        if policy in seen:
            continue
        seen.add(policy)
        for version in place["policies"].get(policy, []):
            law = [version["who"], version["when"], version["law"]]
            read |= {*facts_read(law), *facts_of_law(version["kind"], version["law"])}
            waiting += _statuses(law)
    if "age" in read:  # a child's months say its years
        read |= {"age_months"} & set(place["asks_facts"])
    return read


def _statuses(value: Any) -> list[str]:  # noqa: ANN401 - any part of the bundle
    """Return the status policies that compiled conditions inside `value` ask for."""
    if isinstance(value, dict):
        return [found for inner in value.values() for found in _statuses(inner)]
    if isinstance(value, list):
        if value[:1] == ["holds"]:
            return [value[1]]
        return [found for inner in value for found in _statuses(inner)]
    return []


def _main_cost(place: Json, asked: list[str]) -> str:
    """Return the fact that gives the bill: a school's fee where no visit to a doctor is settled."""
    of_fees_only = {item["bill"] for item in place["settles"]} == {"fee"}
    return "fee" if of_fees_only and "fee" in asked else "total_cost"


def _options(name: str, fact: Json, place: Json) -> list[str]:
    if fact["type"] == "list":
        told = set(_members(name, [place["settles"], place["policies"]]))
        return [option for option in fact["options"] if option in told and option != NONE_OF_THESE]
    if fact["type"] == "whole" and fact.get("high") and fact["high"] - (fact.get("low") or 0) < _FEW:
        return [str(number) for number in range(fact.get("low") or 0, fact["high"] + 1)]
    return []


def _members(name: str, value: Any) -> Iterable[str]:  # noqa: ANN401 - any part of the bundle
    """Yield the members of the list `name` that compiled conditions inside `value` name."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        if value[:2] == ["has", name]:
            yield from value[2]
        else:
            for inner in value:
                yield from _members(name, inner)


def _day_matters(place: Json) -> bool:
    """Tell whether one of the policies that pay has more than one version, or begins or ends."""
    paying = [place["policies"].get(policy, []) for group in place["order"] for policy in group]
    return any(len(versions) > 1 for versions in paying) or any(item["from"] for item in place["settles"])
