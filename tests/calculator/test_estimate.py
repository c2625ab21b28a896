"""Results as a whole: keys, lists, ends of a range, visits of a year, households, former names."""

import json
from copy import deepcopy
from typing import Any

import pytest

from mingbai_calculator import BadRequestError, estimate, estimate_json

type Json = dict[str, Any]

E01 = {
    "registered_poor": True,
    "insured": True,
    "visit": "inpatient",
    "hospital_level": "county",
    "designated": True,
    "total_cost": "8000.00",
    "diagnoses": ["other"],
}
KEYS = {
    "place",
    "date",
    "revision",
    "engine",
    "total_cost",
    "eligible_cost",
    "self_pays",
    "self_pays_is",
    "bounds",
    "lines",
    "cash",
    "subsidies",
    "may_also_help",
    "services",
    "statuses",
    "undecided",
    "not_eligible",
    "needs",
    "missing",
    "slip",
    "assumptions",
    "not_used",
    "valid",
}


def estimate_facts(bundle: Json, facts: Json, day: str = "2016-03-01", **more: Any) -> Json:  # noqa: ANN401
    return estimate(bundle, {"place": "gaotai", "date": day, "facts": facts, **more})


def list_policies(result: Json, name: str) -> list[str]:
    return [entry["policy"] for entry in result[name]]


def test_a_result_has_every_key_of_the_contract(bundle: Json) -> None:
    assert set(estimate_facts(bundle, E01)) == KEYS
    assert set(estimate_facts(bundle, {})) == KEYS
    ranged = estimate_facts(bundle, {**E01, "total_cost": "20000"})
    assert set(ranged) == KEYS | {"at_low", "at_high"}
    assert set(ranged["at_low"]) == {"self_pays", "lines", "slip"}


@pytest.mark.parametrize("first", ["city-fees", "inpatient"])
def test_of_a_discount_and_a_share_in_one_group_the_first_that_applies_pays(kinds_bundle: Json, first: str) -> None:
    bundle = deepcopy({**kinds_bundle, "places": {"everykind": kinds_bundle["places"]["everykind"]}})
    place = bundle["places"]["everykind"]
    place["policies"]["city-fees"] = kinds_bundle["places"]["everykind-fees"]["policies"]["city-fees"]
    place["order"] = [sorted(["city-fees", "inpatient"], key=lambda policy: policy != first)]
    facts = {**E01, "diagnoses": [], "items": [{"category": "treatment", "amount": "8000"}]}
    for designated in (True, False):  # the discount is for designated hospitals
        request = {"place": "everykind", "date": "2016-03-01", "facts": {**facts, "designated": designated}}
        expected = first if designated else "inpatient"
        assert list_policies(estimate(bundle, request), "lines") == [f"everykind/{expected}"]


def test_lines_are_in_the_order_of_paying(bundle: Json) -> None:
    facts = {
        **E01,
        "hospital_level": "city",
        "diagnoses": ["gaotai_major_50"],
        "tcm_cost": "100",
        "total_cost": "90000",
    }
    result = estimate_facts(
        bundle, facts, inputs={"gaotai/serious-illness.rate": "0.1", "gaotai/major-disease-50.limit": "30000"}
    )
    order = ["chinese-medicine", "major-disease-50", "serious-illness", "floor"]
    assert list_policies(result, "lines") == [f"gaotai/{policy}" for policy in order]


def test_without_a_bill_the_amounts_are_null_and_the_bill_is_needed(bundle: Json) -> None:
    result = estimate_facts(bundle, {"registered_poor": True})
    assert result["total_cost"] is None
    assert result["self_pays"] is None
    assert result["slip"] is None
    assert result["lines"] == []
    assert {"fact": "total_cost", "affects": "bill"} in result["needs"]


