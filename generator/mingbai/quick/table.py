"""Quick answer of a place: its choices and their tables of breakpoints, without words of any language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from mingbai.bundle.timeline import day_before
from mingbai.quick.bill_profile import SELF, BillProfile, TooComplexError
from mingbai.quick.choices import (
    Choices,
    Combination,
    describe_groups,
    find_absent,
    find_choices,
    find_scope,
    make_facts,
    split_describable,
)
from mingbai.quick.curves import Curves, Piece, find_pieces, interpolate, make_curves
from mingbai.quick.proof import prove
from mingbai_calculator.engine.ruleset import Ruleset, make_ruleset
from mingbai_calculator.law.conditions import Condition

type Json = dict[str, Any]

MAX_SCENARIO_RUNS = 5_000
"""Most scenarios times pieces that are followed, over all choices together: it takes a second or two."""
TYPICAL_BILL = 20_000_00
"""Fen. The choices of person are sorted by what is paid of this bill."""


@dataclass(frozen=True, slots=True)
class ChoiceAnswer:
    """Result of one choice: its pieces, its curves, and the names of the unknown facts that make it a range (`why`)."""

    profile: BillProfile
    pieces: list[Piece]
    curves: Curves
    why: tuple[str, ...]

    @property
    def typical(self) -> float:
        """What the person pays of `TYPICAL_BILL`: the middle of the range (fen)."""
        return sum(interpolate(points, TYPICAL_BILL) for points in self.curves[SELF]) / 2


@dataclass(frozen=True, slots=True)
class CurveTable:
    """The curves that several choices share, and the profiles and pieces of these choices."""

    curves: Curves
    profiles: list[tuple[BillProfile, list[Piece]]]


@dataclass(frozen=True, slots=True)
class QuickAnswer:
    """The quick answer of a place by the law of `day`; `bill` is the fact of the cost.

    `who` and `where` are the choices, each described by conditions on facts. `use` is the index of a table by choice of
    `who` (a further, last one is for those who are not sure) and of `where`; `why` names what its range depends on.
    `scope` holds for all of `where`; `absent` is settled by no rule. `paying` are the policies by which anything is
    paid for any choice.
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
    tables: list[CurveTable]

    def prove(self) -> None:
        """Compare every table with the engine. Raises `WrongTableError`."""
        for table in self.tables:
            prove(table.curves, table.profiles, self.place)


def make_quick_answer(bundle: Json, place: Json, day: date | None = None) -> QuickAnswer | None:
    """Return the quick answer of a place by the law of a day, else by the newest law; None where it settles no bill.

    Raises `TooComplexError` where the law leaves too much open for a table.
    """
    day = day or max(map(date.fromisoformat, list_law_days(place)), default=None)
    if day is None:
        return None
    ruleset = make_ruleset(bundle, place["id"], day)
    offered = find_choices(place, ruleset)
    return None if offered is None else _AnswerBuilder(ruleset, offered).build()


def list_law_days(place: Json) -> list[str]:
    """Return the days (ISO text) on which the law on bills changes, ascending."""
    starts = {version["start"] for versions in _paying_policies(place) for version in versions}
    return sorted(day for day in starts | {item["from"] for item in place["settles"]} if day)


def list_law_periods(place: Json, known: str) -> list[tuple[str, str, date]]:
    """Return the periods of unchanged law on bills from the day `known` on: first day, last day, and a day in it.

    Days are ISO text; an end that is open, or that does not matter, is ``""``.
    """
    days = list_law_days(place)
    past = [day for day in days if day <= known]
    later = days[len(past) :]
    starts = [("", date.fromisoformat(past[-1]))] if past else []
    if later and not past and any(versions[0]["start"] is None for versions in _paying_policies(place)):
        starts = [("", date.fromisoformat(day_before(later[0])))]
    starts += [(day, date.fromisoformat(day)) for day in later]
    ends = [day_before(first) for first, _ in starts[1:]]
    return [(first, last, day) for (first, day), last in zip(starts, [*ends, ""], strict=False)]


