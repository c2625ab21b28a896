"""Unit tests of each kind of benefit, with small hand-written versions; `tests.soak_mutation` relies on them."""

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from mingbai_calculator.core.facts import (
    ASSUMED_TRIGGERS,
    Facts,
    MissingFact,
    Scenario,
    Scenarios,
    deciding_facts,
    enumerate_scenarios,
    get_fact_of_key,
    is_trigger_key,
    member_key,
    split_member_key,
    split_visit_key,
    trigger_key,
    visit_key,
)
from mingbai_calculator.core.json_value import Json
from mingbai_calculator.core.money import UNLIMITED, Exact, apply_rate, format_percent, parse_rate, round_rate_product
from mingbai_calculator.engine import discontinuities
from mingbai_calculator.engine.scenarios import Settlement
from mingbai_calculator.kinds import cash, ceiling, fee, floor, own_share, premium, share
from mingbai_calculator.kinds.cash import CashPayment
from mingbai_calculator.kinds.claim import (
    REMAINDER,
    Claim,
    PayFunction,
    Payment,
    YearLedger,
    make_first_applicable,
    open_claim,
    open_claim_after_insurance,
)
from mingbai_calculator.kinds.premium import Subsidy
from mingbai_calculator.law.codec import decode_condition, decode_law, decode_number, encode_condition, encode_number
from mingbai_calculator.law.conditions import (
    All,
    AnyOf,
    Condition,
    Contains,
    NoneOf,
    compile_condition,
    evaluate_condition,
    iter_atoms,
    resolve_statuses,
    split_conjunction,
)
from mingbai_calculator.law.laws import ShareLaw
from mingbai_calculator.law.numbers import (
    compile_number,
    compile_optional_number,
    get_printed_value,
    list_adjustments,
    resolve_number,
)
from mingbai_calculator.law.version import PolicyVersion

type Written = list[Any]
"""A condition as the bundle has it."""

ALWAYS: Written = ["all"]
POOR: Written = ["in", "poor", [True]]
N: Any = {"open": "n"}


def read_condition(written: Written) -> Condition:
    """Read a condition; one on a list may have its groups of members behind it, ``perhaps`` may lack its texts."""
    if written[0] in ("all", "any", "none"):
        combination = {"all": All, "any": AnyOf, "none": NoneOf}[written[0]]
        return combination([read_condition(part) for part in written[1:]])
    condition = decode_condition([*written, {}] if written[0] == "perhaps" else written)
    if isinstance(condition, Contains) and len(written) > 3:
        condition.set_groups(written[3])
    return condition


def make_version(
    law: dict[str, Any], policy: str = "help", when: Written = ALWAYS, who: Written = ALWAYS
) -> PolicyVersion:
    """Return a version; of the kind that has such a law."""
    filled = {"of": "eligible_cost", **law}
    for name in ("rows", "amounts", "trigger_rows"):
        if name in law:
            filled[name] = [{"id": "", "title": None, **row} for row in law[name]]
    marks = {"base": "share", "counted": "floor", "premium": "premium", "amounts": "cash", "per": "ceiling"}
    kind = next((kind for mark, kind in marks.items() if mark in law), "fee" if "payer" in law else "own_share")
    decoded = decode_law(kind, filled)
    if "trigger_rows" in filled and isinstance(decoded, ShareLaw):
        trigger = decode_law(kind, {**filled, "rows": filled["trigger_rows"]})
        decoded = decoded.with_rows(decoded.rows, trigger.rows if isinstance(trigger, ShareLaw) else ())
    conditions = read_condition(who), read_condition(when)
    return PolicyVersion("here", policy, "initial", kind, None, False, None, *conditions, decoded)  # noqa: FBT003


def make_claim(total: int, eligible: int | None = None, tcm: int = 0, year: YearLedger | None = None) -> Claim:
    return Claim(total, total if eligible is None else eligible, tcm, year or YearLedger())


def list_payments(pay: PayFunction, claim: Claim, **known: object) -> list[tuple[str, int, str]]:
    """Let a policy pay a claim; return (payer, amount, why) of all payments. The policy must apply."""
    assert pay(Facts(known), claim) is True
    assert claim.total == claim.self_pays + sum(payment.amount for payment in claim.payments)
    return [(payment.payer, payment.amount, payment.why) for payment in claim.payments]


# ---- cash


def make_cash_law(**more: Json) -> dict[str, Any]:
    amounts: Any = [{"if": ["in", "a", [True]], "amount": N}, {"if": ["in", "b", [True]], "amount": 300}]
    return {"amounts": amounts, "pick": "first", "times": None, "per": "month", "from_month": None, **more}


JUNE, DECEMBER = date(2016, 6, 30), date(2016, 12, 31)


@pytest.mark.parametrize(
    ("law", "a", "b", "payment"),
    [
        ({}, True, True, CashPayment(200, 1, 200, 2000, 10)),
        ({}, False, True, CashPayment(300, 1, 300, 3000, 10)),
        ({}, False, False, CashPayment(0, 1, 0, 0, 10)),
        ({"pick": "sum"}, True, True, CashPayment(500, 1, 500, 5000, 10)),
        ({"pick": "sum"}, False, True, CashPayment(300, 1, 300, 3000, 10)),
        ({"times": "spouses"}, True, True, CashPayment(200, 3, 600, 6000, 10)),
        ({"per": "term"}, True, True, CashPayment(200, 1, 200, 400, 2)),
        ({"per": "year"}, True, True, CashPayment(200, 1, 200, 200, 1)),
    ],
)
def test_cash_by_rows_units_and_periods(law: dict[str, Any], a: bool, b: bool, payment: CashPayment) -> None:  # noqa: FBT001
    due = cash.prepare(make_version(make_cash_law(**law)))
    assert due(Facts(a=a, b=b, n=200, spouses=3, terms=2), date(2016, 3, 1), DECEMBER) == payment


@pytest.mark.parametrize(
    ("born", "first", "last", "periods"),
    [
        ((1967, 7), 1, DECEMBER, 6),
        ((1967, 7), 9, DECEMBER, 4),
        ((1967, 1), 1, DECEMBER, 12),
        ((1966, 7), 3, DECEMBER, 10),
        ((1966, 12), 1, DECEMBER, 12),
        ((1967, 12), 1, DECEMBER, 1),
        ((1968, 1), 1, DECEMBER, 0),
        ((1967, 6), 1, JUNE, 1),
        ((1967, 7), 1, JUNE, 0),
        ((1967, 10), 1, JUNE, 0),
    ],
)
def test_cash_from_the_month_in_which_an_age_is_reached(
    born: tuple[int, int], first: int, last: date, periods: int
) -> None:
    due = cash.prepare(make_version(make_cash_law(from_month={"fact": "born", "age": 49})))
    payment = due(Facts(a=True, b=True, n=200, born=born), date(2016, first, 1), last)
    assert payment == CashPayment(200, 1, 200, 200 * periods, periods)


# ---- ceiling


def make_ceiling_law(of: str = "amount", per: str = "stay", amount: Json = N) -> dict[str, Any]:
    rows: Any = [{"id": "one", "if": POOR, "amount": amount, "of": of}]
    return {"payer": "relief", "per": per, "rows": rows}


@pytest.mark.parametrize(
    ("left", "amount", "why"),
    [(800, 300, "over_ceiling"), (501, 1, "over_ceiling"), (500, 0, "under_ceiling"), (499, 0, "under_ceiling")],
)
def test_a_ceiling_per_stay(left: int, amount: int, why: str) -> None:
    pay, claim = ceiling.prepare(make_version(make_ceiling_law())), make_claim(1000, 900)
    claim.pay(Payment("other", "fund", 900 - left, "share", {}))
    assert pay(Facts(poor=True, n=500), claim)
    figures: dict[str, Exact] = {"left": left, "earlier": 0, "eligible": 900, "per_year": False, "ceiling": 500}
    assert claim.payments[1:] == [Payment("help", "relief", amount, why, figures)]
    assert claim.year.used == {}


@pytest.mark.parametrize(("eligible", "amount"), [(1000, 900), (1004, 904), (1005, 905), (1006, 905), (1, 1), (4, 4)])
def test_a_ceiling_that_is_a_share_rounds_the_payment(eligible: int, amount: int) -> None:
    pay, claim = ceiling.prepare(make_version(make_ceiling_law("share"))), make_claim(2000, eligible)
    assert pay(Facts(poor=True, n=1000), claim)
    figures: dict[str, Exact] = {"left": eligible, "earlier": 0, "eligible": eligible, "per_year": False, "share": 1000}
    assert claim.payments == [Payment("help", "relief", amount, "over_ceiling", figures)]


