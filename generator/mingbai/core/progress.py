"""Progress of long work, as functions tell it to whoever shows it."""

from collections.abc import Callable

type Progress = Callable[[int, int], None]
"""Told how many parts are done, of how many."""
