"""Comparison with a paper settlement slip: differences by line, and corrected answers that explain them."""

from typing import Any

import pytest

from mingbai_calculator import BadRequestError, estimate
from mingbai_calculator.result.slip_check import SLIP_LINES

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


def compare_with_paper(bundle: Json, paper: Any, day: str = "2016-03-01", **facts: Any) -> Json:  # noqa: ANN401
    request = {"place": "gaotai", "date": day, "lang": "en", "facts": {**STAY, **facts}, "paper": paper}
    comparison: Json = estimate(bundle, request)["paper"]
    return comparison


def list_changes(comparison: Json) -> list[list[tuple[str, Any]]]:
    return [
        [(change["fact"], change["value"]) for change in explanation["changes"]]
        for explanation in comparison["would_agree"]
    ]


def test_an_equal_slip_agrees(bundle: Json) -> None:
    comparison = compare_with_paper(bundle, {"hifp_pay": "6502.50", "psn_part_amt": 1497.5, "act_pay_dedc": "350"})
    assert comparison["agrees"]
    assert comparison["would_agree"] == []
    assert [line["code"] for line in comparison["lines"]] == ["act_pay_dedc", "hifp_pay", "psn_part_amt"]
    assert comparison["adds_up"] is None


def test_differences_are_reported_by_line(bundle: Json) -> None:
    comparison = compare_with_paper(bundle, {"hifp_pay": "6000", "psn_part_amt": "2000"})
    assert [(line["agrees"], line["by"], line["more"]) for line in comparison["lines"]] == [
        (False, "502.50", False),
        (False, "502.50", True),
    ]


def test_a_corrected_answer_explains_the_difference(bundle: Json) -> None:
    comparison = compare_with_paper(bundle, {"hifp_pay": "6000", "psn_part_amt": "2000"})
    assert list_changes(comparison) == [[("registered_poor", False)], [("date", "2015-12-31")]]
    assert [explanation["all"] for explanation in comparison["would_agree"]] == [True, True]
    assert [change["option"] for change in comparison["would_agree"][0]["changes"]] == ["no"]


def test_the_deductible_identifies_the_hospital_level(bundle: Json) -> None:
    assert list_changes(compare_with_paper(bundle, {"act_pay_dedc": "100"})) == [[("hospital_level", "township")]]


def test_the_eligible_cost_on_the_paper_is_tried_first(bundle: Json) -> None:
    paper = {"inscp_scp_amt": "7000", "act_pay_dedc": "350", "hifp_pay": "5652.50", "psn_part_amt": "2347.50"}
    comparison = compare_with_paper(bundle, paper)
    assert list_changes(comparison) == [[("eligible_cost", "7000.00")]]
    assert comparison["would_agree"][0]["lines"] == ["inscp_scp_amt", "hifp_pay", "psn_part_amt"]


def test_two_corrections_may_explain_it_together(bundle: Json) -> None:
    paper = {"inscp_scp_amt": "7000", "act_pay_dedc": "500", "hifp_pay": "5200", "psn_part_amt": "2800"}
    assert [("eligible_cost", "7000.00"), ("registered_poor", False)] in list_changes(compare_with_paper(bundle, paper))


def test_a_difference_without_an_explanation(bundle: Json) -> None:
    assert compare_with_paper(bundle, {"act_pay_dedc": "123.45"})["would_agree"] == []


def test_a_partial_explanation_is_marked_as_partial(bundle: Json) -> None:
    comparison = compare_with_paper(bundle, {"act_pay_dedc": "500", "oth_pay": "77"})
    assert comparison["would_agree"]
    assert {explanation["all"] for explanation in comparison["would_agree"]} == {False}
    assert all(explanation["lines"] == ["act_pay_dedc"] for explanation in comparison["would_agree"])


def test_an_amount_within_the_range_agrees(bundle: Json) -> None:
    request = {"place": "gaotai", "date": "2016-03-01", "facts": {**STAY}, "paper": {"psn_part_amt": "1700"}}
    del request["facts"]["registered_poor"]  # type: ignore[attr-defined]
    assert estimate(bundle, request)["paper"]["agrees"]


def test_a_slip_that_does_not_add_up_is_reported(bundle: Json) -> None:
    whole = dict.fromkeys(SLIP_LINES, "0") | {"medfee_sumamt": "8000", "hifp_pay": "6502.50", "psn_part_amt": "1497.50"}
    assert compare_with_paper(bundle, whole)["adds_up"] is True
    assert compare_with_paper(bundle, {**whole, "psn_part_amt": "1400"})["adds_up"] is False


def test_without_one_settled_bill_there_is_nothing_to_compare(bundle: Json) -> None:
    assert compare_with_paper(bundle, {"hifp_pay": "1"}, hospital_level="province") is None
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
def test_an_invalid_slip_is_rejected(bundle: Json, paper: Any, code: str) -> None:  # noqa: ANN401
    with pytest.raises(BadRequestError) as caught:
        compare_with_paper(bundle, paper)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_the_rest_of_the_result_is_unchanged(bundle: Json) -> None:
    request = {"place": "gaotai", "date": "2016-03-01", "facts": STAY}
    comparison = estimate(bundle, {**request, "paper": {"hifp_pay": "1"}})
    del comparison["paper"]
    assert comparison == estimate(bundle, request)
