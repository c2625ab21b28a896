"""Whom a policy is meant for: ours, by age and sex, where its text does not say; it decides no payment."""

from collections.abc import Sequence

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.law.conditions import Condition, evaluate_condition, iter_atoms, split_conjunction
from mingbai_calculator.law.version import PolicyVersion
from mingbai_calculator.law.vocabulary import Vocabulary

_MONTHS_PER_YEAR = 12


def is_meant_for_others(version: PolicyVersion, known: Facts, definitions: Vocabulary) -> bool:
    """Tell whether a person is known to be outside `offered_to`, or only answers not asked of them could decide."""
    if version.offered_to is not None and _is_outside(version.offered_to, known):
        return True
    parts = (*split_conjunction(version.who), *split_conjunction(version.when))
    return any(_depends_on_others(part, known, definitions) for part in parts)


def list_open_facts(version: PolicyVersion, known: Facts) -> Sequence[str]:
    """Return the missing facts that would tell whether a person is inside `offered_to`."""
    offered_to = version.offered_to
    if offered_to is None or evaluate_condition(offered_to, known) is not None:
        return ()
    return list(dict.fromkeys(fact for atom in iter_atoms(offered_to) for fact in atom.facts if fact not in known))


def _is_outside(offered_to: Condition, known: Facts) -> bool:
    """Tell whether a condition is false; an age in years says the age in months but for the month."""
    verdict = evaluate_condition(offered_to, known)
    if verdict is not None or "age" not in known or "age_months" in known:
        return verdict is False
    first = known["age"] * _MONTHS_PER_YEAR
    months = range(first, first + _MONTHS_PER_YEAR)
    return all(evaluate_condition(offered_to, Facts({**known, "age_months": month})) is False for month in months)


def _depends_on_others(part: Condition, known: Facts, definitions: Vocabulary) -> bool:
    """Tell whether a part is undecided, and each answer that is missing is one that this person is not asked for."""
    if evaluate_condition(part, known) is not None:
        return False
    missing = [fact for atom in iter_atoms(part) for fact in atom.facts if fact not in known]
    asked = (definitions[fact].is_asked_of(known) for fact in missing if fact in definitions)
    return bool(missing) and not any(asked)
