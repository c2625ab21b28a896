"""Households of a list as data: members with their facts, and the request for an estimate."""

from collections import Counter
from dataclasses import dataclass, field

from mingbai.cards.households.cell_values import CellValue
from mingbai.cards.households.cells import RowId
from mingbai.pages.wording.language import Json
from mingbai_reading.identity import holds_identity

_SHOWN_OF_AN_IDENTITY = 4


@dataclass(frozen=True, slots=True)
class Visit:
    """A bill with its own date (ISO): the facts that hold for it, among them the age on that day."""

    day: str
    facts: dict[str, CellValue]


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a household: the name on the card (may be empty), and the facts of a request."""

    at: RowId
    name: str
    facts: dict[str, CellValue]
    visit: Visit | None = None


@dataclass(slots=True)
class Household:
    """A household of a list, and what its card must say of the list.

    `left_out` counts its refused rows; `perhaps` counts rows beside it of which nobody knows whose they are; `filled`
    counts members whose row has no number and stands below the others; `alike` counts other households whose number
    looks the same (1 and 001), and is perhaps that of this one.
    """

    id: str
    first: RowId
    """Its first row."""
    area: str = ""
    """Village and team, or the sheet: where the list numbers its households from 1 more than once."""
    members: list[Member] = field(default_factory=list)
    left_out: int = 0
    perhaps: int = 0
    filled: int = 0
    alike: int = 0
    label: str = ""
    """What the card calls it: its number, of an identity number the end only."""

    def make_request(self, place: str, day: str, lang: str, vocabulary: Json) -> Json:
        """Return the request for its estimate on `day` (ISO).

        A shared fact (income of the household) given for some members, without contradiction, holds for all.
        """
        shared: dict[str, CellValue] = {}
        for name in (name for name, fact in vocabulary.items() if fact.get("shared")):
            answers = [member.facts[name] for member in self.members if name in member.facts]
            if answers and all(value == answers[0] for value in answers):
                shared[name] = answers[0]
        members = [_make_member(str(number), member) for number, member in enumerate(self.members, 1)]
        return {"place": place, "date": day, "lang": lang, "shared": shared, "members": members}


def _make_member(number: str, member: Member) -> Json:
    entry: Json = {"id": number, "facts": member.facts}
    return entry if member.visit is None else entry | {"visits": [{"date": member.visit.day, **member.visit.facts}]}


def label_households(households: list[Household]) -> None:
    """Give each household the name that its card shows, another one for each.

    To the same numbers, the village, the team or the sheet is added; where that is not enough, the first row.
    """
    for household in households:
        household.label = f"…{household.id[-_SHOWN_OF_AN_IDENTITY:]}" if holds_identity(household.id) else household.id
    for household in _list_same(households):
        household.label += f" ({household.area})" if household.area else ""
    for household in _list_same(households):
        household.label += f" ({household.first.row})"


def _list_same(households: list[Household]) -> list[Household]:
    """Return the households that share their label with another one."""
    labels = Counter(household.label for household in households)
    return [household for household in households if labels[household.label] > 1]
