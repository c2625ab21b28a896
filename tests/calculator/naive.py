"""Independent oracle: a second calculator, written rule by rule from the readings, as plainly as possible.

It shares no code with `mingbai_calculator`: amounts are Fractions of yuan, every number of the policies is repeated
here, and it supports only complete facts, for gaotai and the made-up places in tests/policies/places. If the two
calculators differ, one of them implements the contract or the readings incorrectly.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import product
from math import ceil, floor
from typing import Any

type Json = dict[str, Any]
type Yuan = Fraction

STAYS = ("inpatient", "delivery", "surgery")
ZERO = Fraction(0)


def percent(number: float | str) -> Fraction:
    return Fraction(str(number)) / 100


def half_up(amount: Yuan) -> Yuan:
    return Fraction(floor(amount * 100 + Fraction(1, 2)), 100)


def above(amount: Yuan, threshold: Yuan) -> Yuan:
    return max(ZERO, amount - threshold)


def written(amount: Yuan) -> str:
    return f"{amount:.2f}"


class Year:
    """Ledger of the year: burden, payments and self-payments of earlier visits, by benefit (for a ceiling, by area)."""

    def __init__(self, facts: Json) -> None:
        self.burden: defaultdict[str, Yuan] = defaultdict(lambda: Fraction(facts.get("ytd_burden", 0)))
        self.paid: defaultdict[str, Yuan] = defaultdict(lambda: Fraction(facts.get("ytd_paid", 0)))
        self.self_paid: defaultdict[str, Yuan] = defaultdict(lambda: Fraction(facts.get("ytd_self_paid", 0)))
        self.months: defaultdict[str, Yuan] = defaultdict(Fraction)


@dataclass
class Bill:
    total: Yuan
    eligible: Yuan
    lines: list[tuple[str, str, Yuan]] = field(default_factory=list)

    @property
    def left(self) -> Yuan:
        return self.total - sum(amount for _, _, amount in self.lines)

    @property
    def eligible_left(self) -> Yuan:
        """What is left of the eligible cost; no rule here pays out-of-scope cost before a rule that does not."""
        return above(self.eligible, self.total - self.left)

    def pay(self, policy: str, payer: str, amount: Yuan) -> Yuan:
        amount = min(half_up(amount), self.left)
        self.lines.append((policy, payer, amount))
        return amount

    def paid_by(self, *payers: str) -> Yuan:
        return sum((amount for _, payer, amount in self.lines if payer in payers), ZERO)


def new_bill(facts: Json) -> Bill:
    total = Fraction(facts["total_cost"])
    return Bill(total, Fraction(facts["eligible_cost"]) if "eligible_cost" in facts else total)


def number(inputs: Json, name: str) -> Yuan:
    return Fraction(inputs[name])


# ---- gaotai


def gaotai(day: str, facts: Json, inputs: Json, year: Year) -> Bill | None:
    new = day >= "2016-01-01"
    poor = facts["registered_poor"] and new
    level, stay = facts["hospital_level"], facts["visit"] in STAYS
    chronic = facts["visit"] == "chronic_outpatient"
    special = new and chronic and "gaotai_outpatient_33" in facts["diagnoses"]
    major = poor and "gaotai_major_50" in facts["diagnoses"]
    cataract = poor and facts["visit"] == "surgery" and "cataract" in facts["diagnoses"]
    ordinary = stay and level in ("township", "county", "city")
    if not (ordinary or (stay and level == "province" and major) or special or cataract):
        return None
    bill = new_bill(facts)
    if cataract:
        bill.pay("cataract", "not_stated", bill.left)
    if not facts["insured"]:
        return bill
    if poor and facts["designated"]:
        herbs = min(Fraction(facts.get("tcm_cost", 0)), bill.eligible_left)
        bill.pay("chinese-medicine", "basic_insurance", herbs)
    if major and stay and level in ("city", "province") and facts["designated"]:
        cost = min(bill.eligible_left, number(inputs, "gaotai/major-disease-50.limit"))
        bill.pay("major-disease-50", "basic_insurance", percent(70) * cost)
    elif special:
        limit = number(inputs, "gaotai/outpatient-special.limit") * (120 if poor else 100) / 100
        seventy_percent_in_a_year(bill, year, "outpatient-special", limit)
    elif ordinary:
        gaotai_stay(bill, level, poor=poor)
    if stay or chronic:
        serious_illness(bill, year, Fraction(3000 if poor else 5000), number(inputs, "gaotai/serious-illness.rate"))
    if major:
        counted = bill.paid_by("basic_insurance", "serious_illness_insurance", "medical_assistance")
        missing = above(percent(80) * bill.eligible, counted)
        bill.pay("floor", "medical_assistance", min(missing, bill.eligible_left))
    return bill


def gaotai_stay(bill: Bill, level: str, *, poor: bool) -> None:
    if poor:
        deductible, rate = {"township": (100, 95), "county": (350, 85), "city": (1500, 70)}[level]
    else:
        deductible, rate = {"township": (150, 90), "county": (500, 80), "city": (2000, 65)}[level]
    bill.pay("inpatient", "basic_insurance", percent(rate) * above(bill.eligible_left, Fraction(deductible)))


def seventy_percent_in_a_year(bill: Bill, year: Year, policy: str, limit: Yuan) -> None:
    payment = min(percent(70) * bill.eligible_left, above(limit, year.paid[policy]))
    year.paid[policy] += bill.pay(policy, "basic_insurance", payment)


def serious_illness(bill: Bill, year: Year, deductible: Yuan, rate: Fraction) -> bool:
    """Pay the rate of the year's burden above the deductible (R9); return whether the burden exceeds it."""
    before = year.burden["serious-illness"]
    after = before + bill.eligible_left
    year.burden["serious-illness"] = after
    payment = rate * (above(after, deductible) - above(before, deductible))
    bill.pay("serious-illness", "serious_illness_insurance", payment)
    return after > deductible


