"""Conditions on facts: their types, the walk over them, and their predicates, compiled once.

In the bundle a condition is a list (`codec` reads and writes it):

``["all", c, ...]`` ``["any", c, ...]`` ``["none", c, ...]``
    `All`, `AnyOf`, `NoneOf`: all, at least one, none of the conditions hold
``["in", fact, [value, ...]]``
    `OneOf`: a boolean or a choice has one of the values
``["has", fact, [member, ...]]``
    `Contains`: a list contains one of the members
``["range", fact, low, high]``
    `InRange`: a number is at least `low` and at most `high` (whole numbers or fen; null = no bound)
``["ratio", fact, order, times, other]``
    `Ratio`: a number compares (``above``, ``at_least``, ``at_most``, ``below``) to `times` basis points of another fact
``["holds", status, texts]``
    `Holds`: the condition of the place's policy `status` (kind `status`) holds
``["perhaps", key, texts]``
    `Perhaps`: the source does not say whether this is so
"""

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from mingbai_calculator.core.facts import Facts, MissingFact, member_key
from mingbai_calculator.core.json_value import Texts
from mingbai_calculator.core.money import FULL_RATE
from mingbai_calculator.core.record import Record

type Predicate = Callable[[Facts], bool]
type KeyLookup = tuple[str, frozenset[object]]

_COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "above": operator.gt,
    "at_least": operator.ge,
    "at_most": operator.le,
    "below": operator.lt,
}
_ONLY_TRUE = frozenset([True])


class Condition(Record):
    """A condition; `holds` is its predicate."""

    __slots__ = ("_holds",)

    _holds: Predicate

    @property
    def holds(self) -> Predicate:
        """The predicate of the condition, compiled on first use; it raises `MissingFact` only if that fact matters."""
        try:
            return self._holds
        except AttributeError:
            self._holds = compile_condition(self)
            return self._holds

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that an atom reads: none of ``holds`` and ``perhaps``."""
        return ()


class Combination(Condition):
    """A condition made of others (`parts`)."""

    __slots__ = ("parts",)

    def __init__(self, parts: Iterable[Condition]) -> None:
        """Store the parts."""
        self.parts = tuple(parts)


class All(Combination):
    """All parts hold."""

    __slots__ = ()


class AnyOf(Combination):
    """At least one part holds."""

    __slots__ = ()


class NoneOf(Combination):
    """No part holds."""

    __slots__ = ()


class OneOf(Condition):
    """A boolean or a choice has one of the values."""

    __slots__ = ("fact", "values")

    def __init__(self, fact: str, values: Sequence[str | bool]) -> None:
        """Store fact and values."""
        self.fact, self.values = fact, tuple(values)

    @property
    def facts(self) -> tuple[str, ...]:
        """The fact."""
        return (self.fact,)


class Contains(Condition):
    """A list contains one of the members."""

    __slots__ = ("_groups", "fact", "members")

    def __init__(self, fact: str, members: Sequence[str]) -> None:
        """Store fact and members."""
        self.fact, self.members = fact, tuple(members)
        self._groups: Sequence[Sequence[str]] | None = None

    @property
    def facts(self) -> tuple[str, ...]:
        """The fact."""
        return (self.fact,)

    @property
    def groups(self) -> Sequence[Sequence[str]]:
        """The members, grouped with those that no rule of the place distinguishes (see `interchangeable`)."""
        return [[member] for member in self.members] if self._groups is None else self._groups

    def set_groups(self, groups: Sequence[Sequence[str]]) -> None:
        """Set the groups; before the condition is compiled."""
        self._groups = groups


class InRange(Condition):
    """A number is at least `low` and at most `high` (whole numbers or fen; None: no bound)."""

    __slots__ = ("fact", "high", "low")

    def __init__(self, fact: str, low: int | None, high: int | None) -> None:
        """Store fact and bounds."""
        self.fact, self.low, self.high = fact, low, high

    @property
    def facts(self) -> tuple[str, ...]:
        """The fact."""
        return (self.fact,)


class Ratio(Condition):
    """A number compares (`order`) to `times` basis points of the fact `other`."""

    __slots__ = ("fact", "order", "other", "times")

    def __init__(self, fact: str, order: str, times: int, other: str) -> None:
        """Store both facts, the comparison and the factor."""
        self.fact, self.order, self.times, self.other = fact, order, times, other

    @property
    def facts(self) -> tuple[str, ...]:
        """Both facts."""
        return self.fact, self.other


class Holds(Condition):
    """The condition of the place's status policy `status` holds; `texts` is its title."""

    __slots__ = ("status", "texts")

    def __init__(self, status: str, texts: Texts) -> None:
        """Store the policy and its title."""
        self.status, self.texts = status, texts


class Perhaps(Condition):
    """The source does not say whether this is so; `texts` describes it."""

    __slots__ = ("key", "texts")

    def __init__(self, key: str, texts: Texts) -> None:
        """Store the key of `Facts` and the description."""
        self.key, self.texts = key, texts


ALWAYS = All(())
"""Holds for everybody."""
NEVER = AnyOf(())
"""Holds for nobody."""


def iter_atoms(condition: Condition) -> Iterator[Condition]:
    """Yield the conditions on single facts (atoms) inside `condition`."""
    if isinstance(condition, Combination):
        for part in condition.parts:
            yield from iter_atoms(part)
    else:
        yield condition


