"""Nothing that is given is silently dropped: a rule reads it, or ``not_used`` names it and says why."""

import random
from itertools import product
from typing import Any

import pytest

from mingbai_calculator import BadRequestError, estimate, estimate_json
from mingbai_calculator.core.facts import get_fact_of_key
from mingbai_calculator.law.kinds import BILL_PAYING_KINDS
from mingbai_calculator.request.request import read_json
from tests.quick import cases, thinned

type Json = dict[str, Any]

BILL = {
    "registered_poor": True,
    "insured": True,
    "visit": "inpatient",
    "hospital_level": "county",
    "designated": True,
    "diagnoses": ["other"],
    "total_cost": "8000",
}


def name_not_used(bundle: Json, place: str, day: str, facts: Json, **more: Any) -> list[str]:  # noqa: ANN401
    result = estimate(bundle, {"place": place, "date": day, "facts": facts, **more})
    assert all(entry["because"] for entry in result["not_used"])
    return [entry["fact"] for entry in result["not_used"]]


def test_what_a_rule_reads_is_not_named(bundle: Json) -> None:
    assert name_not_used(bundle, "gaotai", "2016-03-01", {**BILL, "tcm_cost": "10"}) == []


def test_what_no_rule_of_the_place_reads_is_named_with_the_day(bundle: Json) -> None:
    facts = {**BILL, "farm_project": "pig", "river_distance_m": 5}
    for lang, says in (("zh", "2016年3月1日"), ("en", "March 1, 2016")):
        request = {"place": "gaotai", "date": "2016-03-01", "facts": facts, "lang": lang}
        not_used = estimate(bundle, request)["not_used"]
        assert [entry["fact"] for entry in not_used] == ["farm_project", "river_distance_m"]
        assert all(says in entry["because"] for entry in not_used)


@pytest.mark.parametrize(
    ("place", "day", "facts", "named"),
    [
        # the share after insurance is all that is to be paid: what insurers ask of the bill counts no longer
        ("gaotai", "2016-03-01", {**BILL, "tcm_cost": "10", "self_share_after_insurance": "100"}, ["tcm_cost"]),
        ("gaotai", "2016-03-01", {**BILL, "ytd_burden": "10", "self_share_after_insurance": "100"}, ["ytd_burden"]),
        # the month wins
        (
            "daxian",
            "2016-03-01",
            {"wife_age": 61, "wife_birth_month": "1955-01", "only_child": "died"},
            ["wife_age"],
        ),
        # the item wins over a daily amount
        (
            "tongbai",
            "2018-03-01",
            {
                "visit": "inpatient",
                "items": [{"category": "companion_living", "amount": "90"}],
                "companion_days": 3,
            },
            ["companion_days"],
        ),
    ],
)
def test_what_something_else_given_overrules_is_named(
    bundle: Json, place: str, day: str, facts: Json, named: list[str]
) -> None:
    found = name_not_used(bundle, place, day, facts)
    assert [name for name in found if name in named] == named
    rest = {name: value for name, value in facts.items() if name not in named}
    alone = estimate(bundle, {"place": place, "date": day, "facts": rest})
    both = estimate(bundle, {"place": place, "date": day, "facts": facts})
    assert both["self_pays"] == alone["self_pays"]
    assert both["cash"] == alone["cash"]


def test_a_number_of_a_rule_that_is_not_in_force_is_named(bundle: Json) -> None:
    inputs = {"gaotai/major-disease-50.limit": "30000"}
    request = {"place": "gaotai", "facts": BILL, "inputs": inputs}
    assert estimate(bundle, {**request, "date": "2016-03-01"})["not_used"] == []
    not_used = estimate(bundle, {**request, "date": "2014-03-01"})["not_used"]
    (because,) = [entry["because"] for entry in not_used if entry["fact"] == "gaotai/major-disease-50.limit"]
    assert "重大疾病" in because


def test_what_each_visit_says_for_itself_is_named(bundle: Json) -> None:
    visit = {"date": "2016-03-01", "total_cost": "1000", "hospital_level": "county"}
    request = {"place": "gaotai", "facts": {"hospital_level": "city"}, "visits": [visit, visit]}
    assert [entry["fact"] for entry in estimate(bundle, request)["not_used"]] == ["hospital_level"]
    del (second := dict(visit))["hospital_level"]
    assert estimate(bundle, {**request, "visits": [visit, second]})["not_used"] == []


def test_a_fact_of_a_visit_that_no_rule_of_its_day_reads_is_named(bundle: Json) -> None:
    visit = {"date": "2016-03-01", "total_cost": "1000", "farm_project": "pig"}
    not_used = estimate(bundle, {"place": "gaotai", "facts": {}, "visits": [visit]})["not_used"]
    assert [entry["fact"] for entry in not_used] == ["farm_project"]