# ---- everykind: layers of insurance


def everykind(day: str, facts: Json, inputs: Json, year: Year) -> Bill | None:
    poor, level, stay = facts["registered_poor"], facts["hospital_level"], facts["visit"] in STAYS
    chronic = facts["visit"] == "chronic_outpatient" and "hypertension" in facts["diagnoses"]
    settled = stay and level in ("township", "county", "city")
    settled = settled or (stay and level == "province" and poor and day >= "2017-01-01")
    if not (settled or chronic):
        return None
    bill = new_bill(facts)
    if day < "2016-01-01":
        return bill
    if poor and facts["visit"] == "surgery" and "cataract" in facts["diagnoses"]:
        bill.pay("free-operation", "not_stated", bill.left)
    triggered = False
    if facts["insured"]:
        everykind_basic(day, bill, facts, inputs, year)
        deductible = number(inputs, "everykind/serious-illness.base_deductible") / (2 if poor else 1)
        triggered = serious_illness(bill, year, deductible, number(inputs, "everykind/serious-illness.rate"))
    if poor and stay and "gastric_cancer" in facts["diagnoses"]:
        counted = bill.paid_by("basic_insurance", "serious_illness_insurance")
        missing = above(percent(85) * bill.eligible, counted)
        bill.pay("floor", "medical_assistance", min(missing, bill.eligible_left))
    if facts["supplementary_insured"] and triggered:
        payment = min(percent(40) * bill.eligible_left, Fraction(5000))
        bill.pay("supplementary", "supplementary_insurance", payment)
    if facts["visit"] != "delivery":
        bill.pay("assistance", "medical_assistance", everykind_assistance(bill.eligible_left, facts))
    if poor and stay and facts["in_county"] and day < "2019-01-01":
        bill.pay("hospital-half", "hospital", bill.left / 2)
    return bill


def everykind_assistance(cost: Yuan, facts: Json) -> Yuan:
    if facts["tekun"]:
        return min(cost, Fraction(3000))
    if facts["dibao"]:
        return percent(70) * cost
    return percent(50) * above(cost, Fraction(50)) if facts["registered_poor"] else ZERO


