"""Print the progress of long work to stderr: nothing for two seconds, then a line that is updated."""

import sys
import time
from dataclasses import dataclass, field

import click

from mingbai.i18n.catalogue import Catalogue

INITIAL_DELAY = 2.0
"""Seconds before the first line."""
INTERVALS = {True: 0.2, False: 5.0}
"""Seconds between lines: on a terminal (True), elsewhere such as in a log (False)."""


@dataclass(slots=True)
class ProgressPrinter:
    """A progress callback; `sentence` is the key of the message, which counts places or something else."""

    lang: str
    sentence: str = "problems.progress.places"
    start: float = field(default_factory=time.monotonic)
    printed_at: float | None = None

    def __call__(self, done: int, total: int) -> None:
        """Print how many of `total` are done, unless the last line is too recent."""
        now = time.monotonic()
        terminal = sys.stderr.isatty()
        if now - self.start < INITIAL_DELAY or (
            self.printed_at is not None and now - self.printed_at < INTERVALS[terminal] and done < total
        ):
            return
        self.printed_at = now
        text = Catalogue(self.lang).say(self.sentence, done=done, total=total)
        last = done == total
        click.echo(f"\r{text}" + ("\n" if last else "") if terminal else text, err=True, nl=not terminal)