def _paying_policies(place: Json) -> list[list[Json]]:
    return [place["policies"][policy] for group in place["order"] for policy in group]


class _AnswerBuilder:
    def __init__(self, ruleset: Ruleset, offered: Choices) -> None:
        self.ruleset, self.offered = ruleset, offered
        self.answers: dict[str, ChoiceAnswer] = {}
        self.tables: list[CurveTable] = []
        self.scenario_runs = 0

    def build(self) -> QuickAnswer:
        people, events = self.offered.who, self.offered.where
        answer = self._get_answer
        who = _merge_choices(people, lambda person: [_equivalence_key(answer(person, event)) for event in events])
        where = _merge_choices(
            events, lambda event: [_equivalence_key(answer(person, event)) for person in (*people, {})]
        )
        who.sort(key=lambda group: sum(answer(group[0], event).typical for event in events))
        where_conditions = describe_groups(events, where)
        rows: list[list[Combination]] = [*who, [{}]]
        use = [[self._get_table_index(group, event) for event in where] for group in rows]
        paying = {policy for choice in self.answers.values() for piece in choice.pieces for policy in piece.paying}
        return QuickAnswer(
            self.ruleset.place,
            self.ruleset.day,
            self.offered.bill,
            describe_groups(people, who),
            where_conditions,
            find_scope(self.ruleset, events, where_conditions),
            find_absent(self.ruleset, events, where_conditions),
            sorted(paying),
            use,
            [[answer(group[0], event[0]).why for event in where] for group in rows],
            self.tables,
        )

    def _get_answer(self, person: Combination, event: Combination) -> ChoiceAnswer:
        key = f"{person} {event}"
        if key not in self.answers:
            profile = BillProfile(self.ruleset, self.offered.bill, make_facts(self.ruleset, person, event))
            pieces = find_pieces(profile)
            self.scenario_runs += sum(len(scenarios) for piece in pieces for scenarios in piece.interchangeable)
            if self.scenario_runs > MAX_SCENARIO_RUNS:
                raise TooComplexError
            curves = make_curves(profile, pieces)
            self.answers[key] = ChoiceAnswer(profile, pieces, curves, _find_reasons(profile, curves))
        return self.answers[key]

    def _get_table_index(self, people: Sequence[Combination], events: Sequence[Combination]) -> int:
        """Return the index of the table of some choices with equal curves; a new table is appended."""
        answers = [self._get_answer(person, event) for person in people for event in events]
        profiles = [(answer.profile, answer.pieces) for answer in answers]
        for index, table in enumerate(self.tables):
            if table.curves == answers[0].curves:
                table.profiles.extend(profiles)
                return index
        self.tables.append(CurveTable(answers[0].curves, profiles))
        return len(self.tables) - 1


def _merge_choices(
    offered: list[Combination], equivalence_key: Callable[[Combination], object]
) -> list[list[Combination]]:
    """Group the choices with equal keys, as far as conditions can describe a group; ordered by their first members."""
    groups: list[tuple[object, list[Combination]]] = []
    for combination in offered:
        key = equivalence_key(combination)
        members = next((group for other, group in groups if other == key), None)
        if members is None:
            groups.append((key, [combination]))
        else:
            members.append(combination)
    parts = [part for _, group in groups for part in split_describable(offered, group)]
    return sorted(parts, key=lambda part: offered.index(part[0]))


def _equivalence_key(answer: ChoiceAnswer) -> tuple[Curves, frozenset[str]]:
    return answer.curves, frozenset(answer.why)


def _find_reasons(profile: BillProfile, curves: Curves) -> tuple[str, ...]:
    """Return the unknown facts that make the answer a range at any cost."""
    low, high = curves[SELF]
    if low == high:
        return ()
    costs = sorted({cost for points in (low, high) for cost, _ in points})
    middles = [(start + end) // 2 for start, end in pairwise(costs)]
    return tuple(dict.fromkeys(key for cost in middles for key in profile.find_deciding_facts(cost)))
