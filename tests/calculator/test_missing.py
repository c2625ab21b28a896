"""Numbers that no source prints: what is certain all the same, and sums of which a part is undecided."""

from typing import Any

import pytest

from mingbai.cli.estimating.estimate_text import format_estimate
from mingbai_calculator import estimate

type Json = dict[str, Any]

STAY = {
    "insured": True,
    "visit": "inpatient",
    "hospital_level": "county",
    "total_cost": "8000",
    "diagnoses": ["other"],
}


def of_qiyang(bundle: Json, lang: str = "zh", inputs: Json | None = None, **facts: object) -> Json:
    request = {
        "place": "qiyang",
        "date": "2017-10-01",
        "facts": {**STAY, **facts},
        "inputs": inputs or {},
        "lang": lang,
    }
    return estimate(bundle, request)


def certain_of(result: Json) -> dict[str, list[str]]:
    return {entry["input"]: entry["certain"] for entry in result["missing"] if "certain" in entry}


def test_what_the_text_says_of_a_number_that_it_does_not_print(bundle: Json) -> None:
    assert certain_of(of_qiyang(bundle, registered_poor=True)) == {
        "qiyang/inpatient.base_rate": ["您的报销比例比一般的多10个百分点。"],
        "qiyang/serious-illness.base_deductible": ["您的起付线按一般的50%算。"],
    }
    assert certain_of(of_qiyang(bundle, "en", registered_poor=True)) == {
        "qiyang/inpatient.base_rate": ["Your rate is 10 points above the usual one."],
        "qiyang/serious-illness.base_deductible": ["Your deductible is 50% of the usual one."],
    }


@pytest.mark.parametrize("facts", [{"registered_poor": False}, {}])
def test_nothing_is_certain_of_who_may_not_be_meant(bundle: Json, facts: Json) -> None:
    assert certain_of(of_qiyang(bundle, **facts)) == {}


def test_the_limit_of_a_place_that_prints_none(bundle: Json) -> None:
    facts = {
        "registered_poor": True,
        "insured": True,
        "visit": "chronic_outpatient",
        "diagnoses": ["gaotai_outpatient_33"],
        "total_cost": "9000",
    }
    result = estimate(bundle, {"place": "gaotai", "date": "2016-06-01", "facts": facts, "inputs": {}, "lang": "zh"})
    assert certain_of(result)["gaotai/outpatient-special.limit"] == ["您的封顶线按一般的120%算。"]


def test_a_range_that_says_nothing_is_no_amount(bundle: Json) -> None:
    result = of_qiyang(bundle, registered_poor=True)
    assert result["self_pays"] == {"low": "0.00", "high": "8000.00"}  # a program gets the range
    assert [line["explanation"].partition("。")[0] for line in result["lines"]] == ["报多少，现在说不准"] * 2
    text = format_estimate(result, bundle, "zh")
    assert text.startswith("您自己付多少，现在说不准（总费用 8000.00 元）\n能肯定的（住院报销）：")
    assert "到窗口可以这样问：“住院的起付线是多少元？" in text
    assert "0.00 到" not in text
    narrow = {
        "qiyang/inpatient.base_rate": "0.70",
        "qiyang/inpatient.base_deductible": "500",
    }
    text = format_estimate(of_qiyang(bundle, inputs=narrow, registered_poor=True), bundle, "zh")
    assert text.startswith("您自己付：0.00 到 2000.00 元")
    assert "到窗口" not in text


def household(bundle: Json, *members: Json) -> Json:
    people = [{"id": str(number), "facts": facts, "visits": []} for number, facts in enumerate(members)]
    request = {"place": "gaotai", "date": "2016-06-01", "shared": {}, "members": people, "inputs": {}, "lang": "zh"}
    return estimate(bundle, request)


def test_money_of_a_household_that_is_undecided_stands_apart(bundle: Json) -> None:
    couple = {"only_child": "disabled", "only_child_disability_grade": 1, "no_other_child": True, "role": "resident"}
    known = {**couple, "wife_age": 60, "spouses": 1}
    exact = household(bundle, known)["totals"]
    assert exact["cash"]["low"] == exact["cash"]["high"] != "0.00"
    unsure = household(bundle, {key: value for key, value in known.items() if key != "no_other_child"})["totals"]
    assert unsure["cash"]["high"] == "0.00"
    assert unsure["undecided"]["low"] == "0.00"
    assert unsure["undecided"]["high"] == exact["cash"]["high"]


def test_what_one_of_a_couple_gets_for_sure_is_not_undecided_of_the_other(bundle: Json) -> None:
    couple = {"only_child": "disabled", "only_child_disability_grade": 1, "no_other_child": True, "wife_age": 60}
    both = household(bundle, {**couple, "spouses": 2}, {**couple, "spouses": 2})["totals"]
    one = household(bundle, {**couple, "spouses": 2}, {"spouses": 2})["totals"]
    assert one["cash"] == both["cash"]


def test_no_zero_is_said_where_money_is_undecided(bundle: Json) -> None:
    result = household(bundle, {"only_child": "disabled", "only_child_disability_grade": 1, "wife_age": 60})
    text = format_estimate(result, bundle, "zh")
    assert "一年发的钱" not in text
    assert "还没定的钱: 现在说不准，最多" in text


def test_a_zero_that_is_known_is_said(bundle: Json) -> None:
    nobody = {"only_child": "none", "age": 30, "sex": "male", "registered_poor": False, "role": "resident"}
    result = household(bundle, nobody)
    assert result["totals"]["undecided"]["high"] == "0.00"
    text = format_estimate(result, bundle, "zh")
    assert "一年发的钱: 0.00" in text
    assert "还没定的钱" not in text
