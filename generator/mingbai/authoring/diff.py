"""Compare two versions of a policy: their law, and the results of the same examples under both."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mingbai.bundle.comparison import ExampleComparison, compare_examples
from mingbai.checks.policies import check_policies
from mingbai.core.cache import Cache
from mingbai.diagnostics.errors import CallError, PoliciesError
from mingbai.diagnostics.problem import Problem
from mingbai.loader.files import shown
from mingbai.loader.names import existing_policy, parse_day, versions_of

type Json = dict[str, Any]

TOLERATED_CODES = ("to-review", "example-fails", "notice-example-fails", "published-law-changed")
"""Codes of errors that do not prevent a comparison, so that an author can compare a draft."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two compiled versions of a policy, and the examples of both calculated under each."""

    bundle: Json
    place: str
    policy: str
    old: Json
    new: Json
    cases: list[ExampleComparison]


def compare(policies: Path, name: str, start: str | None, end: str | None) -> Comparison | None:
    """Compare the versions in effect on two days (ISO); by default the newest with the one before it.

    Returns None if both are the same version. Raises CallError for a wrong call, and PoliciesError if the policies
    cannot be compiled.
    """
    policy = existing_policy(policies, name)
    days = [None if day is None else parse_day(day) for day in (start, end)]
    bundle, problems = check_policies(policies, cache=Cache())
    folders = shown(policies), shown(policies / policy.place)
    errors = [
        problem
        for problem in problems.sorted()
        if problem.severity == "error"
        and problem.code not in TOLERATED_CODES
        and (problem.file.parent in folders or folders[1] in problem.file.parents)
    ]
    place = bundle.get("places", {}).get(policy.place, {"policies": {}})
    versions = place["policies"].get(policy.policy, [])
    all_compiled = [version["id"] for version in versions] == versions_of(policy)
    if any(not (all_compiled and _is_unfilled_result(problem)) for problem in errors):
        raise PoliciesError(errors)
    new = len(versions) - 1 if days[1] is None else _find_in_force(versions, days[1])
    old = max(new - 1, 0) if days[0] is None else _find_in_force(versions, days[0])
    if days[0] is not None and days[1] is not None and days[0] > days[1]:
        raise CallError("days_reversed", days[0], end=days[1])
    if old == new:
        return None
    pair = versions[old], versions[new]
    return Comparison(
        bundle, policy.place, policy.policy, *pair, compare_examples(bundle, policy.place, {policy.policy: pair})
    )


def _is_unfilled_result(problem: Problem) -> bool:
    """Return whether a problem leaves the law as it is: an example's result or a revision's entry is not filled in."""
    return problem.code == "to-fill" and (".expect." in problem.path or problem.file.name == "revisions.yaml")


def _find_in_force(versions: list[Json], day: date) -> int:
    """Return the index of the version in effect on a day. Raises CallError before the first version."""
    started = [
        index for index, version in enumerate(versions) if version["start"] is None or version["start"] <= f"{day}"
    ]
    if not started:
        raise CallError("not_yet", day, first=versions[0]["start"])
    return started[-1]
