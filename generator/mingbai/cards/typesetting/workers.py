"""Typeset many cards in parallel processes: typst typesets a single card on one core."""

import multiprocessing
import os
from base64 import b64encode
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import NamedTuple

from mingbai.cards.typesetting.fonts import Font
from mingbai.cards.typesetting.typst import render_pdf, render_pictures
from mingbai.core.cache import Cache
from mingbai.diagnostics.errors import CallError

MIN_CARDS_FOR_POOL = 50
"""Fewer cards are typeset faster in this process: starting another one takes two seconds."""
_CHUNK_SIZE = 10


class TypesettingTask(NamedTuple):
    """A card to typeset: name and key of its cache entry, and the typst input (JSON)."""

    name: str
    key: str
    document: str


def typeset_cards(tasks: list[TypesettingTask], font: Font, cache: Cache) -> None:
    """Typeset cards into the cache. Raises CallError if typst fails."""
    jobs = os.process_cpu_count() or 1
    if jobs == 1 or len(tasks) < MIN_CARDS_FOR_POOL or multiprocessing.parent_process() is not None:
        for task in tasks:
            _typeset_task(task, font, cache)
        return
    context = multiprocessing.get_context("spawn")  # the other start methods are unsafe with threads
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        for problem in pool.map(partial(_typeset_in_worker, font=font, cache=cache), tasks, chunksize=_CHUNK_SIZE):
            if problem:
                raise CallError("typst_failed", problem)


def typeset_card(font: Font, document: str) -> list[bytes]:
    """Return the PDF of a card, then the PNG of each side. Raises CallError if typst fails."""
    return [render_pdf(font, document), *render_pictures(font, document)]


def _typeset_task(task: TypesettingTask, font: Font, cache: Cache) -> None:
    cache.put(task.name, task.key, [b64encode(file).decode("ascii") for file in typeset_card(font, task.document)])


def _typeset_in_worker(task: TypesettingTask, font: Font, cache: Cache) -> str:
    """Typeset a card in a worker process; return the error message of typst, ``""`` for none."""
    try:
        _typeset_task(task, font, cache)
    except CallError as error:
        return str(error.figures["found"])
    return ""
