"""Benchmark of whole builds as the number of policies grows: time and memory; first, unchanged, after one edit."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.many_places import write_project

SIZES = (30, 300, 3000)
_SAMPLE_SECONDS = 0.2
"""Between two looks at the memory of the processes."""


class BuildUsage(NamedTuple):
    """Resource usage of a build: seconds by the clock, CPU seconds of all cores, peak megabytes of all processes."""

    seconds: float
    cpu: float
    megabytes: float


def build_speed(sizes: tuple[int, ...] = SIZES) -> Iterator[tuple[str, float, str]]:
    """Yield measurements: name, value, unit."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "site-of-many"
            policies = write_project(folder, size)
            yield from _name_measurements(size, "first time", _build(folder))
            yield from _name_measurements(size, "unchanged", _build(folder))
            policy_file = min(policies.glob("*/*/*.yaml"))
            text = policy_file.read_text(encoding="utf-8")
            policy_file.write_text(text.replace('title: {zh: "', 'title: {zh: "新', 1), encoding="utf-8")
            yield from _name_measurements(size, "after one edit", _build(folder))


def _name_measurements(size: int, when: str, usage: BuildUsage) -> Iterator[tuple[str, float, str]]:
    name = f"build of {size:,} policies in two languages, {when}"
    yield name, usage.seconds, "s"
    yield f"{name}, all cores", usage.cpu, "CPU s"
    yield f"{name}, memory of all processes", usage.megabytes, "MB"


def _build(folder: Path) -> BuildUsage:
    """Build the site of a project; return its usage. Raises `AssertionError` with its messages if the build fails."""
    command = [str(Path(sys.executable).parent / "mingbai"), "build", "--lang", "en"]
    start, peak_pages = time.perf_counter(), 0
    with tempfile.TemporaryFile("w+", encoding="utf-8") as stderr:
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=stderr)
        while True:
            peak_pages = max(peak_pages, sum(_count_resident_pages(pid) for pid in _find_process_tree(process.pid)))
            ended, code, used = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            time.sleep(_SAMPLE_SECONDS)
        process.returncode = os.waitstatus_to_exitcode(code)
        if process.returncode:
            stderr.seek(0)
            raise AssertionError(stderr.read())
    seconds = time.perf_counter() - start
    return BuildUsage(seconds, used.ru_utime + used.ru_stime, peak_pages * os.sysconf("SC_PAGE_SIZE") / 1e6)


def _find_process_tree(pid: int) -> Iterator[int]:
    """Yield the ids of a process and of all its descendants."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in children:
        yield from _find_process_tree(int(child))


def _count_resident_pages(pid: int) -> int:
    """Return the resident memory of a process in pages; memory shared with others counts for each; 0 once it ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0