def test_children_are_as_old_in_months_as_in_years(bundle: Json) -> None:
    assert name_not_used(bundle, "lianjiang", "2016-03-01", {"age": 1}) == []
    assert name_not_used(bundle, "lianjiang", "2016-03-01", {"age_months": 14}) == []


VALUES: dict[str, list[Any]] = {
    "bool": [True, False],
    "money": ["0", "1", "400", "20000", "600000"],
    "month": ["1940-01", "1956-05", "1990-12"],
}


def list_values(fact: Json) -> list[Any]:
    if fact["type"] == "whole":
        return sorted({fact.get("low") or 0, 1, 2, 3, 6, 35, 60, 65} & set(range(fact["low"] or 0, fact["high"] + 1)))
    if fact["type"] == "items":
        return [[{"category": category, "amount": "100"}] for category in fact["options"]]
    if fact["type"] == "list":
        return [[option] for option in fact["options"]]
    return VALUES.get(fact["type"]) or list(fact["options"])


DAYS = ["2014-06-01", "2016-03-01", "2017-06-01", "2018-06-01", "2019-06-01"]


def test_a_fact_that_changes_a_result_is_never_named(bundle: Json) -> None:
    """Each fact by itself, beside a bill: named means that no value of it changes anything."""
    ignored = {"not_used", "total_cost", "eligible_cost", "assumptions"}
    for place, day in thinned(list(product(bundle["places"], DAYS))[::4], every=8):
        for bill in ({}, {"total_cost": "8000"}):
            for name, fact in bundle["facts"].items():
                base = estimate(bundle, {"place": place, "date": day, "facts": bill})
                values = list_values(fact)
                answers = []
                for value in values:
                    try:
                        answers.append(estimate(bundle, {"place": place, "date": day, "facts": {**bill, name: value}}))
                    except BadRequestError:  # a part above the bill
                        continue
                named = [name in [entry["fact"] for entry in answer["not_used"]] for answer in answers]
                for answer in (base, *answers):  # that it is asked for no longer is no change
                    answer["needs"] = [
                        entry for entry in answer["needs"] if entry["fact"] not in (name, "total_cost", "fee")
                    ]
                changes = any(answer[key] != base[key] for answer in answers for key in base if key not in ignored)
                if any(named) and not bill.keys() & {name}:
                    assert not changes, (place, day, name)


def test_every_given_fact_is_read_by_a_rule_or_named(bundle: Json) -> None:
    """A fact that is not named stands in the law: among the facts that its versions read, whatever the day."""
    chance = random.Random(7)  # noqa: S311
    for _ in range(cases(300, quick=40)):
        check_that_all_are_read_or_named(bundle, chance)


def check_that_all_are_read_or_named(bundle: Json, chance: random.Random) -> None:
    place, day = chance.choice(sorted(bundle["places"])), chance.choice(DAYS)
    names = chance.sample(sorted(bundle["facts"]), chance.randint(0, 12))
    facts = {name: chance.choice(list_values(bundle["facts"][name])) for name in names}
    try:
        result = estimate(bundle, {"place": place, "date": day, "facts": facts})
    except BadRequestError:
        return
    named = {entry["fact"] for entry in result["not_used"]}
    assert named <= facts.keys()
    read = {*bundle["places"][place]["asks_facts"], "self_share_after_insurance", "age", "age_months"}
    kinds = {version["kind"] for versions in bundle["places"][place]["policies"].values() for version in versions}
    if {"total_cost", "eligible_cost"} & read or kinds & set(BILL_PAYING_KINDS) or bundle["places"][place]["settles"]:
        read |= {"items", "fee", "total_cost", "eligible_cost"}  # ways to give a bill
    assert facts.keys() - named <= {get_fact_of_key(name) for name in read}


@pytest.mark.parametrize(
    "text",
    [
        '{"facts": {"age": 7, "age": 70}}',
        '{"facts": {}, "facts": {}}',
        '{"visits": [{"items": [{"category": "drug", "amount": "1", "amount": "2"}]}]}',
    ],
)
def test_json_with_a_key_twice_is_refused_and_names_it(text: str) -> None:
    with pytest.raises(BadRequestError) as error:
        read_json(text)
    assert [(fault.code, fault.got) for fault in error.value.faults] in (
        [("twice", "age")],
        [("twice", "facts")],
        [("twice", "amount")],
    )


def test_a_byte_order_mark_is_read(bundle: Json) -> None:
    text = '\ufeff{"place": "gaotai", "date": "2016-03-01"}'
    assert '"place":"gaotai"' in estimate_json(bundle, text)
