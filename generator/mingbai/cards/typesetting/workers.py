"""Many cards are set by several processes side by side: typst sets one card at a time, on one core."""

import multiprocessing
import os
from base64 import b64encode
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import NamedTuple

from mingbai.cards.typesetting.fonts import Font
from mingbai.cards.typesetting.typst import pdf_of, pictures_of
from mingbai.core.cache import Cache
from mingbai.diagnostics.errors import CallError

WORTH_PROCESSES = 50
"""Fewer cards are set sooner by the process that is there: another one takes two seconds to start."""
_AT_A_TIME = 10


class Task(NamedTuple):
    """A card to be set: the name and the key under which it is kept, and what the typesetter reads."""

    name: str
    key: str
    sheet: str


def set_cards(tasks: list[Task], font: Font, kept: Cache) -> None:
    """Set cards and keep them. Raises CallError where typst cannot."""
    jobs = os.process_cpu_count() or 1
    if jobs == 1 or len(tasks) < WORTH_PROCESSES or multiprocessing.parent_process() is not None:
        for task in tasks:
            _set(task, font, kept)
        return
    context = multiprocessing.get_context("spawn")  # the others do not go with threads
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        for problem in pool.map(partial(_set_there, font=font, kept=kept), tasks, chunksize=_AT_A_TIME):
            if problem:
                key = "typst_failed"
                raise CallError(key, problem)


def set_card(font: Font, sheet: str) -> list[bytes]:
    """Return the PDF of a card, and each of its sides as a picture. Raises CallError where typst cannot."""
    return [pdf_of(font, sheet), *pictures_of(font, sheet)]


def _set(task: Task, font: Font, kept: Cache) -> None:
    kept.put(task.name, task.key, [b64encode(each).decode("ascii") for each in set_card(font, task.sheet)])


def _set_there(task: Task, font: Font, kept: Cache) -> str:
    """Set a card in another process; return what stopped it."""
    try:
        _set(task, font, kept)
    except CallError as error:
        return str(error.figures["found"])
    return ""
