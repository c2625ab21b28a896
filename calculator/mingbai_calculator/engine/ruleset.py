"""Ruleset: the policies of a place in force on one day, compiled to functions."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from mingbai_calculator.core.facts import IS_FEE_BILL, Facts
from mingbai_calculator.core.identity_cache import IdentityCache
from mingbai_calculator.core.json_value import JsonObject, Texts
from mingbai_calculator.core.money import UNLIMITED
from mingbai_calculator.engine.candidate_values import list_candidate_values
from mingbai_calculator.kinds import BILLS, CASH, SUBSIDIES
from mingbai_calculator.kinds.cash import DueFunction
from mingbai_calculator.kinds.claim import (
    Claim,
    PayFunction,
    YearLedger,
    make_first_applicable,
    open_claim,
    open_claim_after_insurance,
)
from mingbai_calculator.kinds.premium import SubsidyFunction
from mingbai_calculator.kinds.shared_limits import prepare_limited
from mingbai_calculator.law.conditions import AnyOf, Condition, Perhaps, Predicate, iter_atoms
from mingbai_calculator.law.kinds import BILL_PAYING_KINDS, CASH_KINDS, STATUS_KINDS
from mingbai_calculator.law.laws import BillLaw, CashLaw, ShareLaw
from mingbai_calculator.law.limits import select_limits
from mingbai_calculator.law.place import Place, get_place
from mingbai_calculator.law.version import PolicyVersion, find_version_in_force
from mingbai_calculator.law.vocabulary import Vocabulary, get_vocabulary

type Bundle = JsonObject

INSURERS = frozenset(
    ["basic_insurance", "serious_illness_insurance", "supplementary_insurance", "medical_assistance", "combined_funds"],
)
"""The payers that have already paid if only the share after insurance is given."""


_AGES = frozenset(["age", "age_months"])


class OpenNumberBounds(NamedTuple):
    """A number that the source does not print: bounds (fen or basis points); `asked` if a request may give it."""

    policy: str
    unit: str
    low: int
    high: int
    asked: bool
    question: Texts


class CashPeriod(NamedTuple):
    """A version of a cash policy, and its first and last day in force in the ruleset's year.

    `reads_age`: it pays by the month, to people of an age, so the month of a birthday matters.
    """

    version: PolicyVersion
    applies: Predicate
    due: DueFunction
    first: date
    last: date
    from_age: int | None
    reads_age: bool


class Ruleset:
    """The policies of a place on a day: `versions` in force, by policy, and `all_versions`.

    `policy_order` lists all policies: first those that pay bills, in the order of paying. What settling needs is
    compiled when it is first asked for.
    """

    __slots__ = (
        "_after_insurance",
        "_cash_periods",
        "_conditions_by_fact",
        "_groups",
        "_is_fee_settled",
        "_is_visit_settled",
        "_known_keys",
        "_pay_functions",
        "_subsidies",
        "all_versions",
        "day",
        "fact_definitions",
        "law",
        "measures",
        "open_numbers",
        "place",
        "policy_order",
        "settles_fee",
        "settles_visit",
        "triggered_policies",
        "versions",
    )

    def __init__(self, law: Place, day: date, fact_definitions: Vocabulary) -> None:
        """Select the versions in force, with references to statuses and triggers resolved."""
        self.law, self.place, self.day, self.fact_definitions = law, law.id, day, fact_definitions
        self.all_versions = _resolve_versions(law, day)
        self.versions = _select_versions(self.all_versions, day)
        self.policy_order = list(
            dict.fromkeys(
                [*(policy for group in law.order for policy in group if policy in law.versions), *law.versions]
            )
        )
        self._groups = [[self.versions[policy] for policy in group if policy in self.versions] for group in law.order]
        self.settles_visit = AnyOf(self._list_settled("visit"))
        self.settles_fee = AnyOf(self._list_settled("fee"))
        self._is_visit_settled, self._is_fee_settled = self.settles_visit.holds, self.settles_fee.holds
        self.triggered_policies = [
            policy
            for policy, version in self.versions.items()
            if isinstance(version.law, ShareLaw) and version.law.only_if is not None
        ]
        """The policies that depend on a trigger (``only_if``)."""
        self.open_numbers = _collect_open_numbers(self.versions)
        self.measures = _collect_measures(self.all_versions)
        self._pay_functions: list[PayFunction] | None = None
        self._after_insurance: list[PayFunction] | None = None
        self._cash_periods: dict[str, list[CashPeriod]] = {}
        self._subsidies: dict[str, SubsidyFunction] = {}
        self._conditions_by_fact: dict[str, list[Condition]] | None = None
        self._known_keys: frozenset[str] | None = None

    def _list_settled(self, bill: str) -> list[Condition]:
        """Return the conditions under which a kind of bill is settled on the day."""
        return [
            rule.condition
            for rule in self.law.settles
            if rule.bill == bill and (rule.start is None or rule.start <= self.day)
        ]

    @property
    def counts_family(self) -> bool:
        """Whether a limit or a deductible is that of a family, so that the bills of one member change another's."""
        return any(
            (version.is_for_family and version.kind in BILL_PAYING_KINDS)
            or any(limit.of == "family" for limit in version.limits)
            for version in self.versions.values()
        )

    @property
    def pay_functions(self) -> list[PayFunction]:
        """The functions that pay a bill, in the order of paying."""
        if self._pay_functions is None:
            self._pay_functions = _prepare_pay_functions(self._groups, self.day)
        return self._pay_functions

    @property
    def pay_functions_after_insurance(self) -> list[PayFunction]:
        """The functions that pay the share that insurers left to the person."""
        if self._after_insurance is None:
            self._after_insurance = _prepare_pay_functions(
                [[version for version in group if _pays_after_insurance(version)] for group in self._groups],
                self.day,
            )
        return self._after_insurance

    def get_cash_periods(self, policy: str) -> list[CashPeriod]:
        """Return the versions of a cash policy that are in force in the year of the day."""
        periods = self._cash_periods.get(policy)
        if periods is None:
            periods = self._cash_periods[policy] = _list_cash_periods(self.all_versions[policy], self.day.year)
        return periods

    @property
    def cash_periods(self) -> dict[str, list[CashPeriod]]:
        """The periods of every cash policy in force."""
        return {
            policy: self.get_cash_periods(policy)
            for policy, version in self.versions.items()
            if version.kind in CASH_KINDS
        }

    def get_subsidy(self, policy: str) -> SubsidyFunction:
        """Return the function that computes the subsidy of a premium policy in force."""
        subsidy = self._subsidies.get(policy)
        if subsidy is None:
            version = self.versions[policy]
            subsidy = self._subsidies[policy] = SUBSIDIES[version.kind](version)
        return subsidy

    @property
    def conditions_by_fact(self) -> dict[str, list[Condition]]:
        """Fact -> atoms that read it, as needed for candidate values."""
        if self._conditions_by_fact is None:
            by_fact: dict[str, list[Condition]] = {}
            conditions = [*self.settles_visit.parts, *self.settles_fee.parts]
            conditions += [condition for version in self.versions.values() for condition in version.iter_conditions()]
            for condition in conditions:
                for atom in iter_atoms(condition):
                    for fact in atom.facts:
                        by_fact.setdefault(fact, []).append(atom)
            self._conditions_by_fact = by_fact
        return self._conditions_by_fact

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
            return open_claim_after_insurance(facts, year, share)
        is_settled = self._is_fee_settled if IS_FEE_BILL in facts else self._is_visit_settled
        return open_claim(facts, year) if is_settled(facts) else None

    def select_pay_functions(self, facts: Facts) -> list[PayFunction]:
        """Return the functions that pay such a bill, in the order of paying."""
        return (
            self.pay_functions
            if facts.get("self_share_after_insurance") is None
            else self.pay_functions_after_insurance
        )

    @property
    def known_keys(self) -> frozenset[str]:
        """All keys that may be missing: facts, members of lists, open numbers, and what the source leaves open."""
        if self._known_keys is None:
            conditions = [*self.settles_visit.parts, *self.settles_fee.parts]
            for version in (version for versions in self.all_versions.values() for version in versions):
                conditions += version.iter_conditions()
            atoms = (atom for condition in conditions for atom in iter_atoms(condition))
            left_open = (atom.key for atom in atoms if isinstance(atom, Perhaps))
            members = (key for fact in self.fact_definitions.values() for _, key in fact.members)
            self._known_keys = frozenset([*self.fact_definitions, *members, *self.open_numbers, *left_open])
        return self._known_keys

    def candidate_values(self, key: str, facts: Facts) -> Sequence[object]:
        """Return candidate values of a missing fact or open number: one for each class that the policies distinguish.

        For an open number these are its two bounds: what a person pays is monotone in it (but see `discontinuities`).
        """
        if key in self.open_numbers:
            number = self.open_numbers[key]
            return [number.low, number.high]
        if key not in self.fact_definitions:
            if key not in self.known_keys:
                raise KeyError(key)
            return [True, False]
        return list_candidate_values(key, self.fact_definitions[key], self.conditions_by_fact.get(key, []), self, facts)


