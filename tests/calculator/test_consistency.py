"""What cannot be true is refused, after defaults and merging: parts above a bill, money outside visits, exclusions."""

import json
from copy import deepcopy
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from mingbai.cli.main import main
from mingbai_calculator import BadRequestError, estimate
from mingbai_calculator.browser import calculator
from mingbai_calculator.core.money import parse_yuan

type Json = dict[str, Any]

STAY = {
    "registered_poor": True,
    "insured": True,
    "visit": "inpatient",
    "hospital_level": "county",
    "designated": True,
    "diagnoses": ["other"],
}


def list_faults(bundle: Json, place: str, facts: Json, day: str | None = "2018-06-01", **more: Any) -> list[list[str]]:  # noqa: ANN401
    request = {"place": place, "facts": facts, **({"date": day} if day else {}), **more}
    with pytest.raises(BadRequestError) as error:
        estimate(bundle, request)
    return [[fault.code, fault.name] for fault in error.value.faults]


DRUG = [{"category": "drug", "amount": "100"}]


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"eligible_cost": "1000", "items": DRUG}, ["part_larger_than_whole", "eligible_cost"]),
        ({"tcm_cost": "1000", "items": DRUG}, ["part_larger_than_whole", "tcm_cost"]),
        ({"eligible_cost": "1000", "fee": "100"}, ["part_larger_than_whole", "eligible_cost"]),
        ({"self_share_after_insurance": "1000", "total_cost": "100"}, None),
        ({"self_share_after_insurance": "1000", "items": DRUG}, None),
        ({"self_share_after_insurance": "1000", "fee": "100"}, None),
    ],
)
def test_no_part_of_a_bill_is_above_it_however_the_bill_is_given(
    bundle: Json, facts: Json, fault: list[str] | None
) -> None:
    found = list_faults(bundle, "gaotai", {**STAY, **facts})
    assert (fault or ["part_larger_than_whole", "self_share_after_insurance"]) in found
    visit = {"date": "2018-06-01", **facts}
    assert found == list_faults(bundle, "gaotai", STAY, None, visits=[visit])
    member = {"id": "a", "facts": {**STAY, **facts}}
    request: Json = {"place": "gaotai", "date": "2018-06-01", "members": [member]}
    with pytest.raises(BadRequestError) as error:
        estimate(bundle, request)
    assert [fault.name for fault in error.value.faults] == [f"a: {name}" for _, name in found]


@pytest.mark.parametrize(
    "money",
    [
        {"items": [{"category": "treatment", "amount": "5000"}]},
        {"total_cost": "5000"},
        {"eligible_cost": "500"},
        {"tcm_cost": "500"},
        {"fee": "500"},
        {"self_share_after_insurance": "500"},
    ],
)
def test_money_of_a_visit_stands_in_the_visit(bundle: Json, money: Json) -> None:
    visit = {"date": "2018-06-01", "visit": "inpatient", "hospital_level": "city", "total_cost": "1000"}
    facts = {"registered_poor": True, "insured": True, **money}
    (name,) = money
    assert ["outside_visits", name] in list_faults(bundle, "heze", facts, None, visits=[visit])


@pytest.mark.parametrize("rate", ["0.05", "0.59", "0.91", "1"])
@pytest.mark.parametrize("day", ["2018-06-01", "2010-01-01"])
def test_a_typed_rate_outside_what_is_printed_is_refused(bundle: Json, rate: str, day: str) -> None:
    inputs = {"chuzhou/serious-illness.rate": rate}
    assert list_faults(bundle, "chuzhou", {}, day, inputs=inputs) == [["out_of_range", "chuzhou/serious-illness.rate"]]
    request = json.dumps({"place": "chuzhou", "date": day, "facts": {}, "inputs": inputs})
    kind, text = calculator(json.dumps(bundle))(request, "zh")
    assert kind == "faults"
    assert "60% 到 90%" in text


def test_each_open_number_is_held_to_its_bounds(bundle: Json) -> None:
    """Just inside is taken, just outside is refused, for every number that any place asks for."""
    tried = 0
    for place, law in bundle["places"].items():
        for versions in law["policies"].values():
            for version in versions:
                for name, number in version["numbers"].items():
                    day = version["start"] or "2000-01-01"
                    if not number["asked"]:
                        continue
                    for value, taken in (
                        (number["low"], True),
                        (number["low"] - 1, False),
                        (number["high"], True),
                        (None if number["high"] is None else number["high"] + 1, False),
                    ):
                        if value is None or value < 0:
                            continue
                        digits = 4 if number["unit"] == "rate" else 2
                        text = f"{value // 10**digits}.{value % 10**digits:0{digits}}"
                        request = {"place": place, "date": day, "facts": {}, "inputs": {name: text}}
                        tried += 1
                        if taken:
                            estimate(bundle, request)
                        else:
                            with pytest.raises(BadRequestError):
                                estimate(bundle, request)
    assert tried > 40


