"""How far a long check is, on stderr, for whoever waits: nothing in the first two seconds, then a line that moves."""

import sys
import time
from dataclasses import dataclass, field

import click

from mingbai.diagnostics.messages import CATALOGUES

PATIENCE = 2.0
PAUSE = {True: 0.2, False: 5.0}
"""Seconds between two lines, on a terminal and elsewhere (a log)."""


@dataclass(slots=True)
class Progress:
    """Tells how many places (or what else `sentence` speaks of) are done, of how many."""

    lang: str
    sentence: str = "progress"
    start: float = field(default_factory=time.monotonic)
    told: float | None = None

    def __call__(self, done: int, total: int) -> None:
        """Take note that so many are done, and tell it if it is time to."""
        now = time.monotonic()
        terminal = sys.stderr.isatty()
        if now - self.start < PATIENCE or (
            self.told is not None and now - self.told < PAUSE[terminal] and done < total
        ):
            return
        self.told = now
        text = CATALOGUES[self.lang][self.sentence].format(done=done, total=total)
        last = done == total
        click.echo(f"\r{text}" + ("\n" if last else "") if terminal else text, err=True, nl=not terminal)
