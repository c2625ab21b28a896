"""Ruleset: the policies of a place in force on one day, compiled to functions."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple, cast

from mingbai_calculator.core.facts import IS_FEE_BILL, Facts
from mingbai_calculator.core.identity_cache import IdentityCache
from mingbai_calculator.core.json_value import Json
from mingbai_calculator.core.money import UNLIMITED
from mingbai_calculator.engine.candidate_values import list_candidate_values
from mingbai_calculator.kinds import CASH_KINDS, PREMIUM_KINDS, PREPARE_BY_KIND
from mingbai_calculator.kinds.cash import DueFunction
from mingbai_calculator.kinds.claim import (
    Claim,
    PayFunction,
    YearLedger,
    make_first_applicable,
    open_claim,
    open_claim_after_insurance,
)
from mingbai_calculator.kinds.fee import prepare_fees
from mingbai_calculator.kinds.premium import SubsidyFunction
from mingbai_calculator.law.conditions import Condition, Predicate, compile_condition, find_conditions, iter_atoms
from mingbai_calculator.law.interchangeable import annotate_groups, find_member_groups
from mingbai_calculator.law.version import PolicyVersion, find_version_in_force, read_version

type Bundle = dict[str, Json]
type FactDefinitions = dict[str, dict[str, Json]]

INSURERS = frozenset(
    ["basic_insurance", "serious_illness_insurance", "supplementary_insurance", "medical_assistance", "combined_funds"],
)
"""The payers that have already paid if only the share after insurance is given."""


class OpenNumber(NamedTuple):
    """A number that the source does not print: bounds (fen or basis points); `asked` if a request may give it."""

    policy: str
    unit: str
    low: int
    high: int
    asked: bool
    data: dict[str, Json]


class CashPeriod(NamedTuple):
    """A version of a cash policy, and its first and last day in force in the ruleset's year."""

    version: PolicyVersion
    applies: Predicate
    due: DueFunction
    first: date
    last: date
    from_age: int | None


class Ruleset:
    """The compiled policies of a place on a day: `versions` in force, by policy, and `all_versions`.

    `policy_order` lists all policies: first those that pay bills, in the order of paying. `conditions_by_fact`: fact
    -> atoms that read it, as needed for candidate values.
    """

    __slots__ = (
        "all_versions",
        "cash_periods",
        "conditions_by_fact",
        "day",
        "fact_definitions",
        "open_numbers",
        "pay_functions",
        "pay_functions_after_insurance",
        "place",
        "policy_order",
        "settles_fee",
        "settles_visit",
        "subsidies",
        "versions",
    )

    def __init__(  # noqa: PLR0913, PLR0917 - one argument for each field
        self,
        place: str,
        day: date,
        fact_definitions: FactDefinitions,
        policy_order: list[str],
        all_versions: dict[str, list[PolicyVersion]],
        versions: dict[str, PolicyVersion],
        settles_visit: Predicate,
        settles_fee: Predicate,
        pay_functions: list[PayFunction],
        pay_functions_after_insurance: list[PayFunction],
        cash_periods: dict[str, list[CashPeriod]],
        subsidies: dict[str, SubsidyFunction],
        open_numbers: dict[str, OpenNumber],
    ) -> None:
        """Store the compiled policies."""
        self.place, self.day, self.fact_definitions, self.policy_order = place, day, fact_definitions, policy_order
        self.all_versions, self.versions = all_versions, versions
        self.settles_visit, self.settles_fee = settles_visit, settles_fee
        self.pay_functions, self.pay_functions_after_insurance = pay_functions, pay_functions_after_insurance
        self.cash_periods, self.subsidies, self.open_numbers = cash_periods, subsidies, open_numbers
        self.conditions_by_fact: dict[str, list[Condition]] = {}

    def settle(self, facts: Facts, year: YearLedger) -> Claim | None:
        """Settle one bill; None if the rules of the place do not settle such a visit."""
        claim = self.open(facts, year)
        if claim is not None:
            for pay in self.select_pay_functions(facts):
                pay(facts, claim)
        return claim

    def open(self, facts: Facts, year: YearLedger) -> Claim | None:
        """Open the claim of a bill; None if the rules of the place do not settle such a visit.

        If the person's share after insurance is given, only this share is to be paid, for any visit.
        """
        share = facts.get("self_share_after_insurance")
        if share is not None:
            return open_claim_after_insurance(facts, year, cast("int", share))
        settled = self.settles_fee if IS_FEE_BILL in facts else self.settles_visit
        return open_claim(facts, year) if settled(facts) else None

    def select_pay_functions(self, facts: Facts) -> list[PayFunction]:
        """Return the functions that pay such a bill, in the order of paying."""
        return (
            self.pay_functions
            if facts.get("self_share_after_insurance") is None
            else self.pay_functions_after_insurance
        )

    @property
    def triggered_policies(self) -> list[str]:
        """The policies that depend on a trigger (``only_if``)."""
        return [policy for policy, version in self.versions.items() if version.law.get("only_if")]

    def candidate_values(self, key: str, facts: Facts) -> Sequence[object]:
        """Return candidate values of a missing fact or open number: one for each class that the policies distinguish.

        For an open number these are its two bounds: what a person pays is monotone in it (but see `discontinuities`).
        """
        if key in self.open_numbers:
            number = self.open_numbers[key]
            return [number.low, number.high]
        if key not in self.fact_definitions:  # a list member, or a condition that the source leaves open
            return [True, False]
        return list_candidate_values(key, self.fact_definitions[key], self.conditions_by_fact.get(key, []), self, facts)


