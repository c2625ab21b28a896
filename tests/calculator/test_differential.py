"""Differential test against the independent oracle `naive.py`: random cases, and every threshold +-0.01 yuan."""

import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from mingbai_calculator import estimate
from tests.calculator import naive
from tests.quick import cases, thinned

type Json = dict[str, Any]
type Bundles = dict[str, Json]

SEED = int(os.environ.get("MINGBAI_SEED", "20160301"))
VISITS = ["outpatient", "expert_outpatient", "emergency", "chronic_outpatient", "inpatient", "delivery", "surgery"]
STAYS = ["inpatient", "delivery", "surgery"]
LEVELS = ["village", "township", "county", "city", "province"]
DAYS = [
    "2014-12-31",
    "2015-12-31",
    "2016-01-01",
    "2016-12-31",
    "2017-06-01",
    "2018-06-30",
    "2018-07-01",
    "2018-12-31",
    "2019-01-01",
    "2019-03-31",
    "2019-04-01",
]

# Breakpoints of the rules of a place, in yuan: deductibles, limits, brackets, and bills that reach them.
BREAKPOINTS: dict[str, list[float]] = {
    "gaotai": [100, 150, 350, 500, 1500, 2000, 3000, 5000, 6500, 10_571.43, 18_000, 23_000, 29_000, 53_000],
    "everykind": [50, 100, 120, 150, 250, 300, 500, 1000, 1200, 3000, 5000, 12_500, 20_000, 43_714.29, 60_000],
    "everykind-year": [600, 1200, 1250, 2000, 7000, 8000, 20_000, 25_600, 34_533.33, 50_000, 100_000],
    "everykind-ceiling": [500, 2000, 3000, 5000, 10_000, 20_000],
    "everykind-own": [500, 2000, 3000, 6500, 8000, 15_000, 20_000, 25_500, 30_000, 33_833.33],
    "everykind-fees": [0.01, 0.02, 0.05, 1, 10, 3600],
}


@pytest.fixture(scope="session")
def bundles(bundle: Json, kinds_bundle: Json) -> Bundles:
    """Return the bundle of each place that `naive.py` supports."""
    return {
        place: kinds_bundle if place.startswith("everykind") else bundle for place in {**naive.BILLS, **naive.LISTS}
    }


def format_yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def to_fen(amount: str | float) -> int:
    return round(Fraction(str(amount)) * 100)


# ---- results of both calculators in a common format


def range_of(amount: Json) -> tuple[str, str]:
    return str(amount["low"]), str(amount["high"])


def short_id(policy: str) -> str:
    return policy.split("/")[1]


def calculate_bill(bundles: Bundles, request: Json) -> Json:
    """Return the calculator's result in the common format, without lines that pay nothing."""
    result = estimate(bundles[request["place"]], request)
    if result["self_pays"] is None:
        return {"self_pays": None}
    lines = {
        (line.get("visit", 1), short_id(line["policy"]), line["payer"]): range_of(line["amount"])
        for line in result["lines"]
        if line["amount"] != {"low": "0.00", "high": "0.00"}
    }
    assert result["bounds"] == "exact"
    needs = [need["fact"] for need in result["needs"] if need["affects"] == "bill"]
    return {"self_pays": range_of(result["self_pays"]), "lines": lines, "needs": needs}


def calculate_bill_naively(request: Json) -> Json:
    settled = naive.settle(request)
    if settled is None:
        return {"self_pays": None}
    return {
        "self_pays": written(settled.left),
        "lines": {key: written(amounts) for key, amounts in settled.lines.items()},
        "needs": [] if settled.certain else ["visit"],
    }


def written(amounts: tuple[Fraction, Fraction]) -> tuple[str, str]:
    least, most = amounts
    return naive.written(least), naive.written(most)


def calculate_lists(bundles: Bundles, request: Json) -> Json:
    result = estimate(bundles[request["place"]], request)
    listed = {short_id(entry["policy"]) for entry in [*result["services"], *result["may_also_help"]]}
    if request["place"] == "gaotai":  # the oracle does not repeat its many services
        listed &= {"village-doctor-other"}
    cash = {short_id(entry["policy"]): list(entry["year_amount"].values()) for entry in result["cash"]}
    return {
        "cash": {name: amount for name, amount in cash.items() if amount != ["0.00", "0.00"]},
        "subsidies": {
            short_id(entry["policy"]): [*entry["amount"].values(), *entry["self_pays"].values()]
            for entry in result["subsidies"]
        },
        "statuses": {short_id(entry["policy"]): entry["holds"] for entry in result["statuses"]},
        "listed": sorted(listed),
    }