@pytest.mark.parametrize(
    ("earlier", "left", "amount", "now"),
    [(100, 800, 400, 500), (100, 300, 0, 400), (500, 800, 800, 500), (600, 800, 800, 600), (0, 500, 0, 500)],
)
def test_a_ceiling_per_year_counts_earlier_payments(earlier: int, left: int, amount: int, now: int) -> None:
    pay, claim = ceiling.prepare(make_version(make_ceiling_law(per="year"))), make_claim(left)
    assert pay(Facts(poor=True, n=500, ytd_self_paid=earlier), claim)
    assert [payment.amount for payment in claim.payments] == [amount]
    assert (claim.payments[0].figures["earlier"], claim.payments[0].figures["per_year"]) == (earlier, True)
    assert claim.year.used == {("ytd_self_paid", "help one"): now}


def test_areas_of_a_ceiling_are_counted_separately() -> None:
    law = make_ceiling_law(per="year")
    law["rows"] = [{"id": area, "if": ["in", "area", [area]], "amount": 500, "of": "amount"} for area in ("one", "two")]
    pay, year = ceiling.prepare(make_version(law)), YearLedger(uses_ytd_facts=False)
    for area, expected in (("one", 300), ("one", 800), ("two", 300)):
        claim = make_claim(800, year=year)
        assert pay(Facts(area=area), claim)
        assert claim.payments[0].amount == expected


def test_a_ceiling_that_does_not_apply() -> None:
    pay = ceiling.prepare(make_version(make_ceiling_law(), when=["in", "in_hospital", [True]]))
    assert pay(Facts(poor=True, in_hospital=False, n=1), make_claim(10)) is False
    assert pay(Facts(poor=False, in_hospital=True, n=1), make_claim(10)) is False
    assert pay(Facts(), make_claim(10, 0)) is False
    claim = make_claim(1)
    assert pay(Facts(poor=True, in_hospital=True, n=0), claim) is True
    assert claim.self_pays == 0


# ---- fee


def make_discount(off: Json = 10_000, items: Sequence[str] = ("bed",), **more: Json) -> dict[str, Any]:
    return {"if": ALWAYS, "items": list(items), "off": off, **more}


def make_fee_version(
    *rows: dict[str, Any], policy: str = "help", payer: str = "hospital", when: Written = ALWAYS
) -> PolicyVersion:
    return make_version({"payer": payer, "rows": list(rows)}, policy, when)


def test_each_item_gets_the_largest_discount_the_first_of_equal_ones() -> None:
    pay = fee.prepare(
        make_fee_version(make_discount(N, ["bed", "scan"])),
        make_fee_version(
            make_discount(5000, ["bed", "scan"]), make_discount(5000, ["scan"]), policy="more", payer="county"
        ),
    )
    items = (("bed", 101), ("scan", 101), ("drug", 500), ("bed", 10))
    claim = make_claim(712)
    assert pay(Facts(items=items, n=4000), claim) is True
    assert claim.payments == [Payment("more", "county", 51 + 51 + 5, "fee", {})]
    claim = make_claim(712)
    assert pay(Facts(items=items, n=5000), claim) is True
    assert claim.payments == [Payment("help", "hospital", 107, "fee", {})]


def test_discounts_of_a_policy_that_does_not_apply_are_not_paid() -> None:
    rows = [make_discount(10_000), make_discount(5000, ["scan"])]
    rows[0]["if"] = POOR
    pay = fee.prepare(make_fee_version(*rows))
    items = (("bed", 100), ("scan", 100))
    assert list_payments(pay, make_claim(200), poor=False, items=items) == [("hospital", 50, "fee")]
    assert list_payments(pay, make_claim(200), poor=True, items=items) == [("hospital", 150, "fee")]


def test_fees_without_a_matching_item_or_person() -> None:
    pay = fee.prepare(make_fee_version(make_discount(), when=POOR))
    assert pay(Facts(poor=False, items=(("bed", 100),)), make_claim(100)) is False
    assert pay(Facts(items=(("drug", 100),)), make_claim(100)) is False  # without reading facts of the person
    assert pay(Facts(poor=True, items=()), make_claim(100)) is False
    assert pay(Facts(poor=False), make_claim(100)) is False  # without reading the items
    with pytest.raises(MissingFact, match="items"):
        pay(Facts(poor=True), make_claim(100))


def test_fees_check_person_event_and_row() -> None:
    law: dict[str, Any] = {"payer": "hospital", "rows": [{**make_discount(), "if": ["in", "c", [True]]}]}
    pay = fee.prepare(make_version(law, when=["in", "b", [True]], who=["in", "a", [True]]))
    items = (("bed", 100),)
    assert list_payments(pay, make_claim(100), a=True, b=True, c=True, items=items) == [("hospital", 100, "fee")]
    for lacks in "abc":
        assert pay(Facts({name: name != lacks for name in "abc"}, items=items), make_claim(100)) is False


def test_a_discount_of_zero_is_recorded() -> None:
    pay = fee.prepare(make_fee_version(make_discount(0)))
    assert list_payments(pay, make_claim(100), items=(("bed", 100),)) == [("hospital", 0, "fee")]


def test_an_item_without_a_discount_is_not_paid() -> None:
    rows = [make_discount(), make_discount(5000, ["scan"])]
    rows[0]["if"] = POOR
    pay = fee.prepare(make_fee_version(*rows), make_fee_version(make_discount(), when=POOR, policy="second"))
    claim = make_claim(100)
    assert pay(Facts(poor=False, items=(("bed", 60), ("scan", 40))), claim)
    assert claim.payments == [Payment("help", "hospital", 20, "fee", {})]


def test_fees_never_pay_more_than_is_left() -> None:
    pay = fee.prepare(make_fee_version(make_discount()))
    claim = make_claim(100)
    claim.pay(Payment("other", "fund", 70, "share", {}))
    assert list_payments(pay, claim, items=(("bed", 100),))[-1] == ("hospital", 30, "fee")


def test_fees_for_the_remainder_of_a_bill() -> None:
    pay = fee.prepare(make_fee_version(make_discount(5000), make_discount(1000, ["scan"])))
    assert list_payments(pay, make_claim(1000), items=(("bed", REMAINDER), ("scan", 200))) == [("hospital", 420, "fee")]
    assert list_payments(pay, make_claim(1000), items=(("bed", REMAINDER),)) == [("hospital", 500, "fee")]


@pytest.mark.parametrize(("amount", "off"), [(99, 99), (100, 100), (150, 100)])
def test_fees_up_to_a_standard(amount: int, off: int) -> None:
    pay = fee.prepare(make_fee_version(make_discount(up_to={"open": "standard"})))
    assert list_payments(pay, make_claim(amount), items=(("bed", amount),), standard=100) == [("hospital", off, "fee")]


@pytest.mark.parametrize(
    ("amount", "there", "off"), [(100, 0, 0), (100, 1, 100), (100, 2, 100), (100, 3, 67), (101, 4, 51), (100, 7, 29)]
)
def test_fees_for_two_of_the_companions(amount: int, there: int, off: int) -> None:
    pay = fee.prepare(make_fee_version(make_discount(persons=2)))
    assert list_payments(pay, make_claim(amount), items=(("bed", amount),), companions=there) == [
        ("hospital", off, "fee")
    ]


def test_a_companions_share_is_limited_by_the_standard() -> None:
    pay = fee.prepare(make_fee_version(make_discount(persons=1, up_to=30)))
    assert list_payments(pay, make_claim(100), items=(("bed", 100),), companions=2) == [("hospital", 30, "fee")]


LIVING = fee.COMPANION_LIVING


def prepare_companions(**more: Json) -> PayFunction:
    return fee.prepare(make_fee_version(make_discount(items=[LIVING], daily=N, **more), make_discount(5000)))


