"""What the estimator asks: worked out from the rules, in an order that a person can follow."""

from typing import Any

import pytest

from mingbai.bundle.estimator.estimator_bundle import make_estimator_bundle
from mingbai.bundle.estimator.form import make_form
from mingbai_calculator import estimate

type Json = dict[str, Any]


def asks(bundle: Json, place: str, flag: str) -> list[str]:
    form = make_form(bundle, bundle["places"][place])
    return [ask["fact"] for ask in form["asks"] if ask.get(flag)]


def test_every_fact_that_a_place_asks_for_has_its_question(bundle: Json) -> None:
    for place in bundle["places"].values():
        form = make_form(bundle, place)
        assert sorted(ask["fact"] for ask in form["asks"]) == sorted(place["asks_facts"])
        assert len({ask["fact"] for ask in form["asks"]}) == len(form["asks"])


def test_what_happened_and_what_it_cost_come_first(bundle: Json) -> None:
    assert asks(bundle, "gaotai", "first") == ["visit", "total_cost"]
    assert asks(bundle, "yaan-xian", "first") == ["fee"]
    assert asks(bundle, "dongpo", "first") == []
    form = make_form(bundle, bundle["places"]["gaotai"])
    assert [ask["fact"] for ask in form["asks"]][:2] == ["visit", "total_cost"]
    bill = [bool(ask.get("bill")) for ask in form["asks"]]
    assert bill == sorted(bill, reverse=True)


def test_figures_that_few_people_know_are_marked(bundle: Json) -> None:
    assert asks(bundle, "gaotai", "finer") == ["eligible_cost", "tcm_cost", "ytd_burden", "ytd_paid"]


def test_what_a_household_has_together_is_said_once(bundle: Json) -> None:
    shared = set(asks(bundle, "gaotai", "shared"))
    assert shared == {"registered_poor", "rural", "poverty_village"}
    assert set(asks(bundle, "dongpo", "shared")) >= {"town", "farm_project", "water_source"}


def test_the_day_is_asked_where_it_changes_what_is_paid(bundle: Json) -> None:
    form = make_form(bundle, bundle["places"]["gaotai"])
    assert form["day_matters"] is True
    assert form["days"][-1][1] == "2016-12-31"
    assert make_form(bundle, bundle["places"]["heze"])["day_matters"] is False


def test_only_the_members_of_a_list_that_rules_tell_apart_are_offered(bundle: Json) -> None:
    form = make_form(bundle, bundle["places"]["qingzhen"])
    options = next(ask["options"] for ask in form["asks"] if ask["fact"] == "diagnoses")
    assert options == ["cataract", "tuberculosis"]


@pytest.mark.parametrize("place", ["gaotai", "qiyang", "heze", "jinkouhe", "tongbai", "yaan-xian", "chuzhou", "gansu"])
def test_what_a_bill_needs_is_marked_as_being_about_the_bill(bundle: Json, place: str) -> None:
    cost = asks(bundle, place, "first")[-1]
    facts: Json = {cost: "20000"}
    if "visit" in bundle["places"][place]["asks_facts"]:
        facts["visit"] = "inpatient"
    result = estimate(bundle, {"place": place, "date": "2017-06-01", "facts": facts})
    needed = {need["fact"] for need in result["needs"] if need["affects"] == "bill"}
    assert needed <= set(asks(bundle, place, "bill"))


def test_the_form_comes_with_the_rules_of_a_place(bundle: Json) -> None:
    place = make_estimator_bundle(bundle, ["gaotai"])["places"]["gaotai"]
    assert place["form"] == make_form(bundle, bundle["places"]["gaotai"])
