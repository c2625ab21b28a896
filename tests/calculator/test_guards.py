"""Guards in the law: payments within what is left, the union of the rules of several visits, many visits in time."""

import time
from copy import deepcopy
from typing import Any

import pytest

from mingbai_calculator import estimate
from mingbai_calculator.core.errors import BadRequestError
from mingbai_calculator.core.money import parse_yuan
from mingbai_calculator.engine.balance import hold_balance
from mingbai_calculator.engine.outcomes import settle_all_scenarios
from mingbai_calculator.engine.ruleset import make_ruleset
from mingbai_calculator.kinds.claim import Claim, Payment, YearLedger
from mingbai_calculator.request.request import read_request
from tests.conftest import in_turn

type Json = dict[str, Any]

STAY: Json = {
    "registered_poor": True,
    "insured": True,
    "visit": "inpatient",
    "hospital_level": "county",
    "designated": True,
    "diagnoses": ["other"],
}


def take_gaotai(bundle: Json) -> Json:
    """Return the bundle with a copy of gaotai, which may be changed."""
    return {**bundle, "places": {"gaotai": deepcopy(bundle["places"]["gaotai"])}}


def read_yuan(amount: str) -> int:
    fen = parse_yuan(amount)
    assert fen is not None, amount  # a sign would be no amount
    return fen


@pytest.mark.parametrize(
    "adjust", [{"plus": -15000}, {"plus": -9000}, {"times": 30000}, {"plus": 20000, "at_most": 20000}]
)
@pytest.mark.parametrize("field", ["rate", "deductible", "limit"])
def test_a_payment_is_never_below_0_and_never_above_what_is_left(bundle: Json, field: str, adjust: Json) -> None:
    changed = take_gaotai(bundle)
    policies = changed["places"]["gaotai"]["policies"]
    step = {"if": ["all"], "times": None, "plus": None, "at_most": None, **adjust}
    for versions in policies.values():
        for version in versions:
            for row in version["law"].get("rows") or ():
                if isinstance(row.get(field), int):
                    row[field] = {"value": row[field], "adjust": [step]}
    for cost in ("0.01", "1000", "90000"):
        facts = {**STAY, "total_cost": cost, "tcm_cost": cost}
        result = estimate(changed, {"place": "gaotai", "date": "2016-03-01", "facts": facts})
        low, high = (read_yuan(result["self_pays"][end]) for end in ("low", "high"))
        assert 0 <= low <= high <= read_yuan(cost)
        if low == high:
            assert sum(read_yuan(line["amount"]["low"]) for line in result["lines"]) + low == read_yuan(cost)


def test_a_claim_takes_no_payment_below_0_or_above_what_is_left() -> None:
    claim = Claim(1000, 800, 0, YearLedger())
    for amount in (-50, 900, 300, 10):
        claim.pay(Payment("policy", "payer", amount, "share", {}))
    assert [payment.amount for payment in claim.payments] == [0, 900, 100, 0]
    assert claim.self_pays == 0


def test_what_does_not_balance_is_no_result(bundle: Json) -> None:
    request = {"place": "gaotai", "date": "2016-03-01", "facts": {**STAY, "total_cost": "8000"}}
    parsed = read_request(bundle, request)
    outcomes = settle_all_scenarios(parsed.visits, parsed.known)
    hold_balance(outcomes)
    (claim,) = outcomes.settlements[0]
    claim.payments[0] = claim.payments[0]._replace(amount=claim.payments[0].amount + 1)
    with pytest.raises(BadRequestError) as error:
        hold_balance(outcomes)
    assert error.value.faults[0].code == "unbalanced"


