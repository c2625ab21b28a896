"""Vocabulary: the definition of each fact that a request may give."""

from collections.abc import Iterable

from mingbai_calculator.core.facts import member_key
from mingbai_calculator.core.identity_cache import IdentityCache
from mingbai_calculator.core.json_value import JsonObject, Texts


class FactDefinition:
    """Definition of a fact.

    `options`: names of the options by id; `members`: the options of a list with their keys in `Facts`; `options_were`:
    former id -> id; `options_are`: option -> broader option (a surgery is an inpatient stay). `may_come`: how the fact
    may still change, ``on_request`` or ``with_time``. `shared`: it is asked once for a household. `default`: value if
    the fact is left out; None: it is unknown then. `was`: former names of the fact.
    """

    __slots__ = (
        "default",
        "group",
        "high",
        "low",
        "may_come",
        "members",
        "name",
        "options",
        "options_are",
        "options_were",
        "shared",
        "type",
        "was",
    )

    def __init__(self, name: str, data: JsonObject) -> None:
        """Read the definition from the bundle, where keys without a value are left out."""
        get = data.get
        self.type: str = get("type", "")
        self.group: str = get("group", "")
        self.name: Texts = get("name", {})
        self.options: dict[str, Texts] = get("options") or {}
        self.members: list[tuple[str, str]] = [(option, member_key(name, option)) for option in self.options]
        self.options_were: dict[str, str] = get("options_were") or {}
        self.options_are: dict[str, str] = get("options_are") or {}
        self.default: int | str | bool | None = get("default")
        self.low: int = get("low") or 0
        self.high: int | None = get("high")
        self.may_come: str | None = get("may_come")
        self.shared: bool = get("shared", False)
        self.was: list[str] = get("was") or []


class Vocabulary(dict[str, FactDefinition]):
    """The definitions by fact; `current_names`: former name -> name; `defaults`: facts with the value if left out."""

    __slots__ = ("current_names", "defaults")

    def __init__(self, definitions: Iterable[tuple[str, FactDefinition]]) -> None:
        """Store the definitions, and collect names and defaults."""
        super().__init__(definitions)
        self.current_names = {former: name for name, fact in self.items() for former in fact.was}
        self.defaults = [(name, fact.default) for name, fact in self.items() if fact.default is not None]


_vocabularies: IdentityCache[Vocabulary] = IdentityCache(limit=8)


def get_vocabulary(bundle: JsonObject) -> Vocabulary:
    """Return the vocabulary of a bundle; cached by the identity of its facts, which must not change."""
    facts: JsonObject = bundle["facts"]
    return _vocabularies.get(facts, None, lambda: read_vocabulary(facts))


def read_vocabulary(facts: JsonObject) -> Vocabulary:
    """Return the vocabulary of the facts in a bundle."""
    return Vocabulary((name, FactDefinition(name, data)) for name, data in facts.items())