def test_daily_cost_of_companions_is_limited_to_what_other_items_leave() -> None:
    known = {"companions": 2, "companion_days": 3, "n": 10}
    assert list_payments(prepare_companions(), make_claim(100), items=(("bed", 20),), **known) == [
        ("hospital", 10 + 60, "fee")
    ]
    assert list_payments(prepare_companions(), make_claim(100), items=(("bed", 60),), **known) == [
        ("hospital", 30 + 40, "fee")
    ]
    assert list_payments(prepare_companions(), make_claim(100), items=(("drug", 100),), **known) == [
        ("hospital", 60, "fee")
    ]
    assert list_payments(prepare_companions(), make_claim(100), items=(("bed", REMAINDER),), **known) == [
        ("hospital", 60 + 20, "fee")
    ]
    assert list_payments(prepare_companions(persons=1), make_claim(100), items=(("drug", 60),), **known) == [
        ("hospital", 30, "fee")
    ]


def test_an_item_for_companions_replaces_the_daily_cost() -> None:
    pay = prepare_companions()
    assert list_payments(pay, make_claim(100), items=((LIVING, 7),), companion_days=9) == [("hospital", 7, "fee")]
    assert list_payments(pay, make_claim(100), items=((LIVING, REMAINDER),)) == [("hospital", 100, "fee")]
    # if every item has an amount and no days are given, the items are complete
    assert list_payments(pay, make_claim(100), items=(("bed", 50),)) == [("hospital", 25, "fee")]
    assert pay(Facts(items=(("drug", 100),)), make_claim(100)) is False


def test_zero_days_or_companions_need_no_daily_amount() -> None:
    items = (("drug", 100),)
    assert list_payments(prepare_companions(), make_claim(100), items=items, companions=2, companion_days=0) == [
        ("hospital", 0, "fee")
    ]
    assert list_payments(prepare_companions(), make_claim(100), items=items, companions=0, companion_days=2) == [
        ("hospital", 0, "fee")
    ]
    with pytest.raises(MissingFact, match="companions"):
        prepare_companions()(Facts(items=(("bed", REMAINDER),)), make_claim(100))
    with pytest.raises(MissingFact, match=r"^n$"):
        prepare_companions()(Facts(items=items, companions=1, companion_days=1), make_claim(100))


def test_companions_daily_cost_is_rounded_once() -> None:
    daily: Any = {"value": 5, "adjust": [{"if": ALWAYS, "times": 5000}]}
    pay = fee.prepare(make_fee_version(make_discount(items=[LIVING], daily=daily)))
    known = {"items": (("drug", 100),), "companions": 1, "companion_days": 3}
    assert list_payments(pay, make_claim(100), **known) == [("hospital", 8, "fee")]


def test_the_first_daily_cost_counts_even_after_a_row_without_one() -> None:
    pay = fee.prepare(make_fee_version(make_discount(0, [LIVING]), make_discount(items=[LIVING], daily=10)))
    known = {"items": (("drug", 100),), "companions": 1, "companion_days": 3}
    assert list_payments(pay, make_claim(100), **known) == [("hospital", 30, "fee")]


# ---- floor


@pytest.mark.parametrize(
    ("paid", "amount", "why"),
    [
        (400, 401, "topped_up"),
        (800, 1, "topped_up"),
        (801, 0, "floor_reached"),
        (802, 0, "floor_reached"),
        (900, 0, "floor_reached"),
    ],
)
def test_a_floor_tops_up_counted_payments(paid: int, amount: int, why: str) -> None:
    law: dict[str, Any] = {"share": N, "counted": ["fund", "relief"], "payer": "relief"}
    pay, claim = floor.prepare(make_version(law)), make_claim(2000, 1001)
    claim.pay(Payment("other", "fund", paid, "share", {}))
    assert pay(Facts(n=8000), claim) is True
    figures: dict[str, Exact] = {"share": 8000, "eligible": 1001, "paid": paid}
    assert claim.payments[1:] == [Payment("help", "relief", amount, why, figures)]


def test_a_floor_ignores_other_payers_and_pays_no_more_than_is_left() -> None:
    pay = floor.prepare(make_version({"share": 9000, "counted": ["fund"], "payer": "relief"}, when=POOR))
    claim = make_claim(1000)
    claim.pay(Payment("other", "hospital", 500, "fee", {}))
    assert list_payments(pay, claim, poor=True)[1:] == [("relief", 500, "topped_up")]
    assert pay(Facts(), claim) is False
    assert pay(Facts(poor=False), make_claim(1)) is False
    assert list_payments(pay, make_claim(1), poor=True) == [("relief", 1, "topped_up")]


# ---- premium


@pytest.mark.parametrize(("rate", "whole", "amount"), [(6000, 150, 90), (5000, 151, 76), (10_000, 3, 3), (0, 3, 0)])
def test_a_premium_is_paid_in_part(rate: int, whole: int, amount: int) -> None:
    subsidise = premium.prepare(make_version({"rate": {"open": "rate"}, "premium": {"open": "whole"}}))
    assert subsidise(Facts(rate=rate, whole=whole)) == Subsidy(amount, whole - amount)


# ---- share


def make_row(deductible: Json = 0, rate: Json = 5000, **more: Json) -> dict[str, Any]:
    return {"if": ALWAYS, "deductible": deductible, "rate": rate, **more}


def make_share_law(*rows: dict[str, Any], **more: Json) -> dict[str, Any]:
    per: dict[str, Any] = {"deductible_per": "visit", "limit_per": "visit"}
    return {"base": "eligible_remaining", "payer": "fund", **per, "rows": list(rows), **more}


def prepare_share(*rows: dict[str, Any], when: Written = ALWAYS, **more: Json) -> PayFunction:
    return share.prepare(make_version(make_share_law(*rows, **more), when=when))


def test_a_share_records_all_figures() -> None:
    open_row = make_row({"open": "d"}, {"open": "r"}, limit={"open": "l"}, base_limit={"open": "b"})
    claim = make_claim(1000, 900)
    assert prepare_share(open_row)(Facts(d=100, r=8000, l=600, b=801), claim) is True
    figures: dict[str, Exact] = {
        "whole": 900,
        "base": 801,
        "deductible": 100,
        "earlier": 0,
        "over": 701,
        "rate": 8000,
        "limit": 600,
        "used": 0,
        "per_year": False,
    }
    assert claim.payments == [Payment("help", "fund", 561, "share", figures, 100)]
    assert (claim.burdens, claim.year.used, claim.triggers) == ({}, {}, {})


def test_a_share_without_limits() -> None:
    claim = make_claim(1000)
    assert prepare_share(make_row())(Facts(), claim)
    assert claim.payments[0].figures | {"over": 0} == {
        "whole": 1000,
        "base": 1000,
        "deductible": 0,
        "earlier": 0,
        "over": 0,
        "rate": 5000,
        "limit": UNLIMITED,
        "used": 0,
        "per_year": False,
    }
    assert claim.payments[0].deductible == 0


@pytest.mark.parametrize(
    ("base", "amount", "why", "used"),
    [
        (50, 0, "below_deductible", 50),
        (100, 0, "below_deductible", 100),
        (101, 1, "share", 100),
        (699, 300, "share", 100),
        (700, 300, "share", 100),
        (701, 300, "limited", 100),
        (5000, 300, "limited", 100),
    ],
)
def test_a_share_lies_above_the_deductible_and_below_the_limit(base: int, amount: int, why: str, used: int) -> None:
    claim = make_claim(base)
    assert list_payments(prepare_share(make_row(100, limit=300)), claim) == [("fund", amount, why)]
    assert claim.payments[0].deductible == used


@pytest.mark.parametrize(
    ("base", "paid"), [("eligible_remaining", 600), ("eligible_cost", 600), ("tcm_cost", 200), ("whole_self_pay", 800)]
)
def test_the_bases_of_a_share(base: str, paid: int) -> None:
    pay, claim = prepare_share(make_row(0, 10_000), base=base), make_claim(1000, 800, 200)
    claim.pay(Payment("other", "fund", 200, "share", {}))
    assert list_payments(pay, claim)[1:] == [("fund", paid, "share")]


def test_no_base_exceeds_what_is_left() -> None:
    for base in ("eligible_cost", "tcm_cost"):
        claim = make_claim(1000, 800, 700)
        claim.pay(Payment("other", "fund", 750, "share", {}))
        assert list_payments(prepare_share(make_row(0, 10_000), base=base), claim)[1:] == [("fund", 50, "share")]


def test_a_share_without_a_base_or_for_another_person() -> None:
    pay = prepare_share(make_row(0, 10_000), when=POOR)
    assert pay(Facts(), make_claim(100, 0)) is False
    assert pay(Facts(poor=False), make_claim(100)) is False
    assert list_payments(pay, make_claim(1), poor=True) == [("fund", 1, "share")]


