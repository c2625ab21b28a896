"""Policy mutation: each number of a policy is changed by one step; some example of the place must come out differently.

A number that nobody guards could be mistyped without anyone noticing.
"""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from mingbai.bundle.examples import differences, work_out
from mingbai.checks.lints.shared.context import WORDS, Ground, Json, Rule, warning
from mingbai.compile.version import compile_version
from mingbai.core.progress import Progress
from mingbai.diagnostics.problem import Path_, Problem, Problems
from mingbai.loader.library import LoadedVersion
from mingbai.model.version import KINDS
from mingbai_calculator import BadRequestError
from mingbai_calculator.core.money import ALL, parse_rate, parse_yuan, percent

_NOT_LAW = WORDS | {"start", "confirmed_until", "topic", "id"}
"""What no example could notice."""
_NATURAL = frozenset(["0", "0%", "100%"])
"""Bounds of a number that is asked for that no policy sets."""
_BOUNDS = frozenset(["at_least", "at_most", "above", "below"])


class Mutant(NamedTuple):
    """A value of a file and what it is changed to."""

    path: Path_
    found: object
    becomes: object


def find_unguarded(ground: Ground, progress: Progress) -> Iterator[Problem]:
    """Find the numbers whose change no example notices."""
    work = [(rule, mutant) for rule in ground.rules for mutant in mutants(ground, rule)]
    told: set[tuple[str, Path_]] = set()
    for done, (rule, mutant) in enumerate(work):
        progress(done, len(work))
        if (str(rule.document.file), mutant.path) not in told and _survives(ground, rule, mutant):
            told.add((str(rule.document.file), mutant.path))
            code = "option-not-guarded" if mutant.becomes is None else "not-guarded"
            words = {"found": _written(mutant.found), "becomes": _written(mutant.becomes)}
            yield warning(rule.document, code, mutant.path, **words)
    progress(len(work), len(work))


def mutants(ground: Ground, rule: Rule) -> Iterator[Mutant]:
    """Yield the changes of one version: a yuan, a percentage point, one more or less of a count, one option."""
    law = {key: value for key, value in rule.document.value.items() if key not in _NOT_LAW}
    yield from _of_value(ground, law, ())


def _of_value(ground: Ground, value: Any, path: Path_) -> Iterator[Mutant]:  # noqa: ANN401 - any YAML value
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ground.library.facts and not isinstance(inner, dict):
                yield from _of_condition(ground, key, inner, (*path, key))
            elif key not in _NOT_LAW:
                yield from _of_value(ground, inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _of_value(ground, inner, (*path, index))
    elif path[0] != "asks" or str(value) not in _NATURAL:
        for becomes in _steps(value, both=path[-1] in _BOUNDS and path[0] != "asks"):
            yield Mutant(path, value, becomes)


def _of_condition(ground: Ground, fact: str, value: Any, path: Path_) -> Iterator[Mutant]:  # noqa: ANN401
    """Yield a condition with one option left out, or another one in its place."""
    options = list(ground.library.facts[fact].options)
    if isinstance(value, bool):
        yield Mutant(path, value, not value)
    elif isinstance(value, list) and len(value) > 1:
        for index, option in enumerate(value):
            yield Mutant((*path, index), option, None)
    elif options:
        (option,) = value if isinstance(value, list) else (value,)
        others = [each for each in options if each != option]
        if others:
            yield Mutant(path, value, others[0])
    else:
        yield from (Mutant(path, value, becomes) for becomes in _steps(value, both=True))


def _steps(value: object, *, both: bool) -> list[object]:
    """Return a number one step up, and one down where `both` sides are a threshold; nothing for what is no number."""
    if isinstance(value, bool) or value is None:
        return []
    if isinstance(value, int):
        return [value + 1, value - 1] if both and value else [value + 1]
    text = str(value)
    if text.endswith("%"):
        points = parse_rate(text)
        if points is None:
            return []
        return [percent(points - 100 if points + 100 > ALL else points + 100)]
    fen = parse_yuan(text)
    return [] if fen is None else [f"{fen // 100 + 1}.{fen % 100:02d}"]


def _survives(ground: Ground, rule: Rule, mutant: Mutant) -> bool:
    """Tell whether every example of the place comes out as before."""
    value = deepcopy(rule.document.value)
    holder = value
    for step in mutant.path[:-1]:
        holder = holder[step]
    if mutant.becomes is None:
        del holder[mutant.path[-1]]
    else:
        holder[mutant.path[-1]] = mutant.becomes
    compiled = _compiled(ground, rule, value)
    if compiled is None:  # it would be refused
        return False
    place: Json = ground.bundle["places"][rule.place.id]
    versions = [compiled if each is rule.compiled else each for each in place["policies"][rule.policy]]
    changed = {**place, "policies": {**place["policies"], rule.policy: versions}}
    bundle = {**ground.bundle, "places": {rule.place.id: changed}}
    return not any(_comes_out_differently(bundle, each, example) for each, example in _examples(ground, rule))


def _compiled(ground: Ground, rule: Rule, value: Json) -> Json | None:
    problems = Problems()
    try:
        model = TypeAdapter(KINDS[value["kind"]]).validate_python(value)
    except ValidationError:
        return None
    version = LoadedVersion(rule.version.id, rule.version.start, model, rule.document)
    compiled = compile_version(rule.place, rule.policy, version, ground.library, problems)
    return None if problems.errors else compiled


def _examples(ground: Ground, rule: Rule) -> Iterator[tuple[Rule, Json]]:
    """Yield the examples that could notice a change, those of the policy first; a year's cash looks at all its days."""
    own = [each for each in ground.of_place(rule.place.id) if each.policy == rule.policy]
    others = [each for each in ground.of_place(rule.place.id) if each.policy != rule.policy]
    for each in [*own, *others]:
        for example in each.compiled["examples"]:
            if rule.compiled["kind"] == "cash" or rule.lives_on(date.fromisoformat(example["date"])):
                yield each, example


def _comes_out_differently(bundle: Json, rule: Rule, example: Json) -> bool:
    try:
        result = work_out(bundle, rule.place.id, example, "en")
    except BadRequestError:
        return True
    return bool(differences(result, f"{rule.place.id}/{rule.policy}", example["expect"]))


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
