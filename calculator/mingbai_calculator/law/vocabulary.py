"""Vocabulary: the definition of each fact that a request may give."""

from collections.abc import Iterable

from mingbai_calculator.core.facts import Facts, member_key
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
        "excludes",
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
        self.excludes: list[JsonObject] = get("excludes") or []


class Exclusion:
    """A `value` of `fact` (None: any) and values of the fact `other` that cannot be true together.

    `excluded`: each of these values, with the key in `Facts` and what stands there.
    """

    __slots__ = ("_key", "_wanted", "excluded", "fact", "other", "value")

    def __init__(self, fact: str, definitions: "Vocabulary", data: JsonObject) -> None:
        """Read the pair from the bundle."""
        self.fact, self.value, self.other = fact, data.get("value"), data["fact"]
        self._key, self._wanted = _locate(fact, definitions, self.value)
        self.excluded = [(value, *_locate(self.other, definitions, value)) for value in data["values"]]

    def is_given(self, facts: Facts) -> bool:
        """Tell whether the fact is given, with the value if there is one."""
        return self._key in facts and (self.value is None or facts[self._key] == self._wanted)

    def find_excluded(self, facts: Facts) -> str | None:
        """Return the value of the other fact that is given and excluded; None if there is none."""
        return next((value for value, key, wanted in self.excluded if facts.get(key) == wanted), None)


class Vocabulary(dict[str, FactDefinition]):
    """The definitions by fact; `current_names`: former name -> name; `defaults`: facts with the value if left out.

    `exclusions`: the answers that cannot be true together.
    """

    __slots__ = ("current_names", "defaults", "exclusions")

    def __init__(self, definitions: Iterable[tuple[str, FactDefinition]]) -> None:
        """Store the definitions, and collect names and defaults."""
        super().__init__(definitions)
        self.current_names = {former: name for name, fact in self.items() for former in fact.was}
        self.defaults = [(name, fact.default) for name, fact in self.items() if fact.default is not None]
        self.exclusions = [Exclusion(name, self, pair) for name, fact in self.items() for pair in fact.excludes]


def _locate(fact: str, definitions: Vocabulary, value: str | None) -> tuple[str, bool | str | None]:
    """Return the key in `Facts` of a value, and what stands there if it is given."""
    definition = definitions.get(fact)
    kind = "" if definition is None else definition.type
    if kind == "list" and value is not None:
        return member_key(fact, value), True
    return fact, {"true": True, "false": False}[value] if kind == "bool" and value is not None else value


_vocabularies: IdentityCache[Vocabulary] = IdentityCache(limit=8)


def get_vocabulary(bundle: JsonObject) -> Vocabulary:
    """Return the vocabulary of a bundle; cached by the identity of its facts, which must not change."""
    facts: JsonObject = bundle["facts"]
    return _vocabularies.get(facts, None, lambda: read_vocabulary(facts))


def read_vocabulary(facts: JsonObject) -> Vocabulary:
    """Return the vocabulary of the facts in a bundle."""
    return Vocabulary((name, FactDefinition(name, data)) for name, data in facts.items())
