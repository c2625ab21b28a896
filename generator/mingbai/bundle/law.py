"""Law of a version of the bundle, as objects: pages, cards and lints read attributes, not keys of JSON."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from mingbai.bundle.timeline import find_current_versions
from mingbai_calculator.core.identity_cache import IdentityCache
from mingbai_calculator.law.codec import decode_condition, decode_law
from mingbai_calculator.law.conditions import Condition, Perhaps, iter_atoms
from mingbai_calculator.law.kinds import MONEY_KINDS

type Json = dict[str, Any]

MAX_VERSIONS = 2048


class VersionLaw:
    """The law of a version: whom it is for, in which event, and what it grants."""

    __slots__ = ("law", "when", "who")

    def __init__(self, version: Json) -> None:
        """Decode the law."""
        self.who = decode_condition(version["who"])
        self.when = decode_condition(version["when"])
        self.law = decode_law(version["kind"], version["law"])

    def iter_conditions(self) -> Iterator[Condition]:
        """Yield every condition: `who`, `when`, and those of the law."""
        yield self.who
        yield self.when
        yield from self.law.iter_conditions()


_laws: IdentityCache[VersionLaw] = IdentityCache(limit=MAX_VERSIONS)


def get_version_law(version: Json) -> VersionLaw:
    """Return the law of a compiled version; cached by the identity of the version, which must not change."""
    return _laws.get(version, None, lambda: VersionLaw(version))


def list_settled_conditions(place: Json) -> list[Condition]:
    """Return the conditions under which a compiled place settles bills, on any day."""
    return [decode_condition(item["if"]) for item in place["settles"]]


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
