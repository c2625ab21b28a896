"""Twelve people walk every place: what they must not be asked, must not be offered as theirs, and must find.

The table is that of the issue about what people are told. A question counts as asked if the result needs it; a promise
counts as offered if it is in a list of the result and not marked as meant for others (`fits`).
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from mingbai.bundle.estimator.form import make_form
from mingbai_calculator import estimate
from mingbai_calculator.result.fitting import FITTING_LISTS, list_fitting
from tests.quick import thinned

type Json = dict[str, Any]

DAY = "2020-06-01"
WIFE = ("wife_age", "wife_birth_month", "spouses")
LOSS = ("only_child", "only_child_disability_grade", "no_other_child", "only_child_certificate")
SCHOOL = ("school_stage", "school_type", "boarding", "new_student", "terms", "fee")
FARM = ("farm_project", "has_premises", "urban_core", "water_source", "river_distance_m")
HOSPITAL = ("visit", "hospital_level", "hospital", "in_county", "designated", "total_cost", "eligible_cost")

FOLIC_ACID = re.compile("叶酸|婚前检查和")
PREGNANCY = re.compile("叶酸|孕|婚前检查和|住院生孩子|产后")
WOMEN = re.compile("宫颈癌|乳腺癌")
FAMILY_PLANNING = re.compile("计划生育|独生子女(?!.*优先)")
VILLAGE_DOCTOR = re.compile("乡村医生")
TRAINING = re.compile("培训|学手艺|学种养|雨露")
GRANTS = re.compile("助学|上学|免学费|幼儿园|职业学校|小学初中|住校|大学")
NEWBORN = re.compile("新生儿(?!.*急救)")
FARMING = re.compile("养.*补助|养殖")


class Person(NamedTuple):
    """Facts of a person; questions and titles that are not for them, and policies (``place/policy``) that they find."""

    facts: Json
    not_asked: tuple[str, ...] = ()
    not_offered: tuple[re.Pattern[str], ...] = ()
    found: tuple[str, ...] = ()
    places: tuple[str, ...] = ()  # where that holds; () for all


PEOPLE = {
    "girl of 14": Person(
        {"age": 14, "sex": "female", "registered_poor": True, "poverty_village": True, "rural": True},
        (*WIFE, *LOSS, "age_months", "role"),
        (PREGNANCY, WOMEN, FAMILY_PLANNING, VILLAGE_DOCTOR, TRAINING),
        ("gaotai/hepatitis-b-vaccine", "lianjiang/vaccines", "jinkouhe/vaccines"),
    ),
    "woman of 92": Person(
        {"age": 92, "sex": "female", "rural": True, "poverty_village": True},
        (*SCHOOL, "age_months", "role"),
        (PREGNANCY, NEWBORN, GRANTS, TRAINING, WOMEN),
        ("lianjiang/check-65", "dawangdian/green-channel", "qiyang/family-doctor"),
    ),
    "man of 30": Person(
        {"age": 30, "sex": "male", "rural": True, "registered_poor": True},
        ("age_months",),
        (WOMEN, re.compile("住院生孩子"), re.compile("孕产妇免费|怀孕和产后保健")),
        ("baozhang/training", "taijiang/check-up", "yaan-xian/skills-training"),
    ),
    "baby of 6 months": Person(
        {"age_months": 6},
        (*SCHOOL, *WIFE, *LOSS, *FARM, "role"),
        (TRAINING, WOMEN, re.compile("65岁"), FAMILY_PLANNING, re.compile("高血压|糖尿病")),
        ("lianjiang/child-care", "lianjiang/vaccines", "jinkouhe/vaccines", "taijiang/after-birth"),
    ),
    "newborn": Person({"age_months": 0}, (*SCHOOL, *WIFE), (TRAINING,), ("gaotai/newborn-screening",)),
    "widow of 52 whose child died": Person(
        {
            "age": 52,
            "sex": "female",
            "only_child": "died",
            "spouses": 1,
            "no_other_child": True,
            "wife_birth_month": "1964-01",
        },
        ("wife_age", "spouses"),
        (FOLIC_ACID,),
        ("gaotai/family-planning", "zhongxian/green-channel", "jinkouhe/special-support"),
    ),
    "couple of 50": Person(
        {"age": 50, "sex": "female", "only_child": "died", "spouses": 2, "no_other_child": True, "wife_age": 50},
        ("age_months", *SCHOOL),
        (FOLIC_ACID, NEWBORN),
        ("gaotai/family-planning",),
    ),
    "pupil of 9, boarding": Person(
        {"age": 9, "school_stage": "primary", "boarding": True, "registered_poor": True},
        (*HOSPITAL, *FARM, *WIFE, *LOSS),
        (FARMING, TRAINING, re.compile("大学|高中|职业")),
        ("yaan-xian/boarding-grant",),
        ("yaan-xian", "dongpo", "school-anon"),
    ),
    "new student of 19": Person(
        {"age": 19, "school_stage": "university", "new_student": True, "registered_poor": True},
        HOSPITAL,
        (re.compile("幼儿园|小学|高中|职业学校"),),
        ("yaan-xian/university-aid",),
        ("yaan-xian", "school-anon"),
    ),
    "farmer of 45 with sheds": Person(
        {
            "age": 45,
            "registered_poor": True,
            "farm_project": "chicken",
            "has_premises": True,
            "poverty_village": True,
            "town": "liusheng",
            "urban_core": False,
            "water_source": False,
            "river_distance_m": 900,
        },
        (*HOSPITAL, "age_months"),
        (re.compile("养猪|养肉羊"),),
        ("dongpo/chicken", "dongpo/payout", "dongpo/training"),
        ("dongpo", "qiaopeng", "baozhang"),
    ),
    "village doctor of 40": Person(
        {"age": 40, "role": "village_doctor", "poverty_village": True},
        ("age_months",),
        (),
        ("gaotai/village-doctor", "gaotai/village-doctor-other", "jinkouhe/village-doctor"),
    ),
    "someone who knows nothing": Person(
        {}, (), (), ("taijiang/check-up", "lianjiang/health-record", "qingchuan/public-health")
    ),
}


def list_walks(bundle: Json) -> Iterator[tuple[str, Person, str]]:
    for name, person in PEOPLE.items():
        for place in thinned(person.places or sorted(bundle["places"]), every=3):
            yield name, person, place


def list_offered(result: Json) -> list[Json]:
    """Return what is told as the person's own, or as perhaps theirs."""
    return [entry for name in FITTING_LISTS for entry in list_fitting(result[name])]


