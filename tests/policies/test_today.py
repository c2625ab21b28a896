"""The notices of today: each stands as policy files without a trick, the values of `cases.json` as its examples."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mingbai.checks.policies import check_policies
from mingbai.diagnostics.messages import format_problem
from mingbai_calculator import estimate
from mingbai_calculator.core.facts import Facts
from mingbai_calculator.law.vocabulary import get_vocabulary
from mingbai_calculator.request.counting import count_visits
from tests.conftest import POLICIES, ROOT

NOT_YET = {"sdrf"}
"""Values whose mechanism is not there yet."""
TODAY = ROOT / "tests/policies/today"


def make_policies(folder: Path) -> Path:
    """Write the notices, with the vocabulary of this repository and what they add to it, into a folder; return it."""
    shutil.copytree(TODAY, folder, ignore=shutil.ignore_patterns("*-more.yaml", "*.json"))
    for name in ("facts", "terms", "sources"):
        more = TODAY / f"{name}-more.yaml"
        text = (POLICIES / f"{name}.yaml").read_text(encoding="utf-8")
        text += more.read_text(encoding="utf-8") if more.is_file() else ""
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def today(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The bundle of the notices; each worked example comes out as its file says."""
    bundle, problems = check_policies(make_policies(tmp_path_factory.mktemp("today") / "policies"))
    errors = [format_problem(problem, "en") for problem in problems.sorted() if problem.severity == "error"]
    assert not errors, "\n".join(errors)
    return bundle


def test_every_value_is_an_example(today: dict[str, Any]) -> None:
    cases = {case["id"] for case in json.loads((TODAY / "cases.json").read_text(encoding="utf-8"))}
    examples = {
        example["id"]
        for place in today["places"].values()
        for versions in place["policies"].values()
        for version in versions
        for example in version["examples"]
    }
    assert cases - examples == NOT_YET


def test_a_familys_limit_counts_the_bills_of_all_its_members(today: dict[str, Any]) -> None:
    bill = {"date": "2019-02-01", "visit": "inpatient", "total_cost": 400000}
    members = [{"id": "a", "visits": [bill]}, {"id": "b", "visits": [{**bill, "date": "2019-01-01"}]}]
    request = {"place": "pmjay", "date": "2019-03-01", "shared": {"registered_poor": True}, "members": members}
    result = estimate(today, request)
    assert [member["self_pays"]["low"] for member in result["members"]] == ["300000.00", "0.00"]
    alone = estimate(today, {**request, "members": members[:1]})
    assert alone["totals"]["self_pays"]["high"] == "0.00"


INSURED: dict[str, Any] = {"insured": True}


def stays(*days: str, **facts: object) -> list[dict[str, Any]]:
    bill: dict[str, Any] = {"visit": "inpatient", "hospital_grade": "three", "care_area": "own", "total_cost": 10000}
    return [{**bill, "date": day, **facts} for day in days]


def paid(bundle: dict[str, Any], place: str, visits: list[dict[str, Any]]) -> list[Any]:
    result = estimate(bundle, {"place": place, "facts": INSURED, "visits": visits})
    return [line["amount"] for line in result["lines"] if line["policy"].endswith("/inpatient")]


def exactly(*amounts: str) -> list[Any]:
    return [{"low": amount, "high": amount} for amount in amounts]


def test_stays_are_counted_in_their_calendar_year_in_order_of_date(today: dict[str, Any]) -> None:
    visits = stays("2025-01-02", "2024-12-30", "2024-12-31")
    assert paid(today, "shangluo", visits) == exactly("6650.00", "6720.00", "6650.00")
    visits[0]["stay_number"] = 3  # what is given wins
    assert paid(today, "shangluo", visits) == exactly("6650.00", "6720.00", "6790.00")


def test_only_visits_of_the_kind_are_counted(today: dict[str, Any]) -> None:
    kinds = ("inpatient", "chronic_outpatient", "surgery", "inpatient")
    visits = [(date(2024, month, 1), Facts(visit=kind)) for month, kind in enumerate(kinds, 1)]
    counted = count_visits(visits, Facts(), get_vocabulary(today))
    assert [facts["stay_number"] for facts in counted] == [1, 1, 2, 3]  # an operation in hospital is a stay too


def test_a_visit_of_unknown_kind_leaves_the_number_open(today: dict[str, Any]) -> None:
    visits = [*stays("2024-02-01", "2024-04-01")]
    del visits[0]["visit"]
    assert paid(today, "shangluo", visits)[1] == {"low": "6650.00", "high": "6790.00"}


def test_a_member_whose_facts_are_unknown_makes_the_familys_limit_a_range(today: dict[str, Any]) -> None:
    bill: dict[str, Any] = {"visit": "inpatient", "total_cost": 400000}
    members: list[dict[str, Any]] = [
        {"id": "a", "facts": {}, "visits": [{**bill, "date": "2019-01-01", "visit": "inpatient"}]},
        {"id": "b", "facts": {}, "visits": [{**bill, "date": "2019-02-01"}]},
    ]
    del members[0]["visits"][0]["visit"]
    request = {"place": "pmjay", "date": "2019-03-01", "shared": {"registered_poor": True}, "members": members}
    first, second = estimate(today, request)["members"]
    assert second["self_pays"] == {"low": "0.00", "high": "300000.00"}
    assert [need["fact"] for need in second["needs"]] == ["visit"]
    assert [line.get("visit") for line in (*first["lines"], *second["lines"])] == [None, None]


def due(bundle: dict[str, Any], policy: str, **facts: object) -> Any:  # noqa: ANN401 - a range of the result
    place, _, name = policy.partition("/")
    result = estimate(bundle, {"place": place, "date": "2026-03-01", "facts": facts})
    found = [entry for entry in (*result["cash"], *result["undecided"]) if entry["policy"] == f"{place}/{name}"]
    return [entry.get("year_amount") or entry["up_to"] for entry in found]


def test_an_unknown_income_or_number_of_heads_makes_a_top_up_a_range(today: dict[str, Any]) -> None:
    assert due(today, "chaoyang/dibao", household_size=3) == [{"low": "0.00", "high": "52200.00"}]
    assert due(today, "chaoyang/dibao", monthly_income=3000, household_size=3) == exactly("16200.00")


def test_a_share_of_an_unknown_amount_has_no_bound(today: dict[str, Any]) -> None:
    assert due(today, "croydon/council-tax", weekly_income=440) == [{"low": "0.00", "high": None}]


def test_an_income_next_to_a_threshold_is_tried_on_both_sides(kinds_bundle: dict[str, Any]) -> None:
    facts = {"household_income": 10000, "premium": 100}
    assert due(kinds_bundle, "everykind-lists/relief-share", **facts) == exactly("33.33")
    del facts["household_income"]
    assert due(kinds_bundle, "everykind-lists/relief-share", **facts) == [{"low": "0.00", "high": "33.33"}]


def test_a_number_that_grows_with_unknown_units_is_tried_at_each_bend(today: dict[str, Any]) -> None:
    facts = {"insured": True, "care_area": "own", "visit": "inpatient", "hospital_grade": "three", "stay_number": 1}
    facts |= {"age": 50, "dibao": False, "tekun": False, "total_cost": 2000000}
    result = estimate(today, {"place": "nanchang", "date": "2025-06-01", "facts": facts})
    amounts = [line["amount"] for line in result["lines"] if line["policy"] == "nanchang/serious-illness"]
    assert amounts == [{"low": "300000.00", "high": "360000.00"}]
