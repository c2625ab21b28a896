"""Ranges for missing facts, checked by brute force over all scenarios.

Each scenario is a complete case for the oracle `naive.py`. All results must lie within the range; if the range is
`exact`, some result must reach either end.
"""

import random
import time
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain, combinations, product
from typing import Any

import pytest

from mingbai_calculator import estimate
from tests.calculator import naive
from tests.calculator.test_differential import (
    EVERYKIND_INPUTS,
    LEVELS,
    NAMED_DIAGNOSES,
    VISITS,
    bundles,
    format_command,
    format_yuan,
    make_facts,
    random_bill,
)
from tests.quick import cases

type Json = dict[str, Any]
type Bundles = dict[str, Json]

__all__ = ["bundles"]  # the fixture

RATE_BOUNDS = {  # percent, of inputs that are rates; the others are amounts from 0 upwards
    "gaotai/serious-illness.rate": (0, 100),
    "everykind/inpatient.province_rate": (40, 60),
    "everykind/serious-illness.rate": (50, 90),
    "everykind-ceiling/inpatient.rate": (0, 100),
}
UPPER_BOUNDS = {"everykind-ceiling/inpatient.deductible": Fraction(2000)}
CENT = Fraction(1, 100)


def subsets(names: list[str]) -> list[list[str]]:
    """Return all subsets of the diagnoses that the rules name, each with one that they do not name."""
    return [["other", *subset] for subset in chain.from_iterable(combinations(names, n) for n in range(len(names) + 1))]


def list_options(place: str, fact: str) -> list[Any]:
    if fact == "visit":
        return VISITS
    if fact == "hospital_level":
        return LEVELS
    if fact == "diagnoses":
        return subsets(NAMED_DIAGNOSES.get(place, []))
    return [True, False]


def rate_grid(low: int, high: int, payment: int) -> list[Fraction]:
    return [Fraction(points, 100) for points in [*range(low, high, payment), high]]


def amount_grid(place: str, day: str, facts: Json, known_inputs: Json, hidden: list[str]) -> list[Fraction]:
    """Return a grid for an unknown amount: zero, very large, and around what is left after each payment."""
    total = Fraction(facts["total_cost"])
    earlier = Fraction(facts.get("ytd_burden", 0))
    points = {Fraction(0), total, total / 2, Fraction(10**9)}
    for end, amount in ((0, "10000000"), (1, "0")):
        inputs = dict(known_inputs)
        for name in hidden:
            inputs[name] = str(Fraction(RATE_BOUNDS[name][end], 100)) if name in RATE_BOUNDS else amount
        settled = naive.settle({"place": place, "date": day, "facts": facts, "inputs": inputs})
        left = Fraction(facts.get("eligible_cost", total))
        points.add(left)
        for _, most in settled.lines.values() if settled else ():
            left = max(Fraction(0), left - most)
            points |= {left, 2 * left, earlier + left, 2 * (earlier + left)}
    neighbours = {point + payment * CENT for point in points for payment in (-1, 0, 1)}
    return sorted(point for point in neighbours if point >= 0)


def every_scenario(place: str, day: str, case: Json, hidden: list[str], grids: Json) -> Iterator[Fraction | None]:
    """Yield what the person pays in each scenario for the hidden facts and inputs."""
    facts = [name for name in hidden if "/" not in name]
    inputs = [name for name in hidden if "/" in name]
    for values in product(*(list_options(place, name) for name in facts)):
        known = {**case["facts"], **dict(zip(facts, values, strict=True))}
        for numbers in product(*(grids[name] for name in inputs)):
            all_inputs = {**case["inputs"], **dict(zip(inputs, numbers, strict=True))}
            settled = naive.settle({"place": place, "date": day, "facts": known, "inputs": all_inputs})
            yield from (None,) if settled is None else settled.left