def test_the_first_matching_row_counts_and_without_one_nothing_is_paid() -> None:
    known: Any = ["in", "poor", [True, False]]
    rows: list[dict[str, Any]] = [{**make_row(0, 9000), "if": POOR}, {**make_row(0, 8000), "if": known}]
    assert list_payments(prepare_share(*rows), make_claim(100), poor=True) == [("fund", 90, "share")]
    assert list_payments(prepare_share(*rows), make_claim(100), poor=False) == [("fund", 80, "share")]
    claim = make_claim(100)
    assert list_payments(prepare_share(rows[0]), claim, poor=False) == [("fund", 0, "no_row")]
    assert claim.payments == [Payment("help", "fund", 0, "no_row", {})]
    assert list_payments(prepare_share(rows[0], excess_payer="county"), make_claim(100), poor=False) == [
        ("fund", 0, "no_row")
    ]


def test_brackets_are_rounded_once_and_apply_above_the_deductible() -> None:
    brackets: Any = [{"from": 0, "rate": 5000}, {"from": 201, "rate": N}, {"from": 500, "rate": 10_000}]
    pay = prepare_share(make_row(100, 0, brackets=brackets), deductible_per="year")
    for burden, paid in ((100, 0), (101, 1), (201, 51), (202, 51), (203, 52), (500, 230), (1000, 730)):
        assert list_payments(pay, make_claim(burden), n=6000, ytd_burden=0)[0][1] == paid
    small = prepare_share(make_row(0, 0, brackets=[{"from": 0, "rate": 4999}]))
    assert [list_payments(small, make_claim(cost))[0][1] for cost in (1, 2)] == [0, 1]
    claim = make_claim(400)  # burden from 300 to 700
    assert list_payments(pay, claim, n=6000, ytd_burden=300) == [("fund", 320, "share")]
    assert claim.payments[0].figures["over"] == 400
    # of the deductible of 100 another 50 are left
    assert list_payments(pay, make_claim(100), n=6000, ytd_burden=50) == [("fund", 25, "share")]


def test_a_deductible_per_year_counts_earlier_visits() -> None:
    pay = prepare_share(make_row(N), deductible_per="year")
    for ytd_burden, cost, over, amount, used in (
        (0, 300, 0, 0, 300),
        (100, 300, 0, 0, 300),
        (100, 301, 1, 1, 300),
        (400, 300, 300, 150, 0),
        (500, 300, 300, 150, 0),
    ):
        claim = make_claim(cost)
        assert list_payments(pay, claim, n=400, ytd_burden=ytd_burden)[0][:2] == ("fund", amount)
        figures = claim.payments[0].figures
        assert (figures["earlier"], figures["over"], figures["per_year"]) == (ytd_burden, over, True)
        assert claim.payments[0].deductible == used
        assert claim.payments[0].why == ("share" if over else "below_deductible")
        assert claim.year.used == {("ytd_burden", "help"): ytd_burden + cost}
        assert claim.burdens == {"help": (ytd_burden + cost, 400)}


def test_a_deductible_per_year_is_used_up_visit_by_visit() -> None:
    pay, year = prepare_share(make_row(400), deductible_per="year"), YearLedger(uses_ytd_facts=False)
    for earlier, amount in ((0, 0), (300, 100), (600, 150)):
        claim = make_claim(300, year=year)
        assert list_payments(pay, claim)[0][1] == amount
        assert claim.payments[0].figures["earlier"] == earlier


def test_a_limit_per_year_counts_earlier_payments() -> None:
    pay, year = prepare_share(make_row(0, 5000, limit=N), limit_per="year"), YearLedger()
    for cost, amount, why, used in ((400, 200, "share", 100), (300, 100, "limited", 300), (300, 0, "limited", 400)):
        claim = make_claim(cost, year=year)
        assert list_payments(pay, claim, n=400, ytd_paid=100) == [("fund", amount, why)]
        assert (claim.payments[0].figures["used"], claim.payments[0].figures["limit"]) == (used, 400)
        assert year.used == {("ytd_paid", "help"): used + amount}
    assert list_payments(pay, make_claim(300), n=400, ytd_paid=500) == [("fund", 0, "limited")]


def test_a_limit_of_half_a_fen_is_rounded() -> None:
    half: Any = {"value": 51, "adjust": [{"if": ALWAYS, "times": 5000}]}
    claim = make_claim(100)
    assert list_payments(prepare_share(make_row(0, 10_000, limit=half)), claim) == [("fund", 26, "limited")]
    assert list_payments(prepare_share(make_row(0, 10_000, base_limit=half)), make_claim(100)) == [
        ("fund", 26, "share")
    ]
    claim = make_claim(100)
    assert list_payments(prepare_share(make_row(half, 10_000)), claim) == [("fund", 75, "share")]
    assert (claim.payments[0].deductible, claim.payments[0].figures["deductible"]) == (26, Fraction(51, 2))


@pytest.mark.parametrize(("cost", "excess"), [(299, 0), (300, 0), (301, 1), (1000, 700)])
def test_the_excess_over_a_limited_base_may_have_its_own_payer(cost: int, excess: int) -> None:
    claim = make_claim(cost)
    assert prepare_share(make_row(0, 5000, base_limit=300), excess_payer="county")(Facts(), claim)
    expected = [Payment("help", "county", excess, "excess", {"base": 300})] if excess else []
    assert claim.payments[1:] == expected
    assert claim.payments[0].figures["base"] == min(cost, 300)
    assert len(list_payments(prepare_share(make_row(0, 5000, base_limit=300)), make_claim(1000))) == 1


SPLIT: Any = [{"payer": "province", "share": 5000}, {"payer": "city", "share": 3000}]


def test_the_last_payer_of_a_split_pays_the_rest() -> None:
    claim = make_claim(105)
    assert prepare_share(make_row(4, 10_000), split=SPLIT)(Facts(), claim)
    figures = claim.payments[2].figures
    assert figures["over"] == 101
    assert claim.payments == [
        Payment("help", "province", 51, "split", {**figures, "share": 5000}),
        Payment("help", "city", 30, "split", {**figures, "share": 3000}),
        Payment("help", "fund", 20, "split_rest", figures, 4),
    ]
    assert "share" not in figures


def test_a_limited_split_is_recorded_as_limited() -> None:
    claim = make_claim(100)
    assert prepare_share(make_row(0, 10_000, limit=10), split=SPLIT)(Facts(), claim)
    assert [(payment.payer, payment.amount, payment.why) for payment in claim.payments] == [
        ("province", 5, "split"),
        ("city", 3, "split"),
        ("fund", 2, "limited"),
    ]


def test_a_split_of_zero_is_three_payments_of_zero() -> None:
    claim = make_claim(100)
    assert prepare_share(make_row(), split=SPLIT, only_if="base", excess_payer="county")(Facts(ytd_burden=0), claim)
    assert claim.payments == [
        Payment("help", "province", 0, "split", {"share": 5000}),
        Payment("help", "city", 0, "split", {"share": 3000}),
        Payment("help", "fund", 0, "not_triggered", {}),
    ]


@pytest.mark.parametrize(("burden", "deductible", "on"), [(101, 100, True), (100, 100, False), (0, 0, False)])
def test_a_trigger_needs_a_burden_strictly_above_the_deductible(burden: int, deductible: int, on: bool) -> None:  # noqa: FBT001
    claim = make_claim(100)
    claim.burdens["base"] = (burden, deductible)
    assert list_payments(prepare_share(make_row(), only_if="base"), claim) == [
        ("fund", 50, "share") if on else ("fund", 0, "not_triggered")
    ]
    assert claim.triggers == {"help": on}


def test_without_a_burden_nothing_is_triggered() -> None:
    claim = make_claim(100)
    assert list_payments(prepare_share(make_row(), only_if="base"), claim, ytd_burden=0) == [
        ("fund", 0, "not_triggered")
    ]
    assert claim.triggers == {"help": False}