def everykind_basic(day: str, bill: Bill, facts: Json, inputs: Json, year: Year) -> None:
    if facts["designated"]:
        herbs = min(Fraction(facts.get("tcm_cost", 0)), bill.eligible_left)
        bill.pay("herbs", "basic_insurance", percent(90) * herbs)
    stay = facts["visit"] in STAYS
    if stay and "tuberculosis" in facts["diagnoses"]:
        cost, standard = bill.eligible_left, number(inputs, "everykind/tuberculosis.standard")
        payment = half_up(percent(80) * min(cost, standard))
        public = half_up(percent(15) * payment)
        bill.pay("tuberculosis", "public_health_fund", public)
        bill.pay("tuberculosis", "basic_insurance", payment - public)
        bill.pay("tuberculosis", "hospital", above(cost, standard))
    elif facts["visit"] == "chronic_outpatient" and "hypertension" in facts["diagnoses"]:
        limit = number(inputs, "everykind/outpatient.limit") * (120 if facts["registered_poor"] else 100) / 100
        seventy_percent_in_a_year(bill, year, "outpatient", limit)
    elif stay:
        payment = everykind_stay(bill.eligible_left, facts, inputs, later=day >= "2018-07-01")
        bill.pay("inpatient", "basic_insurance", payment)


def everykind_stay(cost: Yuan, facts: Json, inputs: Json, *, later: bool) -> Yuan:
    level, poor = facts["hospital_level"], facts["registered_poor"]
    if level == "township":
        if poor:
            return percent(95) * above(cost, Fraction(100))
        return percent(92) * above(cost, Fraction(120)) if later else percent(90) * above(cost, Fraction(150))
    if level == "county":
        deductible = Fraction(300 if later else 500)
        if poor:
            deductible = deductible / 2
        points = 85 if later else 80
        if facts["dibao"]:
            points += 10
        if facts["tekun"]:
            points += 15
        return percent(min(points, 100)) * above(min(cost, Fraction(60000)), deductible)
    if level == "city":
        lower = percent(60) * above(min(cost, Fraction(20000)), Fraction(1000))
        upper = percent(70) * above(cost, Fraction(20000))
        return min(lower + upper, Fraction(30000))
    deductible = number(inputs, "everykind/inpatient.province_deductible")
    if facts["tekun"]:
        deductible = min(deductible, Fraction(1200))
    return number(inputs, "everykind/inpatient.province_rate") * above(cost, deductible)


# ---- everykind-year: rules that count the whole year


def everykind_year(day: str, facts: Json, _inputs: Json, year: Year) -> Bill | None:
    stay, chronic = facts["visit"] in STAYS, facts["visit"] == "chronic_outpatient"
    if not (stay or chronic):
        return None
    bill = new_bill(facts)
    if day < "2016-01-01":
        return bill
    if chronic:
        payment = min(percent(50) * bill.eligible_left, above(Fraction(1000), year.paid["outpatient"]))
        year.paid["outpatient"] += bill.pay("outpatient", "basic_insurance", payment)
    else:
        deductible = Fraction(600 if facts["registered_poor"] else 1200)
        rate = percent(80 if facts["hospital_level"] in ("village", "township") else 60)
        before = year.burden["inpatient"]
        after = before + bill.eligible_left
        year.burden["inpatient"] = after
        payment = rate * (above(after, deductible) - above(before, deductible))
        payment = min(payment, above(Fraction(20000), year.paid["inpatient"]))
        year.paid["inpatient"] += bill.pay("inpatient", "basic_insurance", payment)
    before = year.burden["serious-illness"]
    after = before + bill.eligible_left
    year.burden["serious-illness"] = after
    later = day >= "2018-07-01"
    bill.pay("serious-illness", "serious_illness_insurance", year_brackets(after, later) - year_brackets(before, later))
    return bill


def year_brackets(burden: Yuan, later: bool) -> Yuan:  # noqa: FBT001 - one caller
    deductible, lowest = (Fraction(7000), percent(55)) if later else (Fraction(8000), percent(50))
    first = lowest * above(min(burden, Fraction(20000)), deductible)
    second = percent(60) * above(min(burden, Fraction(50000)), Fraction(20000))
    third = percent(70) * above(burden, Fraction(50000))
    return first + second + third


# ---- everykind-ceiling


def everykind_ceiling(day: str, facts: Json, inputs: Json, year: Year) -> Bill | None:
    if facts["visit"] not in STAYS:
        return None
    bill = new_bill(facts)
    if day < "2016-01-01":
        return bill
    if facts["insured"]:
        deductible = number(inputs, "everykind-ceiling/inpatient.deductible")
        rate = number(inputs, "everykind-ceiling/inpatient.rate")
        bill.pay("inpatient", "basic_insurance", rate * above(bill.eligible_left, deductible))
    if facts["registered_poor"]:
        if {"breast_cancer", "cervical_cancer"} & set(facts["diagnoses"]):
            bill.pay("share-ceiling", "hospital", above(bill.eligible_left, percent(15) * bill.eligible))
        if facts["in_county"]:
            area, most = "county", Fraction(3000)
        elif facts["hospital_level"] != "province":
            area, most = "city", Fraction(5000)
        else:
            area, most = "province", Fraction(10000)
        room = above(most, year.self_paid[area])
        bill.pay("year-ceiling", "government_backstop", above(bill.eligible_left, room))
        year.self_paid[area] += bill.eligible_left
    return bill


