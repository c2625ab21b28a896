"""Benchmark of `mingbai cards` for a list of 500 made-up households, the same every time: time and memory."""

import csv
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from tests.browser.machine import ROOT

HOUSEHOLDS = 500
HEADER = ("户号", "建档立卡贫困户", "参加新农合（居民医保）", "年龄", "性别", "农村人口", "住在贫困村", "残疾", "身份")


class CardsUsage(NamedTuple):
    """Resource usage of one run of `mingbai cards`: seconds, CPU seconds of all cores, peak megabytes."""

    seconds: float
    cpu: float
    megabytes: float


def write_household_list(file: Path) -> Path:
    """Write a CSV list of households with two to six members each; return the file."""
    rng = random.Random(4)  # noqa: S311 - nothing secret
    rows = []
    for household in range(1, HOUSEHOLDS + 1):
        poor, village = rng.choice("是否"), rng.choice("是否")
        for _ in range(rng.randint(2, 6)):
            insured, age, sex = rng.choice(["是", "是", ""]), rng.randint(0, 90), rng.choice("男女")
            disabled = rng.choice(["否", "否", "是", ""])
            rows.append([household, poor, insured, age, sex, "是", village, disabled, "普通村民"])
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *rows])
    return file


def cards_speed(folder: Path) -> CardsUsage:
    """Make the cards of the list in `folder`; return the usage. Raises `CalledProcessError` if the command fails."""
    program = Path(sys.executable).parent / "mingbai"
    households = write_household_list(folder / "list.csv")
    command = [str(program), "cards", "gaotai", "--households", str(households), "--output", str(folder)]
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return CardsUsage(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)
