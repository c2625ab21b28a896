"""Facts and numbers that were given and change nothing: no rule reads them, or something else given counts instead."""

from collections.abc import Iterator
from typing import NamedTuple

from mingbai_calculator.core.facts import Facts, split_member_key
from mingbai_calculator.core.json_value import JsonObject
from mingbai_calculator.engine.facts_read import AFTER_INSURANCE, get_facts_read
from mingbai_calculator.engine.ruleset import Ruleset
from mingbai_calculator.engine.scenarios import VISIT_GROUPS
from mingbai_calculator.kinds.fee import COMPANION_LIVING
from mingbai_calculator.request.request import EstimateRequest
from mingbai_calculator.result.phrases import Speaker

_BILL_INSTEAD = {"fee": {"total_cost"}, "items": {"total_cost", "fee"}}
"""A bill may be given by these, where none of those behind it is given."""
_SAME_AGE = {"age": "age_months", "age_months": "age"}
"""Either says the other, as far as rules ask."""


class Reason(NamedTuple):
    """Why a fact is not used: a sentence, and the fact `by` that counts instead."""

    sentence: str
    by: str = ""


NOT_READ = Reason("not_read")
SAID_BY_VISIT = Reason("said_by_visit")


def list_not_used(request: EstimateRequest, ruleset: Ruleset, speaker: Speaker) -> list[JsonObject]:
    """Return each given fact or number that changes nothing, with the sentence that says why."""
    found: dict[str, JsonObject] = {}
    for fact, day_rules, reason in _find_all(request, ruleset):
        because = _word(reason, _name(fact, ruleset, speaker), day_rules, speaker)
        found.setdefault(f"{fact} {because}", {"fact": fact, "because": because})
    return list(found.values())


def _word(reason: Reason, name: str, day_rules: Ruleset, speaker: Speaker) -> str:
    """Return the sentence that says why a fact, called `name`, is not used."""
    if reason == SAID_BY_VISIT:
        return speaker.sentences["said_by_visit"].format(name=name)
    if reason.by:
        return speaker.sentences["said_by"].format(name=name, by=speaker.fact(reason.by))
    return speaker.sentences["not_read"].format(name=name, date=speaker.day(day_rules.day.isoformat()))


def _name(fact: str, ruleset: Ruleset, speaker: Speaker) -> str:
    """Return the name of a fact, or of an open number ``PLACE/POLICY.NAME``."""
    policy = fact.partition("/")[2].partition(".")[0]
    versions = ruleset.all_versions.get(policy)
    if versions is None:
        return speaker.fact(fact)
    return speaker.sentences["not_printed"].format(title=speaker.text(versions[-1].title))


def _find_all(request: EstimateRequest, ruleset: Ruleset) -> Iterator[tuple[str, Ruleset, Reason]]:
    """Yield each fact without effect, the rules of the day asked about, and the reason."""
    visits = [visit.ruleset for visit in request.visits] if request.given_in_visits else []
    for fact in _list_names(request.given):
        if visits and _is_of_visit(fact, ruleset) and all(_has(given, fact) for given in request.given_in_visits):
            yield fact, ruleset, SAID_BY_VISIT
            continue
        reasons = [_explain(fact, request.given, ruleset)]
        for rules, given in zip(visits, request.given_in_visits, strict=True):
            reasons.append(_explain(fact, Facts({**request.given, **given}), rules))
        if None not in reasons:
            yield fact, ruleset, reasons[-1] or NOT_READ
    for rules, given in zip(visits, request.given_in_visits, strict=True):
        together = Facts({**request.given, **given})
        for fact in _list_names(given):
            reason = _explain(fact, together, rules)
            if reason is not None and (rules is ruleset or _explain(fact, together, ruleset) is not None):
                yield fact, rules, reason


def _is_of_visit(fact: str, ruleset: Ruleset) -> bool:
    definition = ruleset.fact_definitions.get(fact)
    return definition is not None and definition.group in VISIT_GROUPS


def _list_names(given: Facts) -> dict[str, None]:
    return dict.fromkeys(split_member_key(key)[0] for key in given)


def _has(given: Facts, fact: str) -> bool:
    return fact in given or any(key.startswith(f"{fact}:") for key in given)


def _explain(fact: str, given: Facts, ruleset: Ruleset) -> Reason | None:
    """Return why a fact changes nothing under the rules of a day; None if it is read."""
    read = get_facts_read(ruleset)
    if fact not in read.all:
        other = _SAME_AGE.get(fact)
        if other in read.all:
            return Reason("said_by", other) if other in given else None
        if fact in _BILL_INSTEAD and "total_cost" in read.all and not _BILL_INSTEAD[fact] & given.keys():
            return None  # it is the bill
        return NOT_READ
    if fact in read.in_conditions:
        return None
    if AFTER_INSURANCE in given and fact not in read.after_insurance:
        return Reason("said_by", AFTER_INSURANCE)
    by = _find_overruling(fact, given)
    return Reason("said_by", by) if by else None


def _find_overruling(fact: str, given: Facts) -> str | None:
    """Return the fact that counts instead of a fact that rules read outside conditions."""
    overruling = None
    if fact in ("age", "wife_age"):
        overruling = fact.removesuffix("age") + "birth_month"
    elif fact == "fee":
        overruling = "total_cost"
    elif fact == "items" and "total_cost" not in given:
        overruling = "fee"
    elif fact == "companion_days" and any(category == COMPANION_LIVING for category, _ in given.get("items", ())):
        overruling = "items"
    return overruling if overruling in given else None
