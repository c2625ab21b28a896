"""A settlement slip on paper beside the estimate: what differs, by how much, and what would explain it."""

from typing import Any

import pytest

from mingbai_calculator import BadRequestError, estimate
from mingbai_calculator.result.slip_check import LINES

type Json = dict[str, Any]

STAY = {
    "registered_poor": True,
    "insured": True,
    "visit": "inpatient",
    "hospital_level": "county",
    "designated": True,
    "total_cost": "8000.00",
    "diagnoses": ["other"],
}


def held(bundle: Json, paper: Any, day: str = "2016-03-01", **facts: Any) -> Json:  # noqa: ANN401
    request = {"place": "gaotai", "date": day, "lang": "en", "facts": {**STAY, **facts}, "paper": paper}
    told: Json = estimate(bundle, request)["paper"]
    return told


def changes(told: Json) -> list[list[tuple[str, Any]]]:
    return [[(change["fact"], change["value"]) for change in way["changes"]] for way in told["would_agree"]]


def test_a_slip_that_says_the_same_agrees(bundle: Json) -> None:
    told = held(bundle, {"hifp_pay": "6502.50", "psn_part_amt": 1497.5, "act_pay_dedc": "350"})
    assert told["agrees"]
    assert told["would_agree"] == []
    assert [line["code"] for line in told["lines"]] == ["act_pay_dedc", "hifp_pay", "psn_part_amt"]
    assert told["adds_up"] is None


def test_a_difference_is_told_line_by_line(bundle: Json) -> None:
    told = held(bundle, {"hifp_pay": "6000", "psn_part_amt": "2000"})
    assert [(line["agrees"], line["by"], line["more"]) for line in told["lines"]] == [
        (False, "502.50", False),
        (False, "502.50", True),
    ]


def test_an_answer_given_otherwise_explains_it(bundle: Json) -> None:
    told = held(bundle, {"hifp_pay": "6000", "psn_part_amt": "2000"})
    assert changes(told) == [[("registered_poor", False)], [("date", "2015-12-31")]]
    assert [way["all"] for way in told["would_agree"]] == [True, True]
    assert [change["option"] for change in told["would_agree"][0]["changes"]] == ["no"]


def test_the_deductible_tells_the_level_of_the_hospital(bundle: Json) -> None:
    assert changes(held(bundle, {"act_pay_dedc": "100"})) == [[("hospital_level", "township")]]


def test_the_papers_own_eligible_part_comes_first(bundle: Json) -> None:
    paper = {"inscp_scp_amt": "7000", "act_pay_dedc": "350", "hifp_pay": "5652.50", "psn_part_amt": "2347.50"}
    told = held(bundle, paper)
    assert changes(told) == [[("eligible_cost", "7000.00")]]
    assert told["would_agree"][0]["lines"] == ["inscp_scp_amt", "hifp_pay", "psn_part_amt"]


def test_two_answers_together_may_explain_it(bundle: Json) -> None:
    paper = {"inscp_scp_amt": "7000", "act_pay_dedc": "500", "hifp_pay": "5200", "psn_part_amt": "2800"}
    assert [("eligible_cost", "7000.00"), ("registered_poor", False)] in changes(held(bundle, paper))


def test_what_nothing_explains_is_left_unexplained(bundle: Json) -> None:
    assert held(bundle, {"act_pay_dedc": "123.45"})["would_agree"] == []


def test_part_of_a_difference_is_not_told_as_all_of_it(bundle: Json) -> None:
    told = held(bundle, {"act_pay_dedc": "500", "oth_pay": "77"})
    assert told["would_agree"]
    assert {way["all"] for way in told["would_agree"]} == {False}
    assert all(way["lines"] == ["act_pay_dedc"] for way in told["would_agree"])


def test_within_a_range_everything_agrees(bundle: Json) -> None:
    request = {"place": "gaotai", "date": "2016-03-01", "facts": {**STAY}, "paper": {"psn_part_amt": "1700"}}
    del request["facts"]["registered_poor"]  # type: ignore[attr-defined]
    assert estimate(bundle, request)["paper"]["agrees"]


def test_a_slip_that_does_not_add_up_is_told(bundle: Json) -> None:
    whole = dict.fromkeys(LINES, "0") | {"medfee_sumamt": "8000", "hifp_pay": "6502.50", "psn_part_amt": "1497.50"}
    assert held(bundle, whole)["adds_up"] is True
    assert held(bundle, {**whole, "psn_part_amt": "1400"})["adds_up"] is False


def test_without_one_settled_bill_there_is_nothing_to_compare(bundle: Json) -> None:
    assert held(bundle, {"hifp_pay": "1"}, hospital_level="province") is None
    request = {"place": "gaotai", "date": "2016-03-01", "facts": {}, "paper": {"hifp_pay": "1"}}
    assert estimate(bundle, request)["paper"] is None


@pytest.mark.parametrize(
    ("paper", "code"),
    [
        ({"hifp": "1"}, "unknown_key"),
        ({"hifp_pay": "viel"}, "not_money"),
        ([], "not_an_object"),
        ({"hifp_pay": "-1"}, "not_money"),
    ],
)
def test_a_bad_slip_is_refused(bundle: Json, paper: Any, code: str) -> None:  # noqa: ANN401
    with pytest.raises(BadRequestError) as caught:
        held(bundle, paper)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_the_rest_of_the_result_stays_as_it_is(bundle: Json) -> None:
    request = {"place": "gaotai", "date": "2016-03-01", "facts": STAY}
    told = estimate(bundle, {**request, "paper": {"hifp_pay": "1"}})
    del told["paper"]
    assert told == estimate(bundle, request)