@pytest.mark.parametrize(
    ("earlier", "cost", "poor", "on"),
    [
        (0, 101, True, True),
        (0, 100, True, False),
        (40, 61, True, True),
        (40, 60, True, False),
        (0, 200, False, False),
        (150, 51, False, True),
    ],
)
def test_a_policy_that_does_not_apply_to_the_person_still_triggers_another(
    earlier: int,
    cost: int,
    poor: bool,  # noqa: FBT001
    on: bool,  # noqa: FBT001
) -> None:
    deductibles: Any = [
        {**make_row(100), "if": ["in", "poor", [True]]},
        {**make_row(200), "if": ["in", "poor", [False]]},
    ]
    claim = make_claim(cost)
    paid = list_payments(
        prepare_share(make_row(), only_if="base", trigger_rows=deductibles), claim, ytd_burden=earlier, poor=poor
    )
    assert paid == [("fund", round_rate_product(5000 * cost), "share") if on else ("fund", 0, "not_triggered")]
    assert claim.triggers == {"help": on}


def test_a_trigger_reads_ledger_and_open_deductible_of_the_other_policy() -> None:
    year = YearLedger()
    year.set_used("ytd_burden", "base", 40)
    claim = make_claim(61, year=year)
    assert list_payments(
        prepare_share(make_row(), only_if="base", trigger_rows=[make_row({"open": "d"})]), claim, d=100
    ) == [("fund", 31, "share")]


@pytest.mark.parametrize("on", [True, False])
def test_a_trigger_can_be_assumed(on: bool) -> None:  # noqa: FBT001
    claim = make_claim(100)
    known = {ASSUMED_TRIGGERS: True, "triggers help": on}
    assert list_payments(prepare_share(make_row(), only_if="base"), claim, **known) == [
        ("fund", 50, "share") if on else ("fund", 0, "not_triggered")
    ]
    assert claim.triggers == {}
    with pytest.raises(MissingFact, match="triggers help"):
        prepare_share(make_row(), only_if="base")(Facts({ASSUMED_TRIGGERS: True}), make_claim(100))


# ---- terms: the numbers that conditions decide, whatever the amounts


def test_the_terms_of_a_share_are_the_numbers_of_its_row() -> None:
    printed = make_row(100, 8000, limit=600, base_limit=801)
    adjusted: Any = {"value": 100, "adjust": [{"if": POOR, "times": 5000}]}
    brackets: Any = [{"from": 0, "rate": 5000}, {"from": 200, "rate": N}]
    rows = [{**printed, "if": ["in", "level", ["county"]]}, {**make_row(adjusted, 0, brackets=brackets), "if": POOR}]
    terms = share.prepare_terms(make_version(make_share_law(*rows)))
    assert terms(Facts(level="county")) == (100, 8000, 600, 801, ())
    assert terms(Facts(level="city", poor=True, n=7000)) == (50, 0, None, None, [(0, 5000), (200, 7000)])
    assert terms(Facts(level="city", poor=False)) is None


def test_the_numbers_of_a_row_are_asked_for_in_a_fixed_order() -> None:
    brackets: Any = [{"from": 0, "rate": {"open": "first"}}, {"from": 9, "rate": {"open": "second"}}]
    numbers: Any = {name: {"open": name} for name in ("deductible", "rate", "limit", "base_limit")}
    terms = share.prepare_terms(make_version(make_share_law(make_row(brackets=brackets, **numbers))))
    discount = {**make_discount({"open": "rate"}), "up_to": {"open": "limit"}}
    fee_terms = fee.prepare_terms(make_fee_version(discount))
    assert list_asked(terms) == ["base_limit", "deductible", "rate", "first", "second", "limit"]
    assert list_asked(lambda facts: fee_terms(facts, ["bed"])) == ["limit", "rate"]


def list_asked(evaluate: Callable[[Facts], object]) -> list[str]:
    """Return the missing keys that are asked for, one after the other."""
    facts, asked = Facts(), list[str]()
    while True:
        try:
            evaluate(facts)
        except MissingFact as missing:
            asked.append(missing.key)
            facts[missing.key] = 1
        else:
            return asked


def test_the_terms_of_a_trigger_are_the_deductible_of_the_other_policy() -> None:
    rows: Any = [{**make_row(100), "if": POOR}]
    law = make_version(make_share_law(make_row(), only_if="base", trigger_rows=rows)).get_law(ShareLaw)
    deductible = share.prepare_trigger_terms(law)
    assert [deductible(Facts(poor=True)), deductible(Facts(poor=False))] == [100, None]


def test_the_terms_of_a_ceiling_a_floor_and_of_fees() -> None:
    for of, is_share in (("amount", False), ("share", True)):
        terms = ceiling.prepare_terms(make_version(make_ceiling_law(of)))
        assert terms(Facts(poor=True, n=500)) == ("one", 500, is_share, None)
        assert terms(Facts(poor=False)) is None
    assert (
        floor.prepare_terms(make_version({"share": N, "counted": ["fund"], "payer": "relief"}))(Facts(n=8000)) == 8000
    )
    rows = [{**make_discount(N, ["bed", "scan"]), "if": POOR}, make_discount(5000, ["scan"], persons=2, up_to=30)]
    fee_terms = fee.prepare_terms(make_fee_version(*rows))
    assert fee_terms(Facts(poor=True, n=9), ["bed", "scan", "drug", "bed"]) == {
        "bed": [("help", "hospital", None, 9, None)],
        "scan": [("help", "hospital", None, 9, None), ("help", "hospital", 2, 5000, 30)],
        "drug": [],
    }
    assert fee_terms(Facts(poor=False), ["scan"]) == {"scan": [("help", "hospital", 2, 5000, 30)]}


# ---- money


def test_rates_of_large_amounts_are_exact() -> None:
    assert apply_rate(4999, 10**14 - 9999) == (4999 * (10**14 - 9999) - 4999) // 10_000


def test_rates_with_one_decimal() -> None:
    assert parse_rate("5.5%") == 550
    assert format_percent(8550) == "85.5%"


# ---- claim and ledger of the year


def test_the_ledger_takes_precedence_over_ytd_facts() -> None:
    facts = Facts(ytd_paid=7)
    assert YearLedger().get_used("ytd_paid", "a", facts) == 7
    assert YearLedger(uses_ytd_facts=False).get_used("ytd_paid", "a", facts) == 0
    year = YearLedger()
    year.set_used("ytd_paid", "a", 0)
    assert year.get_used("ytd_paid", "a", facts) == 0
    assert year.get_used("ytd_paid", "b", facts) == 7


def test_a_payment_is_deducted_from_the_eligible_cost_first() -> None:
    claim = make_claim(100, 60)
    for amount, left, outside in ((50, 10, 40), (10, 0, 40), (15, 0, 25)):
        claim.pay(Payment("p", "fund", amount, "share", {}))
        assert (claim.eligible_left, claim.ineligible_left, claim.self_pays) == (left, outside, left + outside)
    claim.pay(Payment("p", "county", 5, "share", {}))
    assert claim.sum_paid_by(frozenset(["fund"])) == 75
    assert claim.sum_paid_by(frozenset(["fund", "county"])) == 80
    assert claim.sum_paid_by(frozenset()) == 0


def test_a_claim_is_opened_from_facts() -> None:
    year = YearLedger()
    claim = open_claim(Facts(total_cost=100, eligible_cost=60, tcm_cost=20), year)
    assert (claim.total, claim.eligible, claim.tcm, claim.eligible_left, claim.ineligible_left) == (100, 60, 20, 60, 40)
    assert claim.year is year
    with pytest.raises(MissingFact, match="tcm_cost"):
        open_claim(Facts(total_cost=100, eligible_cost=60), year)


@pytest.mark.parametrize(
    ("known", "eligible", "left", "outside"),
    [
        ({}, 50, 50, 0),
        ({"total_cost": 100}, 100, 50, 0),
        ({"total_cost": 100, "eligible_cost": 80}, 80, 30, 20),
        ({"total_cost": 100, "eligible_cost": 40}, 40, 0, 50),
    ],
)
def test_a_share_after_insurance_is_what_is_left_to_pay(
    known: dict[str, object], eligible: int, left: int, outside: int
) -> None:
    year = YearLedger()
    claim = open_claim_after_insurance(Facts(known), year, 50)
    assert (claim.total, claim.eligible, claim.tcm, claim.eligible_left, claim.ineligible_left) == (
        50,
        eligible,
        0,
        left,
        outside,
    )
    assert claim.year is year


