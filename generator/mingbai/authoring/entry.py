"""Recording in the lock that somebody entered a version, which then waits for a second person."""

from pathlib import Path

from mingbai.checks.lock import read_lock
from mingbai.diagnostics.problem import Problems
from mingbai.loader.snapshot import LOCK


def record_entry(policies: Path, version: str, day: str, role: str) -> dict[Path, str]:
    """Return the lock, as a file to be written, with the record that `role` entered a version on `day` (ISO)."""
    lock = read_lock(policies, Problems()).with_entry(version, day, role)
    return {policies / LOCK: lock.text()}
