"""Almost eligible: exactly one condition fails, and the person can still come to meet it."""

from typing import Any

import pytest

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.engine.almost_eligible import is_almost_eligible
from mingbai_calculator.law.codec import decode_condition
from mingbai_calculator.law.vocabulary import read_vocabulary

POOR: list[Any] = ["in", "registered_poor", [True]]
OLD: list[Any] = ["range", "age", 65, None]
YOUNG: list[Any] = ["range", "age", None, 15]
WOMAN: list[Any] = ["in", "sex", ["female"]]
FACTS = read_vocabulary(
    {
        "registered_poor": {"may_come": "on_request"},
        "age": {"may_come": "with_time"},
        "sex": {},
        "rural": {},
    }
)


@pytest.mark.parametrize(
    ("failing", "near"),
    [
        ([POOR], True),
        ([OLD], True),
        ([YOUNG], False),
        ([WOMAN], False),
        ([POOR, OLD], False),
        ([["in", "registered_poor", [False]]], False),
        ([["any", ["all", WOMAN], ["all", POOR]]], True),
        ([["any", ["all", WOMAN, POOR]]], False),
        ([["none", ["all", POOR]]], False),
        ([["any", ["all", ["in", "rural", [True]], OLD]]], True),
    ],
)
def test_one_failing_condition_that_can_be_met_is_almost_eligible(failing: list[Any], *, near: bool) -> None:
    facts = Facts({"registered_poor": False, "age": 60, "sex": "male"})
    assert is_almost_eligible([decode_condition(part) for part in failing], facts, FACTS) is near


def test_an_age_not_yet_reached_is_almost_eligible(bundle: dict[str, Any]) -> None:
    from mingbai_calculator import estimate  # noqa: PLC0415 - needed by this test only

    request = {"place": "lianjiang", "date": "2017-06-01", "facts": {"age": 60}}
    near = {entry["policy"]: entry.get("near", False) for entry in estimate(bundle, request)["not_eligible"]}
    assert any(near.values())