def test_the_first_policy_that_applies_pays() -> None:
    evaluated = []

    def policy(name: str, *, applies: bool) -> PayFunction:
        def pay(facts: Facts, claim: Claim) -> bool:
            assert facts == {"poor": True}
            assert claim.total == 9
            evaluated.append(name)
            return applies

        return pay

    policies = [policy("a", applies=False), policy("b", applies=True), policy("c", applies=True)]
    assert make_first_applicable(policies)(Facts(poor=True), make_claim(9)) is True
    assert evaluated == ["a", "b"]
    assert make_first_applicable(policies[:1])(Facts(poor=True), make_claim(9)) is False


# ---- numbers


@pytest.mark.parametrize(
    ("steps", "poor", "result"),
    [
        ([{"times": 5000}], False, 101),
        ([{"times": 5000}], True, Fraction(101, 2)),
        ([{"plus": 9}], True, 110),
        ([{"times": 20_000, "plus": 3}], True, 205),
        ([{"plus": 9899}], True, 10_000),
        ([{"plus": 9900}], True, 10_000),
        ([{"times": 2_000_000}], True, 20_200),
        ([{"plus": 200, "at_most": 250}], True, 250),
        ([{"plus": 200, "at_most": 301}], True, 301),
        ([{"plus": 20_000, "at_most": 15_000}], True, 15_000),
        ([{"times": 20_000, "at_most": 150}], True, 150),
        ([{"times": 20_000}, {"plus": 1}], True, 203),
    ],
)
def test_numbers_are_adjusted_in_turn(steps: list[dict[str, Any]], poor: bool, result: Exact) -> None:  # noqa: FBT001
    adjust = [{"if": POOR, **step} for step in steps]
    numbers: list[tuple[dict[str, Any], dict[str, int]]] = [
        ({"value": 101, "adjust": adjust}, {}),
        ({"open": "n", "adjust": adjust}, {"n": 101}),
    ]
    for number, known in numbers:
        value = compile_number(decode_number(number))(Facts(known, poor=poor))
        assert value == result
        assert type(value) is type(result)


def test_plain_numbers() -> None:
    def evaluate(number: int | dict[str, Any], **known: int) -> Exact:
        return compile_number(decode_number(number))(Facts(known))

    assert evaluate(5) == 5
    little: dict[str, Any] = {"if": ALWAYS, "times": 1}
    double: dict[str, Any] = {"if": ALWAYS, "times": 20000}
    assert evaluate({"value": 10001, "adjust": [little]}) == Fraction(10001, 10000)
    assert evaluate({"value": 5001, "adjust": [{**little, "plus": 3}]}) == Fraction(5001, 10000) + 3
    whole = evaluate({"value": 5000, "adjust": [little, double]})
    assert (type(whole), whole) == (int, 1)
    assert evaluate({"value": 6}) == 6
    assert evaluate({"open": "n", "adjust": []}, n=7) == 7
    with pytest.raises(MissingFact, match=r"^n$"):
        evaluate({"open": "n"})


def test_the_statuses_of_a_number_are_replaced() -> None:
    step = {"if": ["holds", "poor", {}], "times": 5000, "plus": 3, "at_most": 9}
    resolved = {**step, "if": POOR}
    statuses = {"poor": decode_condition(POOR)}
    for written in ({"value": 7, "adjust": [step]}, {"open": "n", "adjust": [step]}):
        number = decode_number(written)
        assert encode_number(resolve_number(number, statuses)) == {**written, "adjust": [resolved]}
    assert resolve_number(7, statuses) == 7
    assert resolve_number(None, statuses) is None
    plain = decode_number({"open": "n"})
    assert resolve_number(plain, statuses) is plain


def test_the_printed_part_of_a_number() -> None:
    written: Any = {"value": 7, "adjust": [{"if": POOR, "plus": 1}]}
    assert [get_printed_value(number) for number in (5, decode_number(written), decode_number(N), None)] == [
        *(5, 7),
        *(None, None),
    ]
    assert [len(list_adjustments(number)) for number in (5, decode_number(written), None)] == [0, 1, 0]
    assert compile_optional_number(None) is None
    optional = compile_optional_number(4)
    assert optional is not None
    assert optional(Facts()) == 4


# ---- conditions


def holds_or_missing(*conditions: Written, **known: object) -> bool | str:
    """Return whether the conditions hold, or the missing key on which that depends."""
    try:
        return compile_condition(*map(read_condition, conditions))(
            Facts({key.replace("__", ":"): value for key, value in known.items()})
        )
    except MissingFact as unknown:
        return unknown.key


YES_A: Written = ["in", "a", [True]]
YES_B: Written = ["in", "b", [True]]
YES_C: Written = ["in", "c", [True]]


@pytest.mark.parametrize("rich", [False, True])
@pytest.mark.parametrize(
    ("a", "b", "every", "some", "none"),
    [
        (True, True, True, True, False),
        (True, False, False, True, False),
        (False, True, False, True, False),
        (False, False, False, False, True),
        (True, None, "b", True, False),
        (None, True, "a", True, False),
        (False, None, False, "b", "b"),
        (None, False, False, "a", "a"),
        (None, None, "a", "a", "a"),
    ],
)
def test_conditions_combine_and_a_deciding_part_needs_no_other(  # noqa: PLR0913, PLR0917
    a: bool | None,  # noqa: FBT001
    b: bool | None,  # noqa: FBT001
    every: bool | str,  # noqa: FBT001
    some: bool | str,  # noqa: FBT001
    none: bool | str,  # noqa: FBT001
    rich: bool,  # noqa: FBT001
) -> None:
    known = {name: value for name, value in (("a", a), ("b", b)) if value is not None}
    parts: list[Written] = [["any", YES_A], ["any", YES_B]] if rich else [YES_A, YES_B]
    assert holds_or_missing(["all", *parts], **known) == every
    assert holds_or_missing(["any", *parts], **known) == some
    assert holds_or_missing(["none", *parts], **known) == none
    assert holds_or_missing(["all", ["all", parts[0]], parts[1]], **known) == every
    assert holds_or_missing(["all", parts[0]], ["all", parts[1]], **known) == every


def test_a_false_look_up_or_predicate_decides_alone() -> None:
    old: Written = ["range", "age", 60, None]
    assert holds_or_missing(YES_A, old, a=False) is False
    assert holds_or_missing(YES_A, old, age=59) is False
    assert holds_or_missing(YES_A, old, age=60) == "a"
    assert holds_or_missing(YES_A, old, a=True) == "age"
    assert holds_or_missing(YES_A, old, a=True, age=60) is True
    assert holds_or_missing(old, ["any", YES_B], b=False) is False
    assert holds_or_missing(["all"]) is True
    assert holds_or_missing(["any"]) is False
    assert holds_or_missing(["none"]) is True


@pytest.mark.parametrize(
    ("condition", "known", "result"),
    [
        (["in", "level", ["county", "city"]], {"level": "city"}, True),
        (["in", "level", ["county", "city"]], {"level": "province"}, False),
        (["has", "ills", ["a"]], {"ills__a": True}, True),
        (["has", "ills", ["a"]], {"ills__a": False}, False),
        (["has", "ills", ["a"]], {}, "ills:a"),
        (["has", "ills", ["a", "b"]], {"ills__a": False, "ills__b": True}, True),
        (["has", "ills", ["a", "b"]], {"ills__a": False, "ills__b": False}, False),
        (["has", "ills", ["a", "b"]], {"ills__a": False}, "ills:b"),
        (["has", "ills", ["a", "b"]], {"ills__b": True}, True),
        (["has", "ills", ["a", "b"], [["a"], ["b"]]], {"ills__a": False, "ills__b": True}, True),
        (["has", "ills", ["a", "b"], [["a", "b"]]], {"ills__a": True}, True),
        (["has", "ills", ["a", "b"], [["a", "b"]]], {"ills__a": False, "ills__b": True}, True),
        (["has", "ills", ["a", "b"], [["a", "b"]]], {"ills__a": False, "ills__b": False}, False),
        (["has", "ills", ["a", "b"], [["a", "b"]]], {"ills__a": False}, False),
        (["has", "ills", ["a", "b"], [["a", "b"]]], {}, "ills:a"),
        (["has", "ills", ["a"], [["a", "c"]]], {"ills__a": False, "ills__c": True}, True),
        (["perhaps", "so"], {"so": True}, True),
        (["perhaps", "so"], {"so": False}, False),
        (["perhaps", "so"], {}, "so"),
        *((["range", "n", 3, 5], {"n": n}, 3 <= n <= 5) for n in range(2, 7)),
        *((["range", "n", 3, None], {"n": n}, n >= 3) for n in (2, 3, 4)),
        *((["range", "n", None, 3], {"n": n}, n <= 3) for n in (2, 3, 4)),
        *((["range", "n", 0, 0], {"n": n}, n == 0) for n in (-1, 0, 1)),
        *((["ratio", "n", "above", 5000, "m"], {"n": n, "m": 8}, n > 4) for n in (3, 4, 5)),
        *((["ratio", "n", "at_least", 5000, "m"], {"n": n, "m": 8}, n >= 4) for n in (3, 4, 5)),
        *((["ratio", "n", "at_most", 5000, "m"], {"n": n, "m": 8}, n <= 4) for n in (3, 4, 5)),
        *((["ratio", "n", "below", 5000, "m"], {"n": n, "m": 8}, n < 4) for n in (3, 4, 5)),
    ],
)
def test_conditions_on_one_fact(condition: Written, known: dict[str, object], result: bool | str) -> None:  # noqa: FBT001
    assert holds_or_missing(condition, **known) == result
    assert holds_or_missing(["any", condition], **known) == result


