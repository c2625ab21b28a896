"""Many households: their cards in files of fifty each, so that a paper jam costs little; made side by side."""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from itertools import batched
from pathlib import Path

from mingbai.cards.columns import HOUSEHOLD, MEMBER
from mingbai.cards.filled import Frame, household_card
from mingbai.cards.fonts import Font, find_font
from mingbai.cards.people import BadRow, Household, HouseholdList
from mingbai.cards.typeset import Style, as_pdf
from mingbai.cards.voice import voice
from mingbai.pages.language import Json

IN_A_FILE = 50
WORTH_A_PROCESS = 3
"""With fewer files another Python takes longer to start than to help."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be printed, apart from the households: plain data, so that another process can have it."""

    bundle: Json
    place: str
    day: str
    languages: tuple[str, ...]
    site_url: str
    style: Style

    def frame(self) -> Frame:
        """Return what is the same for every household."""
        voices = tuple(voice(self.bundle, lang) for lang in self.languages)
        return Frame(self.bundle, self.bundle["places"][self.place], self.day, voices, self.site_url)


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


def print_households(
    households: list[Household], order: Order, output: Path, jobs: int, progress: Callable[[int, int], None]
) -> list[Path]:
    """Write the cards of households; return the files. Those of an earlier list in the same folder are gone."""
    output.mkdir(parents=True, exist_ok=True)
    batches = [list(each) for each in batched(households, IN_A_FILE, strict=False)]
    files = [output / f"{order.place}-households-{number:03}.pdf" for number in range(1, len(batches) + 1)]
    done = 0
    for batch, file, content in zip(batches, files, _made(batches, order, jobs), strict=True):
        write_whole(file, content)
        done += len(batch)
        progress(done, len(households))
    for old in output.glob(f"{order.place}-households-[0-9][0-9][0-9].pdf"):
        if old not in files:
            old.unlink()
    return files


def write_whole(file: Path, content: bytes) -> None:
    """Write a file so that there is never half of one."""
    new = file.with_name(f".{file.name}.{os.getpid()}")
    new.write_bytes(content)
    new.replace(file)


def _made(batches: list[list[Household]], order: Order, jobs: int) -> Iterator[bytes]:
    """Yield the PDF of each batch, in their order."""
    if jobs == 1 or len(batches) < WORTH_A_PROCESS:
        for batch in batches:
            yield _pdf(batch, order)
        return
    context = multiprocessing.get_context("spawn")  # the others do not go with threads
    with ProcessPoolExecutor(
        min(jobs, len(batches)), mp_context=context, initializer=_start, initargs=(order,)
    ) as pool:
        yield from pool.map(_pdf_there, batches)


def _pdf(batch: list[Household], order: Order) -> bytes:
    frame, font = order.frame(), find_font()
    if font is None:
        message = "there is no font"
        raise RuntimeError(message)
    cards = [household_card(household, frame) for household in batch]
    return as_pdf(cards, font, order.style, frame.voices[0])


_order: Order
"""In a process of the pool: what it works on."""


def _start(order: Order) -> None:
    global _order  # noqa: PLW0603 - a pool has no other place for what all its work shares
    _order = order


def _pdf_there(batch: list[Household]) -> bytes:
    return _pdf(batch, _order)


def day_of(place: Json) -> str:
    """Return the day by whose rules a list is worked out if nobody says: the last one that the sources vouch for."""
    newest = [versions[-1] for versions in place["policies"].values()]
    days = [version["confirmed_until"] for version in newest if version["confirmed_until"]]
    days = days or [version["start"] for version in newest if version["start"]]
    return max(days, default=date.min.isoformat())