def calculate_lists_naively(request: Json) -> Json:
    lists = naive.entitled(request)
    extra = request.get("inputs", {}).get("everykind-lists/premium-extra.premium", "0")
    contribution = {name: Fraction(request["facts"].get("premium", 0)) for name in lists.subsidies}
    contribution["premium-extra"] = Fraction(extra)
    return {
        "cash": {
            name: [naive.written(least), None if most is None else naive.written(most)]
            for name, (least, most) in lists.cash.items()
            if most != 0
        },
        "subsidies": {
            name: [naive.written(amount) for amount in (low, high, contribution[name] - high, contribution[name] - low)]
            for name, (low, high) in lists.subsidies.items()
        },
        "statuses": lists.statuses,
        "listed": sorted(lists.listed),
    }


def compare(bundles: Bundles, request: Json) -> None:
    bill = (
        "total_cost" in request["facts"]
        or "visits" in request
        or request["place"] in ("everykind-fees", "everykind-companion")
    )
    if bill:
        ours, theirs = calculate_bill(bundles, request), calculate_bill_naively(request)
    else:
        ours, theirs = calculate_lists(bundles, request), calculate_lists_naively(request)
    if ours != theirs:
        pytest.fail(
            f"The two calculators differ. To run it again:\n{format_command(request)}\n"
            f"calculator: {ours}\n"
            f"naive:      {theirs}",
            pytrace=False,
        )


def format_command(request: Json) -> str:
    """Return the request as a shell command that reproduces it."""
    person = {name: request[name] for name in ("facts", "visits", "inputs") if name in request}
    day = request.get("date") or max(visit["date"] for visit in request["visits"])
    call = f".venv/bin/mingbai estimate {request['place']} --date {day} --facts - --format json"
    if request["place"].startswith("everykind"):
        folder = "/tmp/kinds"  # noqa: S108 - only printed
        files = "policies/{facts,terms,sources}.yaml tests/policies/places/*"
        call = f"{call} --policies {folder}"
        return f"mkdir -p {folder} && cp -r {files} {folder} && echo '{json.dumps(person)}' | {call}"
    return f"echo '{json.dumps(person)}' | {call}"


# ---- random cases


def random_fen(rng: random.Random, place: str) -> int:
    """Return an amount (fen) next to a breakpoint, or of any size."""
    kind = rng.random()
    if kind < 0.45:
        return max(0, to_fen(rng.choice(BREAKPOINTS[place])) + rng.choice([-2, -1, 0, 0, 1, 2]))
    if kind < 0.7:
        return rng.randrange(0, 1_000_000)
    if kind < 0.95:
        return rng.randrange(0, 12_000_000)
    return rng.choice([0, 1, 2, 3, 999_999_999])


def random_part(rng: random.Random, place: str, whole: int) -> int:
    return rng.choice([whole, whole, rng.randint(0, whole), min(whole, random_fen(rng, place))])


def random_costs(rng: random.Random, place: str) -> Json:
    total = random_fen(rng, place)
    amounts = {"total_cost": format_yuan(total)}
    if rng.random() < 0.5:
        eligible = random_part(rng, place, total)
        amounts["eligible_cost"] = format_yuan(eligible)
        total = eligible
    if rng.random() < 0.4:
        amounts["tcm_cost"] = format_yuan(random_part(rng, place, total))
    return amounts


def random_ytd(rng: random.Random, place: str) -> Json:
    names = ("ytd_burden", "ytd_paid", "ytd_self_paid")
    return {name: format_yuan(random_fen(rng, place)) for name in names if rng.random() < 0.4}


def random_rate(rng: random.Random, low: int = 0, high: int = 100) -> str:
    points = rng.choice([low * 100, high * 100, 100 * rng.randint(low, high), rng.randint(low * 100, high * 100)])
    return f"{points // 10_000}.{points % 10_000:04d}"