def test_a_number_is_held_to_the_bounds_of_the_day(bundle: Json) -> None:
    changed = deepcopy({**bundle, "places": {"gaotai": bundle["places"]["gaotai"]}})
    versions = changed["places"]["gaotai"]["policies"]["serious-illness"]
    name = "gaotai/serious-illness.rate"
    for version, (low, high) in zip(versions, ((1000, 2000), (5000, 6000)), strict=True):
        version["numbers"][name] |= {"low": low, "high": high}
    for day, rate, taken in (("2015-06-01", "0.15", True), ("2017-06-01", "0.15", False), ("2017-06-01", "0.55", True)):
        request = {"place": "gaotai", "date": day, "facts": {}, "inputs": {name: rate}}
        if taken:
            estimate(changed, request)
        else:
            with pytest.raises(BadRequestError):
                estimate(changed, request)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"sex": "male", "visit": "delivery"}, "sex"),
        ({"sex": "male", "diagnoses": ["hypertension", "cervical_cancer"]}, "sex"),
        ({"age": 1, "age_months": 30}, "age_months"),
    ],
)
def test_facts_that_exclude_each_other_are_refused_with_a_sentence(bundle: Json, facts: Json, name: str) -> None:
    assert list_faults(bundle, "gaotai", facts) == [["excluded", name]]
    visit_facts = {key: value for key, value in facts.items() if key in ("visit", "diagnoses")}
    rest = {key: value for key, value in facts.items() if key not in visit_facts}
    visit = {"date": "2018-06-01", "total_cost": "100", **visit_facts}
    assert list_faults(bundle, "gaotai", rest, None, visits=[visit]) == [["excluded", name]]
    answer = calculator(json.dumps(bundle))
    for lang in ("zh", "en"):
        kind, text = answer(json.dumps({"place": "gaotai", "date": "2018-06-01", "facts": facts}), lang)
        (fault,) = json.loads(text)
        assert kind == "faults"
        ids = {"male", "delivery", "cervical_cancer", "age_months", "sex"}
        assert not any(id_ in fault["text"] for id_ in ids), fault["text"]


@pytest.mark.parametrize(
    "facts",
    [
        {"sex": "female", "visit": "delivery"},
        {"sex": "male", "diagnoses": ["breast_cancer"]},
        {"sex": "male", "diagnoses": []},
        {"age": 2, "age_months": 30},
    ],
)
def test_facts_that_fit_together_are_taken(bundle: Json, facts: Json) -> None:
    estimate(bundle, {"place": "gaotai", "date": "2018-06-01", "facts": facts})


AMOUNTS = st.sampled_from(["0", "1", "99.99", "100", "5000", "600000"])


@given(data=st.data())
def test_whatever_is_taken_balances(bundle: Json, data: st.DataObject) -> None:
    """Any mixture of amounts: refused, or 0 <= self_pays <= bill and exact settlements that add up."""
    place = data.draw(st.sampled_from(sorted(bundle["places"])))
    names = ["total_cost", "eligible_cost", "tcm_cost", "self_share_after_insurance", "fee", "ytd_paid", "ytd_burden"]
    amounts: Json = {name: data.draw(AMOUNTS) for name in data.draw(st.lists(st.sampled_from(names), unique=True))}
    if data.draw(st.booleans()):
        category = data.draw(st.sampled_from(["drug", "treatment", "companion_living"]))
        amounts["items"] = [{"category": category, "amount": data.draw(AMOUNTS)}]
    facts = {**STAY, **amounts}
    for name in data.draw(st.lists(st.sampled_from(sorted(STAY)), unique=True, max_size=2)):
        del facts[name]
    try:
        result = estimate(bundle, {"place": place, "date": "2018-06-01", "facts": facts})
    except BadRequestError:
        return
    if result["self_pays"] is None:
        return
    bill = parse_yuan(str(facts.get("self_share_after_insurance") or result["total_cost"]["high"]))
    low, high = (parse_yuan(result["self_pays"][end]) for end in ("low", "high"))
    assert bill is not None
    assert low is not None
    assert high is not None
    assert 0 <= low <= high <= bill
    if low == high:
        paid = [parse_yuan(line["amount"]["low"]) for line in result["lines"]]
        assert sum(amount for amount in paid if amount is not None) + low == bill


def test_the_command_line_refuses_with_one_line_for_each_fault(tmp_path: Any) -> None:  # noqa: ANN401
    file = tmp_path / "facts.json"
    file.write_text(json.dumps({"facts": {**STAY, "eligible_cost": "1000", "items": DRUG}}), encoding="utf-8")
    called = CliRunner().invoke(main, ["estimate", "gaotai", "--date", "2016-03-01", "--facts", str(file)])
    assert called.exit_code == 2
    assert called.stderr.count("\n") == 1
    assert "eligible_cost" in called.stderr
