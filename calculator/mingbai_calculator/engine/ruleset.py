"""A place's policies as they are on one day, compiled once to functions."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple, cast

from mingbai_calculator.core.facts import SCHOOL_BILL, Facts
from mingbai_calculator.core.json_value import Json
from mingbai_calculator.core.money import UNLIMITED
from mingbai_calculator.engine.candidate_values import values_of
from mingbai_calculator.kinds import IN_CASH, ON_A_PREMIUM, PAYS
from mingbai_calculator.kinds.cash import Due
from mingbai_calculator.kinds.claim import Claim, Pay, YearLedger, first_of, open_claim, open_claim_after_insurance
from mingbai_calculator.kinds.fee import prepare_together
from mingbai_calculator.kinds.premium import Subsidise
from mingbai_calculator.law.conditions import Condition, Test, atoms, compile_condition, conditions_in
from mingbai_calculator.law.interchangeable import groups_of, with_groups
from mingbai_calculator.law.version import Version, in_force, read_version

type Bundle = dict[str, Json]
type Definitions = dict[str, dict[str, Json]]

INSURERS = frozenset(
    ["basic_insurance", "serious_illness_insurance", "supplementary_insurance", "medical_assistance", "combined_funds"],
)
"""The payers that have paid already where only the share after insurance is known."""


class OpenNumber(NamedTuple):
    """A number that the source does not print: its bounds (fen or basis points), and whether one may type it."""

    policy: str
    unit: str
    low: int
    high: int
    asked: bool
    data: dict[str, Json]


class YearPart(NamedTuple):
    """A version of a cash policy and the days of the plan's year on which it is in force."""

    version: Version
    for_them: Test
    due: Due
    first: date
    last: date
    from_age: int | None


@dataclass(slots=True)
class Ruleset:
    """What holds in a place on a day: `versions` in force, by policy, and `all_versions`.

    `order` names every policy, those that pay a bill first, in the order of paying.
    """

    place: str
    day: date
    facts: Definitions
    order: list[str]
    all_versions: dict[str, list[Version]]
    versions: dict[str, Version]
    settles: Test
    settles_fees: Test
    pays: list[Pay]
    pays_after_insurance: list[Pay]
    dues: dict[str, list[YearPart]]
    subsidies: dict[str, Subsidise]
    numbers: dict[str, OpenNumber]
    reads: dict[str, list[Condition]] = field(default_factory=dict)

    def settle(self, facts: Facts, year: YearLedger) -> Claim | None:
        """Pay one bill; None where the place's rules do not settle such a visit."""
        claim = self.open(facts, year)
        if claim is not None:
            for pay in self.pays_for(facts):
                pay(facts, claim)
        return claim

    def open(self, facts: Facts, year: YearLedger) -> Claim | None:
        """Return a bill before anybody has paid; None where the place's rules do not settle such a visit.

        Where the person's share after insurance is given, that is what is left to be paid, whatever the visit.
        """
        share = facts.get("self_share_after_insurance")
        if share is not None:
            return open_claim_after_insurance(facts, year, cast("int", share))
        settled = self.settles_fees if SCHOOL_BILL in facts else self.settles
        return open_claim(facts, year) if settled(facts) else None

    def pays_for(self, facts: Facts) -> list[Pay]:
        """Return what pays such a bill, in the order of paying."""
        return self.pays if facts.get("self_share_after_insurance") is None else self.pays_after_insurance

    @property
    def triggered(self) -> list[str]:
        """The policies that an earlier step sets off."""
        return [policy for policy, version in self.versions.items() if version.law.get("only_if")]

    def values(self, key: str, facts: Facts) -> Sequence[object]:
        """Return values of an unknown fact or number that stand for all: one for each way the policies tell apart.

        Of an open number the two bounds: what a person pays is monotone in it, so the extremes lie there.
        """
        if key in self.numbers:
            number = self.numbers[key]
            return [number.low, number.high]
        if key not in self.facts:  # a member of a list, or something that the source leaves open
            return [True, False]
        return values_of(key, self.facts[key], self.reads.get(key, []), self, facts)


_made: dict[tuple[int, str, date], tuple[Bundle, Ruleset]] = {}
_MOST_PLANS = 64


