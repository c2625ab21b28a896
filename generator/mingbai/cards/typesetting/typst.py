"""From cards to PDF and PNG, by typst; the same cards give the same bytes."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from mingbai.cards.model.card import Card
from mingbai.cards.model.words import Voice
from mingbai.cards.typesetting.fonts import Font
from mingbai.diagnostics.errors import CallError

type Paper = Literal["a5", "a4", "a3"]

TEMPLATE = Path(__file__).with_name("cards.typ")
BODY, LARGE = 12, 16
"""Points. The smallest print of what one reads at the door."""
POSTER = 1.5
"""So many times larger is the print of a poster."""
DOTS = 110
"""Of a picture, to the inch: an A5 side is as wide as the screen of a telephone."""


_RUNS_REMEMBERED = 12


class MissingGlyphError(Exception):
    """The font lacks characters; `found` has them by the id of the card."""

    def __init__(self, found: dict[str, list[str]]) -> None:
        """Keep them."""
        super().__init__(", ".join(f"{card}: {''.join(characters)}" for card, characters in found.items()))
        self.found = found


@dataclass(frozen=True, slots=True)
class Style:
    """How cards are put on paper."""

    paper: Paper = "a5"
    large: bool = False

    @property
    def size(self) -> float:
        """The size of the print, in points."""
        return (LARGE if self.large else BODY) * (POSTER if self.paper == "a3" else 1)


def as_pdf(cards: Sequence[Card], font: Font, style: Style, voice: Voice) -> bytes:
    """Return cards as a tagged PDF (PDF/UA). Raises MissingGlyphError."""
    return pdf_of(font, sheet_of(cards, font, style, voice))


def as_pictures(cards: Sequence[Card], font: Font, style: Style, voice: Voice) -> list[bytes]:
    """Return each side of cards as a PNG. Raises MissingGlyphError."""
    return pictures_of(font, sheet_of(cards, font, style, voice))


def pdf_of(font: Font, sheet: str) -> bytes:
    """Return what `sheet_of` has filled in as a tagged PDF (PDF/UA)."""
    return bytes(_set(font, sheet, format="pdf", pdf_standards=["ua-1"]))


def pictures_of(font: Font, sheet: str) -> list[bytes]:
    """Return each side of what `sheet_of` has filled in as a PNG."""
    made = _set(font, sheet, format="png", ppi=DOTS)
    return [made] if isinstance(made, bytes) else list(made)


def forget(font: Font) -> None:
    """Let typst forget what it keeps of what was set: it does so for what ten runs have not used. Else memory grows."""
    sheet = {"cards": [], "title": "", "name": "", "tag": "zh", "family": font.family, "paper": "a5", "size": BODY}
    for _ in range(_RUNS_REMEMBERED):
        _set(font, json.dumps(sheet), format="svg")


def lacking(cards: Sequence[Card], font: Font) -> dict[str, list[str]]:
    """Return the characters of each card that the font lacks, by the card's id."""
    found = {card.id: font.lacks("".join(_texts(asdict(card)))) for card in cards}
    return {card: characters for card, characters in found.items() if characters}


def sheet_of(cards: Sequence[Card], font: Font, style: Style, voice: Voice) -> str:
    """Return what the template reads. Raises MissingGlyphError."""
    missing = lacking(cards, font)
    if missing:
        raise MissingGlyphError(missing)
    comma = voice.page("mark.comma")
    titles = [comma.join(words.text for words in (*card.place[:1], *card.title[:1])) for card in cards]
    sheet = {
        "title": titles[0] if len(cards) == 1 else voice.say("name"),
        "name": voice.say("name"),
        "tag": voice.tag,
        "family": font.family,
        "paper": style.paper,
        "size": style.size,
        "cards": [{**asdict(card), "name": title} for card, title in zip(cards, titles, strict=True)],
    }
    return json.dumps(sheet, ensure_ascii=False).replace('"write_in"', '"write-in"')


def _texts(value: Any) -> list[str]:  # noqa: ANN401 - any part of a card
    """Return every text in a card as data; not the picture of its code."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for key, each in value.items() if key != "svg" for text in _texts(each)]
    return [text for each in value for text in _texts(each)] if isinstance(value, list | tuple) else []


def _set(font: Font, sheet: str, **given: Any) -> Any:  # noqa: ANN401 - typst may be missing
    """Set a sheet. Raises CallError if typst cannot."""
    import typst  # noqa: PLC0415 - a site can be built without it

    try:
        return _compiler(font).compile(sys_inputs={"sheet": sheet}, **given)
    except typst.TypstError as error:
        key = "typst_failed"
        raise CallError(key, error.message) from error


@cache
def _compiler(font: Font) -> Any:  # noqa: ANN401 - typst may be missing
    import typst  # noqa: PLC0415 - a site can be built without it

    return typst.Compiler(input=str(TEMPLATE), font_paths=font.folders, ignore_system_fonts=True)