def test_what_only_a_later_visit_asks_is_asked_of_the_rules_of_that_visit(bundle: Json) -> None:
    stay = {"designated": True, "visit": "inpatient"}
    visits = [
        {"date": "2015-12-30", "hospital_level": "county", "total_cost": "8000", "diagnoses": ["other"], **stay},
        {
            "date": "2016-01-05",
            "hospital_level": "city",
            "total_cost": "100000",
            "diagnoses": ["gaotai_major_50"],
            **stay,
        },
    ]
    facts = {"registered_poor": True, "insured": True}
    request: Json = {
        "place": "gaotai",
        "facts": facts,
        "visits": visits,
        "inputs": {"gaotai/serious-illness.rate": "0.60"},
    }
    result = estimate(bundle, request)
    assert result["self_pays"] == {"low": "15800.00", "high": "22000.00"}
    assert [entry["input"] for entry in result["missing"]] == ["gaotai/major-disease-50.limit"]
    for limit in ("0", "17000", "30000", "1000000"):
        inputs = {**request["inputs"], "gaotai/major-disease-50.limit": limit}
        exact = estimate(bundle, {**request, "inputs": inputs})
        paid = read_yuan(exact["self_pays"]["low"])
        assert 1_580_000 <= paid <= 2_200_000
        lines = sum(read_yuan(line["amount"]["low"]) for line in exact["lines"])
        assert lines + paid == 10_800_000


@pytest.mark.parametrize("place", ["qingchuan", "tongbai", "chuzhou", "houma-fengcheng", "qiyang", "national"])
def test_a_range_over_a_revision_contains_every_typed_number(bundle: Json, place: str) -> None:
    """A visit before the first rules, one after: each number within its bounds comes out within the range."""
    item = [{"category": "treatment", "amount": "9000"}]
    stay = {"visit": "inpatient", "hospital_level": "county", "designated": True, "in_county": True, "items": item}
    visits = [{"date": day, "diagnoses": ["other"], **stay} for day in ("2015-12-30", "2018-06-05")]
    request: Json = {"place": place, "facts": {"registered_poor": True, "insured": True}, "visits": visits}
    result = estimate(bundle, request)
    for entry in result["missing"]:
        for value in (entry["low"], entry["high"] or "5000"):
            typed = estimate(bundle, {**request, "inputs": {entry["input"]: value}})
            if result["self_pays"] is None:  # no rule settles the first visit
                assert typed["self_pays"] is None
                continue
            assert read_yuan(result["self_pays"]["low"]) <= read_yuan(typed["self_pays"]["low"])
            assert read_yuan(typed["self_pays"]["high"]) <= read_yuan(result["self_pays"]["high"])


def test_an_unknown_key_is_an_error(bundle: Json) -> None:
    ruleset = make_ruleset(bundle, "gaotai", read_request(bundle, {"place": "gaotai", "date": "2016-03-01"}).day)
    for key in ("gaotai/nothing.rate", "diagnoses:nothing", "perhaps nothing"):
        with pytest.raises(KeyError):
            ruleset.candidate_values(key, read_request(bundle, {"place": "gaotai", "date": "2016-03-01"}).known)
    assert ruleset.candidate_values(
        "diagnoses:hiv", read_request(bundle, {"place": "gaotai", "date": "2016-03-01"}).known
    )


UNKNOWN: list[tuple[str, ...]] = [
    (),
    ("hospital_level",),
    ("diagnoses",),
    ("visit", "hospital_level", "diagnoses", "designated"),
]


@pytest.mark.parametrize(
    ("place", "unknown"), in_turn(["qiyang", "gaotai", "jinkouhe", "chuzhou", "heze"], UNKNOWN[::-1])
)
@pytest.mark.parametrize("count", [3, 50])
def test_many_stays_end_soon_with_the_whole_range(
    bundle: Json, place: str, unknown: tuple[str, ...], count: int
) -> None:
    """In a second of CPU, by the issue; twice that here, as machines differ. Rules are compiled before."""
    stay = {name: value for name, value in STAY.items() if name not in ("registered_poor", "insured", *unknown)}
    visits = [
        {"date": f"2018-{1 + number % 12:02}-{1 + number // 12:02}", "total_cost": "8000", **stay}
        for number in range(count)
    ]
    facts = {} if "visit" in unknown else {"registered_poor": True, "insured": True}
    request: Json = {"place": place, "facts": facts, "visits": visits}
    estimate(bundle, {**request, "facts": {"registered_poor": True}, "visits": visits[:1]})
    start = time.process_time()
    result = estimate(bundle, request)
    assert time.process_time() - start < 2
    if result["self_pays"] is not None:
        assert read_yuan(result["self_pays"]["high"]) <= count * 800_000
    if result["bounds"] == "outer" and len(unknown) > 1:
        assert result["self_pays"] == {"low": "0.00", "high": f"{count * 8000}.00"}
