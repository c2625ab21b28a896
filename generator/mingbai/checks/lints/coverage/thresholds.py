"""Thresholds that no example guards: a rule needs an example on each side of each of its thresholds.

Thresholds of the bill (deductibles, limits, brackets) are guarded by every example of the place that says what the
person or the policy pays; thresholds of facts (ages, distances) by examples that name the fact.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from mingbai.checks.lints.shared.context import Ground, Json, Rule, key_of, warning
from mingbai.diagnostics.problem import Path_, Problem
from mingbai.model.place import Fact
from mingbai_calculator import BadRequestError
from mingbai_calculator.core.facts import Facts, MissingFact
from mingbai_calculator.core.money import UNLIMITED, shown
from mingbai_calculator.engine.outcomes import settle_all_scenarios
from mingbai_calculator.engine.ruleset import Ruleset
from mingbai_calculator.kinds.claim import Claim
from mingbai_calculator.law.conditions import Condition, Test, compile_condition
from mingbai_calculator.law.numbers import compile_number
from mingbai_calculator.request.request import read_request
from mingbai_calculator.request.vocabulary import Vocabulary, read_facts, with_defaults

type Key = tuple[str, str, int, str]
"""Policy, version, row, and which threshold: ``deductible``, ``limit``, ``base_limit``, ``bracket 1``."""
BELOW, ABOVE = "below", "above"


@dataclass(slots=True)
class _Seen:
    """Which sides of which thresholds the examples of a place have been on."""

    sides: dict[Key, set[str]] = field(default_factory=dict)

    def note(self, key: Key, *, above: bool) -> None:
        """Note one side."""
        self.sides.setdefault(key, set()).add(ABOVE if above else BELOW)


def check_guards(ground: Ground) -> Iterator[Problem]:
    """Find thresholds with no example on one side or on both."""
    for place in ground.library.places:
        rules = ground.of_place(place)
        seen = _Seen()
        for rule in rules:
            for example in rule.compiled["examples"]:
                _watch(ground, rule, example, seen)
        for rule in rules:
            if not rule.compiled["ends"]:
                yield from _of_bill(rule, seen)
                yield from _of_facts(ground, rule, rules)
                yield from _of_birthday(ground, rule)
            yield from _of_dates(rule)


def _of_bill(rule: Rule, seen: _Seen) -> Iterator[Problem]:
    """Check deductibles, limits and brackets of a share."""
    if rule.compiled["kind"] != "share":
        return
    for index, row in enumerate(rule.compiled["law"]["rows"]):
        brackets = row.get("brackets") or []
        numbers = [(name, row[name]) for name in ("deductible", "limit", "base_limit") if row.get(name)]
        numbers += [(f"bracket {at}", each["from"]) for at, each in enumerate(brackets) if each["from"]]
        for name, number in numbers:
            missing = {BELOW, ABOVE} - seen.sides.get((rule.policy, rule.version.id, index, name), set())
            if missing:
                yield _unguarded(rule, _path(rule, index, name), _printed(number), missing)


def _path(rule: Rule, index: int, name: str) -> Path_:
    if name.startswith("bracket"):
        at = int(name.removeprefix("bracket "))
        own: Path_ = ("table", index, "brackets", at, "above")
        return own if own in rule.document.values else ("brackets", at, "above")
    own = ("table", index, name)
    return own if own in rule.document.values else (name,)


def _printed(number: int | Json) -> str:
    value = number.get("value") if isinstance(number, dict) else number
    return "?" if value is None else shown(value)


def _unguarded(rule: Rule, path: Path_, found: str, missing: set[str]) -> Problem:
    side = "both-sides" if len(missing) > 1 else next(iter(missing))
    return warning(rule.document, "threshold-unguarded", path, found=found, wanted=side)


def _watch(ground: Ground, rule: Rule, example: Json, seen: _Seen) -> None:
    """Note on which sides of the thresholds of a bill an example is, in every way in which it could turn out."""
    expect = example["expect"]
    whole = expect.get("self_pays") is not None
    if not whole and expect.get("line") is None:
        return
    request = {"place": rule.place.id, **{key: example[key] for key in ("date", "facts", "inputs")}}
    try:
        read = read_request(ground.bundle, request)
    except BadRequestError:
        return
    if not read.visits:
        return
    for scenario in settle_all_scenarios(read.visits, read.known).scenarios.all:
        for visit, claim in zip(read.visits, scenario.outcome, strict=True):
            if claim is not None:
                facts = Facts({**read.known, **visit.own, **scenario.supposed})
                _watch_stay(visit.ruleset, claim, facts, seen, None if whole else rule.policy)


def _watch_stay(ruleset: Ruleset, claim: Claim, facts: Facts, seen: _Seen, only: str | None) -> None:
    for policy in dict.fromkeys(step.policy for step in claim.payments):
        version = ruleset.versions[policy]
        steps = [step for step in claim.payments if step.policy == policy]
        figures = steps[0].figures
        if version.kind != "share" or "over" not in figures or only not in (None, policy):
            continue
        rows = cast("list[dict[str, Any]]", version.law["rows"])
        index = next(at for at, row in enumerate(rows) if compile_condition(cast("Condition", row["if"]))(facts))
        name = (policy, version.id, index)
        row = rows[index]
        seen.note((*name, "deductible"), above=figures["over"] > 0)
        seen.note((*name, "limit"), above=any(step.why == "limited" for step in steps))
        if row.get("base_limit") is not None and compile_number(row["base_limit"])(facts) < UNLIMITED:
            seen.note((*name, "base_limit"), above=figures["whole"] > figures["base"])
        for at, bracket in enumerate(row.get("brackets") or []):
            seen.note((*name, f"bracket {at}"), above=figures["earlier"] + figures["base"] > bracket["from"])


def _of_facts(ground: Ground, rule: Rule, rules: list[Rule]) -> Iterator[Problem]:
    """Check the bounds of ages and other numbers of a person: examples of the policy that name the fact."""
    atoms_read = list(_atoms([rule.compiled[part] for part in ("who", "when", "law")]))
    if not atoms_read:
        return
    tests_others = rule.compiled["kind"] == "status"
    known = [
        _known(ground, example)
        for each in rules
        if tests_others or each.policy == rule.policy
        for example in each.compiled["examples"]
        if rule.lives_on(date.fromisoformat(example["date"]))
    ]
    told: set[object] = set()
    for atom in atoms_read:
        fact = str(atom[1])
        for printed, above in _bounds(atom, ground.library.facts[fact]):
            missing = {BELOW, ABOVE} - {side for facts in known if (side := _side(above, facts)) is not None}
            if missing and (fact, printed) not in told:
                told.add((fact, printed))
                yield _unguarded(rule, key_of(rule, fact), f"{fact} {printed}", missing)


def _bounds(atom: Condition, fact: Fact) -> Iterator[tuple[str, Test]]:
    """Yield the thresholds of a condition on a number: as it is printed, and the test of the upper side."""
    name = str(atom[1])
    if atom[0] == "ratio":
        yield f"/ {atom[4]}", compile_condition(atom)
        return
    low, high = cast("int | None", atom[2]), cast("int | None", atom[3])
    for start, shift in ((low, 0), (None if high is None else high + 1, 1)):
        if start is not None and start > (fact.low or 0):
            printed = shown(start - shift) if fact.type == "money" else str(start - shift)
            yield printed, compile_condition(["range", name, start, None])


def _side(above: Test, facts: Facts) -> str | None:
    try:
        return ABOVE if above(facts) else BELOW
    except MissingFact:
        return None


def _of_birthday(ground: Ground, rule: Rule) -> Iterator[Problem]:
    """Check the age from which something is due: a year in which it is reached, and one in which it is not."""
    due = rule.compiled["law"].get("from_month")
    if due is None:
        return
    missing = {BELOW, ABOVE}
    for example in rule.compiled["examples"]:
        facts, year = _known(ground, example), int(example["date"][:4])
        born = facts.get(due["fact"])
        age = year - cast("tuple[int, int]", born)[0] if born is not None else facts.get("wife_age")
        if age is not None:
            missing.discard(ABOVE if cast("int", age) >= due["age"] else BELOW)
    if missing:
        yield _unguarded(rule, ("from_month", "age"), str(due["age"]), missing)


def _of_dates(rule: Rule) -> Iterator[Problem]:
    """Check the day of a change: examples in the versions on both of its sides.

    Before the first version only where the source states its day; one that we inferred is nobody's threshold.
    """
    model, start = rule.version.model, rule.version.start
    if model.kind == "status":
        return
    days = [example.date for example in model.examples]
    if (rule.before is not None or rule.next_start is not None) and not any(rule.lives_on(day) for day in days):
        yield _unguarded(rule, (), rule.version.id, {"since"})
    stated = model.start is not None and model.start.certainty == "stated"
    if rule.before is None and start is not None and stated and not any(day < start for day in days):
        yield _unguarded(rule, (), rule.version.id, {"before"})


def _known(ground: Ground, example: Json) -> Facts:
    vocabulary = cast("Vocabulary", ground.bundle["facts"])
    return with_defaults(read_facts(example["facts"], vocabulary, []), vocabulary)[0]


def _atoms(value: object) -> Iterator[Condition]:
    """Yield the conditions on numbers inside a part of a version."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _atoms(inner)
    elif isinstance(value, list):
        if len(value) > 3 and value[0] in ("range", "ratio"):  # noqa: PLR2004 - ["range", fact, low, high]
            yield value
        else:
            for inner in value:
                yield from _atoms(inner)