def check_hull(bundles: Bundles, case: Json, hidden: list[str], *, payment: int = 5) -> Json:
    place, day = case["place"], case["date"]
    partial = {
        **case,
        "facts": {name: value for name, value in case["facts"].items() if name not in hidden},
        "inputs": {name: value for name, value in case["inputs"].items() if name not in hidden},
    }
    grids = {name: rate_grid(*RATE_BOUNDS[name], payment) for name in hidden if name in RATE_BOUNDS}
    for name in hidden:
        if "/" in name and name not in RATE_BOUNDS:
            grid = amount_grid(
                place, day, case["facts"], case["inputs"], [input_name for input_name in hidden if "/" in input_name]
            )
            upper = UPPER_BOUNDS.get(name)
            grids[name] = grid if upper is None else [*(input_name for input_name in grid if input_name < upper), upper]
    result = estimate(bundles[place], partial)
    shares = set(every_scenario(place, day, case, hidden, grids))
    message = f"hidden {hidden}\n{format_command(partial)}\n{result['self_pays']} {result['bounds']}"
    if shares == {None}:
        assert result["self_pays"] is None, message
        return result
    # A scenario that no rule settles counts as 0 to the total of the bill.
    paid = [share for share in shares if share is not None]
    if None in shares:
        paid += [Fraction(0), Fraction(case["facts"]["total_cost"])]
    low, high = (Fraction(result["self_pays"][end]) for end in ("low", "high"))
    details = f"{message}; by brute force {naive.written(min(paid))} to {naive.written(max(paid))}"
    assert low <= min(paid), details
    assert max(paid) <= high, details
    if result["bounds"] == "exact":
        assert (low, high) == (min(paid), max(paid)), details
    return result


# ---- random cases with missing facts


HIDEABLE = {
    "gaotai": [
        *("registered_poor", "insured", "visit", "hospital_level", "designated", "diagnoses"),
        *("gaotai/serious-illness.rate", "gaotai/major-disease-50.limit", "gaotai/outpatient-special.limit"),
    ],
    "everykind": [
        *("registered_poor", "insured", "supplementary_insured", "dibao", "tekun", "in_county", "designated"),
        *("visit", "hospital_level", "diagnoses", "everykind/serious-illness.base_deductible"),
        *("everykind/serious-illness.rate", "everykind/inpatient.province_rate", "everykind/outpatient.limit"),
        *("everykind/tuberculosis.standard", "everykind/inpatient.province_deductible"),
    ],
    "everykind-ceiling": [
        *("registered_poor", "insured", "in_county", "hospital_level", "diagnoses", "visit"),
        *("everykind-ceiling/inpatient.deductible", "everykind-ceiling/inpatient.rate"),
    ],
    "everykind-year": ["registered_poor", "visit", "hospital_level"],
    "everykind-own": ["registered_poor", "insured", "in_county", "designated", "dibao", "visit"],
}


def make_case_with_gaps(seed: str, place: str) -> tuple[Json, list[str]]:
    rng = random.Random(seed)  # noqa: S311 - reproducible cases
    case = random_bill(rng, place)
    hidden = rng.sample(HIDEABLE[place], rng.randint(1, 3))
    amounts_hidden = [name for name in hidden if "/" in name and name not in RATE_BOUNDS]
    hidden = [name for name in hidden if name not in amounts_hidden[1:]]  # one unknown amount only: more take too long
    if "supplementary_insured" in hidden:
        case["facts"]["insured"] = True  # see test_supplementary_insurance_without_basic_insurance
        hidden = [name for name in hidden if name != "insured"]
    elif "insured" in hidden:
        case["facts"]["supplementary_insured"] = False
    return case, hidden


@pytest.mark.parametrize("place", HIDEABLE)
def test_every_scenario_lies_within_the_range(bundles: Bundles, place: str) -> None:
    for number in range(cases(60, quick=6)):
        check_hull(bundles, *make_case_with_gaps(f"gaps-{number}", place))


