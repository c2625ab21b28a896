"""What happens when a promise is used: it decides the words about it (a school fee has no discharge from hospital)."""

from typing import Any

from mingbai.bundle.law import get_version_law
from mingbai_calculator.law.codec import decode_condition
from mingbai_calculator.law.conditions import Condition, OneOf, split_conjunction
from mingbai_calculator.law.kinds import BILL_PAYING_KINDS, CASH_KINDS

type Json = dict[str, Any]

STAY, VISIT, SCHOOL, PROJECT, CONTRIBUTION, NONE = "stay", "visit", "school", "project", "contribution", "none"
EVENTS = (STAY, VISIT, SCHOOL, PROJECT, CONTRIBUTION, NONE)
"""A stay in hospital, any other visit, school, a farm or building project, a contribution, nothing of these."""
BILL_EVENTS = (STAY, VISIT, SCHOOL)
"""The events with a bill."""
_TOPIC_EVENTS = {"school": SCHOOL, "work": PROJECT, "housing": PROJECT, "insurance": CONTRIBUTION}
_STAYS = frozenset(["inpatient", "delivery", "surgery"])


def find_version_event(version: Json) -> str:
    """Return the event of a version, from its topic, its kind and the visits that it names."""
    event = _TOPIC_EVENTS.get(version["topic"])
    if event is not None:
        return event
    law = get_version_law(version)
    if _is_stay(law.when):
        return STAY
    return VISIT if version["kind"] in BILL_PAYING_KINDS or _names_visit(law.when) else NONE


def find_place_event(place: Json) -> str:
    """Return the event of the bills that the rules of a place settle; ``none`` where they settle no bill."""
    kinds = {item["bill"] for item in place["settles"]}
    if not kinds:
        return NONE
    if kinds == {"fee"}:
        return SCHOOL
    return STAY if all(_is_stay(decode_condition(item["if"])) for item in place["settles"]) else VISIT


def pays_cash(place: Json) -> bool:
    """Return whether a version of a place pays money out."""
    return any(version["kind"] in CASH_KINDS for versions in place["policies"].values() for version in versions)


def _is_stay(condition: Condition) -> bool:
    """Return whether a condition holds for stays in hospital alone."""
    parts = split_conjunction(condition)
    return any(isinstance(part, OneOf) and part.fact == "visit" and set(part.values) <= _STAYS for part in parts)


def _names_visit(condition: Condition) -> bool:
    return any(isinstance(part, OneOf) and part.fact == "visit" for part in split_conjunction(condition))
