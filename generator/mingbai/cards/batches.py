"""Print the cards of many households in PDF files of 50 households each, so that a paper jam costs little."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import batched
from pathlib import Path

from mingbai.bundle.timeline import KNOWN, find_current_versions, start_day
from mingbai.cards.content.household_card import CardContext, make_household_card
from mingbai.cards.households.columns import HOUSEHOLD, MEMBER
from mingbai.cards.households.household import Household
from mingbai.cards.households.people import BadRow
from mingbai.cards.households.rows import HouseholdList
from mingbai.cards.typesetting.fonts import Font
from mingbai.cards.typesetting.typst import Style, cards_to_pdf, evict_typst_cache
from mingbai.core.atomic_write import write_whole
from mingbai.pages.wording.language import Json

HOUSEHOLDS_PER_FILE = 50


def drop_missing_glyphs(household_list: HouseholdList, font: Font) -> None:
    """Refuse the members (or all of a household) whose name (or number) the font cannot print.

    Each of them is added to `bad_rows` with the key ``no_glyph`` and the missing characters.
    """
    for household in household_list.households:
        missing_in_label = "".join(font.missing_characters(household.label))
        printable = []
        for member in household.members:
            missing = missing_in_label or "".join(font.missing_characters(member.name))
            if missing:
                column = household_list.headings[HOUSEHOLD if missing_in_label else MEMBER]
                label = "" if missing_in_label else household.label
                bad_row = BadRow(member.at, column, "no_glyph", characters=missing, household=label)
                household_list.bad_rows.append(bad_row)
            else:
                printable.append(member)
        household.left_out += len(household.members) - len(printable)
        household.members = printable
    household_list.households = [household for household in household_list.households if household.members]


def print_households(  # noqa: PLR0913, PLR0917
    households: list[Household],
    context: CardContext,
    font: Font,
    style: Style,
    output: Path,
    progress: Callable[[int, int], None],
) -> list[Path]:
    """Write the cards of households to ``<place>-households-<number>.pdf`` in `output`; return the files.

    Files of an earlier list in the same folder are deleted. `progress` is called with the number of households done.
    """
    place = context.place["id"]
    output.mkdir(parents=True, exist_ok=True)
    batches = [list(batch) for batch in batched(households, HOUSEHOLDS_PER_FILE, strict=False)]
    files = [output / f"{place}-households-{number:03}.pdf" for number in range(1, len(batches) + 1)]
    done = 0
    for batch, file, content in zip(batches, files, _render_batches(batches, context, font, style), strict=True):
        write_whole(file, content)
        done += len(batch)
        progress(done, len(households))
    for stale in output.glob(f"{place}-households-[0-9][0-9][0-9].pdf"):
        if stale not in files:
            stale.unlink()
    return files


def _render_batches(batches: list[list[Household]], context: CardContext, font: Font, style: Style) -> Iterator[bytes]:
    """Yield the PDF of each batch in order. No worker processes: typst uses all cores for one large document."""
    for batch in batches:
        yield cards_to_pdf(
            [make_household_card(household, context) for household in batch], font, style, context.wordings[0]
        )
        evict_typst_cache(font)


def find_default_day(bundle: Json, place: Json) -> str:
    """Return the day (ISO) by whose rules a list is calculated by default: the last one that the sources confirm.

    Without such a day: the latest start of the versions in effect, else the bundle's known day.
    """
    versions = find_current_versions(bundle, place).values()
    days = [version["confirmed_until"] for version in versions if version["confirmed_until"]]
    days = days or [start_day(version) for version in versions if start_day(version)]
    return max(days, default=bundle.get(KNOWN) or date.min.isoformat())
