"""The facts and open numbers that the rules of a place read on a day."""

from typing import NamedTuple

from mingbai_calculator.core.identity_cache import IdentityCache
from mingbai_calculator.engine.ruleset import INSURERS, Ruleset
from mingbai_calculator.law.conditions import iter_atoms
from mingbai_calculator.law.kinds import BILL_PAYING_KINDS
from mingbai_calculator.law.laws import BillLaw, OwnShareLaw
from mingbai_calculator.law.version import PolicyVersion

AFTER_INSURANCE = "self_share_after_insurance"
_BILL = frozenset(["total_cost", "eligible_cost"])


class FactsRead(NamedTuple):
    """What is read on a day: in conditions, in all, and in all if only the share after insurance is to be paid."""

    in_conditions: frozenset[str]
    all: frozenset[str]
    after_insurance: frozenset[str]


_facts_read: IdentityCache[FactsRead] = IdentityCache(limit=64)


def get_facts_read(ruleset: Ruleset) -> FactsRead:
    """Return what the rules of a ruleset read; cached."""
    return _facts_read.get(ruleset, None, lambda: _list_facts_read(ruleset))


def _list_facts_read(ruleset: Ruleset) -> FactsRead:
    versions = list(ruleset.versions.values())
    versions += [period.version for periods in ruleset.cash_periods.values() for period in periods]
    conditions = set(ruleset.conditions_by_fact)
    for version in versions:  # a version of cash that was in force earlier in the year pays its months of it
        atoms = (atom for condition in version.iter_conditions() for atom in iter_atoms(condition))
        conditions |= {fact for atom in atoms for fact in atom.facts}
        if version.offered_to is not None:
            conditions |= {fact for atom in iter_atoms(version.offered_to) for fact in atom.facts}
    definitions = ruleset.fact_definitions
    asked = conditions | ({"fee"} if ruleset.settles_fee.parts else set())
    asked_of = [definitions[fact].asked_of for fact in asked if fact in definitions]
    conditions |= {fact for each in asked_of if each for atom in iter_atoms(each) for fact in atom.facts}
    # What is left to pay after insurance is the bill, whatever the rules settle.
    always = {AFTER_INSURANCE} | conditions | {number for version in versions for number in version.numbers}
    if ruleset.settles_visit.parts:
        always |= _BILL
    if ruleset.settles_fee.parts:
        always |= {"fee", *_BILL}
    if any(version.kind in BILL_PAYING_KINDS for version in versions):
        always |= _BILL
    return FactsRead(
        frozenset(conditions),
        frozenset(always.union(*(version.list_facts() for version in versions))),
        frozenset(always.union(*(version.list_facts() for version in versions if not _is_insurance(version)))),
    )


def _is_insurance(version: PolicyVersion) -> bool:
    return isinstance(version.law, OwnShareLaw) or (isinstance(version.law, BillLaw) and version.law.payer in INSURERS)
