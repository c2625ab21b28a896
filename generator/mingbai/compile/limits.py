"""Compile the limits of a place: each becomes a part of the law of every policy that shares it."""

from typing import Any

from mingbai.compile.conditions import ConditionCompiler
from mingbai.compile.numbers import NumberCompiler
from mingbai.diagnostics.problem import KeyPath, Problems
from mingbai.loader.library import LoadedPlace
from mingbai.model.place import Limit
from mingbai_calculator.law.codec import encode_limit
from mingbai_calculator.law.kinds import BILL_PAYING_KINDS
from mingbai_calculator.law.limits import SharedLimit
from mingbai_calculator.law.numbers import OpenNumber

type Json = dict[str, Any]


def compile_limits(place: LoadedPlace, conditions: ConditionCompiler, problems: Problems) -> dict[str, list[Json]]:
    """Return the limits of each policy as in the bundle; errors are added to `problems`."""
    limits: dict[str, list[Json]] = {}
    paying = tuple(
        policy for policy, versions in place.policies.items() if versions[-1].model.kind in BILL_PAYING_KINDS
    )
    document = place.document
    numbers = NumberCompiler(f"{place.id}/limits", document, {}, conditions, problems)
    first_of_id: dict[str, Limit] = {}
    for index, limit in enumerate(place.model.limits):
        path: KeyPath = ("limits", index)
        for policy in limit.policies:
            if policy not in paying and policy not in place.broken:
                problems.add(document.problem("unknown-policy", (*path, "policies"), found=policy, expected=paying))
        amount = numbers.compile(limit.amount, (*path, "amount"))
        if isinstance(amount, OpenNumber):
            problems.add(document.problem("bad-number", (*path, "amount"), found=amount.key))
        if (limit.per == "insurance_year") != (limit.starts is not None):
            problems.add(document.problem("missing-key", path, found="starts", at_key=True))
        first = first_of_id.setdefault(limit.id, limit)
        if first is not limit and _contradict(first, limit):
            problems.add(document.problem("limits-contradict", (*path, "id"), found=limit.id))
        compiled = SharedLimit(
            limit.id,
            limit.title.by_language(),
            conditions.compile_all(limit.for_, (*path, "for")),
            amount,
            limit.per,
            limit.of,
            None if limit.starts is None else (int(limit.starts[:2]), int(limit.starts[3:])),
            limit.from_,
        )
        for policy in limit.policies:
            limits.setdefault(policy, []).append(encode_limit(compiled))
    return limits


def _contradict(first: Limit, later: Limit) -> bool:
    """Tell whether two entries of one id are no earlier and later amount of one limit."""
    same = ("policies", "per", "of", "starts")
    return first.from_ == later.from_ or any(getattr(first, name) != getattr(later, name) for name in same)
