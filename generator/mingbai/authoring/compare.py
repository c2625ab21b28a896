"""Two versions of a policy side by side: what each promises, and what the same people get under either."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mingbai.authoring.errors import CallError
from mingbai.authoring.names import existing_policy, parse_day
from mingbai.examples import work_out
from mingbai.load import shown
from mingbai.site import PoliciesError, check_policies
from mingbai_calculator import BadRequestError
from mingbai_calculator.kinds import ON_A_BILL
from mingbai_calculator.money import parse_yuan

type Json = dict[str, Any]
type Span = tuple[int, int | None]
"""From .. to, in fen; None: no upper bound is known."""

HARMLESS = ("to-review", "example-fails", "published-law-changed")
"""Errors in spite of which versions can be compared: an author wants to see a draft."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one person gets: what is left to pay of a bill, money paid out (fen), whether the policy applies.

    `None` where it cannot be said; `money` is None for a bill too.
    """

    self_pays: Span | None
    money: Span | None
    applies: bool | None


@dataclass(frozen=True, slots=True)
class Case:
    """A worked example under both versions."""

    title: dict[str, str]
    before: Outcome
    after: Outcome

    @property
    def gain(self) -> int | None:
        """By how much the person is better off (fen; negative: worse); None where that is no single figure."""
        total = 0
        for sign, was, now in (
            (-1, self.before.self_pays, self.after.self_pays),
            (1, self.before.money, self.after.money),
        ):
            if was == now:
                continue
            if was is None or now is None or was[0] != was[1] or now[0] != now[1]:
                return None
            total += sign * (now[0] - was[0])
        return total

    @property
    def unchanged(self) -> bool:
        """Whether the person gets the same."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two compiled versions of a policy, and the examples of both under either."""

    bundle: Json
    place: str
    policy: str
    old: Json
    new: Json
    cases: list[Case]


def compare(policies: Path, name: str, start: str | None, end: str | None) -> Comparison | None:
    """Compare the versions in force on two days, else the newest with the one before; None: there is but one.

    Raises CallError for a wrong call and PoliciesError where the policies cannot be compiled.
    """
    policy = existing_policy(policies, name)
    days = [None if each is None else parse_day(each) for each in (start, end)]
    bundle, problems = check_policies(policies)
    near = shown(policies), shown(policies / policy.place)
    faults = [
        each
        for each in problems.sorted()
        if each.severity == "error"
        and each.code not in HARMLESS
        and (each.file.parent in near or near[1] in each.file.parents)
    ]
    if faults:
        raise PoliciesError(faults)
    versions = bundle["places"][policy.place]["policies"][policy.policy]
    new = len(versions) - 1 if days[1] is None else _in_force(versions, days[1])
    old = max(new - 1, 0) if days[0] is None else _in_force(versions, days[0])
    if days[0] is not None and days[1] is not None and days[0] > days[1]:
        key = "days_reversed"
        raise CallError(key, days[0], end=days[1])
    if old == new:
        return None
    pair = versions[old], versions[new]
    return Comparison(bundle, policy.place, policy.policy, *pair, _cases(bundle, policy.place, policy.policy, pair))


def _in_force(versions: list[Json], day: date) -> int:
    """Return the index of the version in force on a day. Raises CallError before the first."""
    started = [index for index, each in enumerate(versions) if each["start"] is None or each["start"] <= f"{day}"]
    if not started:
        key = "not_yet"
        raise CallError(key, day, first=versions[0]["start"])
    return started[-1]


def _cases(bundle: Json, place: str, policy: str, pair: tuple[Json, Json]) -> list[Case]:
    """Work the examples of both versions out under either, on the example's own day; the same people once."""
    worlds = [_with_version_only(bundle, place, policy, version) for version in pair]
    found: dict[str, Case] = {}
    for version in reversed(pair):
        for example in version["examples"]:
            day = "" if version["kind"] in ON_A_BILL else example["date"]
            key = f"{sorted(example['facts'].items())}{sorted(example['inputs'].items())}{day}"
            if key not in found:
                outcomes = [_outcome(world, place, policy, example) for world in worlds]
                if outcomes[0] is not None and outcomes[1] is not None:
                    found[key] = Case(example["title"], outcomes[0], outcomes[1])
    return list(found.values())


def _with_version_only(bundle: Json, place: str, policy: str, version: Json) -> Json:
    """Return the bundle as if this version of the policy had always held."""
    compiled = bundle["places"][place]
    policies = {**compiled["policies"], policy: [{**version, "start": None}]}
    return {**bundle, "places": {**bundle["places"], place: {**compiled, "policies": policies}}}


def _outcome(world: Json, place: str, policy: str, example: Json) -> Outcome | None:
    versions = [version for each in world["places"][place]["policies"].values() for version in each]
    asked = {name for version in versions for name, number in version["numbers"].items() if number["asked"]}
    inputs = {name: value for name, value in example["inputs"].items() if name in asked}
    try:
        result = work_out(world, place, {**example, "inputs": inputs}, "zh")
    except BadRequestError:
        return None  # the example itself is wrong: `check` tells it
    name = f"{place}/{policy}"
    lists = ("lines", "cash", "subsidies", "services", "may_also_help")
    entries = {key: next((each for each in result[key] if each["policy"] == name), None) for key in lists}
    bill = None if result["self_pays"] is None else _span(result["self_pays"])
    paid = entries["cash"] or entries["subsidies"]
    amount = None if paid is None else paid.get("year_amount") or paid.get("amount")
    if any(each["policy"] == name for each in result["undecided"]):
        return Outcome(bill, None, None)
    nothing = (0, 0) if result["total_cost"] is None else None
    return Outcome(bill, nothing if amount is None else _span(amount), any(entries.values()))


def _span(hull: Json) -> Span:
    high = hull["high"]
    return parse_yuan(hull["low"]) or 0, None if high is None else parse_yuan(high) or 0
