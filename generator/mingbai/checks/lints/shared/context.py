"""Context of the lints: the versions of all policies, as written and as compiled."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from mingbai.bundle.law import VersionLaw, get_version_law
from mingbai.diagnostics.problem import KeyPath, Problem
from mingbai.loader.library import Library, LoadedPlace, LoadedVersion
from mingbai.syntax.document import Document
from mingbai_calculator.engine.ruleset import Ruleset, make_ruleset

type Json = dict[str, Any]

NON_LAW_KEYS = frozenset(
    [
        "title",
        "summary",
        "what",
        "for_whom",
        "offered_to",
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
        "backdated",
        "certainties",
    ]
)
"""Keys of a version that hold texts, sources and records, no law."""

DEFAULT_DAY = date(2016, 1, 1)
"""The day used for rules of which no version has a date."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a policy: file, compiled form, compiled previous version (or None), start of the next version."""

    place: LoadedPlace
    policy: str
    version: LoadedVersion
    compiled: Json
    previous: Json | None
    next_start: date | None

    @property
    def name(self) -> str:
        """The version as the lock names it: ``place/policy/version``."""
        return f"{self.place.id}/{self.policy}/{self.version.id}"

    @property
    def document(self) -> Document:
        """The file of the version."""
        return self.version.document

    @property
    def law(self) -> VersionLaw:
        """The compiled law of the version, as objects."""
        return get_version_law(self.compiled)

    @property
    def day(self) -> date:
        """The first day of this version; any day of it if the first one is not known."""
        if self.version.start is not None:
            return self.version.start
        return DEFAULT_DAY if self.next_start is None else self.next_start - timedelta(days=1)

    def is_in_force_on(self, day: date) -> bool:
        """Return whether this version is in force on `day`."""
        start, end = self.version.start, self.next_start
        return (start is None or start <= day) and (end is None or day < end)


@dataclass(slots=True)
class LintContext:
    """Input of all lints; `rulesets` caches the rulesets of places by day.

    `locked` are the versions (``place/policy/version``) that are published, `entered` those that somebody revised since
    entries are recorded.
    """

    bundle: Json
    library: Library
    rules: list[Rule]
    locked: frozenset[str] = frozenset()
    entered: frozenset[str] = frozenset()
    rulesets: dict[tuple[str, date], Ruleset] = field(default_factory=dict)

    def ruleset(self, place: str, day: date) -> Ruleset:
        """Return the ruleset of a place on a day (cached)."""
        key = (place, day)
        if key not in self.rulesets:
            self.rulesets[key] = make_ruleset(self.bundle, place, day)
        return self.rulesets[key]

    def list_revisions(self) -> Iterator[tuple[Rule, Rule]]:
        """Yield each version that revises a published one, after that one.

        A revision that was published before entries were recorded (`is_settled`) is among them only if its file accepts
        some finding.
        """
        for before, rule in pairwise(self.rules):
            follows = before.place.id == rule.place.id and before.policy == rule.policy
            if follows and (rule.version.model.accepted or not self.is_settled(before, rule)):
                yield before, rule

    def is_settled(self, before: Rule, rule: Rule) -> bool:
        """Return whether nobody need look at a change any more: both versions are published, or neither is."""
        is_new = rule.name in self.entered or (before.name in self.locked and rule.name not in self.locked)
        return not is_new

    def rules_of(self, place: str) -> list[Rule]:
        """Return all versions of the policies of a place."""
        return [rule for rule in self.rules if rule.place.id == place]

    def rule(self, place: str, policy: str, day: date) -> Rule:
        """Return the version of a policy in force on a day. Raises StopIteration if there is none."""
        return next(rule for rule in self.rules_of(place) if rule.policy == policy and rule.is_in_force_on(day))


type Lint = Callable[[LintContext], Iterator[Problem]]


def make_context(
    bundle: Json, library: Library, locked: frozenset[str] = frozenset(), entered: frozenset[str] = frozenset()
) -> LintContext:
    """Return the context: each written version paired with its compiled form."""
    rules = []
    for place in library.places.values():
        for policy, versions in place.policies.items():
            compiled = bundle["places"][place.id]["policies"][policy]
            for index, version in enumerate(versions):
                previous = compiled[index - 1] if index else None
                next_start = versions[index + 1].start if index + 1 < len(versions) else None
                rules.append(Rule(place, policy, version, compiled[index], previous, next_start))
    return LintContext(bundle, library, rules, locked, entered)


def make_warning(document: Document, code: str, path: KeyPath = (), *, found: object = "", **extra: str) -> Problem:
    """Return a problem of severity ``warning`` at a path of a file."""
    problem = document.problem(code, path, found=found)
    return replace(problem, extra=extra, severity="warning")


def find_fact_path(rule: Rule, fact: str, under: tuple[str, ...] = ()) -> KeyPath:
    """Return the path at which a version names a fact, preferably under one of the keys `under`.

    If the fact stands in another file, the path of `who` or `when`; ``()`` if there is neither.
    """
    paths = [path for path in rule.document.keys if path[-1] == fact and "examples" not in path]
    preferred = [path for path in paths if not under or path[0] in under]
    if preferred or paths:
        return (preferred or paths)[0]
    return next(((name,) for name in ("who", "when") if (name,) in rule.document.keys), ())