@pytest.mark.parametrize(("lang", "says"), [("zh", "算不出"), ("en", "no amount can be given")])
def test_a_visit_that_no_rule_settles_has_no_amount_and_an_explanation(bundle: Json, lang: str, says: str) -> None:
    result = estimate_facts(bundle, {**E01, "hospital_level": "province"}, lang=lang)
    assert result["self_pays"] is None
    assert result["total_cost"] == {"low": "8000.00", "high": "8000.00"}
    assert says in result["assumptions"][-1]


def test_a_scenario_that_no_rule_settles_counts_as_zero_to_total(bundle: Json) -> None:
    facts = {name: value for name, value in E01.items() if name != "hospital_level"}
    result = estimate_facts(bundle, facts)
    assert result["self_pays"] == {"low": "0.00", "high": "8000.00"}
    assert result["needs"][0] == {"fact": "hospital_level", "affects": "bill"}


def test_the_share_after_insurance_replaces_the_bill(bundle: Json) -> None:
    facts: Json = {"self_share_after_insurance": "1234.50", "visit": "inpatient", "hospital_level": "province"}
    facts |= {"diagnoses": ["other"]}
    result = estimate_facts(bundle, facts)
    assert result["self_pays"] == {"low": "1234.50", "high": "1234.50"}
    assert result["total_cost"] is None


def test_needs_are_sorted_by_how_much_they_narrow_the_range(bundle: Json) -> None:
    facts = {"visit": "inpatient", "hospital_level": "county", "total_cost": "8000", "diagnoses": ["other"]}
    result = estimate_facts(bundle, facts)
    bill = [need["fact"] for need in result["needs"] if need["affects"] == "bill"]
    assert bill == ["insured", "registered_poor"]
    assert {"designated", "hospital_level"} & {need["fact"] for need in result["needs"]} == set()


def test_a_policy_with_unknown_eligibility_is_undecided_and_has_no_line(bundle: Json) -> None:
    result = estimate_facts(bundle, {name: value for name, value in E01.items() if name != "insured"})
    undecided = {entry["policy"]: entry for entry in result["undecided"]}
    assert undecided["gaotai/inpatient"]["needs"] == ["insured"]
    assert undecided["gaotai/inpatient"]["up_to"] == {"low": "0.00", "high": "6502.50"}
    assert "gaotai/inpatient" not in list_policies(result, "lines")


def test_not_eligible_has_a_reason_and_what_is_needed(bundle: Json) -> None:
    result = estimate_facts(bundle, {**E01, "insured": False}, lang="en")
    entry = next(entry for entry in result["not_eligible"] if entry["policy"] == "gaotai/inpatient")
    assert "no" in entry["because"]
    assert entry["would_need"] == ["in the basic health insurance"]


def test_a_policy_that_has_not_started_is_announced_with_its_date(bundle: Json) -> None:
    result = estimate_facts(bundle, E01, day="2015-12-31", lang="en")
    entry = next(entry for entry in result["not_eligible"] if entry["policy"] == "gaotai/floor")
    assert entry["state"] == "announced"
    assert "January 1, 2016" in entry["because"]


@pytest.mark.parametrize(("day", "state"), [("2016-12-31", "in_force"), ("2017-01-01", "unconfirmed")])
def test_a_rule_after_its_confirmed_day_is_unconfirmed(bundle: Json, day: str, state: str) -> None:
    assert {line["state"] for line in estimate_facts(bundle, E01, day=day)["lines"]} == {state}


def test_distance_to_the_next_threshold(bundle: Json) -> None:
    lines = {line["policy"]: line for line in estimate_facts(bundle, E01, lang="en")["lines"]}
    serious = lines["gaotai/serious-illness"]
    assert serious["distance"] == {"to": "deductible", "amount": {"low": "1502.50", "high": "1502.50"}}
    assert "1,502.50 yuan more" in serious["explanation"]


def test_an_unknown_contribution_has_no_upper_bound(bundle: Json) -> None:
    facts = {"registered_poor": True, "insured": True}
    (half,) = estimate(bundle, {"place": "qiyang", "date": "2017-10-01", "facts": facts})["subsidies"]
    assert half["amount"] == half["self_pays"] == {"low": "0.00", "high": None}
    assert "50%" in half["explanation"]


