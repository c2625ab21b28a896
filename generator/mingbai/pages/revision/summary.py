"""A day of changes in a few sentences: what kind of change, of which policies, who gains and who loses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mingbai.bundle.changes import CHANGE_KINDS, PolicyChange
from mingbai.bundle.comparison import ExampleComparison, Outcome
from mingbai.pages.wording.language import Language

MAX_NAMED = 3
"""So many policies of one kind of change are named; more are counted."""


@dataclass(frozen=True, slots=True)
class ChangeSummary:
    """Sentences about a day: `first` of policies that ended, said before all else; `rest` of the others."""

    first: list[str]
    rest: list[str]


def summarize_changes(changes: list[PolicyChange], titles: Mapping[str, str], language: Language) -> ChangeSummary:
    """Return a sentence for each kind of change, then one that counts who gains and who loses, all over the day.

    `titles` are those of the policies in this language.
    """
    first: list[str] = []
    rest: list[str] = []
    for kind in CHANGE_KINDS:
        names = [titles[change.policy] for change in changes if change.kind == kind]
        if names:
            (first if kind == "ended" else rest).append(_name_change(kind, names, language))
    people = {id(person): person for change in changes for person in change.people}.values()
    if people:
        (first or rest).append(_count_people(people, language))
    return ChangeSummary(first, rest)


def describe_change(change: PolicyChange, day: str, language: Language) -> str:
    """Return the kind of change of one policy, from when, who gains and who loses (`day` as ISO text)."""
    kind = language.say(f"changes.kinds.{change.kind}")
    sentence = language.say("changes.kind_from", kind=kind, date=language.day(day))
    if not change.people:
        return sentence
    return language.say("mark.space").join([sentence, _count_people(change.people, language)])


def _name_change(kind: str, names: list[str], language: Language) -> str:
    label = language.say(f"changes.kinds.{kind}")
    if len(names) > MAX_NAMED:
        return language.say("changes.kind_count", kind=label, count=len(names))
    return language.say("changes.kind_named", kind=label, titles=language.say("mark.and").join(names))


def _count_people(people: Iterable[ExampleComparison], language: Language) -> str:
    """Return how many of the examples gain and how many lose, with the first of those who lose."""
    titles: dict[Outcome, list[str]] = {}
    for person in sorted(people, key=lambda person: -abs(person.gain or 0)):
        titles.setdefault(person.outcome, []).append(language.text(person.title))
    gains, loses = titles.get("gains", []), titles.get("loses", [])
    if not loses:
        return language.say("changes.counts", gain=len(gains), lose=0)
    return language.say("changes.counts_named", gain=len(gains), lose=len(loses), title=loses[0])