def toss(rng: random.Random, chance: float = 0.5) -> bool:
    return rng.random() < chance


NAMED_DIAGNOSES = {
    "gaotai": ["gaotai_major_50", "gaotai_outpatient_33", "cataract"],
    "everykind": ["tuberculosis", "hypertension", "gastric_cancer", "cataract"],
    "everykind-ceiling": ["breast_cancer", "cervical_cancer"],
}
"""The diagnoses that a place's rules name."""
CHRONIC_DIAGNOSES = {"gaotai": "gaotai_outpatient_33", "everykind": "hypertension"}


def random_visit(rng: random.Random, place: str) -> Json:
    """Return a random visit, mostly one that the rules of the place settle."""
    visit = rng.choice(VISITS if toss(rng, 0.15) else [*STAYS, "inpatient", "chronic_outpatient"])
    level = rng.choices(LEVELS, weights=[1, 8, 8, 8, 3])[0]
    diagnoses = set(rng.sample([*NAMED_DIAGNOSES.get(place, []), "other"], k=1))
    if toss(rng, 0.3):
        diagnoses.add(rng.choice([*NAMED_DIAGNOSES.get(place, []), "other"]))
    if visit == "chronic_outpatient" and toss(rng, 0.9):
        diagnoses.add(CHRONIC_DIAGNOSES.get(place, "other"))
    if level == "province" and place == "gaotai" and toss(rng, 0.8):
        diagnoses.add("gaotai_major_50")
    return {
        "visit": visit,
        "hospital_level": level,
        "designated": toss(rng, 0.8),
        "in_county": toss(rng),
        "diagnoses": sorted(diagnoses),
    }


def random_person(rng: random.Random) -> Json:
    insured = toss(rng, 0.85)
    return {
        "registered_poor": toss(rng, 0.6),
        "insured": insured,
        # Extra insurance without the basic one: see test_supplementary_insurance_without_basic_insurance.
        "supplementary_insured": insured and toss(rng),
        "dibao": toss(rng, 0.3),
        "tekun": toss(rng, 0.25),
    }


def random_inputs(rng: random.Random, place: str) -> Json:
    def money() -> str:
        return format_yuan(random_fen(rng, place))

    if place == "gaotai":
        return {
            "gaotai/serious-illness.rate": random_rate(rng),
            "gaotai/major-disease-50.limit": money(),
            "gaotai/outpatient-special.limit": money(),
        }
    if place == "everykind":
        return {
            "everykind/tuberculosis.standard": money(),
            "everykind/outpatient.limit": money(),
            "everykind/inpatient.province_deductible": money(),
            "everykind/inpatient.province_rate": random_rate(rng, 40, 60),
            "everykind/serious-illness.base_deductible": money(),
            "everykind/serious-illness.rate": random_rate(rng, 50, 90),
        }
    if place == "everykind-ceiling":
        return {
            "everykind-ceiling/inpatient.deductible": format_yuan(min(200_000, random_fen(rng, place))),
            "everykind-ceiling/inpatient.rate": random_rate(rng),
        }
    return {}


def random_bill(rng: random.Random, place: str) -> Json:
    facts = {**random_person(rng), **random_visit(rng, place), **random_costs(rng, place), **random_ytd(rng, place)}
    return {"place": place, "date": rng.choice(DAYS), "facts": facts, "inputs": random_inputs(rng, place)}


def random_year(rng: random.Random, place: str) -> Json:
    """Return visits on different days of one year, in random order."""
    year = rng.choice([2015, 2016, 2018, 2018, 2019])
    days = rng.sample(range(1, 336), rng.randint(2, 4))
    visits = [
        {
            "date": f"{year}-{day // 28 + 1:02d}-{day % 28 + 1:02d}",
            **random_visit(rng, place),
            **random_costs(rng, place),
        }
        for day in days
    ]
    facts = {**random_person(rng), **random_ytd(rng, place)}  # used up before the first visit
    return {"place": place, "facts": facts, "visits": visits, "inputs": random_inputs(rng, place)}


CATEGORIES = [
    *("registration", "consultation", "large_equipment", "examination", "treatment", "inpatient_bed"),
    *("companion_living", "drug", "other"),
]


