"""Property tests: invariants of every result with the real policies (shared design: "Laws that hold here")."""

from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from mingbai_calculator import estimate
from mingbai_calculator.core.money import parse_yuan
from tests.calculator.people import DAYS, complete_facts, complete_inputs, format_yuan
from tests.conftest import real_bundle
from tests.quick import cases

type Json = dict[str, Any]

BUNDLE = real_bundle()
FACTS, INPUTS = complete_facts(BUNDLE), complete_inputs()
PERSON_AND_BILL = [
    "registered_poor",
    "insured",
    "visit",
    "hospital_level",
    "designated",
    "diagnoses",
]
quick = settings(max_examples=cases(150, quick=8), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def settle(facts: Json, inputs: Json, day: str = "2016-03-01") -> Json:
    return estimate(BUNDLE, {"place": "gaotai", "date": day, "facts": facts, "inputs": inputs, "lang": "zh"})


def to_fen(amount: str) -> int:
    value = parse_yuan(amount)
    assert value is not None
    return value


def exact_fen(amount: Json) -> int:
    assert amount["low"] == amount["high"]
    return to_fen(amount["low"])


@quick
@given(FACTS, INPUTS, DAYS)
def test_payments_and_self_payment_add_up_to_the_bill(facts: Json, inputs: Json, day: str) -> None:
    result = settle(facts, inputs, day)
    assert result["needs"] == [need for need in result["needs"] if need["affects"] != "bill"]
    assume(result["self_pays"] is not None)
    assert result["bounds"] == "exact"
    assert exact_fen(result["total_cost"]) == exact_fen(result["self_pays"]) + sum(
        exact_fen(line["amount"]) for line in result["lines"]
    )


@quick
@given(FACTS, INPUTS, DAYS)
def test_no_payment_exceeds_what_is_left(facts: Json, inputs: Json, day: str) -> None:
    result = settle(facts, inputs, day)
    assume(result["self_pays"] is not None)
    left = exact_fen(result["total_cost"])
    for line in result["lines"]:
        assert 0 <= exact_fen(line["amount"]) <= left
        left -= exact_fen(line["amount"])
    assert left == exact_fen(result["self_pays"])


@quick
@given(FACTS, INPUTS, DAYS)
def test_the_slip_equals_the_sums_of_the_lines(facts: Json, inputs: Json, day: str) -> None:
    result = settle(facts, inputs, day)
    assume(result["self_pays"] is not None)
    slip = {name: exact_fen(amount) for name, amount in result["slip"].items()}
    paid: dict[str, int] = {}
    for line in result["lines"]:
        paid[line["settlement_code"]] = paid.get(line["settlement_code"], 0) + exact_fen(line["amount"])
    for code in ("hifp_pay", "hifmi_pay", "maf_pay", "hosp_part_amt", "oth_pay"):
        assert slip[code] == paid.get(code, 0)
    assert slip["psn_part_amt"] == exact_fen(result["self_pays"])
    assert slip["inscp_scp_amt"] == exact_fen(result["eligible_cost"])


@quick
@given(FACTS, INPUTS, DAYS, st.one_of(st.just(1), st.integers(1, 5_000_000)))
def test_self_payment_is_monotone_in_the_bill(facts: Json, inputs: Json, day: str, more: int) -> None:
    # The larger bill has more eligible cost and the same Chinese-medicine cost.
    dearer = {
        **facts,
        "total_cost": format_yuan(to_fen(facts["total_cost"]) + more),
        "eligible_cost": format_yuan(to_fen(facts["eligible_cost"]) + more),
    }
    before, after = settle(facts, inputs, day), settle(dearer, inputs, day)
    assume(before["self_pays"] is not None)
    assert exact_fen(after["self_pays"]) >= exact_fen(before["self_pays"])


@settings(max_examples=cases(150, quick=8), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FACTS, INPUTS, DAYS, st.data())
def test_the_range_contains_every_complete_case(facts: Json, inputs: Json, day: str, data: st.DataObject) -> None:
    hidden = data.draw(st.lists(st.sampled_from([*PERSON_AND_BILL, *inputs]), unique=True, max_size=6))
    known = {name: value for name, value in facts.items() if name not in hidden}
    known_inputs = {name: value for name, value in inputs.items() if name not in hidden}
    whole, partial = settle(facts, inputs, day), settle(known, known_inputs, day)
    if whole["self_pays"] is None:  # no rule settles it: the range is null, or starts at 0
        assert partial["self_pays"] is None or partial["self_pays"]["low"] == "0.00"
        return
    low, high = to_fen(partial["self_pays"]["low"]), to_fen(partial["self_pays"]["high"])
    assert low <= exact_fen(whole["self_pays"]) <= high
    lines = {line["policy"]: line["amount"] for line in partial["lines"]}
    undecided = {entry["policy"]: entry["up_to"] for entry in partial["undecided"]}
    for line in whole["lines"]:
        amount = lines.get(line["policy"]) or undecided.get(line["policy"]) or {"low": "0.00", "high": "0.00"}
        assert to_fen(amount["low"]) <= exact_fen(line["amount"]) <= to_fen(amount["high"])


@settings(max_examples=cases(100, quick=6), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FACTS, st.data())
def test_the_ends_of_a_range_are_consistent_settlements(facts: Json, data: st.DataObject) -> None:
    hidden = data.draw(st.lists(st.sampled_from(PERSON_AND_BILL), unique=True, max_size=4))
    result = settle({name: value for name, value in facts.items() if name not in hidden}, {})
    for end, side in (("at_low", "low"), ("at_high", "high")):
        settlement = result.get(end)
        if settlement is None:
            continue
        assert exact_fen(settlement["self_pays"]) == to_fen(result["self_pays"][side])
        paid = sum(exact_fen(line["amount"]) for line in settlement["lines"])
        assert paid + exact_fen(settlement["self_pays"]) == exact_fen(result["total_cost"])


@settings(max_examples=cases(60, quick=5), deadline=None)
@given(FACTS, INPUTS)
def test_a_new_version_never_changes_results_before_its_date(facts: Json, inputs: Json) -> None:
    older = compiled_without_2016()
    known_inputs = {"gaotai/serious-illness.rate": inputs["gaotai/serious-illness.rate"]}
    request: Json = {"place": "gaotai", "date": "2015-12-31", "facts": facts, "inputs": known_inputs}
    now, then = estimate(BUNDLE, request), estimate(older, request)
    assert (now["self_pays"], now["lines"]) == (then["self_pays"], then["lines"])


def compiled_without_2016() -> Json:
    policies = BUNDLE["places"]["gaotai"]["policies"]
    old = {
        name: [version for version in versions if version["id"] < "2016" or version["id"] == "initial"]
        for name, versions in policies.items()
    }
    place = {**BUNDLE["places"]["gaotai"], "policies": {name: versions for name, versions in old.items() if versions}}
    return {**BUNDLE, "places": {"gaotai": place}}
