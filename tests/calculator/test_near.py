"""What may still come: one thing alone is missing, and it is one that can be had."""

from typing import Any

import pytest

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.engine.almost_eligible import is_near

POOR: list[Any] = ["in", "registered_poor", [True]]
OLD: list[Any] = ["range", "age", 65, None]
YOUNG: list[Any] = ["range", "age", None, 15]
WOMAN: list[Any] = ["in", "sex", ["female"]]
FACTS: dict[str, dict[str, str]] = {
    "registered_poor": {"may_come": "on_request"},
    "age": {"may_come": "with_time"},
    "sex": {},
    "rural": {},
}


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
def test_one_missing_thing_that_can_be_had_is_near(failing: list[Any], *, near: bool) -> None:
    facts = Facts({"registered_poor": False, "age": 60, "sex": "male"})
    assert is_near(failing, facts, FACTS) is near


def test_an_age_still_to_come_is_near_and_one_gone_by_is_not(bundle: dict[str, Any]) -> None:
    from mingbai_calculator import estimate  # noqa: PLC0415 - beside the one test that needs it

    request = {"place": "lianjiang", "date": "2017-06-01", "facts": {"age": 60}}
    near = {entry["policy"]: entry.get("near", False) for entry in estimate(bundle, request)["not_eligible"]}
    assert any(near.values())
