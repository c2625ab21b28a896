"""How long the whole site takes as the number of policies grows: first, unchanged, after one edit; and its memory."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.many_places import project

SIZES = (30, 300, 3000)
_LOOK = 0.2  # seconds


def build_speed(sizes: tuple[int, ...] = SIZES) -> Iterator[tuple[str, float, str]]:
    """Yield what was measured: a name, a value, its unit."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "site-of-many"
            policies = project(folder, size)
            seconds, megabytes = _build(folder)
            yield f"build of {size:,} policies in two languages, first time", seconds, "s"
            yield f"build of {size:,} policies, memory of all processes", megabytes, "MB"
            yield f"build of {size:,} policies, unchanged", _build(folder)[0], "s"
            edited = min(policies.glob("*/*/*.yaml"))
            text = edited.read_text(encoding="utf-8")
            edited.write_text(text.replace('title: {zh: "', 'title: {zh: "新', 1), encoding="utf-8")
            yield f"build of {size:,} policies, after one edit", _build(folder)[0], "s"


def _build(folder: Path) -> tuple[float, float]:
    """Build a site; return seconds, and the megabytes that all its processes together had at most."""
    command = [str(Path(sys.executable).parent / "mingbai"), "build", "--lang", "en"]
    start, most = time.perf_counter(), 0
    running = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while running.poll() is None:
        most = max(most, sum(_resident(pid) for pid in _family(running.pid)))
        time.sleep(_LOOK)
    if running.returncode:
        _, told = running.communicate()
        raise AssertionError(told)
    return time.perf_counter() - start, most * os.sysconf("SC_PAGE_SIZE") / 1e6


def _family(pid: int) -> Iterator[int]:
    """Yield a process and those that it started."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _resident(pid: int) -> int:
    """Return how many pages of memory a process has; what it shares with others counts for each."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0
