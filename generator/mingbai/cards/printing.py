"""From a wish at the command line to files: blank cards, or those of a list of households."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mingbai.cards.batches import day_of, print_households, without_missing_glyphs
from mingbai.cards.content.blank_card import Theme, blank_card, policy_theme, themes
from mingbai.cards.content.household_card import Frame
from mingbai.cards.households.rows import BadRow, HouseholdList, read_list
from mingbai.cards.households.spreadsheet import SheetError
from mingbai.cards.model.card import Card
from mingbai.cards.model.words import Voice, voice
from mingbai.cards.typesetting.fonts import Font, find_font
from mingbai.cards.typesetting.typst import MissingGlyphError, Paper, Style, as_pdf, as_pictures
from mingbai.core.atomic_write import write_whole
from mingbai.core.progress import Progress
from mingbai.diagnostics.errors import CallError
from mingbai.diagnostics.messages import shown
from mingbai.pages.wording.language import Json

MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asked for."""

    bundle: Json
    place: str
    languages: tuple[str, ...]
    site_url: str
    paper: Paper
    large: bool
    output: Path

    @property
    def style(self) -> Style:
        """How the cards are put on paper."""
        return Style(self.paper, self.large)

    @property
    def voices(self) -> list[Voice]:
        """The languages of the cards."""
        return [voice(self.bundle, lang) for lang in self.languages]


@dataclass(slots=True)
class Told:
    """What is to be said of a list: a line for each row that was not used, and for each column that nobody reads."""

    bad: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def print_blank(wish: Wish, chosen: tuple[str, ...], *, png: bool) -> Iterator[Path]:
    """Write a card for each theme of a place, or for those `chosen`; yield each file. Raises CallError."""
    place, voices, font = wish.bundle["places"][wish.place], wish.voices, _font()
    wanted = _themes(wish, place, voices, chosen)
    wish.output.mkdir(parents=True, exist_ok=True)
    for theme in wanted:
        card = blank_card(wish.bundle, place, theme, voices, wish.site_url)
        name = f"{wish.place}-{theme.id}-{wish.paper}.{'-'.join(wish.languages)}"
        try:
            yield _written(wish.output / f"{name}.pdf", as_pdf([card], font, wish.style, voices[0]))
            for side, picture in enumerate(as_pictures([card], font, wish.style, voices[0]) if png else [], 1):
                yield _written(wish.output / f"{name}-{side}.png", picture)
        except MissingGlyphError as error:
            raise _no_glyph(card, error) from error


def print_list(wish: Wish, file: Path, day: str | None, progress: Progress) -> tuple[list[Path], int, Told]:
    """Write the cards of a list; return the files, how many households are in them, and what is to be said.

    Raises CallError where the list cannot be read as a whole.
    """
    font, place = _font(), wish.bundle["places"][wish.place]
    try:
        given = without_missing_glyphs(read_list(file, wish.bundle["facts"]), font)
    except SheetError as error:
        key = f"list_{error.key}"
        raise CallError(key, file.name, (), **error.figures) from error
    if not given.households and not given.bad:
        key = "list_empty"
        raise CallError(key, file.name)
    frame = Frame(wish.bundle, place, day or day_of(wish.bundle, place), tuple(wish.voices), wish.site_url)
    files = print_households(given.households, frame, font, wish.style, wish.output, progress)
    return files, len(given.households), _told(given, wish.voices[0])


def _themes(wish: Wish, place: Json, voices: list[Voice], chosen: tuple[str, ...]) -> list[Theme]:
    known = {theme.id: theme for theme in themes(wish.bundle, place, voices[0])}
    if not known:
        key = "no_cards"
        raise CallError(key, wish.place)
    for each in chosen:
        if each not in known and each not in place["policies"]:
            key = "no_theme"
            raise CallError(key, each, (*known, *place["policies"]), place=wish.place, allowed=", ".join(known))
    return [known.get(each) or policy_theme(wish.bundle, place, each) for each in chosen] or list(known.values())


def _font() -> Font:
    font = find_font()
    if font is None:
        key = "no_font"
        raise CallError(key)
    return font


def _written(file: Path, content: bytes) -> Path:
    write_whole(file, content)
    return file


def _no_glyph(card: Card, error: MissingGlyphError) -> CallError:
    key = "no_glyph"
    return CallError(key, _characters("".join(error.found[card.id])), card=card.id)


def _characters(characters: str) -> str:
    """Return characters with their numbers, as one looks them up."""
    return ", ".join(f"{each} U+{ord(each):04X}" for each in characters)


def _told(given: HouseholdList, speak: Voice) -> Told:
    """Put what is wrong with a list into words; nothing is said of what stands in a row."""
    bad = sorted(given.bad, key=lambda each: each.row)
    told = Told([_line(each, speak) for each in bad])
    unknown = [shown(heading) for heading, close in given.columns.unknown if close is None]
    if unknown:
        told.notes.append(speak.say("list.not_read", columns=speak.page("mark.comma").join(unknown)))
    if given.again:
        rows = ", ".join(map(str, given.again[:MOST_WORDS])) + ("…" if len(given.again) > MOST_WORDS else "")
        told.notes.append(speak.say("list.again", rows=rows))
    return told


def _line(bad: BadRow, speak: Voice) -> str:
    why = speak.say(f"list.why.{bad.key}", characters=_characters(bad.characters), household=bad.household)
    if bad.nearest is not None:
        why += speak.say("list.did_you_mean", nearest=bad.nearest)
    elif bad.expected and len(bad.expected) <= MOST_WORDS:
        why += speak.say("list.expected", words=speak.page("mark.comma").join(bad.expected))
    return speak.say("list.bad_row", row=bad.row, column=shown(bad.column), why=why)