def walk(bundle: Json, place: str, facts: Json) -> Json:
    return estimate(bundle, {"place": place, "date": DAY, "facts": facts, "lang": "zh"})


@pytest.fixture(scope="module")
def walks(bundle: Json) -> list[tuple[str, Person, str, Json]]:
    return [(name, person, place, walk(bundle, place, person.facts)) for name, person, place in list_walks(bundle)]


def test_nobody_is_asked_what_cannot_concern_them(walks: list[tuple[str, Person, str, Json]]) -> None:
    asked = [
        (name, place, need["fact"])
        for name, person, place, result in walks
        for need in result["needs"]
        if need["fact"] in person.not_asked
    ]
    assert asked == []


def test_what_an_entry_is_open_about_is_not_asked_of_others_either(walks: list[tuple[str, Person, str, Json]]) -> None:
    asked = [
        (name, entry["policy"], fact)
        for name, person, _, result in walks
        for entry in list_fitting(result["undecided"])
        for fact in entry["needs"]
        if fact in person.not_asked
    ]
    assert asked == []


def test_nobody_is_offered_what_is_meant_for_others(walks: list[tuple[str, Person, str, Json]]) -> None:
    offered = [
        (name, entry["policy"], entry["title"])
        for name, person, _, result in walks
        for entry in list_offered(result)
        if any(pattern.search(entry["title"]) for pattern in person.not_offered)
    ]
    allowed = {  # of both: a house, or the parents of pupils
        ("girl of 14", "jiaotong-xian/house-and-school-aid"),
        ("woman of 92", "jiaotong-xian/house-and-school-aid"),
    }
    assert [each for each in offered if each[:2] not in allowed] == []


@pytest.mark.parametrize("name", PEOPLE)
def test_what_is_theirs_is_found(bundle: Json, name: str) -> None:
    person = PEOPLE[name]
    for policy in person.found:
        result = walk(bundle, policy.partition("/")[0], person.facts)
        theirs = [entry["policy"] for entry in list_offered({**result, "undecided": []})]
        assert policy in theirs, [entry for entry in result["not_eligible"] if entry["policy"] == policy]