def make_ruleset(bundle: Bundle, place_id: str, day: date) -> Ruleset:
    """Compile the policies of a place as they are on `day`; the last plans of a bundle are kept (it must not change).

    Raises KeyError for a place that the bundle does not hold.
    """
    key = (id(bundle), place_id, day)
    if key not in _made or _made[key][0] is not bundle:
        while len(_made) >= _MOST_PLANS:
            del _made[next(iter(_made))]
        _made[key] = (bundle, _compile(bundle, place_id, day))
    return _made[key][1]


def _compile(bundle: Bundle, place_id: str, day: date) -> Ruleset:
    place = cast("dict[str, Json]", cast("dict[str, Json]", bundle["places"])[place_id])
    policies = cast("dict[str, list[dict[str, Json]]]", place["policies"])
    conditions = [[version[part] for part in ("who", "when", "law")] for each in policies.values() for version in each]
    alike = groups_of([place["settles"], cast("Json", conditions)])
    written = {
        policy: [read_version(place_id, policy, version).with_groups(alike) for version in versions]
        for policy, versions in policies.items()
    }
    tests = {
        policy: version.who
        for policy, versions in written.items()
        if (version := in_force(versions, day)) and version.kind == "status" and not version.ends
    }
    everything = {
        policy: [version.with_statuses(tests) for version in versions] for policy, versions in written.items()
    }
    current = {
        policy: version
        for policy, versions in everything.items()
        if (version := in_force(versions, day)) and not version.ends
    }
    for policy, version in current.items():
        trigger = version.law.get("only_if")
        if trigger in current:  # it must know that policy's deductible
            rows = current[trigger].law["rows"]
            current[policy] = replace(version, law={**version.law, "trigger_rows": rows})
    settled = [
        item
        for item in cast("list[dict[str, Json]]", with_groups(place["settles"], alike))
        if item["from"] is None or cast("str", item["from"]) <= day.isoformat()
    ]
    settles = {
        bill: [cast("Condition", item["if"]) for item in settled if item["bill"] == bill] for bill in ("visit", "fee")
    }
    order = cast("list[list[str]]", place["order"])
    groups = [[current[policy] for policy in group if policy in current] for group in order]
    subsidies = {p: ON_A_PREMIUM[v.kind](v) for p, v in current.items() if v.kind in ON_A_PREMIUM}
    ruleset = Ruleset(
        place_id,
        day,
        cast("Definitions", bundle["facts"]),
        list(dict.fromkeys([*(policy for group in order for policy in group if policy in everything), *everything])),
        everything,
        current,
        compile_condition(["any", *settles["visit"]]),
        compile_condition(["any", *settles["fee"]]),
        _pays(groups),
        _pays([[version for version in group if version.law["payer"] not in INSURERS] for group in groups]),
        {policy: _year_parts(everything[policy], day.year) for policy, v in current.items() if v.kind in IN_CASH},
        subsidies,
        _open_numbers(current),
    )
    laws: list[Json] = [[version.who, version.when, version.law] for version in current.values()]
    for condition in [*settles["visit"], *settles["fee"], *conditions_in(laws)]:
        for atom in atoms(condition):
            for fact in [atom[1], atom[4]] if atom[0] == "ratio" else [atom[1]]:
                ruleset.reads.setdefault(cast("str", fact), []).append(atom)
    return ruleset


def _pays(groups: list[list[Version]]) -> list[Pay]:
    """Return what pays a bill, in order; all policies about fees pay together, where the first of them stands."""
    fees = [version for group in groups for version in group if version.kind == "fee"]
    pays: list[Pay] = []
    for group in groups:
        if any(version.kind == "fee" for version in group):
            if group[0] is fees[0]:
                pays.append(prepare_together(fees))
        elif group:
            prepared = [PAYS[version.kind](version) for version in group]
            pays.append(prepared[0] if len(prepared) == 1 else first_of(prepared))
    return pays


def _year_parts(versions: list[Version], year: int) -> list[YearPart]:
    """Return the versions that are in force in `year`, each with its days."""
    parts = []
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
            parts.append(YearPart(version, version.applies(), IN_CASH[version.kind](version), first, last, age))
    return parts


def _open_numbers(versions: dict[str, Version]) -> dict[str, OpenNumber]:
    found = {}
    for version in versions.values():
        for key, data in cast("dict[str, dict[str, Json]]", version.data["numbers"]).items():
            low, high = cast("int", data["low"]), cast("int | None", data["high"])
            bound = UNLIMITED if high is None else high
            found[key] = OpenNumber(version.policy, cast("str", data["unit"]), low, bound, data["asked"] is True, data)
    return found
