"""What every lint stands on: the versions of all policies, as they were written and as they were compiled."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from mingbai.diagnostics.problem import Path_, Problem
from mingbai.loader.library import Library, LoadedPlace, LoadedVersion
from mingbai.syntax.document import Document
from mingbai_calculator.engine.ruleset import Ruleset, make_ruleset

type Json = dict[str, Any]

WORDS = frozenset(
    [
        "title",
        "summary",
        "what",
        "for_whom",
        "how_often",
        "where",
        "because",
        "question",
        "source",
        "doubts",
        "apply",
        "examples",
        "covers",
        "readings",
        "accepted",
        "corrections",
    ]
)
"""Keys of a version under which stand words, sources and records: nothing that is counted."""

ANY_DAY = date(2016, 1, 1)
"""A day for rules of which no version has a date."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a policy: its file, what was made of it, the version before it and the start of the next one."""

    place: LoadedPlace
    policy: str
    version: LoadedVersion
    compiled: Json
    before: Json | None
    next_start: date | None

    @property
    def document(self) -> Document:
        """The file."""
        return self.version.document

    @property
    def day(self) -> date:
        """The first day of this version; one of its days where the first is not known."""
        if self.version.start is not None:
            return self.version.start
        return ANY_DAY if self.next_start is None else self.next_start - timedelta(days=1)

    def lives_on(self, day: date) -> bool:
        """Tell whether this is the version for `day`."""
        start, end = self.version.start, self.next_start
        return (start is None or start <= day) and (end is None or day < end)


@dataclass(slots=True)
class Ground:
    """All that lints look at. The plans of places are made once for each day."""

    bundle: Json
    library: Library
    rules: list[Rule]
    plans: dict[tuple[str, date], Ruleset] = field(default_factory=dict)

    def ruleset(self, place: str, day: date) -> Ruleset:
        """Return the policies of a place as they are on a day."""
        key = (place, day)
        if key not in self.plans:
            self.plans[key] = make_ruleset(self.bundle, place, day)
        return self.plans[key]

    def of_place(self, place: str) -> list[Rule]:
        """Return the versions of a place's policies."""
        return [rule for rule in self.rules if rule.place.id == place]

    def rule(self, place: str, policy: str, day: date) -> Rule:
        """Return the version of a policy that is in force on a day."""
        return next(rule for rule in self.of_place(place) if rule.policy == policy and rule.lives_on(day))


type Lint = Callable[[Ground], Iterator[Problem]]


def make_ground(bundle: Json, library: Library) -> Ground:
    """Put the written and the compiled versions side by side."""
    rules = []
    for place in library.places.values():
        for policy, versions in place.policies.items():
            compiled = bundle["places"][place.id]["policies"][policy]
            for index, version in enumerate(versions):
                before = compiled[index - 1] if index else None
                following = versions[index + 1].start if index + 1 < len(versions) else None
                rules.append(Rule(place, policy, version, compiled[index], before, following))
    return Ground(bundle, library, rules)


def warning(document: Document, code: str, path: Path_ = (), *, found: object = "", **extra: str) -> Problem:
    """Return a warning at a path of a file."""
    problem = document.problem(code, path, found=found)
    return replace(problem, extra=extra, severity="warning")


def key_of(rule: Rule, fact: str, under: tuple[str, ...] = ()) -> Path_:
    """Return where a version's file names a fact; its whole condition where the fact stands in another file."""
    places = [path for path in rule.document.keys if path[-1] == fact and "examples" not in path]
    inside = [path for path in places if not under or path[0] in under]
    if inside or places:
        return (inside or places)[0]
    return next(((name,) for name in ("who", "when") if (name,) in rule.document.keys), ())