# ---- everykind-own: what is the person's own first, limits that policies share


def everykind_own(day: str, facts: Json, _inputs: Json, year: Year) -> Bill | None:
    if facts["visit"] not in STAYS:
        return None
    bill = new_bill(facts)
    if not facts["insured"]:
        return bill
    if not facts["in_county"]:
        bill.eligible -= half_up(percent(10 if facts["designated"] else 20) * bill.eligible)
    fund = Fraction(30_000 if facts["dibao"] else 20_000)
    payment = half_up(percent(60) * above(bill.eligible_left, Fraction(500)))
    payment = min(payment, above(Fraction(15_000), year.paid["inpatient"]))
    if not facts["registered_poor"]:
        payment = min(payment, above(fund, year.paid["fund"]))
    payment = bill.pay("inpatient", "basic_insurance", payment)
    year.paid["inpatient"] += payment
    year.paid["fund"] += payment
    before = year.burden["top-up"]
    after = before + bill.eligible_left
    year.burden["top-up"] = after
    payment = percent("33.33") * (above(after, Fraction(2000)) - above(before, Fraction(2000)))
    payment = Fraction(ceil(payment * 10), 10)  # up to the next tenth of a yuan
    payment = min(payment, bill.eligible_left, above(Fraction(3000), year.months[day[:7]]))
    if not facts["registered_poor"]:
        payment = min(payment, above(fund, year.paid["fund"]))
    payment = bill.pay("top-up", "medical_assistance", payment)
    year.paid["fund"] += payment
    year.months[day[:7]] += payment
    if facts["registered_poor"]:
        most = 4000 + floor(percent("2.5") * above(bill.eligible, Fraction(10_000)))
        bill.pay("cap", "government_backstop", above(bill.eligible_left, Fraction(most)))
    return bill


# ---- everykind-fees, everykind-companion

COMPANION = "everykind-companion/companion.daily_amount"


def everykind_fees(day: str, facts: Json, inputs: Json, _year: Year) -> Bill | None:
    items = facts.get("items", [])
    total = Fraction(facts["fee"]) if "fee" in facts else sum((Fraction(item["amount"]) for item in items), ZERO)
    bill = Bill(total, total)
    if day < "2016-01-01":
        return bill
    off: dict[tuple[str, str], Yuan] = defaultdict(Fraction)
    for item in items:
        best = max(fee_offers(item["category"], Fraction(item["amount"]), facts), key=lambda offer: offer[2])
        off[best[0], best[1]] += best[2]
    if "fee" in facts and facts["difficult_family"] and facts["school_stage"] == "kindergarten":
        most = bill.total
        if facts["school_type"] == "private":
            most = number(inputs, "everykind-fees/school.public_standard")
        off["school", "school"] = min(bill.total, most)
    for policy, payer in (
        ("province-fees", "hospital"),
        ("city-fees", "not_stated"),
        ("companion", "hospital"),
        ("school", "school"),
    ):
        bill.pay(policy, payer, off[policy, payer])
    return bill


def everykind_companion(day: str, facts: Json, inputs: Json, _year: Year) -> Bill | None:
    """The living cost of one companion is waived; it is computed from days if the bill has no item for it."""
    total = sum((Fraction(item["amount"]) for item in facts["items"]), ZERO)
    bill = Bill(total, total)
    living = [Fraction(item["amount"]) for item in facts["items"] if item["category"] == "companion_living"]
    if day >= "2016-01-01" and facts["registered_poor"] and facts["hospital_level"] in ("township", "county"):
        if living:
            bill.pay("companion", "hospital", living[0] / facts["companions"])
        else:
            bill.pay("companion", "hospital", number(inputs, COMPANION) * facts["companion_days"])
    return bill