@pytest.mark.soak
@pytest.mark.parametrize("place", HIDEABLE)
def test_every_scenario_lies_within_the_range_in_many_cases(bundles: Bundles, place: str) -> None:
    for number in range(1_500):
        check_hull(bundles, *make_case_with_gaps(f"soak-{number}", place), payment=2)


# ---- the discontinuity of `only_if`


RATE, DEDUCTIBLE = "everykind/serious-illness.rate", "everykind/serious-illness.base_deductible"
FIRST_RATE = "everykind/inpatient.province_rate"


def make_trigger_case(level: str = "county", **facts: object) -> Json:
    usual: Json = {"registered_poor": False, "in_county": False, "total_cost": "12500"}
    given = make_facts(hospital_level=level, **{**usual, **facts})
    return {"place": "everykind", "date": "2018-01-01", "facts": given, "inputs": dict(EVERYKIND_INPUTS)}


@pytest.mark.sampled(7)
@pytest.mark.parametrize("hidden", [[RATE], [DEDUCTIBLE], [RATE, DEDUCTIBLE], ["supplementary_insured", DEDUCTIBLE]])
@pytest.mark.parametrize("total", ["400", "501", "12500", "60000", "90000"])
@pytest.mark.parametrize("poor", [False, True])
def test_the_discontinuity_of_a_trigger(bundles: Bundles, hidden: list[str], total: str, poor: bool) -> None:  # noqa: FBT001
    result = check_hull(bundles, make_trigger_case(total_cost=total, registered_poor=poor), hidden, payment=1)
    assert result["bounds"] == "exact"


@pytest.mark.parametrize("deductible", ["3000", "5000", "4999.99", "6000", "100000"])
@pytest.mark.parametrize("hidden", [[FIRST_RATE], [FIRST_RATE, RATE]])
def test_a_higher_first_rate_may_miss_the_trigger(bundles: Bundles, hidden: list[str], deductible: str) -> None:
    # 11,500 yuan less 40% to 60% of 10,000 leave 5,500 to 7,500: within, at, or outside the deductible of 6,000.
    case = make_trigger_case("province", registered_poor=True, total_cost="11500")
    case["inputs"] |= {DEDUCTIBLE: str(Fraction(deductible) * 2), FIRST_RATE: "0.50"}
    case["inputs"][DEDUCTIBLE] = format_yuan(int(Fraction(deductible) * 200))
    check_hull(bundles, case, hidden, payment=1)


def test_first_rate_and_deductible_unknown(bundles: Bundles) -> None:
    case = make_trigger_case("province", registered_poor=True, total_cost="11500")
    check_hull(bundles, case, [FIRST_RATE, DEDUCTIBLE], payment=1)
    check_hull(bundles, case, [FIRST_RATE, RATE, DEDUCTIBLE], payment=5)


# ---- two stays against one stay of the same total


def make_year(place: str, costs: Iterable[int], inputs: Json | None = None, **facts: object) -> Json:
    visit = {"visit": "inpatient", "hospital_level": "county", "in_county": True, "diagnoses": ["other"], **facts}
    person = {"registered_poor": True, "insured": True, "designated": True}
    visits = [
        {**visit, "date": f"2017-{month:02d}-01", "total_cost": str(cost)} for month, cost in enumerate(costs, start=1)
    ]
    return {"place": place, "facts": person, "visits": visits, "inputs": inputs or {}}


def exact_self_pays(bundles: Bundles, request: Json) -> Fraction:
    amount = estimate(bundles[request["place"]], request)["self_pays"]
    assert amount["low"] == amount["high"]
    return Fraction(amount["low"])


SPLITS = [(100, 400), (600, 600), (500, 300), (20_000, 20_000), (10_000, 60_000), (30_000, 60_000), (1, 90_000)]


@pytest.mark.parametrize("parts", SPLITS)
@pytest.mark.parametrize("kind", ["inpatient", "chronic_outpatient"])
def test_with_rules_per_year_two_stays_cost_the_same_as_one(
    bundles: Bundles, parts: tuple[int, int], kind: str
) -> None:
    """Deductible, brackets and limit of everykind-year all count the year."""
    split, whole = (
        exact_self_pays(bundles, make_year("everykind-year", costs, visit=kind)) for costs in (parts, [sum(parts)])
    )
    assert split == whole