def test_support_after_a_loss_is_that_of_one_person_for_a_widow(bundle: Json) -> None:
    (support,) = walk(bundle, "gaotai", PEOPLE["widow of 52 whose child died"].facts)["cash"]
    assert support["count"] == 1
    assert support["amount"] == support["unit_amount"]


def test_what_is_meant_for_others_is_said_with_the_policy_and_never_refused(bundle: Json) -> None:
    """Whoever meets the conditions of the text keeps the entry, in the same list and with the same sum."""
    facts = {"age": 14, "sex": "female", "rural": True}
    services = {entry["policy"]: entry for entry in walk(bundle, "gaotai", facts)["services"]}
    assert services["gaotai/folic-acid"]["fits"] is False
    grown = {entry["policy"]: entry for entry in walk(bundle, "gaotai", {**facts, "age": 28})["services"]}
    assert "fits" not in grown["gaotai/folic-acid"]
    unknown = {entry["policy"]: entry for entry in walk(bundle, "gaotai", {"sex": "female", "rural": True})["services"]}
    assert "fits" not in unknown["gaotai/folic-acid"]


def test_an_age_in_years_or_in_months_says_the_same_of_whom_it_is_meant_for(bundle: Json) -> None:
    for months, fits in ((6, True), (30, False)):
        for facts in ({"age_months": months}, {"age": months // 12}):
            services = {entry["policy"]: entry for entry in walk(bundle, "jinkouhe", facts)["services"]}
            rights = services["jinkouhe/emergency-lane"]
            assert ("fits" not in rights) is fits


# the order of the questions


def test_a_loss_and_a_disability_are_asked_last(bundle: Json) -> None:
    gentle = {name for name, fact in bundle["facts"].items() if "gentle" in fact}
    assert {"only_child", "disabled"} <= gentle
    for place in thinned(sorted(bundle["places"]), every=3):
        asked = [need["fact"] for need in walk(bundle, place, {})["needs"] if need["affects"] != "bill"]
        ranks = [fact in gentle for fact in asked]
        assert ranks == sorted(ranks), place
        form = [ask["fact"] for ask in make_form(bundle, bundle["places"][place])["asks"] if not ask.get("bill")]
        assert [fact in gentle for fact in form] == sorted(fact in gentle for fact in form), place


def test_every_gentle_question_has_a_line_or_follows_one_that_has(bundle: Json) -> None:
    for fact in bundle["facts"].values():
        gentle = fact.get("gentle")
        if gentle is None:
            continue
        head = gentle if "concern" in gentle else bundle["facts"][gentle["after"]]["gentle"]
        assert head["concern"]["zh"]
        assert head["if_not"]


def test_what_most_promises_depend_on_is_asked_first(bundle: Json) -> None:
    """Of the questions besides the bill, about the person: no later one decides more policies."""
    for place in thinned(sorted(bundle["places"]), every=3):
        result = walk(bundle, place, {})
        groups = {need["fact"]: bundle["facts"][need["fact"]] for need in result["needs"] if need["affects"] != "bill"}
        person = [
            fact
            for fact, each in groups.items()
            if each["group"] in ("person", "household") and not {"gentle", "few"} & each.keys()
        ]
        counts = [sum(fact in entry["needs"] for entry in result["undecided"]) for fact in person]
        if "age" not in person and "sex" not in person:  # they also tell whom an entry is meant for
            assert counts == sorted(counts, reverse=True), (place, person)


def test_in_a_household_each_is_asked_and_offered_their_own(bundle: Json) -> None:
    """Three generations: what a shared answer serves is asked once, the rest only of whom it can concern."""
    ages = {"grandmother": 70, "father": 45, "mother": 43, "son": 19, "girl": 14, "boy": 9, "baby": 0}
    members = [{"id": name, "facts": {"age": age}} for name, age in ages.items()]
    for place in ("gaotai", "yaan-xian", "dongpo"):
        request = {"place": place, "date": DAY, "shared": {"registered_poor": True}, "members": members, "lang": "zh"}
        result = estimate(bundle, request)
        for member in result["members"]:
            asked = {need["fact"] for need in member["needs"]}
            assert "registered_poor" not in asked
            if ages[member["id"]] < 16:
                assert not asked & {*LOSS, *WIFE, *FARM, "role"}, (place, member["id"])
            if ages[member["id"]] > 40 or member["id"] == "baby":
                assert not asked & set(SCHOOL), (place, member["id"])
