"""How much of a place's promises can be worked out: to the fen, in part, or described only."""

from typing import Any, NamedTuple

from mingbai.bundle.law import get_version_law
from mingbai.bundle.timeline import find_current_versions
from mingbai_calculator.law.conditions import Perhaps, iter_atoms
from mingbai_calculator.law.kinds import MONEY_KINDS

type Json = dict[str, Any]


class WorkedOut(NamedTuple):
    """How many promises are worked out to the fen, how many in part, how many are described."""

    exact: int
    in_part: int
    described: int

    @property
    def total(self) -> int:
        """The number of all promises."""
        return sum(self)


def count_worked_out(bundle: Json, place: Json) -> WorkedOut:
    """Count the promises of a place by how much can be worked out; those that have ended are left out."""
    versions = [version for version in find_current_versions(bundle, place).values() if not version["ends"]]
    of_money = [version for version in versions if version["kind"] in MONEY_KINDS]
    in_part = sum(map(_is_left_open, of_money))
    return WorkedOut(len(of_money) - in_part, in_part, len(versions) - len(of_money))


def _is_left_open(version: Json) -> bool:
    """Tell whether the text leaves a number or a condition of a payment open."""
    atoms = (atom for condition in get_version_law(version).iter_conditions() for atom in iter_atoms(condition))
    return bool(version["numbers"]) or any(isinstance(atom, Perhaps) for atom in atoms)