@pytest.mark.parametrize("parts", SPLITS)
def test_a_yearly_ceiling_is_reached_in_two_stays_as_in_one(bundles: Bundles, parts: tuple[int, int]) -> None:
    inputs = {"everykind-ceiling/inpatient.deductible": "0", "everykind-ceiling/inpatient.rate": "0.75"}
    split, whole = (
        exact_self_pays(bundles, make_year("everykind-ceiling", costs, inputs)) for costs in (parts, [sum(parts)])
    )
    assert split == whole


def test_areas_of_a_ceiling_are_counted_separately(bundles: Bundles) -> None:
    inputs = {"everykind-ceiling/inpatient.deductible": "0", "everykind-ceiling/inpatient.rate": "0.00"}
    request = make_year("everykind-ceiling", [4000, 6000, 1000, 1000], inputs)
    request["visits"][1]["in_county"] = request["visits"][3]["in_county"] = False
    assert exact_self_pays(bundles, request) == 3000 + 5000  # the last two visits come after both ceilings are reached


def test_a_deductible_per_stay_applies_to_each_stay(bundles: Bundles) -> None:
    inputs = {"gaotai/serious-illness.rate": "0.60"}
    split, whole = (exact_self_pays(bundles, make_year("gaotai", costs, inputs)) for costs in ((2000, 3000), (5000,)))
    assert split - whole == 350 * Fraction(85, 100)


# ---- more scenarios than the limit


@pytest.mark.parametrize(("unknown", "bounds_are"), [(10, "exact"), (12, "exact"), (13, "outer"), (14, "outer")])
def test_too_many_unknown_facts_give_an_outer_bound(bundles: Bundles, unknown: int, bounds_are: str) -> None:
    """Each missing fact of everykind-many doubles the scenarios; up to 4,096 = 2**12 of them are evaluated."""
    known: Json = dict.fromkeys(naive.POINTS[unknown:], True)
    facts = {**known, "visit": "inpatient", "total_cost": "10100"}
    request = {"place": "everykind-many", "date": "2018-01-01", "facts": facts}
    durations: list[float] = []
    while len(durations) < 3 and min(durations, default=2) >= 2:  # repeat if the machine was busy
        started = time.process_time()
        result = estimate(bundles["everykind-many"], request)
        durations.append(time.process_time() - started)
    assert min(durations) < 2
    assert result["bounds"] == bounds_are
    low, high = Fraction(0), Fraction(10_100)
    if bounds_are == "exact":
        ends = [naive.settle({**request, "facts": {**dict.fromkeys(naive.POINTS, yes), **facts}}) for yes in (1, 0)]
        low, high = (end.left[0] for end in ends if end)
    assert result["self_pays"] == {"low": naive.written(low), "high": naive.written(high)}


@pytest.mark.parametrize("inputs", [{}, EVERYKIND_INPUTS], ids=["nothing typed in", "all typed in"])
def test_nothing_known_but_the_bill(bundles: Bundles, inputs: Json) -> None:
    request = {"place": "everykind", "date": "2018-01-01", "facts": {"total_cost": "20000"}, "inputs": inputs}
    result = estimate(bundles["everykind"], request)
    assert result["self_pays"] == {"low": "0.00", "high": "20000.00"}