def split_conjunction(condition: Condition) -> tuple[Condition, ...]:
    """Return the conditions that must all hold for `condition` to hold."""
    return condition.parts if isinstance(condition, All) else (condition,)


def resolve_statuses(condition: Condition, statuses: Mapping[str, Condition]) -> Condition:
    """Return the condition with each `Holds` replaced by the condition of that status policy.

    A status that is not in force holds for nobody. A condition without a status is returned as it is.
    """
    if isinstance(condition, Holds):
        return resolve_statuses(statuses.get(condition.status, NEVER), statuses)
    if isinstance(condition, Combination):
        parts = [resolve_statuses(part, statuses) for part in condition.parts]
        if any(part is not original for part, original in zip(parts, condition.parts, strict=True)):
            return type(condition)(parts)
    return condition


def compile_condition(*conditions: Condition) -> Predicate:
    """Return the predicate that all `conditions` hold; it raises `MissingFact` only if the missing fact matters.

    Nearly all conditions are a few key look-ups: these are tested first, without a function call for each.
    """
    lookups: list[KeyLookup] = []
    tests: list[Predicate] = []
    for conjunct in _flatten(conditions):
        lookup = _as_key_lookup(conjunct)
        if lookup is None:
            tests.append(_compile_predicate(conjunct))
        else:
            lookups.append(lookup)
    if len(lookups) == 1 and not tests:
        return _compile_key_lookup(*lookups[0])
    return _compile_conjunction(lookups, tests)


def _compile_conjunction(lookups: Sequence[KeyLookup], tests: Sequence[Predicate]) -> Predicate:
    """Return the predicate that all look-ups and tests succeed."""

    def all_hold(facts: Facts) -> bool:
        try:
            for key, allowed in lookups:
                if facts[key] not in allowed:
                    return False
            for test in tests:
                if not test(facts):
                    return False
        except MissingFact as unknown:
            if _decides_against(facts, lookups, tests):
                return False
            raise unknown from None
        return True

    return all_hold


def evaluate_condition(condition: Condition, facts: Facts) -> bool | None:
    """Return whether a condition holds for `facts`; None if that depends on a missing fact."""
    try:
        return condition.holds(facts)
    except MissingFact:
        return None


def _flatten(conditions: Iterable[Condition]) -> Iterator[Condition]:
    """Yield the conjuncts of all conditions, those of nested conjunctions included."""
    for condition in conditions:
        if isinstance(condition, All):
            yield from _flatten(condition.parts)
        else:
            yield condition


def _as_key_lookup(condition: Condition) -> KeyLookup | None:
    """Return a condition as a key and its allowed values; None if it is not that simple."""
    if isinstance(condition, OneOf):
        return condition.fact, frozenset(condition.values)
    if isinstance(condition, Contains) and len(condition.members) == 1 and len(condition.groups[0]) == 1:
        return member_key(condition.fact, condition.members[0]), _ONLY_TRUE
    if isinstance(condition, Perhaps):
        return condition.key, _ONLY_TRUE
    return None


def _decides_against(facts: Facts, lookups: Sequence[KeyLookup], tests: Sequence[Predicate]) -> bool:
    """Tell whether a conjunct is false: it decides, whatever is missing in the others."""
    return any(key in facts and facts[key] not in allowed for key, allowed in lookups) or any(
        _is_false(test, facts) for test in tests
    )


def _compile_key_lookup(key: str, allowed: frozenset[object]) -> Predicate:
    return lambda facts: facts[key] in allowed


def _compile_predicate(condition: Condition) -> Predicate:
    if isinstance(condition, InRange):
        return _compile_range(condition.fact, condition.low, condition.high)
    if isinstance(condition, Ratio):
        return _compile_ratio(condition)
    if isinstance(condition, Contains):
        return _compile_any([_compile_group_member(condition.fact, group) for group in condition.groups])
    if isinstance(condition, NoneOf):
        one_holds = _compile_any([part.holds for part in condition.parts])
        return lambda facts: not one_holds(facts)
    if isinstance(condition, AnyOf):
        return _compile_any([part.holds for part in condition.parts])
    raise TypeError(f"{condition} has no predicate of its own")


def _compile_group_member(fact: str, group: Sequence[str]) -> Predicate:
    """Return the predicate that a list contains a member of a group; scenarios assume only the first member."""
    first, *others = (member_key(fact, value) for value in group)
    if not others:
        return lambda facts: facts[first] is True
    return lambda facts: facts[first] is True or any(facts.get(other) for other in others)


def _compile_any(tests: list[Predicate]) -> Predicate:
    """Return the predicate that one of `tests` is true; a true one decides, whatever is missing in the others."""

    def one_holds(facts: Facts) -> bool:
        unknown = None
        for test in tests:
            try:
                if test(facts):
                    return True
            except MissingFact as missing:
                unknown = unknown or missing
        if unknown is not None:
            raise unknown
        return False

    return one_holds


def _is_false(test: Predicate, facts: Facts) -> bool:
    try:
        return not test(facts)
    except MissingFact:
        return False


def _compile_range(fact: str, low: int | None, high: int | None) -> Predicate:
    if high is None:
        return lambda facts: facts[fact] >= low
    if low is None:
        return lambda facts: facts[fact] <= high
    return lambda facts: low <= facts[fact] <= high


def _compile_ratio(condition: Ratio) -> Predicate:
    fact, other, times = condition.fact, condition.other, condition.times
    compare = _COMPARISONS[condition.order]
    return lambda facts: compare(facts[fact] * FULL_RATE, times * facts[other])
