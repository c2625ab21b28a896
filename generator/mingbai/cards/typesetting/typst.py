"""Render cards as PDF or PNG with typst. Deterministic: the same cards give the same bytes."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from mingbai.cards.model.card import Card
from mingbai.cards.typesetting.fonts import Font
from mingbai.diagnostics.errors import CallError
from mingbai.pages.wording.language import Language

type Paper = Literal["a5", "a4", "a3"]

TEMPLATE = Path(__file__).with_name("cards.typ")
BODY_POINTS, LARGE_POINTS = 12, 16
"""Font size in points, normal and large."""
POSTER_SCALE = 1.5
"""Factor of the font size on a poster (A3)."""
PIXELS_PER_INCH = 110
"""Resolution of PNGs: an A5 side is as wide as a phone screen."""


_EVICTION_RUNS = 12
"""typst evicts cache entries that the last ten compilations have not used."""


class MissingGlyphError(Exception):
    """The font lacks characters; `missing` lists them by card id."""

    def __init__(self, missing: dict[str, list[str]]) -> None:
        """Store the missing characters."""
        super().__init__(", ".join(f"{card}: {''.join(characters)}" for card, characters in missing.items()))
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Style:
    """Paper size and print size of cards."""

    paper: Paper = "a5"
    large: bool = False

    @property
    def size(self) -> float:
        """Font size in points."""
        return (LARGE_POINTS if self.large else BODY_POINTS) * (POSTER_SCALE if self.paper == "a3" else 1)


def cards_to_pdf(cards: Sequence[Card], font: Font, style: Style, wording: Language) -> bytes:
    """Return cards as a tagged PDF (PDF/UA-1). Raises MissingGlyphError or CallError."""
    return render_pdf(font, encode_cards(cards, font, style, wording))


def cards_to_pictures(cards: Sequence[Card], font: Font, style: Style, wording: Language) -> list[bytes]:
    """Return each side of the cards as a PNG. Raises MissingGlyphError or CallError."""
    return render_pictures(font, encode_cards(cards, font, style, wording))


def render_pdf(font: Font, document: str) -> bytes:
    """Return the output of `encode_cards` as a tagged PDF (PDF/UA-1). Raises CallError."""
    return bytes(_compile(font, document, format="pdf", pdf_standards=["ua-1"]))


def render_pictures(font: Font, document: str) -> list[bytes]:
    """Return each side of the output of `encode_cards` as a PNG. Raises CallError."""
    images = _compile(font, document, format="png", ppi=PIXELS_PER_INCH)
    return [images] if isinstance(images, bytes) else list(images)


def evict_typst_cache(font: Font) -> None:
    """Empty typst's internal cache, by compiling an empty document often enough; otherwise memory grows."""
    document = {
        "cards": [],
        "title": "",
        "name": "",
        "tag": "zh",
        "family": font.family,
        "paper": "a5",
        "size": BODY_POINTS,
    }
    for _ in range(_EVICTION_RUNS):
        _compile(font, json.dumps(document), format="svg")


def find_missing_characters(cards: Sequence[Card], font: Font) -> dict[str, list[str]]:
    """Return the characters that the font lacks, by card id."""
    missing_by_card = {card.id: font.missing_characters("".join(_collect_texts(asdict(card)))) for card in cards}
    return {card: characters for card, characters in missing_by_card.items() if characters}


def encode_cards(cards: Sequence[Card], font: Font, style: Style, wording: Language) -> str:
    """Return cards as the JSON that ``cards.typ`` reads. Raises MissingGlyphError."""
    missing = find_missing_characters(cards, font)
    if missing:
        raise MissingGlyphError(missing)
    comma = wording.say("mark.comma")
    titles = [comma.join(words.text for words in (*card.place[:1], *card.title[:1])) for card in cards]
    document = {
        "title": titles[0] if len(cards) == 1 else wording.say("cards.name"),
        "name": wording.say("cards.name"),
        "tag": wording.tag,
        "family": font.family,
        "paper": style.paper,
        "size": style.size,
        "cards": [{**asdict(card), "name": title} for card, title in zip(cards, titles, strict=True)],
    }
    return json.dumps(document, ensure_ascii=False).replace('"write_in"', '"write-in"')


def _collect_texts(value: Any) -> list[str]:  # noqa: ANN401 - any part of a card
    """Return every text in a card as data, except the SVG of its QR code."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for key, item in value.items() if key != "svg" for text in _collect_texts(item)]
    return [text for item in value for text in _collect_texts(item)] if isinstance(value, list | tuple) else []


def _compile(font: Font, document: str, **options: Any) -> Any:  # noqa: ANN401 - typst may be missing
    """Compile the template with a document. Raises CallError if typst fails."""
    import typst  # noqa: PLC0415 - a site can be built without it

    try:
        return _compiler(font).compile(sys_inputs={"sheet": document}, **options)
    except typst.TypstError as error:
        raise CallError("typst_failed", error.message) from error


@cache
def _compiler(font: Font) -> Any:  # noqa: ANN401 - typst may be missing
    import typst  # noqa: PLC0415 - a site can be built without it

    return typst.Compiler(input=str(TEMPLATE), font_paths=font.folders, ignore_system_fonts=True)
