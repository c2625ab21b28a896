"""Write card files for a request of the command line: blank cards, or the cards of a household list."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mingbai.bundle.reading import make_vocabulary
from mingbai.cards.batches import drop_missing_glyphs, find_default_day, print_households
from mingbai.cards.content.blank_card import Theme, list_themes, make_blank_card, make_policy_theme
from mingbai.cards.content.household_card import CardContext
from mingbai.cards.households.rows import BadRow, HouseholdList, read_household_list
from mingbai.cards.households.spreadsheet import SheetError
from mingbai.cards.model.card import Card
from mingbai.cards.typesetting.fonts import Font, find_font
from mingbai.cards.typesetting.typst import MissingGlyphError, Paper, Style, cards_to_pdf, cards_to_pictures
from mingbai.core.atomic_write import write_whole
from mingbai.core.progress import Progress
from mingbai.diagnostics.errors import CallError
from mingbai.diagnostics.messages import make_printable
from mingbai.pages.wording.language import Json, Language, make_language

MAX_LISTED = 12
"""Most row numbers, or allowed words, that a message lists."""


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """Options of `mingbai cards`: which place, languages, paper and output folder."""

    bundle: Json
    place: str
    languages: tuple[str, ...]
    site_url: str
    paper: Paper
    large: bool
    output: Path

    @property
    def style(self) -> Style:
        """Paper size and print size."""
        return Style(self.paper, self.large)

    @property
    def wordings(self) -> list[Language]:
        """The languages of the cards; the first one also words the report and the foot of each side."""
        return [make_language(self.bundle, lang) for lang in self.languages]


@dataclass(slots=True)
class ListReport:
    """Messages about a household list: a line for each rejected row, and notes.

    The notes name columns that are not read, and rows whose household occurred earlier.
    """

    bad_rows: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def print_blank_cards(request: PrintRequest, theme_ids: tuple[str, ...], *, png: bool) -> Iterator[Path]:
    """Write a card for each theme of a place, or for `theme_ids` only; yield each file. Raises CallError."""
    place, wordings, font = request.bundle["places"][request.place], request.wordings, _require_font()
    selected = _select_themes(request, place, wordings, theme_ids)
    request.output.mkdir(parents=True, exist_ok=True)
    for theme in selected:
        card = make_blank_card(request.bundle, place, theme, wordings, request.site_url)
        name = f"{request.place}-{theme.id}-{request.paper}.{'-'.join(request.languages)}"
        try:
            yield _write(request.output / f"{name}.pdf", cards_to_pdf([card], font, request.style, wordings[0]))
            for side, picture in enumerate(
                cards_to_pictures([card], font, request.style, wordings[0]) if png else [], 1
            ):
                yield _write(request.output / f"{name}-{side}.png", picture)
        except MissingGlyphError as error:
            raise _make_glyph_error(card, error) from error


def print_household_cards(
    request: PrintRequest, file: Path, day: str | None, progress: Progress
) -> tuple[list[Path], int, ListReport]:
    """Write the cards of a household list; return the files, the number of households, and the report.

    `day` (ISO) selects the rules; None: `find_default_day`. Raises CallError if the list as a whole cannot be read.
    """
    font, place = _require_font(), request.bundle["places"][request.place]
    try:
        household_list = drop_missing_glyphs(read_household_list(file, make_vocabulary(request.bundle)), font)
    except SheetError as error:
        raise error.of_file(file.name) from error
    if not household_list.households and not household_list.bad_rows:
        raise CallError("list_empty", file.name)
    context = CardContext(
        request.bundle, place, day or find_default_day(request.bundle, place), tuple(request.wordings), request.site_url
    )
    files = print_households(household_list.households, context, font, request.style, request.output, progress)
    return files, len(household_list.households), _make_report(household_list, request.wordings[0])


def _select_themes(
    request: PrintRequest, place: Json, wordings: list[Language], theme_ids: tuple[str, ...]
) -> list[Theme]:
    """Return the themes with these ids, or of these policies; all themes for none. Raises CallError."""
    available = {theme.id: theme for theme in list_themes(request.bundle, place, wordings[0])}
    if not available:
        raise CallError("no_cards", request.place)
    for theme_id in theme_ids:
        if theme_id not in available and theme_id not in place["policies"]:
            raise CallError(
                "no_theme",
                theme_id,
                (*available, *place["policies"]),
                place=request.place,
                allowed=", ".join(available),
            )
    return [
        available.get(theme_id) or make_policy_theme(request.bundle, place, theme_id) for theme_id in theme_ids
    ] or list(available.values())


def _require_font() -> Font:
    """Return the font of the cards. Raises CallError if the system has none."""
    font = find_font()
    if font is None:
        raise CallError("no_font")
    return font


def _write(file: Path, content: bytes) -> Path:
    write_whole(file, content)
    return file


def _make_glyph_error(card: Card, error: MissingGlyphError) -> CallError:
    return CallError("no_glyph", _describe_characters("".join(error.missing[card.id])), card=card.id)


def _describe_characters(characters: str) -> str:
    """Return characters with their code points: ``𠮷 U+20BB7``."""
    return ", ".join(f"{character} U+{ord(character):04X}" for character in characters)


def _make_report(household_list: HouseholdList, wording: Language) -> ListReport:
    """Word the faults of a list; for privacy no message repeats a cell of a row."""
    bad_rows = sorted(household_list.bad_rows, key=lambda bad_row: bad_row.row)
    report = ListReport([_describe_bad_row(bad_row, wording) for bad_row in bad_rows])
    unknown = [make_printable(heading) for heading, suggestion in household_list.columns.unknown if suggestion is None]
    if unknown:
        report.notes.append(wording.say("cards.list.not_read", columns=wording.say("mark.comma").join(unknown)))
    if household_list.repeated_rows:
        rows = ", ".join(map(str, household_list.repeated_rows[:MAX_LISTED])) + (
            "…" if len(household_list.repeated_rows) > MAX_LISTED else ""
        )
        report.notes.append(wording.say("cards.list.again", rows=rows))
    return report


def _describe_bad_row(bad_row: BadRow, wording: Language) -> str:
    why = _explain(bad_row, wording)
    if bad_row.nearest is not None:
        why += wording.say("cards.list.did_you_mean", nearest=bad_row.nearest)
    elif bad_row.expected and len(bad_row.expected) <= MAX_LISTED:
        why += wording.say("cards.list.expected", words=wording.say("mark.comma").join(bad_row.expected))
    return wording.say("cards.list.bad_row", row=bad_row.row, column=make_printable(bad_row.column), why=why)


def _explain(bad_row: BadRow, wording: Language) -> str:
    if not bad_row.characters:
        return wording.say(f"cards.list.why.{bad_row.key}")
    characters = _describe_characters(bad_row.characters)
    if not bad_row.household:
        return wording.say("cards.list.no_glyph", characters=characters)
    return wording.say("cards.list.no_glyph_in_household", characters=characters, household=bad_row.household)