_rulesets: IdentityCache[Ruleset] = IdentityCache(limit=64)


def make_ruleset(bundle: Bundle, place_id: str, day: date) -> Ruleset:
    """Return the ruleset of a place on `day`; cached by the identity of the bundle, which must not change.

    Raises KeyError for a place that is not in the bundle.
    """
    return _rulesets.get(
        bundle, (place_id, day), lambda: Ruleset(get_place(bundle, place_id), day, get_vocabulary(bundle))
    )


def _resolve_versions(law: Place, day: date) -> dict[str, list[PolicyVersion]]:
    """Return all versions of a place; in those that refer to a status its condition on the day takes its place."""
    if not law.with_status:
        return law.versions
    statuses = {
        policy: version.who
        for policy, versions in law.versions.items()
        if (version := find_version_in_force(versions, day)) and version.kind in STATUS_KINDS and not version.ends
    }
    return {
        policy: [version.with_statuses(statuses) if version in law.with_status else version for version in versions]
        for policy, versions in law.versions.items()
    }


def _select_versions(all_versions: dict[str, list[PolicyVersion]], day: date) -> dict[str, PolicyVersion]:
    """Return the versions in force; a share with a trigger gets the rows of the policy that triggers it."""
    current = {
        policy: version
        for policy, versions in all_versions.items()
        if (version := find_version_in_force(versions, day)) and not version.ends
    }
    for policy, version in current.items():
        if isinstance(version.law, ShareLaw) and version.law.only_if in current:
            trigger = current[version.law.only_if].law
            if isinstance(trigger, ShareLaw):
                law = version.law.with_rows(version.law.rows, trigger.rows)
                current[policy] = version.with_rules(version.who, version.when, law)
    return current


