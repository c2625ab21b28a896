"""Vocabulary: the definition of each fact that a request may give."""

from collections.abc import Iterable

from mingbai_calculator.core.facts import Facts, member_key
from mingbai_calculator.core.identity_cache import IdentityCache
from mingbai_calculator.core.json_value import JsonObject, Texts
from mingbai_calculator.law.codec import decode_condition
from mingbai_calculator.law.conditions import Condition, evaluate_condition


class FactDefinition:
    """Definition of a fact.

    `options`: names of the options by id; `members`: the options of a list with their keys in `Facts`; `options_were`:
    former id -> id; `options_are`: option -> broader option (a surgery is an inpatient stay). `may_come`: how the fact
    may still change, ``on_request`` or ``with_time``. `if_yes`, `if_no`: phrases for it; `phrase`: how its options
    (``{want}``) are told; `unit`: what a whole number counts. `shared`: it is asked once for a household. `default`:
    value if the fact is left out; None: it is unknown then. `was`: former names of the fact. `asked_of`: whom the
    question is for (None: everybody). `is_gentle`: it is about a loss or a disability, and is asked after all others.
    `for_few`: the answer matters to few people. `counts`: the kinds of visit among which this is the number of one, and
    within which time; None: it counts nothing.
    """

    __slots__ = (
        "asked_of",
        "counts",
        "default",
        "excludes",
        "for_few",
        "group",
        "high",
        "if_no",
        "if_yes",
        "is_gentle",
        "low",
        "may_come",
        "members",
        "name",
        "options",
        "options_are",
        "options_were",
        "phrase",
        "shared",
        "type",
        "unit",
        "was",
    )

    def __init__(self, name: str, data: JsonObject) -> None:
        """Read the definition from the bundle, where keys without a value are left out."""
        get = data.get
        self.type: str = get("type", "")
        self.group: str = get("group", "")
        self.name: Texts = get("name", {})
        self.if_yes: Texts | None = get("if_yes")
        self.if_no: Texts | None = get("if_no")
        self.unit: str | None = get("unit")
        self.phrase: Texts | None = get("phrase")
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
        self.counts: JsonObject | None = get("counts")
        asked_of = get("asked_of")
        self.asked_of: Condition | None = None if asked_of is None else decode_condition(asked_of)
        self.is_gentle: bool = "gentle" in data
        self.for_few: bool = get("few", False)

    def is_asked_of(self, known: Facts) -> bool:
        """Tell whether the question may be put to a person of whom `known` is given."""
        return self.asked_of is None or evaluate_condition(self.asked_of, known) is not False


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

    `exclusions`: the answers that cannot be true together; `counting`: the facts that are the number of a visit.
    """

    __slots__ = ("counting", "current_names", "defaults", "exclusions")

    def __init__(self, definitions: Iterable[tuple[str, FactDefinition]]) -> None:
        """Store the definitions, and collect names and defaults."""
        super().__init__(definitions)
        self.current_names = {former: name for name, fact in self.items() for former in fact.was}
        self.defaults = [(name, fact.default) for name, fact in self.items() if fact.default is not None]
        self.counting = [(name, fact.counts) for name, fact in self.items() if fact.counts is not None]
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