def test_the_same_stay_is_compared_across_hospital_levels(bundle: Json) -> None:
    result = estimate_facts(bundle, {**E01, "total_cost": "3000"}, compare=True)
    shares = {entry["hospital_level"]: entry["self_pays"] and entry["self_pays"]["low"] for entry in result["compare"]}
    assert shares == {"village": None, "township": "245.00", "county": "747.50", "city": "1950.00", "province": None}
    assert [entry["hospital_level"] for entry in result["compare"] if entry["given"]] == ["county"]


# visits of a year


def make_visit(day: str, cost: str, **more: Any) -> Json:  # noqa: ANN401
    return {
        "date": day,
        "visit": "inpatient",
        "hospital_level": "city",
        "total_cost": cost,
        "diagnoses": ["other"],
        **more,
    }


PERSON = {"registered_poor": True, "insured": True, "designated": True}
RATE = {"gaotai/serious-illness.rate": "0.60"}


def test_earlier_visits_count_towards_the_years_deductible(bundle: Json) -> None:
    visits = [make_visit("2016-05-01", "6500"), make_visit("2016-02-01", "6500")]
    result = estimate(bundle, {"place": "gaotai", "facts": PERSON, "visits": visits, "inputs": RATE})
    # each stay: 5,000 x 70% = 3,500; burden 3,000 each; only the second one lies above 3,000: x 60%
    assert result["date"] == "2016-05-01"
    assert [entry["date"] for entry in result["visits"]] == ["2016-02-01", "2016-05-01"]
    assert [entry["self_pays"]["low"] for entry in result["visits"]] == ["3000.00", "1200.00"]
    assert result["self_pays"] == {"low": "4200.00", "high": "4200.00"}
    assert result["total_cost"] == {"low": "13000.00", "high": "13000.00"}
    assert sum(float(line["amount"]["low"]) for line in result["lines"]) == pytest.approx(8800)
    assert [line["visit"] for line in result["lines"]] == [1, 1, 2, 2]


def test_a_list_of_visits_equals_year_to_date_facts(bundle: Json) -> None:
    visits = [make_visit("2016-02-01", "9000"), make_visit("2016-05-01", "7000")]
    listed = estimate(bundle, {"place": "gaotai", "facts": PERSON, "visits": visits, "inputs": RATE})
    burden = "3750.00"  # 9,000 - (9,000 - 1,500) x 70%
    facts = {**PERSON, **make_visit("2016-05-01", "7000"), "ytd_burden": burden}
    del facts["date"]
    alone = estimate(bundle, {"place": "gaotai", "date": "2016-05-01", "facts": facts, "inputs": RATE})
    assert listed["visits"][1]["self_pays"] == alone["self_pays"]


def test_a_new_year_starts_with_an_empty_ledger(bundle: Json) -> None:
    visits = [make_visit("2016-12-31", "20000"), make_visit("2017-01-01", "6500")]
    result = estimate(bundle, {"place": "gaotai", "facts": PERSON, "visits": visits, "inputs": RATE})
    assert result["visits"][1]["self_pays"]["low"] == "3000.00"


def test_a_missing_fact_of_the_person_is_shared_by_all_visits(bundle: Json) -> None:
    visits = [
        make_visit("2016-02-01", "2000", hospital_level="county"),
        make_visit("2016-05-01", "2000", hospital_level="county"),
    ]
    facts = {"insured": True, "designated": True}
    result = estimate(bundle, {"place": "gaotai", "facts": facts, "visits": visits, "inputs": RATE})
    # poor: 2,000 - 1,650 x 85% = 597.50; not poor: 2,000 - 1,500 x 80% = 800
    assert result["self_pays"] == {"low": "1195.00", "high": "1600.00"}
    assert [need["fact"] for need in result["needs"] if need["affects"] == "bill"] == ["registered_poor"]


