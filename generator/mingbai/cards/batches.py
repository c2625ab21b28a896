"""Many households: their cards in files of fifty each, so that a paper jam costs little."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import batched
from pathlib import Path

from mingbai.bundle.timeline import KNOWN, begins, current
from mingbai.cards.content.household_card import Frame, household_card
from mingbai.cards.households.columns import HOUSEHOLD, MEMBER
from mingbai.cards.households.rows import BadRow, Household, HouseholdList
from mingbai.cards.typesetting.fonts import Font
from mingbai.cards.typesetting.typst import Style, as_pdf, forget
from mingbai.core.atomic_write import write_whole
from mingbai.pages.wording.language import Json

IN_A_FILE = 50


def without_missing_glyphs(given: HouseholdList, font: Font) -> HouseholdList:
    """Return a list without the members (or households) in whose names the font lacks a character."""
    bad, kept = list(given.bad), []
    for household in given.households:
        missing = "".join(font.lacks(household.id))
        if missing:
            column = given.columns.headings[HOUSEHOLD]
            bad.append(BadRow(household.members[0].row, column, "no_glyph", characters=missing))
            continue
        fine = []
        for member in household.members:
            missing = "".join(font.lacks(member.name))
            if missing:
                column = given.columns.headings[MEMBER]
                bad.append(BadRow(member.row, column, "no_glyph", characters=missing, household=household.id))
            else:
                fine.append(member)
        if fine:
            left_out = household.left_out + len(household.members) - len(fine)
            kept.append(replace(household, members=fine, left_out=left_out))
    return replace(given, households=kept, bad=bad)


def print_households(  # noqa: PLR0913, PLR0917
    households: list[Household],
    frame: Frame,
    font: Font,
    style: Style,
    output: Path,
    progress: Callable[[int, int], None],
) -> list[Path]:
    """Write the cards of households; return the files. Those of an earlier list in the same folder are gone."""
    place = frame.place["id"]
    output.mkdir(parents=True, exist_ok=True)
    batches = [list(each) for each in batched(households, IN_A_FILE, strict=False)]
    files = [output / f"{place}-households-{number:03}.pdf" for number in range(1, len(batches) + 1)]
    done = 0
    for batch, file, content in zip(batches, files, _made(batches, frame, font, style), strict=True):
        write_whole(file, content)
        done += len(batch)
        progress(done, len(households))
    for old in output.glob(f"{place}-households-[0-9][0-9][0-9].pdf"):
        if old not in files:
            old.unlink()
    return files


def _made(batches: list[list[Household]], frame: Frame, font: Font, style: Style) -> Iterator[bytes]:
    """Yield the PDF of each batch, in their order. typst uses every core itself: other processes would only wait."""
    for batch in batches:
        yield as_pdf([household_card(household, frame) for household in batch], font, style, frame.voices[0])
        forget(font)


def day_of(bundle: Json, place: Json) -> str:
    """Return the day by whose rules a list is worked out if nobody says: the last one that the sources vouch for."""
    now = current(bundle, place).values()
    days = [version["confirmed_until"] for version in now if version["confirmed_until"]]
    days = days or [begins(version) for version in now if begins(version)]
    return max(days, default=bundle.get(KNOWN) or date.min.isoformat())
