"""How long the whole site takes as the number of policies grows: first, unchanged, after one edit; and its memory."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.many_places import project

SIZES = (30, 300, 3000)
_LOOK = 0.2  # seconds


class Spent(NamedTuple):
    """What a build took: by the clock, of all cores together, and the most memory of all its processes together."""

    seconds: float
    cpu: float
    megabytes: float


def build_speed(sizes: tuple[int, ...] = SIZES) -> Iterator[tuple[str, float, str]]:
    """Yield what was measured: a name, a value, its unit."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "site-of-many"
            policies = project(folder, size)
            yield from _told(size, "first time", _build(folder))
            yield from _told(size, "unchanged", _build(folder))
            edited = min(policies.glob("*/*/*.yaml"))
            text = edited.read_text(encoding="utf-8")
            edited.write_text(text.replace('title: {zh: "', 'title: {zh: "新', 1), encoding="utf-8")
            yield from _told(size, "after one edit", _build(folder))


def _told(size: int, when: str, spent: Spent) -> Iterator[tuple[str, float, str]]:
    name = f"build of {size:,} policies in two languages, {when}"
    yield name, spent.seconds, "s"
    yield f"{name}, all cores", spent.cpu, "CPU s"
    yield f"{name}, memory of all processes", spent.megabytes, "MB"


def _build(folder: Path) -> Spent:
    """Build a site, and see what it takes."""
    command = [str(Path(sys.executable).parent / "mingbai"), "build", "--lang", "en"]
    start, most = time.perf_counter(), 0
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told:
        running = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=told)
        while True:
            most = max(most, sum(_resident(pid) for pid in _family(running.pid)))
            ended, code, used = os.wait4(running.pid, os.WNOHANG)
            if ended:
                break
            time.sleep(_LOOK)
        running.returncode = os.waitstatus_to_exitcode(code)
        if running.returncode:
            told.seek(0)
            raise AssertionError(told.read())
    seconds = time.perf_counter() - start
    return Spent(seconds, used.ru_utime + used.ru_stime, most * os.sysconf("SC_PAGE_SIZE") / 1e6)


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