def random_fees(rng: random.Random, place: str) -> Json:
    facts = {**random_person(rng), **random_visit(rng, place)}
    facts |= {"difficult_family": toss(rng), "school_stage": "kindergarten"}
    inputs = {}
    if toss(rng, 0.25):
        facts |= {"fee": format_yuan(random_fen(rng, place)), "school_type": rng.choice(["public", "private"])}
        inputs["everykind-fees/school.public_standard"] = format_yuan(random_fen(rng, place))
    else:
        categories = rng.choices(CATEGORIES, k=rng.randint(1, 6))
        if categories.count("companion_living") > 1:
            categories = [category for category in categories if category != "companion_living"] or ["drug"]
        facts["items"] = [
            {"category": category, "amount": format_yuan(random_fen(rng, place))} for category in categories
        ]
        facts["companions"] = rng.randint(1, 4)
    # Before 2016 rules settle hospital bills, but no school fees.
    days = DAYS if "items" in facts else [day for day in DAYS if day >= "2016"]
    return {"place": place, "date": rng.choice(days), "facts": facts, "inputs": inputs}


def random_companions(rng: random.Random, place: str) -> Json:
    facts: Json = {"registered_poor": toss(rng, 0.8), "hospital_level": rng.choice(LEVELS[1:4]), "visit": "inpatient"}
    companions, days, daily = rng.randint(1, 4), rng.randint(0, 30), rng.randint(0, 10_000)
    cost = companions * days * daily
    category = rng.choice(["companion_living", "drug"])
    amount = cost + rng.choice([0, 1, rng.randint(0, 100_000)])  # the bill is at least the cost of the companions
    facts |= {
        "companions": companions,
        "companion_days": days,
        "items": [{"category": category, "amount": format_yuan(amount)}],
    }
    return {"place": place, "date": rng.choice(DAYS), "facts": facts, "inputs": {naive.COMPANION: format_yuan(daily)}}


def random_many(rng: random.Random, place: str) -> Json:
    facts: Json = {name: toss(rng) for name in naive.POINTS}
    facts |= {
        "visit": rng.choice(STAYS),
        "total_cost": format_yuan(rng.choice([9999, 10_000, 10_001, rng.randint(0, 10**7)])),
    }
    return {"place": place, "date": rng.choice(DAYS), "facts": facts, "inputs": {}}


def random_family(rng: random.Random) -> Json:
    year = rng.choice([2014, 2015, 2016, 2017])
    born = f"{year - 49 + rng.choice([-1, 0, 0, 0, 1])}-{rng.randint(1, 12):02d}"
    return {
        "date": f"{year}-{rng.randint(1, 12):02d}-15",
        "facts": {
            "only_child": rng.choice(["none", "disabled", "died", "died"]),
            "only_child_disability_grade": rng.randint(1, 4),
            "only_child_certificate": toss(rng),
            "no_other_child": toss(rng, 0.8),
            "wife_birth_month": born,
            "spouses": rng.randint(1, 2),
            "role": rng.choice(["resident", "village_doctor"]),
            "poverty_village": toss(rng),
        },
    }


