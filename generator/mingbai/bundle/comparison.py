"""Comparison of two laws: the result of each worked example before and after a change, and who gains or loses."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import inf
from typing import Any, Literal

from mingbai.bundle.examples import estimate_example
from mingbai.model.base import FIRST_YEAR
from mingbai_calculator import BadRequestError
from mingbai_calculator.core.money import parse_yuan
from mingbai_calculator.law.kinds import BILL_PAYING_KINDS

type Json = dict[str, Any]
type AmountRange = tuple[int, int | None]
"""Lower and upper bound in fen; None: no upper bound is known."""
type Outcome = Literal["gains", "loses", "open", "same"]
LONG_AGO = f"{FIRST_YEAR}-01-01"
type VersionPairs = Mapping[str, tuple[Json, Json]]
"""By policy id of one place: the compiled versions before and after."""


@dataclass(frozen=True, slots=True)
class ExampleOutcome:
    """What one person gets (fen): the part of a bill that is left to pay, money paid out, whether the policy applies.

    None where it cannot be determined; `money` is also None for a bill.
    """

    self_pays: AmountRange | None
    money: AmountRange | None
    applies: bool | None


_UNDETERMINED = ExampleOutcome(None, None, None)


@dataclass(frozen=True, slots=True)
class ExampleComparison:
    """A worked example under both laws; it is the example `example` of the policy `policy`.

    `policies` are all changed policies of the day that have this person among their examples.
    """

    title: dict[str, str]
    before: ExampleOutcome
    after: ExampleOutcome
    policy: str
    example: str
    policies: tuple[str, ...] = ()

    @property
    def gain(self) -> int | None:
        """The gain of the person (fen; negative: a loss); None where it is no single figure."""
        total = 0
        if self.before == self.after == _UNDETERMINED:
            return None
        for sign, old, new in (
            (-1, self.before.self_pays, self.after.self_pays),
            (1, self.before.money, self.after.money),
        ):
            if old == new:
                continue
            if old is None or new is None or old[0] != old[1] or new[0] != new[1]:
                return None
            total += sign * (new[0] - old[0])
        return total

    @property
    def unchanged(self) -> bool:
        """Whether the person gets the same."""
        return self.before == self.after

    @property
    def applies_alone(self) -> bool:
        """Whether the only change for the person is that the policy applies or not, without a bill that shows it."""
        no_bill = self.before.self_pays is None and self.after.self_pays is None
        return no_bill and self.before.applies != self.after.applies

    @property
    def outcome(self) -> Outcome:
        """Whether the person gains, loses, has the same, or whether that is open.

        A range leaves it open where the amounts before and after overlap, equal ranges too: within them this person may
        still gain or lose.
        """
        if self.before == self.after == _UNDETERMINED:
            return "open"
        if self.applies_alone and None not in (self.before.applies, self.after.applies):
            return "gains" if self.after.applies else "loses"
        paid = _subtract_ranges(self.before.self_pays, self.after.self_pays)
        got = _subtract_ranges(self.before.money, self.after.money)
        low, high = got[0] - paid[1], got[1] - paid[0]
        if low > 0 or high < 0:
            return "gains" if low > 0 else "loses"
        return "open" if low < high or self.applies_alone else "same"


def _subtract_ranges(old: AmountRange | None, new: AmountRange | None) -> tuple[float, float]:
    """Return the least and the greatest difference of an amount (fen); infinite where it is not known."""
    if old is None and new is None:
        return 0, 0
    if old is None or new is None:
        return -inf, inf
    return new[0] - (inf if old[1] is None else old[1]), (inf if new[1] is None else new[1]) - old[0]


def compare_examples(bundle: Json, place: str, pairs: VersionPairs, day: str | None = None) -> list[ExampleComparison]:
    """Estimate the examples of both versions of each policy under both laws, without duplicate persons.

    All other policies are those of `day` (``2016-01-01``), or of each example's own day. Examples of a bill with equal
    facts and inputs are duplicates whatever their day. Yearly benefits may depend on the day: without `day`, examples
    with equal facts are duplicates only if their outcomes are equal too.
    """
    bundles = [_restrict_versions(bundle, place, {name: pair[side] for name, pair in pairs.items()}) for side in (0, 1)]
    comparisons: dict[str, ExampleComparison] = {}
    policies: dict[str, dict[str, None]] = {}
    for policy, pair in pairs.items():
        for version in pair if pair[1]["ends"] else reversed(pair):  # of an end, those that its page still shows
            for example in version["examples"]:
                dated_example = example if day is None else {**example, "date": day}
                outcomes = [_compute_outcome(law, place, policy, dated_example) for law in bundles]
                if outcomes[0] is None or outcomes[1] is None:
                    continue
                comparison = ExampleComparison(
                    example["title"], outcomes[0], outcomes[1], policy, f"{version['id']}-{example['id']}"
                )
                person = f"{_normalize(example['facts'])}{_normalize(example['inputs'])}"
                if version["kind"] not in BILL_PAYING_KINDS:
                    person += f" {policy}" if day else f"{outcomes}"
                comparisons.setdefault(person, comparison)
                policies.setdefault(person, {})[policy] = None
    return [replace(comparison, policies=tuple(policies[person])) for person, comparison in comparisons.items()]


def list_other_help(bundle: Json, place: str, policy: str, pair: tuple[Json, Json], day: str) -> list[str]:
    """Return the policies of the same topic that, under the second law of the `pair`, apply to people of its examples.

    These are the people to whom `policy` applies under the first law, on `day`.
    """
    old, new = (_restrict_versions(bundle, place, {policy: version}) for version in pair)
    topics = {name: versions[-1]["topic"] for name, versions in bundle["places"][place]["policies"].items()}
    found: dict[str, None] = {}
    for example in pair[0]["examples"]:
        dated_example = {**example, "date": day}
        before = _compute_outcome(old, place, policy, dated_example)
        if before is None or not before.applies:
            continue
        for name in _list_applying(estimate_example(new, place, _keep_known_inputs(new, place, dated_example), "zh")):
            if name != policy and topics[name] == pair[0]["topic"]:
                found[name] = None
    return list(found)


def _list_applying(result: Json) -> list[str]:
    """Return the ids of the policies that a result says apply."""
    return [entry["policy"].partition("/")[2] for key in _BENEFIT_LISTS for entry in result[key]]


def _normalize(value: Any) -> Any:  # noqa: ANN401 - JSON values
    """Return a JSON value in canonical form: independent of the order of keys and of list entries."""
    if isinstance(value, dict):
        return sorted((key, _normalize(inner)) for key, inner in value.items())
    if isinstance(value, list):
        return sorted((_normalize(inner) for inner in value), key=str)
    return str(value)


def _restrict_versions(bundle: Json, place: str, versions: Json) -> Json:
    """Return the bundle with one version of each given policy of a place, in force on every day."""
    compiled = bundle["places"][place]
    replaced = {policy: [{**version, "start": LONG_AGO}] for policy, version in versions.items()}
    policies = {
        policy: replaced.get(policy, compiled_versions) for policy, compiled_versions in compiled["policies"].items()
    }
    return {**bundle, "places": {**bundle["places"], place: {**compiled, "policies": policies}}}


_BENEFIT_LISTS = ("lines", "cash", "subsidies", "services", "may_also_help")


def _keep_known_inputs(bundle: Json, place: str, example: Json) -> Json:
    """Return an example without the inputs that no version of the place asks for."""
    versions = [version for timeline in bundle["places"][place]["policies"].values() for version in timeline]
    input_names = {name for version in versions for name, number in version["numbers"].items() if number["asked"]}
    return {**example, "inputs": {name: value for name, value in example["inputs"].items() if name in input_names}}


def _compute_outcome(bundle: Json, place: str, policy: str, example: Json) -> ExampleOutcome | None:
    try:
        result = estimate_example(bundle, place, _keep_known_inputs(bundle, place, example), "zh")
    except BadRequestError:
        return None  # the example itself is invalid: `check` reports it
    name = f"{place}/{policy}"
    entries = {key: [entry for entry in result[key] if entry["policy"] == name] for key in _BENEFIT_LISTS}
    bill = None if result["self_pays"] is None else _parse_range(result["self_pays"])
    if any(entry["policy"] == name for entry in result["undecided"]):
        return ExampleOutcome(bill, None, None)
    amounts = [entry.get("year_amount") or entry.get("amount") for entry in (*entries["cash"], *entries["subsidies"])]
    ranges = [_parse_range(amount) for amount in amounts if amount is not None]
    no_money = (0, 0) if result["total_cost"] is None else None
    return ExampleOutcome(bill, _sum_ranges(ranges) if ranges else no_money, any(entries.values()))


def _sum_ranges(ranges: list[AmountRange]) -> AmountRange:
    highs = [high for _, high in ranges if high is not None]
    return sum(low for low, _ in ranges), sum(highs) if len(highs) == len(ranges) else None


def _parse_range(amount: Json) -> AmountRange:
    high = amount["high"]
    return parse_yuan(amount["low"]) or 0, None if high is None else parse_yuan(high) or 0