def _pays_after_insurance(version: PolicyVersion) -> bool:
    """Tell whether a policy pays what insurers left; what comes off before them is done."""
    return isinstance(version.law, BillLaw) and version.law.payer not in INSURERS


def _prepare_pay_functions(groups: list[list[PolicyVersion]], day: date) -> list[PayFunction]:
    """Return the functions that pay a bill, in order; a kind that pays together does so in the place of its first."""
    pay_functions: list[PayFunction] = []
    done: set[str] = set()
    for group in groups:
        prepared = []
        for version in group:
            kind = version.kind
            if not BILLS[kind].together:
                pay, limits = BILLS[kind].prepare(version), select_limits(version.limits, day)
                prepared.append(prepare_limited(pay, version, limits, day) if limits else pay)
            elif kind not in done:
                done.add(kind)
                prepared.append(BILLS[kind].prepare(*(other for of in groups for other in of if other.kind == kind)))
        if prepared:
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
            from_month = version.law.from_month if isinstance(version.law, CashLaw) else None
            age = None if from_month is None else from_month.age
            applies, due = version.compile_applies(), CASH[version.kind](version)
            periods.append(CashPeriod(version, applies, due, first, last, age, _pays_by_age(version)))
    return periods


def _collect_measures(all_versions: dict[str, list[PolicyVersion]]) -> dict[str, set[int]]:
    """Return the facts that numbers and amounts grow with, each with the values at which they grow otherwise."""
    measures: dict[str, set[int]] = {}
    for versions in all_versions.values():
        for version in versions:
            for fact, kinks in version.list_measures().items():
                measures.setdefault(fact, set()).update(kinks)
    return measures


def _pays_by_age(version: PolicyVersion) -> bool:
    """Tell whether a version pays by the month, and only to people of an age."""
    atoms = (atom for condition in version.iter_conditions() for atom in iter_atoms(condition))
    by_month = isinstance(version.law, CashLaw) and version.law.per == "month"
    return by_month and any(not _AGES.isdisjoint(atom.facts) for atom in atoms)


def _collect_open_numbers(versions: dict[str, PolicyVersion]) -> dict[str, OpenNumberBounds]:
    return {
        key: OpenNumberBounds(
            version.policy,
            number.unit,
            number.low,
            UNLIMITED if number.high is None else number.high,
            number.asked,
            number.question,
        )
        for version in versions.values()
        for key, number in version.numbers.items()
    }