def random_lists(rng: random.Random, place: str) -> Json:
    family = random_family(rng)
    if place == "gaotai":
        inputs = {"gaotai/loss-grant.county_part": format_yuan(random_fen(rng, place))} if toss(rng, 0.8) else {}
        return {**family, "place": place, "inputs": inputs}
    size, income = rng.randint(1, 8), rng.randrange(0, 6_000_000)
    if toss(rng):
        income = max(0, size * 230_000 + rng.choice([-1, 0, 1]))
    facts = {
        **family["facts"],
        **random_person(rng),
        "household_size": size,
        "household_income": format_yuan(income),
        "own_eligible_payments_12m": format_yuan(
            max(0, income // 2 + rng.choice([-1, 0, 1, rng.randint(-5000, 5000)]))
        ),
        "urban_core": toss(rng, 0.2),
        "water_source": toss(rng, 0.2),
        "river_distance_m": rng.choice([0, 499, 500, 501, 5000]),
        "has_premises": toss(rng, 0.8),
        "farm_project": rng.choice(["sheep", "chicken", "pig"]),
        "town": rng.choice(["liusheng", "panao", "jinhua", "other"]),
        "boarding": toss(rng),
        "difficult_family": toss(rng, 0.7),
        "school_stage": rng.choice(["kindergarten", "primary", "junior", "university"]),
        "terms": rng.randint(1, 2),
        "age": rng.choice([0, 15, 16, 59, 60, 64, 65, 79, 80, 99, 100, rng.randint(0, 120)]),
        "disabled": toss(rng),
        "sex": rng.choice(["female", "male"]),
        "rural": toss(rng),
        "premium": format_yuan(rng.randint(100, 60_000)),
    }
    inputs = {
        "everykind-lists/sheep.grant": format_yuan(rng.randint(0, 1_000_000)),
        "everykind-lists/premium-extra.premium": format_yuan(rng.randint(100, 60_000)),
    }
    day = rng.choice([family["date"], *DAYS])
    return {"place": place, "date": day, "facts": facts, "inputs": inputs}


MAKERS: list[tuple[Callable[[random.Random, str], Json], str, int]] = [
    (random_bill, "gaotai", 4),
    (random_year, "gaotai", 2),
    (random_lists, "gaotai", 1),
    (random_bill, "everykind", 5),
    (random_year, "everykind", 2),
    (random_bill, "everykind-year", 1),
    (random_year, "everykind-year", 2),
    (random_bill, "everykind-ceiling", 2),
    (random_year, "everykind-ceiling", 1),
    (random_bill, "everykind-own", 2),
    (random_year, "everykind-own", 3),
    (random_fees, "everykind-fees", 3),
    (random_companions, "everykind-companion", 1),
    (random_many, "everykind-many", 1),
    (random_lists, "everykind-lists", 2),
]


def random_case(seed: str) -> Json:
    rng = random.Random(seed)  # noqa: S311 - reproducible cases
    maker, place, _ = rng.choices(MAKERS, weights=[weight for _, _, weight in MAKERS])[0]
    return maker(rng, place)


def test_2_000_random_cases(bundles: Bundles) -> None:
    for case in range(cases(2_000, quick=200)):
        compare(bundles, random_case(f"{SEED}-{case}"))


@pytest.mark.soak
def test_100_000_random_cases(bundles: Bundles, capsys: pytest.CaptureFixture[str]) -> None:
    started, cases = time.monotonic(), 100_000
    for case in range(cases):
        compare(bundles, random_case(f"soak-{SEED}-{case}"))
        if case % 1_000 == 999:
            with capsys.disabled():
                left = (time.monotonic() - started) / (case + 1) * (cases - case - 1)
                sys.stderr.write(f"\r{case + 1:,} of {cases:,} cases, {left:.0f} s left ")
                sys.stderr.flush()
    with capsys.disabled():
        sys.stderr.write("\n")


# ---- every threshold: just below, at, and just above it


def amounts_around(*amounts: float) -> Iterator[str]:
    for amount in amounts:
        for step in (-1, 0, 1):
            if to_fen(amount) + step >= 0:
                yield format_yuan(to_fen(amount) + step)


def make_facts(**facts: object) -> Json:
    usual: Json = {"registered_poor": True, "insured": True, "supplementary_insured": True, "dibao": False}
    usual |= {"tekun": False, "designated": True, "in_county": True, "visit": "inpatient", "diagnoses": ["other"]}
    return {**usual, **facts}


def find_first_paying(place: str, day: str, facts: Json, inputs: Json, policy: str) -> list[float]:
    """Return the smallest bill (yuan) for which a policy pays, found by bisection with the oracle; empty if none."""

    def pays(fen: int) -> bool:
        settled = naive.settle(
            {"place": place, "date": day, "facts": {**facts, "total_cost": format_yuan(fen)}, "inputs": inputs}
        )
        return settled is not None and any(f"{place}/{name}" == policy for _, name, _ in settled.lines)

    low, high = 0, 50_000_000
    if not pays(high):
        return []
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if pays(middle) else (middle, high)
    return [high / 100]


def make_request(place: str, day: str, facts: Json, inputs: Json | None = None) -> Json:
    return {"place": place, "date": day, "facts": facts, "inputs": inputs or {}}


def gaotai_edges() -> Iterator[Json]:
    inputs = {"gaotai/serious-illness.rate": "0.60", "gaotai/major-disease-50.limit": "30000"}
    people = product(("2015-12-31", "2016-01-01"), LEVELS, (True, False), ("other", "gaotai_major_50"))
    for day, level, poor, disease in people:
        facts = make_facts(registered_poor=poor, hospital_level=level, diagnoses=[disease])
        if naive.settle(make_request("gaotai", day, {**facts, "total_cost": "1000"}, inputs)) is None:
            yield make_request("gaotai", day, {**facts, "total_cost": "1000"}, inputs)
            continue
        breakpoints = find_first_paying("gaotai", day, facts, inputs, "gaotai/serious-illness")
        for total in amounts_around(100, 150, 350, 500, 1500, 2000, 30_000, *breakpoints):
            yield make_request("gaotai", day, {**facts, "total_cost": total}, inputs)
        for burden in amounts_around(3000, 5000):
            yield make_request("gaotai", day, {**facts, "total_cost": "900", "ytd_burden": burden}, inputs)


def gaotai_special_edges() -> Iterator[Json]:
    inputs = {"gaotai/serious-illness.rate": "0.60", "gaotai/outpatient-special.limit": "2000"}
    for poor, room in ((True, 2400), (False, 2000)):
        facts = make_facts(registered_poor=poor, visit="chronic_outpatient", diagnoses=["gaotai_outpatient_33"])
        facts["hospital_level"] = "county"
        for paid, total in product(amounts_around(0, room - 300, room), amounts_around(428.57, 1000, room / 0.7)):
            yield make_request("gaotai", "2016-03-01", {**facts, "ytd_paid": paid, "total_cost": total}, inputs)


EVERYKIND_INPUTS = {
    "everykind/tuberculosis.standard": "8000",
    "everykind/outpatient.limit": "1000",
    "everykind/inpatient.province_deductible": "1500",
    "everykind/inpatient.province_rate": "0.50",
    "everykind/serious-illness.base_deductible": "3000",
    "everykind/serious-illness.rate": "0.60",
}


def everykind_edges() -> Iterator[Json]:
    inputs, trigger = EVERYKIND_INPUTS, ("everykind/serious-illness", "everykind/supplementary")
    days = ("2016-12-31", "2017-01-01", "2018-06-30", "2018-07-01", "2018-12-31", "2019-01-01")
    for day, level, poor in product(days, LEVELS[1:], (True, False)):
        facts = make_facts(registered_poor=poor, hospital_level=level)
        breakpoints = [
            total for policy in trigger for total in find_first_paying("everykind", day, facts, inputs, policy)
        ]
        for total in amounts_around(
            50, 100, 120, 150, 250, 300, 500, 1000, 1500, 20_000, 43_714.29, 60_000, *breakpoints
        ):
            yield make_request("everykind", day, {**facts, "total_cost": total}, inputs)


def everykind_special_edges() -> Iterator[Json]:
    inputs, day = EVERYKIND_INPUTS, "2018-01-01"
    for kind, level, total in product(("tekun", "dibao"), ("county", "province"), amounts_around(1200, 1500, 6000)):
        facts = make_facts(hospital_level=level, visit="surgery", total_cost=total) | {kind: True}
        yield make_request("everykind", day, facts, inputs)
    for disease, amount in (
        ("tuberculosis", 8000),
        ("gastric_cancer", 2000),
        ("gastric_cancer", 20_000),
        ("cataract", 300),
    ):
        for total in amounts_around(amount):
            facts = make_facts(hospital_level="city", visit="surgery", diagnoses=[disease], total_cost=total)
            yield make_request("everykind", day, facts, inputs)
    for poor, room in ((True, 1200), (False, 1000)):
        facts = make_facts(registered_poor=poor, visit="chronic_outpatient", diagnoses=["hypertension"])
        facts["hospital_level"] = "county"
        for paid, total in product(amounts_around(0, room), amounts_around(room / 0.7)):
            yield make_request("everykind", day, {**facts, "ytd_paid": paid, "total_cost": total}, inputs)
    for burden in amounts_around(1500):  # a strict trigger: the burden must exceed the deductible
        facts = make_facts(hospital_level="county", total_cost="0.01", ytd_burden=burden)
        yield make_request("everykind", day, facts, inputs)


def year_edges() -> Iterator[Json]:
    for day in ("2018-06-30", "2018-07-01"):
        for poor in (True, False):
            for level in ("township", "county"):
                facts = make_facts(registered_poor=poor, hospital_level=level)
                for total in amounts_around(600, 1200, 7000, 8000, 20_000, 25_600, 26_200, 34_533.33, 50_000, 70_000):
                    yield make_request("everykind-year", day, {**facts, "total_cost": total})
                for burden in amounts_around(600, 1200, 7000, 8000, 20_000, 50_000):
                    yield make_request("everykind-year", day, {**facts, "total_cost": "1000", "ytd_burden": burden})
                for paid in amounts_around(1000, 20_000):
                    for visit in ("inpatient", "chronic_outpatient"):
                        year = {**facts, "visit": visit, "ytd_paid": paid, "total_cost": "2000"}
                        yield make_request("everykind-year", day, year)


def ceiling_edges() -> Iterator[Json]:
    inputs = {"everykind-ceiling/inpatient.deductible": "500", "everykind-ceiling/inpatient.rate": "0.80"}
    for inside, level in ((True, "county"), (False, "county"), (False, "city"), (False, "province")):
        for disease in ("other", "breast_cancer"):
            facts = make_facts(in_county=inside, hospital_level=level, diagnoses=[disease])
            for total in amounts_around(500, 13_000, 20_000, 23_000, 33_333.33, 48_000, 66_666.67):
                yield make_request("everykind-ceiling", "2017-01-01", {**facts, "total_cost": total}, inputs)
            for paid in amounts_around(2900, 3000, 4900, 5000, 9900, 10_000):
                year = {**facts, "total_cost": "1000", "eligible_cost": "900", "ytd_self_paid": paid}
                yield make_request(
                    "everykind-ceiling", "2017-01-01", year, {**inputs, "everykind-ceiling/inpatient.rate": "0"}
                )


def own_edges() -> Iterator[Json]:
    for inside, designated, poor, dibao in product((True, False), repeat=4):
        facts = make_facts(in_county=inside, designated=designated, registered_poor=poor, dibao=dibao)
        for total in amounts_around(500, 2000, 8000, 15_000, 25_500, 33_833.33, 60_000):
            yield make_request("everykind-own", "2017-01-01", {**facts, "total_cost": total})
        for paid in amounts_around(12_000, 15_000, 18_000, 20_000, 30_000):
            yield make_request("everykind-own", "2017-01-01", {**facts, "total_cost": "9000", "ytd_paid": paid})


def fee_edges() -> Iterator[Json]:
    facts = make_facts(
        hospital_level="county", difficult_family=True, school_stage="kindergarten", school_type="private"
    )
    for category in CATEGORIES:
        for amount in amounts_around(0.01, 0.03, 1.25, 3.33):
            for level in ("county", "city"):
                for companions in (1, 2, 3):
                    item_facts = {**facts, "hospital_level": level, "companions": companions}
                    item_facts["items"] = [{"category": category, "amount": amount}]
                    yield make_request("everykind-fees", "2017-01-01", item_facts)
    for fee in amounts_around(3600):
        standard = {"everykind-fees/school.public_standard": "3600"}
        yield make_request("everykind-fees", "2017-01-01", {**facts, "fee": fee}, standard)
        yield make_request("everykind-fees", "2017-01-01", {**facts, "fee": fee, "school_type": "public"}, standard)


EDGES = [
    *(gaotai_edges, gaotai_special_edges, everykind_edges, everykind_special_edges),
    *(year_edges, ceiling_edges, own_edges, fee_edges),
]


@pytest.mark.parametrize("edges", EDGES, ids=lambda edges: edges.__name__)
def test_every_threshold(bundles: Bundles, edges: Callable[[], Iterator[Json]]) -> None:
    for request in thinned(list(edges()), every=8):
        compare(bundles, request)


# ---- a rule that is easy to miss


def test_supplementary_insurance_without_basic_insurance(bundles: Bundles) -> None:
    facts = make_facts(registered_poor=False, insured=False, hospital_level="county", total_cost="10000")
    result = estimate(bundles["everykind"], make_request("everykind", "2018-01-01", facts, EVERYKIND_INPUTS))
    assert range_of(result["self_pays"]) == ("6000.00", "6000.00")
