"""An estimate as text on a terminal: a person, a household, a year of visits."""

import json
import re
from typing import Any

import pytest
from click.testing import CliRunner

from mingbai.cli.main import main

POOR = {"registered_poor": True, "insured": True}
STAY = {"visit": "inpatient", "hospital_level": "county", "total_cost": "8000"}


def text(place: str, given: dict[str, Any], *options: str) -> str:
    done = CliRunner().invoke(main, ["estimate", place, "--facts", "-", *options], input=json.dumps(given))
    assert done.exit_code == 0, done.output
    return done.output


def test_a_share_after_insurance_is_an_answer_too() -> None:
    given = {"facts": {"self_share_after_insurance": "1234.50"}}
    assert text("zhongxian", given, "--date", "2016-06-01").startswith("您自己付：1234.50 元\n")
    assert text("zhongxian", given, "--date", "2016-06-01", "--lang", "en").startswith("You pay: 1234.50 yuan\n")


def test_nothing_given_is_no_bill() -> None:
    assert text("gaotai", {}, "--date", "2016-06-01").startswith("没有填花了多少钱")


def test_visits_have_days_of_their_own() -> None:
    shown = text("gaotai", {"facts": POOR, "visits": [{"date": "2016-04-01", **STAY, "diagnoses": ["other"]}]})
    assert shown.startswith("您自己付：1497.50 元（总费用 8000.00 元）\n")
    assert "日期 2016-04-01" in shown


@pytest.mark.parametrize(("lang", "sums"), [("zh", ("总费用", "您家自己付")), ("en", ("bills", "you pay"))])
def test_a_household_is_shown_member_by_member_and_summed_up(lang: str, sums: tuple[str, str]) -> None:
    members = [{"id": "a", "facts": STAY}, {"id": "b", "facts": {"total_cost": "100"}}, {"id": "c", "facts": {}}]
    shown = text("gaotai", {"shared": POOR, "members": members}, "--date", "2016-03-01", "--lang", lang)
    heads = re.findall(r"^[\[【](.)[\]】]$", shown, flags=re.MULTILINE)
    assert heads == ["a", "b", "c"]
    assert "1497.50" in shown.split("b", 1)[0]
    assert f"{sums[0]}: 8100.00" in shown
    assert f"{sums[1]}: " in shown


def test_without_any_day_it_says_so() -> None:
    done = CliRunner().invoke(main, ["estimate", "gaotai"])
    assert done.exit_code == 2
    assert "date" in done.output
