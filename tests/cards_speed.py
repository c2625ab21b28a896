"""How long the cards of 500 households take, and how much memory: a list of made-up people, the same every time."""

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


class Speed(NamedTuple):
    """One run of `mingbai cards`, its start included: seconds that pass, those of all cores together, megabytes."""

    seconds: float
    of_cores: float
    megabytes: float


def made_up_list(file: Path) -> Path:
    """Write a list of households with two to six members each."""
    chance = random.Random(4)  # noqa: S311 - nothing secret
    rows = []
    for household in range(1, HOUSEHOLDS + 1):
        poor, village = chance.choice("是否"), chance.choice("是否")
        for _ in range(chance.randint(2, 6)):
            insured, age, sex = chance.choice(["是", "是", ""]), chance.randint(0, 90), chance.choice("男女")
            disabled = chance.choice(["否", "否", "是", ""])
            rows.append([household, poor, insured, age, sex, "是", village, disabled, "普通村民"])
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *rows])
    return file


def cards_speed(folder: Path) -> Speed:
    """Print the cards of the list into `folder`."""
    program = Path(sys.executable).parent / "mingbai"
    households = made_up_list(folder / "list.csv")
    command = [str(program), "cards", "gaotai", "--households", str(households), "--output", str(folder)]
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    return Speed(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)