def fee_offers(category: str, amount: Yuan, facts: Json) -> list[tuple[str, str, Yuan]]:
    """Return the discount of each policy on an item, rounded to fen; the largest wins, the first of equal ones."""
    stay = facts["visit"] in STAYS
    province = {"registration": 100, "consultation": 100, "large_equipment": 50, "inpatient_bed": 25 if stay else 0}
    machines = 60 if facts["hospital_level"] == "county" else 20
    city = {"examination": 20, "large_equipment": machines, "treatment": 30, "inpatient_bed": 40}
    offers = [("province-fees", "hospital", ZERO)]
    if facts["registered_poor"]:
        offers.append(("province-fees", "hospital", half_up(percent(province.get(category, 0)) * amount)))
        if facts["designated"]:
            offers.append(("city-fees", "not_stated", half_up(percent(city.get(category, 0)) * amount)))
        if category == "companion_living" and facts["hospital_level"] in ("township", "county"):
            offers.append(("companion", "hospital", half_up(amount / facts.get("companions", 1))))
    return offers


# ---- everykind-many: every fact changes the result

POINTS = (
    *("registered_poor", "dibao", "tekun", "safety_net", "low_income_family", "difficult_family", "insured"),
    *("supplementary_insured", "rural", "disabled", "in_county", "designated", "poverty_village", "has_premises"),
)


def everykind_many(day: str, facts: Json, _inputs: Json, _year: Year) -> Bill | None:
    if facts["visit"] not in STAYS:
        return None
    bill = new_bill(facts)
    if day >= "2016-01-01":
        points = 10 + sum(number for number, name in enumerate(POINTS, start=1) if facts[name])
        bill.pay("inpatient", "basic_insurance", percent(min(points, 100)) * above(bill.eligible, Fraction(100)))
    return bill


# ---- national: 5 points or more for registered poor (the points are an input of this oracle)


def national(day: str, facts: Json, inputs: Json, _year: Year) -> Bill | None:
    if facts["visit"] not in STAYS or day < "2016-01-01":
        return None
    bill = new_bill(facts)
    if facts["insured"]:
        points = number(inputs, "points") if facts["registered_poor"] else 0
        rate = min(number(inputs, "national/inpatient.base_rate") + Fraction(points) / 100, Fraction(1))
        cost = above(bill.eligible_left, number(inputs, "national/inpatient.base_deductible"))
        bill.pay("inpatient", "basic_insurance", rate * cost)
    return bill


# ---- requests about one bill or the visits of a year


BILLS = {
    "gaotai": gaotai,
    "everykind": everykind,
    "everykind-year": everykind_year,
    "everykind-ceiling": everykind_ceiling,
    "everykind-own": everykind_own,
    "everykind-fees": everykind_fees,
    "everykind-companion": everykind_companion,
    "everykind-many": everykind_many,
    "national": national,
}


@dataclass
class Settled:
    """What the person pays (least, most), each payment that is not always 0, and whether all is certain."""

    left: tuple[Yuan, Yuan]
    lines: dict[tuple[int, str, str], tuple[Yuan, Yuan]]
    certain: bool


def settle(request: Json) -> Settled | None:
    """Settle the visits of a request; None if the rules do not settle all of them, whatever is meant.

    Who says ``inpatient`` may have been there for an operation or a delivery (R37): each is tried.
    """
    facts = request["facts"]
    visits = sorted(request.get("visits") or [{"date": request["date"]}], key=lambda visit: visit["date"])
    told = [{**facts, **visit}.get("visit") for visit in visits]
    tried = [
        settle_as(request, [{**visit, "visit": word} for visit, word in zip(visits, words, strict=True)])
        for words in product(*(STAYS if word == "inpatient" else (word,) for word in told))
    ]
    settled = [bills for bills in tried if all(bills)]
    if not settled:
        return None
    totals = [max(bill.total for bill in bills if bill is not None) for bills in zip(*settled, strict=True)]
    lefts = [left_of_all(bills, totals) for bills in tried]
    paid = [sums_of_lines(bills) for bills in tried]
    lines = {}
    for key in {key for sums in paid for key in sums}:
        amounts = [sums.get(key, ZERO) for sums in paid]
        if max(amounts):
            lines[key] = (min(amounts), max(amounts))
    hull = (min(low for low, _ in lefts), max(high for _, high in lefts))
    outcomes = {
        (tuple(bill and bill.left for bill in bills), tuple(sorted(sums_of_lines(bills).items()))) for bills in tried
    }
    return Settled(hull, lines, len(outcomes) == 1)