def test_a_bill_without_items_may_be_waived_or_not(bundles: Bundles) -> None:
    rng = random.Random(33)  # noqa: S311 - reproducible cases
    facts = make_facts(hospital_level="county", difficult_family=False, school_stage="primary")
    request: Json = {"place": "everykind-fees", "date": "2018-01-01", "facts": {**facts, "total_cost": "100"}}
    result = estimate(bundles["everykind-fees"], request)
    assert {"fact": "items", "affects": "bill"} in result["needs"]
    paid: set[Fraction] = set()
    for _ in range(50):
        first = rng.choice([0, 10_000, rng.randint(0, 10_000)])
        categories = rng.sample(["registration", "large_equipment", "drug"], 2)
        shares = zip(categories, (first, 10_000 - first), strict=True)
        items = [{"category": category, "amount": format_yuan(amount)} for category, amount in shares]
        settled = naive.settle({**request, "facts": {**facts, "items": items, "companions": 1}})
        assert settled is not None
        paid.update(settled.left)
    low, high = (Fraction(result["self_pays"][end]) for end in ("low", "high"))
    assert (low, high) == (min(paid), max(paid)) == (Fraction(0), Fraction(100))


def test_the_subsidy_of_an_unknown_premium_has_no_upper_bound(bundles: Bundles) -> None:
    facts = {"registered_poor": True, "supplementary_insured": True}
    result = estimate(bundles["everykind-lists"], {"place": "everykind-lists", "date": "2018-01-01", "facts": facts})
    [subsidy] = [entry for entry in result["subsidies"] if entry["policy"] == "everykind-lists/premium-extra"]
    assert subsidy["amount"] == {"low": "0.00", "high": None}


# ---- bounds that the text has, and words that leave something open


@pytest.mark.parametrize("poor", [True, False])
@pytest.mark.parametrize("base_rate", ["0.65", "0.96", None])
def test_points_or_more_are_a_range(bundle: Json, base_rate: str | None, poor: bool) -> None:  # noqa: FBT001 - parametrized
    facts = make_facts(registered_poor=poor, hospital_level="county", total_cost="10000")
    given = {"national/inpatient.base_deductible": "500"}
    given |= {} if base_rate is None else {"national/inpatient.base_rate": base_rate}
    request: Json = {"place": "national", "date": "2016-08-01", "facts": facts, "inputs": given}
    result = estimate(bundle, request)
    rates = [base_rate] if base_rate else [f"{rate / 100:.2f}" for rate in range(101)]
    paid = set[Fraction]()
    for points, rate in product(range(5, 101), rates):
        inputs = {**given, "national/inpatient.base_rate": rate, "points": points}
        settled = naive.settle({**request, "inputs": inputs})
        assert settled is not None
        paid.update(settled.left)
    assert result["self_pays"] == {"low": naive.written(min(paid)), "high": naive.written(max(paid))}
    assert result["bounds"] == "exact"
    assert [number["input"] for number in result["missing"]] == ([] if base_rate else ["national/inpatient.base_rate"])


def test_who_was_in_hospital_for_an_operation_says_inpatient(bundle: Json) -> None:
    facts = {"registered_poor": True, "insured": True, "visit": "inpatient", "hospital_level": "county"}
    facts |= {"designated": True, "total_cost": "6000"}

    def settle(place: str, **more: object) -> Json:
        return estimate(bundle, {"place": place, "date": "2016-03-01", "facts": {**facts, **more}})

    of_cataract = settle("gaotai", diagnoses=["cataract"])
    assert of_cataract["self_pays"] == {"low": "0.00", "high": "1197.50"}
    assert of_cataract["needs"][0] == {"fact": "visit", "affects": "bill"}
    assert "gaotai/cataract" not in {entry["policy"] for entry in of_cataract["not_eligible"]}
    assert settle("gaotai", diagnoses=["other"])["self_pays"] == {"low": "1197.50", "high": "1197.50"}
    assert settle("gaotai", diagnoses=["cataract"], visit="surgery")["self_pays"]["high"] == "0.00"
    assert settle("gaotai", diagnoses=["cataract"], visit="outpatient")["self_pays"] is None

    hydatid = settle("jinkouhe", diagnoses=["hydatid"], sex="male")
    undecided = {entry["policy"]: entry["needs"] for entry in hydatid["undecided"]}
    assert undecided["jinkouhe/hydatid-surgery"] == ["visit"]
    assert "jinkouhe/delivery" not in undecided  # a man has no delivery
    first = settle("qingzhen", diagnoses=["cataract"], hospital="qingzhen_first_hospital")
    assert first["self_pays"] == {"low": "0.00", "high": "6000.00"}
    assert settle("qingzhen", diagnoses=["other"], hospital="qingzhen_first_hospital")["self_pays"] is None


