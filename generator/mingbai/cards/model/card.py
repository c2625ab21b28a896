"""A card as data: what stands on it, piece by piece. `typeset` puts it on paper; it knows no policies."""

from dataclasses import dataclass, field
from typing import Literal

from mingbai.pages.policy.amounts import Table

type Marks = Literal["", "dots", "boxes", "numbers"]


@dataclass(frozen=True, slots=True)
class Words:
    """A text and the language that it is in (``zh``)."""

    tag: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """What stands beside a label: texts, each with its mark (a box is to be ticked), then figures or a table."""

    label: str
    texts: list[str] = field(default_factory=list)
    marks: Marks = ""
    figures: str = ""
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A heading and what stands under it, in one language; `small` is print that nobody needs at the door."""

    tag: str
    title: str
    lead: str = ""
    parts: list[Part] = field(default_factory=list)
    small: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: the address in it, what it leads to, and its picture (SVG, so many squares wide with its margin)."""

    url: str
    says: str
    svg: str
    squares: int


@dataclass(frozen=True, slots=True)
class End:
    """What stands at the end of a card: whom to ask, how sure it is, and where it stands on the site."""

    lines: list[Words]
    write_in: list[Words]
    """Words with room behind them, to be written in by hand."""
    small: list[Words]
    code: Code | None


@dataclass(frozen=True, slots=True)
class Card:
    """One card. `foot` stands at the foot of each of its sides."""

    id: str
    place: list[Words]
    title: list[Words]
    blocks: list[Block]
    end: End
    foot: str
    lead: list[Words] = field(default_factory=list)