def settle_as(request: Json, visits: list[Json]) -> list[Bill | None]:
    place, facts, year = request["place"], request["facts"], Year(request["facts"])
    inputs = request.get("inputs", {})
    return [BILLS[place](visit["date"], {**facts, **visit}, inputs, year) for visit in visits]


def left_of_all(bills: list[Bill | None], totals: list[Yuan]) -> tuple[Yuan, Yuan]:
    """Of a bill that is not settled, the person may pay nothing or all."""
    low = sum((bill.left for bill in bills if bill is not None), ZERO)
    return low, low + sum((total for bill, total in zip(bills, totals, strict=True) if bill is None), ZERO)


def sums_of_lines(bills: list[Bill | None]) -> dict[tuple[int, str, str], Yuan]:
    sums: defaultdict[tuple[int, str, str], Yuan] = defaultdict(Fraction)
    for at, bill in enumerate(bills, start=1):
        for name, payer, paid in bill.lines if bill is not None else ():
            if paid:
                sums[at, name, payer] += paid
    return dict(sums)


# ---- benefits without a bill: cash, premiums, statuses, services


@dataclass
class Lists:
    cash: dict[str, tuple[Yuan, Yuan | None]] = field(default_factory=dict)
    """Policy -> cash due in the year: minimum, maximum (None = no bound is known)."""
    subsidies: dict[str, tuple[Yuan, Yuan]] = field(default_factory=dict)
    statuses: dict[str, bool] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    """Services, rights, goods, aid."""


def couple_months(facts: Json, day: str) -> int:
    """Return the months of the year from the one in which the wife turns 49."""
    born, month = (int(part) for part in facts["wife_birth_month"].split("-"))
    turns = born + 49
    year = int(day[:4])
    if turns < year:
        return 12
    return 13 - month if turns == year else 0


def couple_support(facts: Json, day: str) -> Yuan | None:
    if facts["only_child"] not in ("died", "disabled") or not facts["no_other_child"] or day < "2015-01-01":
        return None
    if facts["only_child"] == "died":
        monthly = 600
    elif facts["only_child_disability_grade"] <= 3:
        monthly = 300
    else:
        return None
    return Fraction(monthly * facts["spouses"] * couple_months(facts, day))


def gaotai_lists(day: str, facts: Json, inputs: Json) -> Lists:
    lists = Lists()
    support = couple_support(facts, day)
    if support is not None:
        lists.cash["family-planning"] = (support, support)
    if facts["only_child"] == "died" and facts["only_child_certificate"] and day >= "2015-01-01":
        part = inputs.get("gaotai/loss-grant.county_part")
        known = Fraction(20000) if part is None else 20000 + Fraction(part)
        lists.cash["loss-grant"] = (known, None if part is None else known)
    if facts["role"] == "village_doctor" and facts["poverty_village"] and day >= "2016-01-01":
        lists.cash["village-doctor"] = (ZERO, Fraction(2400))
        lists.listed.add("village-doctor-other")
    return lists


def everykind_lists(day: str, facts: Json, inputs: Json) -> Lists:
    lists = Lists()
    support = couple_support(facts, day)
    if support is not None:
        lists.cash["couples"] = (support, support)
    if day < "2016-01-01":
        return lists
    income, own = Fraction(facts["household_income"]), Fraction(facts["own_eligible_payments_12m"])
    below_line = income <= 2300 * facts["household_size"]
    heavy = own > income / 2
    strip = facts["urban_core"] or facts["water_source"] or facts["river_distance_m"] <= 500
    lists.statuses = {"below-line": below_line, "heavy-burden": heavy, "strip": strip}
    cash = everykind_cash(day, facts, inputs, barred=strip) | everykind_incomes(facts)
    for name, amount in cash.items():
        lists.cash[name] = (amount, amount)
    if facts["disabled"] and 15 < facts["age"] < 60:
        monthly = (150 if facts["dibao"] else 100) if day >= "2018-01-01" else 80
        months = months_between_ages(facts["age"], day, 16, 60)
        lists.cash["disabled-monthly"] = (Fraction(monthly * min(months)), Fraction(monthly * max(months)))
    everykind_premiums(facts, inputs, lists)
    if facts["age"] >= 65:
        lists.listed.add("check-up")
    if below_line:
        lists.listed.add("green-channel")
    if not heavy and facts["rural"]:
        lists.listed.add("kit")
    if heavy or (facts["sex"] == "female" and facts["role"] == "village_doctor"):
        lists.listed.add("relief")
    return lists


