"""Write card files for a request of the command line: blank cards, or the cards of a household list."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mingbai.bundle.card_stamp import as_of_card
from mingbai.bundle.reading import make_vocabulary
from mingbai.cards.batches import drop_missing_glyphs, find_default_day, print_households
from mingbai.cards.content.blank_card import Theme, list_themes, make_blank_card, make_policy_theme
from mingbai.cards.content.household_card import CardContext
from mingbai.cards.households.cells import SheetError
from mingbai.cards.households.rows import read_household_list
from mingbai.cards.list_report import ListReport, describe_characters, make_report
from mingbai.cards.model.card import Card
from mingbai.cards.typesetting.fonts import Font, find_font
from mingbai.cards.typesetting.typst import MissingGlyphError, Paper, Style, cards_to_pdf, cards_to_pictures
from mingbai.core.atomic_write import write_whole
from mingbai.core.os_errors import why
from mingbai.core.progress import Progress
from mingbai.diagnostics.errors import CallError
from mingbai.pages.wording.language import Json, Language, make_language


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


def print_blank_cards(
    request: PrintRequest, theme_ids: tuple[str, ...], day: str | None, *, png: bool
) -> Iterator[Path]:
    """Write a card for each theme of a place, or for `theme_ids` only; yield each file. Raises CallError.

    The rules are those of `day` (ISO); None: those of the place's own day (`CardStamp.known`).
    """
    place, wordings, font = request.bundle["places"][request.place], request.wordings, _require_font()
    bundle = as_of_card(request.bundle, place, day or "")
    selected = _select_themes(bundle, place, wordings, theme_ids)
    with _writing(request.output):
        request.output.mkdir(parents=True, exist_ok=True)
    for theme in selected:
        card = make_blank_card(bundle, place, theme, wordings, request.site_url, day or "")
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
    day = day or find_default_day(request.bundle, place)
    try:
        household_list = read_household_list(file, make_vocabulary(request.bundle), date.fromisoformat(day))
    except SheetError as error:
        raise error.of_file(file.name) from error
    drop_missing_glyphs(household_list, font)
    if not household_list.households and not household_list.bad_rows:
        raise CallError("list_empty", file.name)
    context = CardContext(request.bundle, place, day, tuple(request.wordings), request.site_url)
    with _writing(request.output):
        files = print_households(household_list.households, context, font, request.style, request.output, progress)
    return files, len(household_list.households), make_report(household_list, request.wordings[0])


def _select_themes(bundle: Json, place: Json, wordings: list[Language], theme_ids: tuple[str, ...]) -> list[Theme]:
    """Return the themes with these ids, or of these policies; all themes for none. Raises CallError."""
    available = {theme.id: theme for theme in list_themes(bundle, place, wordings[0])}
    if not available:
        raise CallError("no_cards", place["id"])
    for theme_id in theme_ids:
        if theme_id not in available and theme_id not in place["policies"]:
            raise CallError(
                "no_theme",
                theme_id,
                (*available, *place["policies"]),
                place=place["id"],
                allowed=", ".join(available),
            )
    return [available.get(theme_id) or make_policy_theme(bundle, place, theme_id) for theme_id in theme_ids] or list(
        available.values()
    )


def _require_font() -> Font:
    """Return the font of the cards. Raises CallError if the system has none."""
    font = find_font()
    if font is None:
        raise CallError("no_font")
    return font


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Raise CallError where the operating system refuses to write."""
    try:
        yield
    except OSError as error:
        raise CallError("unwritable", path, why=why(error)) from error


def _write(file: Path, content: bytes) -> Path:
    with _writing(file):
        write_whole(file, content)
    return file


def _make_glyph_error(card: Card, error: MissingGlyphError) -> CallError:
    return CallError("no_glyph", describe_characters("".join(error.missing[card.id])), card=card.id)
