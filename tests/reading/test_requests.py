"""Dates in a request: JSON is strict, and what is not plausible is refused there as in a form."""

from typing import Any

import pytest

from mingbai_calculator import BadRequestError, estimate
from tests.command import mingbai

type Json = dict[str, Any]


@pytest.mark.parametrize(
    ("month", "code"),
    [
        ("0000-01", "out_of_range"),
        ("1899-12", "out_of_range"),
        ("2999-01", "out_of_range"),
        ("１９６６-12", "not_a_month"),
        ("1966年12月", "not_a_month"),
        ("1966-13", "not_a_month"),
        ("196612", "not_a_month"),
    ],
)
def test_a_month_of_birth_that_cannot_be_is_a_fault(bundle: Json, month: str, code: str) -> None:
    with pytest.raises(BadRequestError) as error:
        estimate(bundle, {"place": "gaotai", "date": "2016-06-01", "facts": {"wife_birth_month": month}})
    assert [(fault.code, fault.name) for fault in error.value.faults] == [(code, "wife_birth_month")]


@pytest.mark.parametrize("day", ["1016-03-01", "1899-12-31", "2100-01-01", "9999-12-31"])
def test_a_day_that_cannot_be_is_a_fault(bundle: Json, day: str) -> None:
    with pytest.raises(BadRequestError) as error:
        estimate(bundle, {"place": "gaotai", "date": day, "facts": {}})
    assert [fault.code for fault in error.value.faults] == ["out_of_range"]


def test_the_command_says_which_days_there_are() -> None:
    done = mingbai("estimate", "gaotai", "--date", "1016-03-01")
    assert (done.returncode, done.stdout) == (2, "")
    assert "1900-01-01" in done.stderr