def test_each_visit_of_a_year_is_left_open_by_itself(bundle: Json) -> None:
    visit = {"visit": "inpatient", "hospital_level": "county", "designated": True, "total_cost": "6000"}
    visits = [
        {**visit, "date": f"2016-0{month}-01", "diagnoses": [disease]}
        for month, disease in ((2, "cataract"), (3, "other"))
    ]
    facts: Json = {"registered_poor": True, "insured": True}
    result = estimate(bundle, {"place": "gaotai", "date": "2016-12-31", "facts": facts, "visits": visits})
    assert [each["self_pays"] for each in result["visits"]] == [
        {"low": "0.00", "high": "1197.50"},
        {"low": "1197.50", "high": "1197.50"},
    ]
    shared = [{key: value for key, value in each.items() if key != "visit"} for each in visits]
    facts |= {"visit": "inpatient"}
    again = estimate(bundle, {"place": "gaotai", "date": "2016-12-31", "facts": facts, "visits": shared})
    assert again["self_pays"] == result["self_pays"] == {"low": "1197.50", "high": "2395.00"}


@pytest.mark.parametrize(
    ("day", "age", "year_amount"),
    [
        ("2018-12-31", {"age": 16}, ("100.00", "1200.00")),  # the 16th birthday may lie in any month of the year
        ("2018-01-31", {"age": 16}, ("1200.00", "1200.00")),
        ("2018-06-15", {"age": 16}, ("700.00", "1200.00")),
        ("2018-12-31", {"age": 17}, ("1200.00", "1200.00")),
        ("2018-06-15", {"age": 59}, ("500.00", "1200.00")),
        ("2018-12-31", {"age": 59}, ("1200.00", "1200.00")),  # not 60 this year any more
        ("2018-12-31", {"age": 16, "age_months": 16 * 12 + 6}, ("700.00", "700.00")),  # born in June
        ("2018-12-15", {"age_months": 16 * 12 + 6}, ("700.00", "800.00")),
    ],
)
def test_a_birthday_that_is_not_known_makes_the_sum_of_the_year_a_range(
    kinds_bundle: Json, day: str, age: Json, year_amount: tuple[str, str]
) -> None:
    facts = {"disabled": True, "dibao": False, **age}
    result = estimate(kinds_bundle, {"place": "everykind-lists", "date": day, "facts": facts})
    [allowance] = [entry for entry in result["cash"] if entry["policy"].endswith("/disabled-monthly")]
    assert tuple(allowance["year_amount"].values()) == year_amount
    assert allowance["amount"] == {"low": "100.00", "high": "100.00"}


@pytest.mark.parametrize(
    ("day", "age", "year_amount"),
    [
        ("2016-12-31", 48, None),  # not 49 this year any more
        ("2016-12-30", 48, ("0.00", "600.00")),
        ("2016-12-31", 49, ("600.00", "7200.00")),
        ("2016-06-30", 48, ("0.00", "3600.00")),
    ],
)
def test_an_age_on_a_day_excludes_months_that_no_birthday_fits(
    bundle: Json, day: str, age: int, year_amount: tuple[str, str] | None
) -> None:
    facts = {"only_child": "died", "no_other_child": True, "spouses": 1, "wife_age": age}
    result = estimate(bundle, {"place": "gaotai", "date": day, "facts": facts})
    support = [entry for entry in result["cash"] if entry["policy"] == "gaotai/family-planning"]
    assert [tuple(entry["year_amount"].values()) for entry in support] == ([year_amount] if year_amount else [])
