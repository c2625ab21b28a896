"""Policy mutation testing: change each number of a policy by one step; some example of the place must fail.

A number that no example covers could be mistyped without anyone noticing.
"""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from mingbai.bundle.examples import estimate_example, find_differences
from mingbai.checks.lints.shared.context import NON_LAW_KEYS, Json, LintContext, Rule, make_warning
from mingbai.compile.version import compile_version
from mingbai.core.progress import Progress
from mingbai.diagnostics.problem import KeyPath, Problem, Problems
from mingbai.loader.library import LoadedVersion
from mingbai.model.kinds import MODELS
from mingbai_calculator import BadRequestError
from mingbai_calculator.core.money import FULL_RATE, format_percent, parse_rate, parse_yuan
from mingbai_calculator.law.kinds import CASH_KINDS

_SKIPPED_KEYS = NON_LAW_KEYS | {"start", "confirmed_until", "topic", "id"}
"""Keys whose change no example can detect."""
_TRIVIAL_BOUNDS = frozenset(["0", "0%", "100%"])
"""Bounds of an asked number that are natural limits, set by no policy."""
_BOUND_KEYS = frozenset(["at_least", "at_most", "above", "below"])


class Mutant(NamedTuple):
    """A mutation: path of a value in a file, the value, its replacement (None: removed)."""

    path: KeyPath
    found: object
    becomes: object


def find_surviving_mutants(context: LintContext, progress: Progress) -> Iterator[Problem]:
    """Find the mutants that no example detects; one finding per value."""
    pairs = [(rule, mutant) for rule in context.rules for mutant in make_mutants(context, rule)]
    reported: set[tuple[str, KeyPath]] = set()
    for done, (rule, mutant) in enumerate(pairs):
        progress(done, len(pairs))
        if (str(rule.document.file), mutant.path) not in reported and _survives(context, rule, mutant):
            reported.add((str(rule.document.file), mutant.path))
            yield _make_finding(rule, mutant)
    progress(len(pairs), len(pairs))


def _make_finding(rule: Rule, mutant: Mutant) -> Problem:
    found = _format_value(mutant.found)
    if mutant.becomes is None:
        return make_warning(rule.document, "option-not-guarded", mutant.path, found=found)
    return make_warning(rule.document, "not-guarded", mutant.path, found=found, becomes=_format_value(mutant.becomes))


def make_mutants(context: LintContext, rule: Rule) -> Iterator[Mutant]:
    """Yield the mutants of one version: a yuan, a percentage point, one of a count, one option more or less."""
    law = {key: value for key, value in rule.document.value.items() if key not in _SKIPPED_KEYS}
    yield from _mutate_value(context, law, ())


def _mutate_value(context: LintContext, value: Any, path: KeyPath) -> Iterator[Mutant]:  # noqa: ANN401 - any YAML value
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in context.library.facts and not isinstance(inner, dict):
                yield from _mutate_condition(context, key, inner, (*path, key))
            elif key not in _SKIPPED_KEYS:
                yield from _mutate_value(context, inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _mutate_value(context, inner, (*path, index))
    elif path[0] != "asks" or str(value) not in _TRIVIAL_BOUNDS:
        for becomes in _step_number(value, both=path[-1] in _BOUND_KEYS and path[0] != "asks"):
            yield Mutant(path, value, becomes)


def _mutate_condition(context: LintContext, fact: str, value: Any, path: KeyPath) -> Iterator[Mutant]:  # noqa: ANN401
    """Yield the mutants of a condition: one option removed, or replaced by another one."""
    options = list(context.library.facts[fact].options)
    if isinstance(value, bool):
        yield Mutant(path, value, not value)
    elif isinstance(value, list) and len(value) > 1:
        for index, option in enumerate(value):
            yield Mutant((*path, index), option, None)
    elif options:
        (option,) = value if isinstance(value, list) else (value,)
        others = [other for other in options if other != option]
        if others:
            yield Mutant(path, value, others[0])
    else:
        yield from (Mutant(path, value, becomes) for becomes in _step_number(value, both=True))


def _step_number(value: object, *, both: bool) -> list[object]:
    """Return a number changed by one step up, and down if `both`; ``[]`` for a value that is no number."""
    if isinstance(value, bool) or value is None:
        return []
    if isinstance(value, int):
        return [value + 1, value - 1] if both and value else [value + 1]
    text = str(value)
    if text.endswith("%"):
        points = parse_rate(text)
        if points is None:
            return []
        return [format_percent(points - 100 if points + 100 > FULL_RATE else points + 100)]
    fen = parse_yuan(text)
    return [] if fen is None else [f"{fen // 100 + 1}.{fen % 100:02d}"]


def _survives(context: LintContext, rule: Rule, mutant: Mutant) -> bool:
    """Return whether every example of the place still passes with a mutant."""
    value = deepcopy(rule.document.value)
    container = value
    for step in mutant.path[:-1]:
        container = container[step]
    if mutant.becomes is None:
        del container[mutant.path[-1]]
    else:
        container[mutant.path[-1]] = mutant.becomes
    compiled = _compile_mutated(context, rule, value)
    if compiled is None:  # the mutant would be rejected
        return False
    place: Json = context.bundle["places"][rule.place.id]
    versions = [compiled if version is rule.compiled else version for version in place["policies"][rule.policy]]
    changed_place = {**place, "policies": {**place["policies"], rule.policy: versions}}
    bundle = {**context.bundle, "places": {rule.place.id: changed_place}}
    return not any(_result_differs(bundle, tested, example) for tested, example in _list_examples(context, rule))


def _compile_mutated(context: LintContext, rule: Rule, value: Json) -> Json | None:
    problems = Problems()
    try:
        model = TypeAdapter(MODELS[value["kind"]]).validate_python(value)
    except ValidationError:
        return None
    version = LoadedVersion(rule.version.id, rule.version.start, model, rule.document)
    compiled = compile_version(rule.place, rule.policy, version, context.library, problems)
    return None if problems.errors else compiled


def _list_examples(context: LintContext, rule: Rule) -> Iterator[tuple[Rule, Json]]:
    """Yield the examples that could detect a change, those of the policy first.

    Only examples of days on which the version is in force, but all for cash: a year's cash depends on all its days.
    """
    own = [tested for tested in context.rules_of(rule.place.id) if tested.policy == rule.policy]
    others = [tested for tested in context.rules_of(rule.place.id) if tested.policy != rule.policy]
    for tested in [*own, *others]:
        for example in tested.compiled["examples"]:
            if rule.compiled["kind"] in CASH_KINDS or rule.is_in_force_on(date.fromisoformat(example["date"])):
                yield tested, example


def _result_differs(bundle: Json, rule: Rule, example: Json) -> bool:
    try:
        result = estimate_example(bundle, rule.place.id, example, "en")
    except BadRequestError:
        return True
    return bool(find_differences(result, f"{rule.place.id}/{rule.policy}", example["expect"]))


def _format_value(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