@cache
def months_between_ages(age: int, day: str, first: int, below: int) -> set[int]:
    """Return how many months of the year may count: those at whose end a person is at least `first`, and below `below`.

    Every birthday with which the person has the age on the day is tried (R40).
    """
    today = date.fromisoformat(day)
    found = set()
    for born in (date(today.year - age - 1, 1, 1) + timedelta(days) for days in range(2 * 366)):
        if age_on(today, born) == age:
            ends = [date(today.year + month // 12, month % 12 + 1, 1) - timedelta(1) for month in range(1, 13)]
            found.add(sum(first <= age_on(end, born) < below for end in ends))
    return found


def age_on(day: date, born: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def everykind_cash(day: str, facts: Json, inputs: Json, *, barred: bool) -> dict[str, Yuan]:
    cash = {}
    if facts["farm_project"] == "sheep" and facts["has_premises"] and not barred:
        cash["sheep"] = number(inputs, "everykind-lists/sheep.grant")
    if facts["farm_project"] == "chicken" and facts["town"] in ("liusheng", "panao") and not barred:
        cash["chickens"] = Fraction("3000.50") + (300 if facts["registered_poor"] else 0)
    if facts["boarding"] and facts["difficult_family"] and facts["school_stage"] in ("primary", "junior"):
        cash["boarders"] = Fraction({"primary": 500, "junior": 625}[facts["school_stage"]] * facts["terms"])
    if facts["age"] >= 80:
        disabled = Fraction("240.24") if facts["disabled"] else ZERO
        cash["old-age"] = 360 + (1000 if facts["age"] >= 100 else 0) + disabled
    if facts["rural"] and "2017-07-01" <= day < "2019-04-01":  # each month by the version in force in that month
        cash["heating"] = Fraction({"2017": 6 * 50, "2018": 9 * 50 + 3 * 70, "2019": 3 * 70}[day[:4]])
    if facts["role"] == "village_doctor" and day < "2018-01-01":
        cash["doctors"] = Fraction(1200)
    return cash


def everykind_incomes(facts: Json) -> dict[str, Yuan]:
    cash = {"gap": everykind_gap(facts)} if facts["rural"] else {}
    income, premium = Fraction(facts["household_income"]), Fraction(facts["premium"])
    if income <= 10_000:
        cash["relief-share"] = max(Fraction(20), min(Fraction(150), half_up(percent("33.33") * premium)))
    elif income <= 30_000:
        cash["relief-share"] = half_up(percent("12.5") * premium)
    return cash


def everykind_gap(facts: Json) -> Yuan:
    """Return a standard by heads, less 80 percent of the income above 1,000; at least 120 where something is left."""
    heads = facts["household_size"]
    standard = Fraction(1000 + 5000 * min(heads, 3) + 2500 * max(0, heads - 3))
    standard = min(Fraction(25_000), standard * (110 if facts["tekun"] else 100) / 100)
    gap = half_up(standard - percent(80) * above(Fraction(facts["household_income"]), Fraction(1000)))
    return max(Fraction(120), gap) if gap > 0 else ZERO


def everykind_premiums(facts: Json, inputs: Json, lists: Lists) -> None:
    premium = Fraction(facts["premium"])
    if facts["tekun"]:
        lists.subsidies["premium-full"] = (premium, premium)
    elif facts["registered_poor"]:
        lists.subsidies["premium-half"] = (half_up(premium / 2),) * 2
    elif facts["disabled"]:
        lists.subsidies["premium-third"] = (half_up(percent("33.33") * premium),) * 2
    if facts["registered_poor"] and facts["supplementary_insured"]:
        extra = number(inputs, "everykind-lists/premium-extra.premium")
        lists.subsidies["premium-extra"] = (ZERO, half_up(percent(90) * extra))


LISTS = {"gaotai": gaotai_lists, "everykind-lists": everykind_lists}


def entitled(request: Json) -> Lists:
    return LISTS[request["place"]](request["date"], request["facts"], request.get("inputs", {}))