def test_iter_atoms_yields_conditions_on_single_facts() -> None:
    so: Written = ["perhaps", "so", {"en": "so"}]
    condition = decode_condition(["all", YES_A, ["any", YES_B, ["none", YES_C, so]]])
    assert [encode_condition(atom) for atom in iter_atoms(condition)] == [YES_A, YES_B, YES_C, so]
    assert list(iter_atoms(decode_condition(YES_A))) == [decode_condition(YES_A)]
    assert member_key("ills", "a") == "ills:a"


def test_keys_of_facts_are_split_as_they_were_joined() -> None:
    assert split_member_key(member_key("ills", "a")) == ("ills", "a")
    assert split_member_key("age") == ("age", "")
    assert split_visit_key(visit_key("ills:a", 3)) == ("ills:a", 3)
    assert split_visit_key("age") == ("age", 0)
    assert get_fact_of_key(visit_key(member_key("ills", "a"), 12)) == "ills"
    assert [is_trigger_key(key) for key in (trigger_key("help"), "help")] == [True, False]


def test_parts_and_values_of_conditions() -> None:
    both = decode_condition(["all", YES_A, YES_B])
    assert [encode_condition(part) for part in split_conjunction(both)] == [YES_A, YES_B]
    assert split_conjunction(decode_condition(YES_A)) == (decode_condition(YES_A),)
    assert [
        evaluate_condition(both, Facts(known)) for known in ({"a": True, "b": True}, {"a": False}, {"a": True})
    ] == [
        *(True, False),
        None,
    ]
    for written, facts in ((YES_A, ("a",)), (["ratio", "n", "above", 1, "m"], ("n", "m")), (["perhaps", "so", {}], ())):
        assert decode_condition(written).facts == facts
    assert decode_condition(["has", "ills", ["a", "b"]]).facts == ("ills",)
    assert decode_condition(["range", "n", 1, None]).facts == ("n",)
    assert decode_condition(["holds", "poor", {}]).facts == ()
    with pytest.raises(TypeError, match="no predicate"):
        _ = decode_condition(["holds", "poor", {}]).holds


# ---- copies


def test_a_copy_is_equal_and_independent() -> None:
    def state(claim: Claim) -> list[object]:
        ledger = (claim.year.uses_ytd_facts, claim.year.used.copy())
        whole = (claim.total, claim.eligible, claim.tcm, claim.eligible_left, claim.ineligible_left)
        return [ledger, whole, claim.payments.copy(), claim.burdens.copy(), claim.triggers.copy()]

    year = YearLedger(uses_ytd_facts=False)
    year.set_used("ytd_paid", "help", 7)
    claim = make_claim(1000, 800, 300, year)
    claim.pay(Payment("help", "fund", 900, "share", {}))
    claim.burdens["help"], claim.triggers["help"] = (800, 100), True
    before = state(claim)
    other = claim.copy(year.copy())
    assert state(other) == before
    other.year.set_used("ytd_paid", "help", 9)
    other.pay(Payment("help", "fund", 1, "share", {}))
    other.burdens["help"], other.triggers["help"] = (0, 0), False
    assert state(claim) == before
    assert claim.year is year


# ---- enumeration of scenarios


def test_scenarios_are_enumerated_in_order() -> None:
    def evaluate(facts: Facts) -> str:
        if facts["a"] is True:
            return f"a{facts['n']}"
        return f"{facts['known']}"

    calls: list[tuple[str, dict[str, object]]] = []

    def candidate_values(key: str, facts: Facts) -> list[object]:
        calls.append((key, dict(facts)))
        return [1, 2] if key == "n" else [True, False]

    known = Facts(known="k")
    scenarios = enumerate_scenarios(evaluate, known, candidate_values, 10)
    assert scenarios == Scenarios(
        [Scenario({"a": True, "n": 1}, "a1"), Scenario({"a": True, "n": 2}, "a2"), Scenario({"a": False}, "k")],
        complete=True,
    )
    assert calls == [("a", {"known": "k"}), ("n", {"known": "k", "a": True})]
    assert known == {"known": "k"}
    assert enumerate_scenarios(evaluate, known, candidate_values, 3).complete is True
    assert enumerate_scenarios(evaluate, known, candidate_values, 2) == Scenarios(scenarios.all[:2], complete=False)
    assert enumerate_scenarios(evaluate, Facts(known, a=False), candidate_values, 1) == Scenarios(
        [Scenario({}, "k")], complete=True
    )
    assert str(MissingFact("fact")) == "fact"


def list_deciding_keys(*scenarios: tuple[dict[str, object], object]) -> dict[str, list[object]]:
    deciding = deciding_facts([Scenario(supposed, outcome) for supposed, outcome in scenarios], lambda outcome: outcome)
    return {key: list(by_value) for key, by_value in deciding.items()}


def test_deciding_facts_change_the_outcome() -> None:
    assert list_deciding_keys(({}, 1)) == {}
    assert list_deciding_keys(({"a": True}, 1)) == {}
    assert list_deciding_keys(({"a": True}, 1), ({"a": False}, 1)) == {}
    assert list_deciding_keys(({"a": True}, 1), ({"a": False}, 2)) == {"a": [True, False]}
    pairs: list[dict[str, object]] = [{"a": a, "b": b} for a in (1, 2) for b in (1, 2)]
    assert list_deciding_keys(*((pair, pair["b"]) for pair in pairs)) == {"b": [1, 2]}
    assert list_deciding_keys(*((pair, pair["a"] == pair["b"]) for pair in pairs)) == {"a": [1, 2], "b": [1, 2]}
    # `b` is read only if a == 1: no two scenarios differ in `a` only, but the possible outcomes differ
    assert list_deciding_keys(({"a": 1, "b": 1}, 5), ({"a": 1, "b": 2}, 6), ({"a": 2}, 5)) == {"a": [1, 2], "b": [1, 2]}
    assert list_deciding_keys(({"a": 1, "b": 1}, 5), ({"a": 1, "b": 2}, 5), ({"a": 2}, 5)) == {}


def test_scenarios_are_grouped_by_assumed_value_and_one_without_the_key_is_in_each_group() -> None:
    scenarios = [
        Scenario[object]({"a": 1, "b": 1}, 5),
        Scenario[object]({"a": 1, "b": 2}, 6),
        Scenario[object]({"a": 2}, 7),
    ]
    deciding = deciding_facts(iter(scenarios), lambda outcome: outcome)
    assert deciding["b"] == {1: [scenarios[0], scenarios[2]], 2: [scenarios[1], scenarios[2]]}
    assert deciding["a"] == {1: scenarios[:2], 2: scenarios[2:]}
    deciding = deciding_facts([scenarios[2], *scenarios[:2]], lambda outcome: outcome)
    assert deciding["b"] == {1: [scenarios[2], scenarios[0]], 2: [scenarios[2], scenarios[1]]}


@pytest.mark.parametrize(
    "written",
    [
        ["all", ["in", "a", [True]], ["any", ["none", ["has", "ills", ["a", "b"]]]]],
        ["range", "n", None, 5],
        ["ratio", "n", "above", 5000, "m"],
        ["holds", "poor", {"zh": "x"}],
        ["perhaps", "so", {"zh": "x"}],
    ],
)
def test_a_condition_is_encoded_as_it_was(written: Written) -> None:
    condition = decode_condition(written)
    assert encode_condition(condition) == written
    assert condition == decode_condition(written)
    assert condition != decode_condition(["any", written])