def test_a_missing_fact_of_one_visit_is_needed(bundle: Json) -> None:
    visits = [make_visit("2016-02-01", "2000"), {"date": "2016-05-01", "visit": "inpatient", "total_cost": "2000"}]
    result = estimate(bundle, {"place": "gaotai", "facts": PERSON, "visits": visits, "inputs": RATE})
    assert result["visits"][0]["self_pays"]["low"] == result["visits"][0]["self_pays"]["high"]
    assert "hospital_level" in [need["fact"] for need in result["needs"]]


# a household


def test_a_benefit_of_a_couple_is_counted_once_and_bills_per_person(bundle: Json) -> None:
    shared = {"registered_poor": True, "insured": True, "only_child": "died", "no_other_child": True, "spouses": 2}
    members = [
        {
            "id": "her",
            "facts": {
                "wife_birth_month": "1960-01",
                **{k: E01[k] for k in ("visit", "hospital_level", "total_cost", "diagnoses")},
            },
        },
        {"id": "him", "facts": {"wife_birth_month": "1960-01"}},
    ]
    result = estimate(bundle, {"place": "gaotai", "date": "2016-03-01", "shared": shared, "members": members})
    assert [member["id"] for member in result["members"]] == ["her", "him"]
    assert all(list_policies(member, "cash") == ["gaotai/family-planning"] for member in result["members"])
    assert result["totals"]["cash"] == {"low": "14400.00", "high": "14400.00"}
    assert result["totals"]["self_pays"] == {"low": "1497.50", "high": "1497.50"}


def test_a_fault_in_a_household_names_the_member(bundle: Json) -> None:
    members = [{"id": "grandmother", "facts": {"age": 200}}, {"id": "grandmother", "facts": {}}, 7]
    with pytest.raises(BadRequestError) as caught:
        estimate(bundle, {"place": "gaotai", "date": "2016-03-01", "shared": {}, "members": members})
    assert [(fault.code, fault.name) for fault in caught.value.faults] == [
        ("out_of_range", "grandmother: age"),
        ("twice", "grandmother: id"),
        ("not_an_object", "3: 3"),
    ]


# former names of facts and options; texts


def test_former_names_of_facts_and_options_are_accepted(bundle: Json) -> None:
    renamed = deepcopy(bundle)
    facts = renamed["facts"]
    facts["on_the_register"] = {**facts.pop("registered_poor"), "was": ["registered_poor"]}
    facts["hospital_level"]["options_were"] = {"county_hospital": "county"}
    moved = json.loads(json.dumps(renamed["places"]).replace('"registered_poor"', '"on_the_register"'))
    old = {**E01, "hospital_level": "county_hospital"}
    result = estimate({**renamed, "places": moved}, {"place": "gaotai", "date": "2016-03-01", "facts": old})
    assert result["self_pays"] == {"low": "1497.50", "high": "1497.50"}


def test_the_display_name_of_an_option_is_accepted(bundle: Json) -> None:
    county = bundle["facts"]["hospital_level"]["options"]["county"]["zh"]
    assert estimate_facts(bundle, {**E01, "hospital_level": county})["self_pays"]["low"] == "1497.50"


def test_estimate_json_equals_estimate(bundle: Json) -> None:
    request = {"place": "gaotai", "date": "2016-03-01", "facts": {**E01, "total_cost": 8000.5}, "lang": "en"}
    text = estimate_json(bundle, json.dumps(request))
    assert json.loads(text) == estimate_facts(bundle, {**E01, "total_cost": "8000.5"}, lang="en")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_sentence_contains_a_placeholder_or_none(bundle: Json, lang: str) -> None:
    for facts in (
        E01,
        {**E01, "total_cost": "90000", "diagnoses": ["gaotai_major_50"], "hospital_level": "city"},
        {"total_cost": "1"},
    ):
        text = json.dumps(estimate_facts(bundle, facts, lang=lang), ensure_ascii=False)
        texts = [entry for entry in text.split('"') if len(entry) > 1]
        assert not [entry for entry in texts if "{" in entry.strip("{}[]:,") or "None" in entry or "Fraction" in entry]