_rulesets: IdentityCache[Ruleset] = IdentityCache(limit=64)


def make_ruleset(bundle: Bundle, place_id: str, day: date) -> Ruleset:
    """Compile the policies of a place in force on `day`; cached by the identity of the bundle, which must not change.

    Raises KeyError for a place that is not in the bundle.
    """
    return _rulesets.get(bundle, (place_id, day), lambda: _compile_ruleset(bundle, place_id, day))


def _compile_ruleset(bundle: Bundle, place_id: str, day: date) -> Ruleset:
    place = cast("dict[str, Json]", cast("dict[str, Json]", bundle["places"])[place_id])
    policies = cast("dict[str, list[dict[str, Json]]]", place["policies"])
    conditions = [
        [version[key] for key in ("who", "when", "law")] for versions in policies.values() for version in versions
    ]
    member_groups = find_member_groups([place["settles"], cast("Json", conditions)])
    parsed_versions = {
        policy: [read_version(place_id, policy, version).with_groups(member_groups) for version in versions]
        for policy, versions in policies.items()
    }
    status_conditions = {
        policy: version.who
        for policy, versions in parsed_versions.items()
        if (version := find_version_in_force(versions, day)) and version.kind == "status" and not version.ends
    }
    all_versions = {
        policy: [version.with_statuses(status_conditions) for version in versions]
        for policy, versions in parsed_versions.items()
    }
    current = {
        policy: version
        for policy, versions in all_versions.items()
        if (version := find_version_in_force(versions, day)) and not version.ends
    }
    for policy, version in current.items():
        trigger = version.law.get("only_if")
        if trigger in current:  # its trigger needs the deductible of that policy
            rows = current[trigger].law["rows"]
            current[policy] = version.with_rules(version.who, version.when, {**version.law, "trigger_rows": rows})
    settle_rules = [
        rule
        for rule in cast("list[dict[str, Json]]", annotate_groups(place["settles"], member_groups))
        if rule["from"] is None or cast("str", rule["from"]) <= day.isoformat()
    ]
    settle_conditions = {
        bill: [cast("Condition", rule["if"]) for rule in settle_rules if rule["bill"] == bill]
        for bill in ("visit", "fee")
    }
    order = cast("list[list[str]]", place["order"])
    groups = [[current[policy] for policy in group if policy in current] for group in order]
    subsidies = {
        policy: PREMIUM_KINDS[version.kind](version)
        for policy, version in current.items()
        if version.kind in PREMIUM_KINDS
    }
    ruleset = Ruleset(
        place_id,
        day,
        cast("FactDefinitions", bundle["facts"]),
        list(
            dict.fromkeys([*(policy for group in order for policy in group if policy in all_versions), *all_versions])
        ),
        all_versions,
        current,
        compile_condition(["any", *settle_conditions["visit"]]),
        compile_condition(["any", *settle_conditions["fee"]]),
        _prepare_pay_functions(groups),
        _prepare_pay_functions(
            [[version for version in group if version.law["payer"] not in INSURERS] for group in groups]
        ),
        {
            policy: _list_cash_periods(all_versions[policy], day.year)
            for policy, version in current.items()
            if version.kind in CASH_KINDS
        },
        subsidies,
        _collect_open_numbers(current),
    )
    laws: list[Json] = [[version.who, version.when, version.law] for version in current.values()]
    for condition in [*settle_conditions["visit"], *settle_conditions["fee"], *find_conditions(laws)]:
        for atom in iter_atoms(condition):
            for fact in [atom[1], atom[4]] if atom[0] == "ratio" else [atom[1]]:
                ruleset.conditions_by_fact.setdefault(cast("str", fact), []).append(atom)
    return ruleset


def _prepare_pay_functions(groups: list[list[PolicyVersion]]) -> list[PayFunction]:
    """Return the functions that pay a bill, in order; all fee policies pay together, in the place of the first one."""
    fees = [version for group in groups for version in group if version.kind == "fee"]
    pay_functions: list[PayFunction] = []
    for group in groups:
        if any(version.kind == "fee" for version in group):
            if group[0] is fees[0]:
                pay_functions.append(prepare_fees(fees))
        elif group:
            prepared = [PREPARE_BY_KIND[version.kind](version) for version in group]
            pay_functions.append(prepared[0] if len(prepared) == 1 else make_first_applicable(prepared))
    return pay_functions


def _list_cash_periods(versions: list[PolicyVersion], year: int) -> list[CashPeriod]:
    """Return the versions in force in `year`, each with its first and last day in that year."""
    periods = []
    for version, following in pairwise([*versions, None]):
        if version is None or version.ends:
            continue
        first = max(version.start or date(year, 1, 1), date(year, 1, 1))
        last = date(year, 12, 31)
        if following is not None and following.start is not None:
            last = min(last, following.start - timedelta(days=1))
        if first <= last:
            from_month = cast("dict[str, int] | None", version.law["from_month"])
            age = None if from_month is None else from_month["age"]
            periods.append(
                CashPeriod(version, version.compile_applies(), CASH_KINDS[version.kind](version), first, last, age)
            )
    return periods


def _collect_open_numbers(versions: dict[str, PolicyVersion]) -> dict[str, OpenNumber]:
    open_numbers = {}
    for version in versions.values():
        for key, data in cast("dict[str, dict[str, Json]]", version.data["numbers"]).items():
            low, high = cast("int", data["low"]), cast("int | None", data["high"])
            bound = UNLIMITED if high is None else high
            open_numbers[key] = OpenNumber(
                version.policy, cast("str", data["unit"]), low, bound, data["asked"] is True, data
            )
    return open_numbers
