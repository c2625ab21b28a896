"""Data model of a printed card. It knows no policies; `cards.typesetting` renders it.

Field names are the JSON keys that ``cards.typ`` reads.
"""

from dataclasses import dataclass, field
from typing import Literal

from mingbai.pages.policy.benefits.benefit import BenefitTable

type ListMarker = Literal["", "dots", "boxes", "numbers"]


@dataclass(frozen=True, slots=True)
class TaggedText:
    """A text with its language tag (``zh``)."""

    tag: str
    text: str


@dataclass(frozen=True, slots=True)
class CardPart:
    """A labelled part of a block: texts (as a list in the style of `marks`), then figures or a table.

    `boxes` are check boxes to tick.
    """

    label: str
    texts: list[str] = field(default_factory=list)
    marks: ListMarker = ""
    figures: str = ""
    table: BenefitTable | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with its parts, in one language; `small` is small print that nobody needs at the door."""

    tag: str
    title: str
    lead: str = ""
    parts: list[CardPart] = field(default_factory=list)
    small: str = ""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code: its URL, its caption, and the picture (SVG, `squares` modules wide including the margin)."""

    url: str
    says: str
    svg: str
    squares: int


@dataclass(frozen=True, slots=True)
class CardEnd:
    """The closing box of a card: whom to ask, how reliable it is, and its address on the site."""

    lines: list[TaggedText]
    write_in: list[TaggedText]
    """Labels with empty space behind them, to be filled in by hand."""
    small: list[TaggedText]
    code: QrCode | None


@dataclass(frozen=True, slots=True)
class Card:
    """One card. `foot` and `valid` (how old the rules are) are printed at the foot of each side, `valid` on top too."""

    id: str
    place: list[TaggedText]
    title: list[TaggedText]
    blocks: list[Block]
    end: CardEnd
    foot: str
    lead: list[TaggedText] = field(default_factory=list)
    valid: list[TaggedText] = field(default_factory=list)
