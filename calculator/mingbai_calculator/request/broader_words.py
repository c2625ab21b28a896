"""A visit told by a broader word: who was in hospital for an operation also says ``inpatient`` (reading R37).

Where the rules of the day tell the narrower options apart for these facts, the choice is left open: it is then missing,
and `possible_key` holds the options that it may be. Elsewhere it stays as it was given.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mingbai_calculator.core.facts import Facts, possible_key
from mingbai_calculator.core.identity_cache import IdentityCache
from mingbai_calculator.engine.ruleset import Ruleset
from mingbai_calculator.law.conditions import Condition, OneOf, evaluate_condition, iter_atoms
from mingbai_calculator.law.kinds import BILL_PAYING_KINDS
from mingbai_calculator.law.version import PolicyVersion
from mingbai_calculator.law.vocabulary import Vocabulary


class _Rule(NamedTuple):
    """Conditions that tell options apart: those of a version, or of what the place settles (`version` is None)."""

    version: PolicyVersion | None
    conditions: tuple[Condition, ...]


_rules: IdentityCache[tuple[_Rule, ...]] = IdentityCache(limit=256)


def leave_open(facts: Facts, ruleset: Ruleset, vocabulary: Vocabulary, *, bill_only: bool = False) -> Facts:
    """Return `facts` with each choice left open that was given by a broader word where a narrower one would matter.

    `bill_only`: only what is paid of a bill counts. Returns the same object if nothing is left open.
    """
    for name, fact in vocabulary.items():
        broad = facts.get(name) if fact.options_are else None
        if broad is None:
            continue
        narrower = [
            option
            for option, broader in fact.options_are.items()
            if broader == broad and not _is_excluded(Facts({**facts, name: option}), vocabulary)
        ]
        matter = [option for option in narrower if _matters(facts, ruleset, (name, broad, option), bill_only=bill_only)]
        if matter:
            facts = Facts({key: value for key, value in facts.items() if key != name})
            facts[possible_key(name)] = (broad, *matter)
    return facts


def _is_excluded(facts: Facts, vocabulary: Vocabulary) -> bool:
    return any(pair.is_given(facts) and pair.find_excluded(facts) for pair in vocabulary.exclusions)


def _matters(facts: Facts, ruleset: Ruleset, options: tuple[str, str, str], *, bill_only: bool) -> bool:
    """Return whether, of a fact, the broad and the narrow option may lead to different results."""
    name, broad, narrow = options
    rules = _rules.get(
        ruleset, (*options, bill_only), lambda: tuple(_list_rules(ruleset, options, bill_only=bill_only))
    )
    if not rules:
        return False
    of_broad, of_narrow = (Facts({**facts, name: option}) for option in (broad, narrow))
    return any(
        _may_differ(rule.conditions, of_broad, of_narrow)
        for rule in rules
        if rule.version is None or _may_apply(rule.version, of_broad) or _may_apply(rule.version, of_narrow)
    )


def _list_rules(ruleset: Ruleset, options: tuple[str, str, str], *, bill_only: bool) -> Iterator[_Rule]:
    settled = _select([*ruleset.settles_visit.parts, *ruleset.settles_fee.parts], options)
    if settled:
        yield _Rule(None, settled)
    for version in ruleset.versions.values():
        conditions = _select(version.iter_conditions(), options)
        if conditions and (version.kind in BILL_PAYING_KINDS or not bill_only):
            yield _Rule(version, conditions)


def _select(conditions: Iterable[Condition], options: tuple[str, str, str]) -> tuple[Condition, ...]:
    """Return the conditions with an atom that holds for one of the two options only."""
    name, broad, narrow = options
    return tuple(
        condition
        for condition in conditions
        if any(
            isinstance(atom, OneOf) and atom.fact == name and (broad in atom.values) != (narrow in atom.values)
            for atom in iter_atoms(condition)
        )
    )


def _may_differ(conditions: Iterable[Condition], of_broad: Facts, of_narrow: Facts) -> bool:
    for condition in conditions:
        first, second = evaluate_condition(condition, of_broad), evaluate_condition(condition, of_narrow)
        if first is None or first is not second:
            return True
    return False


def _may_apply(version: PolicyVersion, facts: Facts) -> bool:
    return evaluate_condition(version.who, facts) is not False and evaluate_condition(version.when, facts) is not False