def test_conditions_of_different_kinds_are_not_equal() -> None:
    parts = [decode_condition(["all", *map(list, [YES_A])]), decode_condition(["any", YES_A])]
    assert parts[0] != parts[1]
    assert repr(decode_condition(YES_A)) == "OneOf(fact='a', values=(True,))"


def test_a_number_is_encoded_as_it_was() -> None:
    step = {"if": POOR, "times": 5000, "plus": 100, "at_most": 9}
    for written in (7, {"value": 7}, {"open": "n"}, {"open": "n", "adjust": [step, {"if": ALWAYS}]}):
        assert encode_number(decode_number(written)) == written


def test_a_status_is_replaced_by_its_condition_and_one_not_in_force_holds_for_nobody() -> None:
    poor = decode_condition(POOR)
    condition = decode_condition(["all", YES_A, ["any", ["holds", "poor", {}], ["holds", "gone", {}]]])
    resolved = resolve_statuses(condition, {"poor": poor})
    assert encode_condition(resolved) == ["all", YES_A, ["any", POOR, ["any"]]]
    assert resolve_statuses(poor, {}) is poor


def test_outcomes_are_compared_by_their_key() -> None:
    scenarios = [Scenario({"a": 1}, 10), Scenario({"a": 2}, 11)]
    assert deciding_facts(scenarios, lambda outcome: outcome // 10) == {}
    assert list(deciding_facts(scenarios, lambda outcome: outcome % 10)) == ["a"]
    # the scenarios differ in two keys, but the outcome is the same
    several: list[tuple[dict[str, object], object]] = [
        ({"a": 1, "b": 1}, 5),
        ({"a": 2, "b": 2}, 5),
    ]
    assert list_deciding_keys(*several) == {}


# ---- discontinuities


def make_trigger(threshold: int, name: str = "n") -> discontinuities.Settle:
    def settle(facts: Facts) -> Settlement:
        claim = make_claim(1000)
        number = facts[name]
        assert isinstance(number, int)
        claim.triggers["help"] = number >= threshold
        return (claim,)

    return settle


def make_scenarios(
    settle: discontinuities.Settle, known: Facts, numbers: dict[str, list[object]]
) -> Scenarios[Settlement]:
    return enumerate_scenarios(settle, known, lambda key, _: numbers[key], 100)


@pytest.mark.parametrize("threshold", [1, 2, 3, 64, 99, 100])
def test_a_discontinuity_is_found_between_two_neighbours(threshold: int) -> None:
    settle = make_trigger(threshold)
    scenarios = make_scenarios(settle, Facts(), {"n": [0, 100]})
    assert discontinuities.find_trigger_numbers(scenarios, ["m", "n"]) == ["n"]
    neighbours = discontinuities.find_neighbours(settle, Facts(), scenarios, ["n"])
    assert [scenario.assumed for scenario in neighbours] == [{"n": threshold - 1}, {"n": threshold}]
    triggers = [claim.triggers["help"] for scenario in neighbours for claim in scenario.outcome if claim]
    assert triggers == [False, True]


@pytest.mark.parametrize("threshold", [0, 101])
def test_without_a_discontinuity_nothing_is_found(threshold: int) -> None:
    settle = make_trigger(threshold)
    scenarios = make_scenarios(settle, Facts(), {"n": [0, 100]})
    assert discontinuities.find_trigger_numbers(scenarios, ["n"]) == []
    assert discontinuities.find_neighbours(settle, Facts(), scenarios, ["n"]) == []


def test_discontinuities_without_a_settlement_or_with_one_value_only() -> None:
    assert discontinuities.find_trigger_numbers(Scenarios([Scenario({"n": 1}, (None,))], complete=True), ["n"]) == []
    scenarios = Scenarios([Scenario({"n": 1}, make_trigger(5)(Facts(n=1)))], complete=True)
    assert discontinuities.find_neighbours(make_trigger(5), Facts(), scenarios, ["n"]) == []


def test_a_discontinuity_in_one_of_several_visits() -> None:
    def settle(facts: Facts) -> Settlement:
        return (None, *make_trigger(40)(facts), None)

    scenarios = make_scenarios(settle, Facts(), {"n": [10, 50]})
    assert discontinuities.find_trigger_numbers(scenarios, ["n"]) == ["n"]
    assert [scenario.assumed for scenario in discontinuities.find_neighbours(settle, Facts(), scenarios, ["n"])] == [
        {"n": 39},
        {"n": 40},
    ]


def test_discontinuities_along_each_number_from_each_scenario_at_its_low_end() -> None:
    def settle(facts: Facts) -> Settlement:
        claim = make_claim(1000)
        n, m, more = facts["n"], facts["m"], facts["more"]
        assert isinstance(n, int)
        assert isinstance(m, int)
        assert isinstance(more, int)
        claim.triggers["help"] = n + 2 * m + more > 50
        return (claim,)

    known = Facts(more=5)
    scenarios = make_scenarios(settle, known, {"n": [0, 60], "m": [0, 10, 30]})
    neighbours = [
        scenario.assumed for scenario in discontinuities.find_neighbours(settle, known, scenarios, ["n", "m"])
    ]
    assert neighbours == [
        {"n": 45, "m": 0},
        {"n": 46, "m": 0},
        {"n": 25, "m": 10},
        {"n": 26, "m": 10},
        {"n": 0, "m": 22},
        {"n": 0, "m": 23},
    ]


@pytest.mark.parametrize("gap", [range(100, 101), range(50, 51)])
def test_a_scenario_that_reads_another_missing_fact_is_skipped(gap: range) -> None:
    other = "other"

    def settle(facts: Facts) -> Settlement:
        number = facts["n"]
        if number in gap:
            raise MissingFact(other)
        return make_trigger(70)(facts)

    known = Facts()
    scenarios = Scenarios([Scenario({"n": n}, make_trigger(70)(Facts(n=n))) for n in (0, 100)], complete=True)
    assert discontinuities.find_neighbours(settle, known, scenarios, ["n"]) == []


# ---- own_share


def make_own_share(*rows: tuple[list[str], Written, int]) -> PayFunction:
    return own_share.prepare(
        make_version({"rows": [{"items": items, "if": condition, "rate": rate} for items, condition, rate in rows]})
    )


DRUGS = (["drug"], ALWAYS, 500)
ABROAD: tuple[list[str], Written, int] = ([], ["in", "away", [True]], 1000)


@pytest.mark.parametrize(
    ("rows", "away", "total", "eligible", "moved", "why"),
    [
        ([ABROAD], True, 10_601, 10_601, 1060, "own_share"),
        ([ABROAD, ([], ALWAYS, 2000)], False, 10_600, 10_000, 2000, "own_share"),
        ([DRUGS], False, 3000, 3000, 100, "own_items"),
        ([DRUGS, ABROAD], True, 3000, 3000, 390, "own_items"),
        ([(["drug", "other"], ALWAYS, 10_000)], False, 3000, 2500, 2500, "own_items"),
        ([(["drug"], ["in", "away", [True]], 9000), DRUGS], False, 3000, 3000, 100, "own_items"),
    ],
)
def test_what_comes_off_first_is_out_of_scope(  # noqa: PLR0913, PLR0917 - a row of a table
    rows: list[tuple[list[str], Written, int]],
    away: bool,  # noqa: FBT001
    total: int,
    eligible: int,
    moved: int,
    why: str,
) -> None:
    claim = make_claim(total, eligible)
    items = (("drug", 2000), ("other", REMAINDER))
    assert list_payments(make_own_share(*rows), claim, away=away, items=items) == [("person", 0, why)]
    assert (claim.own_share, claim.eligible, claim.eligible_left) == (moved, eligible - moved, eligible - moved)
    assert claim.self_pays == total


def test_nothing_comes_off_first_where_no_row_matches() -> None:
    claim = make_claim(1000)
    assert make_own_share(ABROAD)(Facts(away=False), claim) is False
    assert (claim.payments, claim.own_share) == ([], 0)


def test_what_comes_off_first_asks_for_what_it_reads_and_changes_nothing_before() -> None:
    claim = make_claim(1000)
    with pytest.raises(MissingFact, match="items"):
        make_own_share(ABROAD, DRUGS)(Facts(away=True), claim)
    assert claim.eligible_left == 1000