@pytest.mark.parametrize(
    ("lang", "says"), [("zh", "给多少，文件没有写。"), ("en", "The document does not say how much.")]
)
def test_an_entirely_unknown_sum_is_not_worded_as_at_least_zero(bundle: Json, lang: str, says: str) -> None:
    facts = {
        "registered_poor": True,
        "town": "panao",
        "farm_project": "sheep",
        "has_premises": True,
        "poverty_village": True,
    }
    facts |= {"urban_core": False, "water_source": False, "river_distance_m": 2000}
    [sheep] = [
        entry
        for entry in estimate_facts(bundle, facts, place="dongpo", lang=lang)["cash"]
        if entry["policy"] == "dongpo/sheep"
    ]
    assert sheep["explanation"] == says


@pytest.mark.parametrize(
    ("base_rate", "self_pays"),
    [("0.65", ("500.00", "3350.00")), ("0.96", ("500.00", "500.00"))],
    ids=["5 points and more", "capped at all of it"],
)
def test_points_or_more_give_a_range_that_begins_there(
    bundle: Json, base_rate: str, self_pays: tuple[str, str]
) -> None:
    facts = {"registered_poor": True, "insured": True, "visit": "inpatient", "total_cost": "10000"}
    inputs = {"national/inpatient.base_rate": base_rate, "national/inpatient.base_deductible": "500"}
    request = {"place": "national", "date": "2016-08-01", "facts": facts, "inputs": inputs}
    result = estimate(bundle, request)
    assert (result["self_pays"]["low"], result["self_pays"]["high"]) == self_pays
    assert result["bounds"] == "exact"
    others = estimate(bundle, {**request, "facts": {**facts, "registered_poor": False}})
    assert others["self_pays"]["low"] == others["self_pays"]["high"]


def test_groups_of_a_list_that_hang_together_are_not_ruled_out(bundle: Json) -> None:
    facts: Json = dict.fromkeys(("registered_poor", "tekun", "dibao", "difficult_family"), False)
    facts |= {"age": 40, "only_child": "none", "visit": "inpatient"}
    request = {"place": "dawangdian", "date": "2018-06-15"}
    names = {f"dawangdian/{policy}" for policy in ("no-deposit", "pay-later", "one-stop", "stage-billing")}
    low_income = estimate(bundle, {**request, "facts": {**facts, "low_income_family": True}})
    assert names <= {entry["policy"] for entry in low_income["undecided"]}
    parents = estimate(bundle, {**request, "facts": {**facts, "low_income_family": True, "only_child": "died"}})
    assert names <= {entry["policy"] for entry in parents["services"]}
    neither = estimate(bundle, {**request, "facts": {**facts, "low_income_family": False}})
    assert names <= {entry["policy"] for entry in neither["not_eligible"]}


@pytest.mark.parametrize(("project", "town"), [("chicken", "liusheng"), ("pig", "jinhua"), ("sheep", "panao")])
def test_farm_grants_ask_for_a_poverty_village(bundle: Json, project: str, town: str) -> None:
    facts = {"registered_poor": True, "farm_project": project, "has_premises": True, "town": town}
    facts |= {"urban_core": False, "water_source": False, "river_distance_m": 800}
    request = {"place": "dongpo", "date": "2016-06-15"}
    lists = {
        village: {
            kind
            for kind in ("cash", "undecided", "not_eligible")
            for entry in estimate(bundle, {**request, "facts": {**facts, **village_fact}})[kind]
            if entry["policy"] == f"dongpo/{project}"
        }
        for village, village_fact in (
            ("yes", {"poverty_village": True}),
            ("no", {"poverty_village": False}),
            ("unknown", {}),
        )
    }
    assert lists == {"yes": {"cash"}, "no": {"not_eligible"}, "unknown": {"undecided"}}
