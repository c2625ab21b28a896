"""Law of a version of the bundle, as objects: pages, cards and lints read attributes, not keys of JSON."""

from collections.abc import Iterator
from typing import Any

from mingbai_calculator.core.identity_cache import IdentityCache
from mingbai_calculator.law.codec import decode_condition, decode_law
from mingbai_calculator.law.conditions import Condition

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
