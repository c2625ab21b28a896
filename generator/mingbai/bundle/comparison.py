"""The same people under two laws: what each worked example comes to before and after, and who gains and who loses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mingbai.bundle.examples import work_out
from mingbai.model.base import FIRST_YEAR
from mingbai_calculator import BadRequestError
from mingbai_calculator.core.money import parse_yuan
from mingbai_calculator.kinds import ON_A_BILL

type Json = dict[str, Any]
type Span = tuple[int, int | None]
"""From .. to, in fen; None: no upper bound is known."""
LONG_AGO = f"{FIRST_YEAR}-01-01"
type Pairs = Mapping[str, tuple[Json, Json]]
"""By policy of one place: the compiled version before and the one after."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one person gets: what is left to pay of a bill, money that a policy pays out (fen), whether it applies.

    `None` where it cannot be said; `money` is None for a bill too.
    """

    self_pays: Span | None
    money: Span | None
    applies: bool | None


_NOTHING_SAID = Outcome(None, None, None)


@dataclass(frozen=True, slots=True)
class Case:
    """A worked example under both laws; `example` is the one of `policy` that it comes from."""

    title: dict[str, str]
    before: Outcome
    after: Outcome
    policy: str
    example: str

    @property
    def gain(self) -> int | None:
        """By how much the person is better off (fen; negative: worse); None where that is no single figure."""
        total = 0
        if self.before == self.after == _NOTHING_SAID:
            return None
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


def cases(bundle: Json, place: str, pairs: Pairs, day: str | None = None) -> list[Case]:
    """Work the examples of both versions of each policy out under either law; the same people once.

    All else is as on `day` (``2016-01-01``), or as on each example's own day. A bill is the same person's on any
    day. What falls due in a year may depend on the day: there the same person on another day is another case only
    where something else comes out.
    """
    worlds = [_with_versions_only(bundle, place, {name: pair[side] for name, pair in pairs.items()}) for side in (0, 1)]
    found: dict[str, Case] = {}
    for policy, pair in pairs.items():
        for version in reversed(pair):
            for example in version["examples"]:
                asked = example if day is None else {**example, "date": day}
                outcomes = [_outcome(facts, place, policy, asked) for facts in worlds]
                if outcomes[0] is None or outcomes[1] is None:
                    continue
                case = Case(example["title"], outcomes[0], outcomes[1], policy, f"{version['id']}-{example['id']}")
                person = f"{_same_however_written(example['facts'])}{_same_however_written(example['inputs'])}"
                if version["kind"] not in ON_A_BILL:
                    person += f" {policy}" if day else f"{outcomes}"
                found.setdefault(person, case)
    return list(found.values())


def _same_however_written(value: Any) -> Any:  # noqa: ANN401 - JSON values
    """Return a value in which the order of keys, and of the entries of lists, does not matter."""
    if isinstance(value, dict):
        return sorted((key, _same_however_written(inner)) for key, inner in value.items())
    if isinstance(value, list):
        return sorted((_same_however_written(inner) for inner in value), key=str)
    return str(value)


def _with_versions_only(bundle: Json, place: str, versions: Json) -> Json:
    """Return the bundle as if these versions, by policy, had always held; of this place alone."""
    compiled = bundle["places"][place]
    always = {policy: [{**version, "start": LONG_AGO}] for policy, version in versions.items()}
    policies = {policy: always.get(policy, given) for policy, given in compiled["policies"].items()}
    return {**bundle, "places": {**bundle["places"], place: {**compiled, "policies": policies}}}


def _outcome(facts: Json, place: str, policy: str, example: Json) -> Outcome | None:
    versions = [version for each in facts["places"][place]["policies"].values() for version in each]
    asked = {name for version in versions for name, number in version["numbers"].items() if number["asked"]}
    inputs = {name: value for name, value in example["inputs"].items() if name in asked}
    try:
        result = work_out(facts, place, {**example, "inputs": inputs}, "zh")
    except BadRequestError:
        return None  # the example itself is wrong: `check` tells it
    name = f"{place}/{policy}"
    lists = ("lines", "cash", "subsidies", "services", "may_also_help")
    entries = {key: [each for each in result[key] if each["policy"] == name] for key in lists}
    bill = None if result["self_pays"] is None else _span(result["self_pays"])
    if any(each["policy"] == name for each in result["undecided"]):
        return Outcome(bill, None, None)
    amounts = [each.get("year_amount") or each.get("amount") for each in (*entries["cash"], *entries["subsidies"])]
    spans = [_span(amount) for amount in amounts if amount is not None]
    nothing = (0, 0) if result["total_cost"] is None else None
    return Outcome(bill, _sum(spans) if spans else nothing, any(entries.values()))


def _sum(spans: list[Span]) -> Span:
    highs = [high for _, high in spans if high is not None]
    return sum(low for low, _ in spans), sum(highs) if len(highs) == len(spans) else None


def _span(hull: Json) -> Span:
    high = hull["high"]
    return parse_yuan(hull["low"]) or 0, None if high is None else parse_yuan(high) or 0
