"""The tables of a place: for each choice the breakpoints of what everybody pays, without any language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from mingbai.bundle.timeline import day_before
from mingbai.quick.case import SELF, Case, TooManyError
from mingbai.quick.choices import Choices, Combination, absent, choices, conditions, describable, facts, scope
from mingbai.quick.curves import Curves, Piece, curves, pieces, value_at
from mingbai.quick.proof import prove
from mingbai_calculator.engine.ruleset import Ruleset, make_ruleset
from mingbai_calculator.law.conditions import Condition

type Json = dict[str, Any]

MOST_WORK = 5_000
"""So many ways are followed along the cost, of all choices together; that takes a second or two."""
TYPICAL = 20_000_00
"""Fen. The bill by which the choices are put in order."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one choice comes to: the curves, and the names of what a range depends on."""

    case: Case
    along: list[Piece]
    curves: Curves
    why: tuple[str, ...]

    @property
    def typical(self) -> float:
        """What the person pays of a typical bill: the middle of the range (fen)."""
        return sum(value_at(points, TYPICAL) for points in self.curves[SELF]) / 2


@dataclass(frozen=True, slots=True)
class Table:
    """The curves of all choices that come to the same, and these."""

    curves: Curves
    cases: list[tuple[Case, list[Piece]]]


@dataclass(frozen=True, slots=True)
class Quick:
    """The quick answer of a place by the law of `day`; `bill` is the fact of the cost.

    `who` and `where` are the choices, each told by conditions on facts; `use` names a table for each of `who` (one more
    stands last, for those who are not sure) and of `where`, `why` what its range depends on. `scope` holds for all of
    `where`, `absent` is settled by no rule. `paying` are the policies by which anything is paid for any choice.
    """

    place: str
    day: date
    bill: str
    who: list[list[Condition]]
    where: list[list[Condition]]
    scope: list[Condition]
    absent: list[Condition]
    paying: list[str]
    use: list[list[int]]
    why: list[list[tuple[str, ...]]]
    tables: list[Table]

    def prove(self) -> None:
        """Compare every table with the engine. Raises `WrongTableError`."""
        for table in self.tables:
            prove(table.curves, table.cases, self.place)


def make_quick(bundle: Json, place: Json, day: date | None = None) -> Quick | None:
    """Return the quick answer of a place by the law of a day, else by the newest one; None where it settles no bill.

    Raises `TooManyError` where it leaves too much open for a table.
    """
    day = day or max(map(date.fromisoformat, days_of_law(place)), default=None)
    if day is None:
        return None
    ruleset = make_ruleset(bundle, place["id"], day)
    offered = choices(place, ruleset)
    return None if offered is None else _Maker(ruleset, offered).quick()


def days_of_law(place: Json) -> list[str]:
    """Return the days from which on the law on bills is another one, in order."""
    starts = {version["start"] for versions in _paying(place) for version in versions}
    return sorted(day for day in starts | {item["from"] for item in place["settles"]} if day)


def spans_of_law(place: Json, known: str) -> list[tuple[str, str, date]]:
    """Return the times of one law on bills each, from the known day on: first and last day, and a day to work with.

    An end that is open, or that does not matter, is ``""``.
    """
    days = days_of_law(place)
    begun = [day for day in days if day <= known]
    later = days[len(begun) :]
    starts = [("", date.fromisoformat(begun[-1]))] if begun else []
    if later and not begun and any(versions[0]["start"] is None for versions in _paying(place)):
        starts = [("", date.fromisoformat(day_before(later[0])))]
    starts += [(day, date.fromisoformat(day)) for day in later]
    ends = [day_before(first) for first, _ in starts[1:]]
    return [(first, last, day) for (first, day), last in zip(starts, [*ends, ""], strict=False)]


def _paying(place: Json) -> list[list[Json]]:
    return [place["policies"][policy] for group in place["order"] for policy in group]


class _Maker:
    def __init__(self, ruleset: Ruleset, offered: Choices) -> None:
        self.ruleset, self.offered = ruleset, offered
        self.defaults = {name: fact for name, fact in ruleset.facts.items() if fact.get("default") is not None}
        self.answers: dict[str, Answer] = {}
        self.tables: list[Table] = []
        self.work = 0

    def quick(self) -> Quick:
        people, events = self.offered.who, self.offered.where
        answer = self._answer
        who = _merged(people, lambda person: [_same(answer(person, event)) for event in events])
        where = _merged(events, lambda event: [_same(answer(person, event)) for person in (*people, {})])
        who.sort(key=lambda group: sum(answer(group[0], event).typical for event in events))
        told = conditions(events, where)
        rows: list[list[Combination]] = [*who, [{}]]
        use = [[self._table(group, event) for event in where] for group in rows]
        paying = {policy for found in self.answers.values() for piece in found.along for policy in piece.paying}
        return Quick(
            self.ruleset.place,
            self.ruleset.day,
            self.offered.bill,
            conditions(people, who),
            told,
            scope(self.ruleset, events, told),
            absent(self.ruleset, events, told),
            sorted(paying),
            use,
            [[answer(group[0], event[0]).why for event in where] for group in rows],
            self.tables,
        )

    def _answer(self, person: Combination, event: Combination) -> Answer:
        key = f"{person} {event}"
        if key not in self.answers:
            case = Case(self.ruleset, self.offered.bill, facts(self.ruleset, person, event), self.defaults)
            along = pieces(case)
            self.work += sum(len(scenarios) for piece in along for scenarios in piece.alike)
            if self.work > MOST_WORK:
                raise TooManyError
            found = curves(case, along)
            self.answers[key] = Answer(case, along, found, _why(case, found))
        return self.answers[key]

    def _table(self, people: Sequence[Combination], events: Sequence[Combination]) -> int:
        """Return the number of the table of some choices that come to the same."""
        answers = [self._answer(person, event) for person in people for event in events]
        cases = [(answer.case, answer.along) for answer in answers]
        for index, table in enumerate(self.tables):
            if table.curves == answers[0].curves:
                table.cases.extend(cases)
                return index
        self.tables.append(Table(answers[0].curves, cases))
        return len(self.tables) - 1


def _merged(offered: list[Combination], comes_to: Callable[[Combination], object]) -> list[list[Combination]]:
    """Put the choices together that come to the same, as far as few words can tell them; in the order of the first."""
    groups: list[tuple[object, list[Combination]]] = []
    for each in offered:
        same = comes_to(each)
        found = next((group for other, group in groups if other == same), None)
        if found is None:
            groups.append((same, [each]))
        else:
            found.append(each)
    parts = [part for _, group in groups for part in describable(offered, group)]
    return sorted(parts, key=lambda part: offered.index(part[0]))


def _same(answer: Answer) -> tuple[Curves, frozenset[str]]:
    return answer.curves, frozenset(answer.why)


def _why(case: Case, found: Curves) -> tuple[str, ...]:
    """Return what is unknown and makes the answer a range, at whatever cost."""
    low, high = found[SELF]
    if low == high:
        return ()
    costs = sorted({cost for points in (low, high) for cost, _ in points})
    middles = [(start + end) // 2 for start, end in pairwise(costs)]
    return tuple(dict.fromkeys(key for cost in middles for key in case.decisive(cost)))
