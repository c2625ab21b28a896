"""Two versions of a policy side by side: what each promises, and what the same people get under either."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mingbai.bundle.comparison import Case, cases
from mingbai.checks.policies import check_policies
from mingbai.core.cache import Cache
from mingbai.diagnostics.errors import CallError, PoliciesError
from mingbai.diagnostics.problem import Problem
from mingbai.loader.files import shown
from mingbai.loader.names import existing_policy, parse_day, versions_of

type Json = dict[str, Any]

HARMLESS = ("to-review", "example-fails", "published-law-changed")
"""Errors in spite of which versions can be compared: an author wants to see a draft."""


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
    bundle, problems = check_policies(policies, cache=Cache())
    near = shown(policies), shown(policies / policy.place)
    faults = [
        each
        for each in problems.sorted()
        if each.severity == "error"
        and each.code not in HARMLESS
        and (each.file.parent in near or near[1] in each.file.parents)
    ]
    place = bundle.get("places", {}).get(policy.place, {"policies": {}})
    versions = place["policies"].get(policy.policy, [])
    whole = [version["id"] for version in versions] == versions_of(policy)
    if any(not (whole and _only_expected(each)) for each in faults):
        raise PoliciesError(faults)
    new = len(versions) - 1 if days[1] is None else _in_force(versions, days[1])
    old = max(new - 1, 0) if days[0] is None else _in_force(versions, days[0])
    if days[0] is not None and days[1] is not None and days[0] > days[1]:
        key = "days_reversed"
        raise CallError(key, days[0], end=days[1])
    if old == new:
        return None
    pair = versions[old], versions[new]
    return Comparison(bundle, policy.place, policy.policy, *pair, cases(bundle, policy.place, {policy.policy: pair}))


def _only_expected(problem: Problem) -> bool:
    """Tell whether a problem is that an example does not say yet what comes out."""
    return problem.code == "to-fill" and ".expect." in problem.path


def _in_force(versions: list[Json], day: date) -> int:
    """Return the index of the version in force on a day. Raises CallError before the first."""
    started = [index for index, each in enumerate(versions) if each["start"] is None or each["start"] <= f"{day}"]
    if not started:
        key = "not_yet"
        raise CallError(key, day, first=versions[0]["start"])
    return started[-1]
