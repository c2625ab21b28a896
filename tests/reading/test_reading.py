"""The reader of what people write: one table of cases for Python and JavaScript, and never another number."""

import csv
import io
import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import brotli
import pytest

from mingbai.bundle.reading import list_all_definitions
from mingbai.i18n.languages import SITE
from mingbai.i18n.said_back import SaidBack
from mingbai_calculator.request import vocabulary
from mingbai_reading import Definition, Reading, read
from mingbai_reading.dates import RANGES
from mingbai_reading.rules import RULES_OF_MONEY, TEXT
from tests.command import mingbai
from tests.conftest import ROOT
from tests.reading.spellings import UNITS, break_spelling, make_noise, spell_number

type Json = dict[str, Any]
type Question = tuple[str, str, str]
"""A fact, a text, and today (``""``: not known)."""

HERE = Path(__file__).parent
NODE = Path(sys.executable).parent / "node"
RULES_FILE = ROOT / "calculator/mingbai_reading/rules.json"
TODAY = "2026-11-30"
DATES = ("date", "wife_birth_month")
_TABLE = (HERE / "cases.csv").read_text(encoding="utf-8")
CASES = [
    (row["fact"], row["text"], row["today"], row["expected"]) for row in csv.DictReader(io.StringIO(_TABLE, newline=""))
]


@pytest.fixture(scope="module")
def facts(bundle: Json) -> dict[str, Definition]:
    return list_all_definitions(bundle) | {"rate": {"type": "rate"}}


def as_data(reading: Reading) -> Json:
    return reading._asdict() | {"candidates": [as_data(candidate) for candidate in reading.candidates]}


def read_here(facts: dict[str, Definition], questions: Iterable[Question]) -> list[Json]:
    return [
        as_data(read(facts[fact], text, date.fromisoformat(today) if today else None))
        for fact, text, today in questions
    ]


def read_in_node(facts: dict[str, Definition], questions: Iterable[Question], folder: Path) -> list[Json]:
    (folder / "facts.json").write_text(json.dumps(facts), encoding="utf-8")
    lines = "".join(json.dumps({"fact": fact, "text": text, "today": today}) + "\n" for fact, text, today in questions)
    command = [NODE, HERE / "read.mjs", RULES_FILE, folder / "facts.json"]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def shorten(reading: Json) -> str:
    """A reading as the table of cases has it."""
    if reading["kind"] == "value":
        return json.dumps(reading["value"], separators=(",", ":"))
    candidates = json.dumps([each["value"] for each in reading["candidates"]], separators=(",", ":"))
    parts = {"fault": (reading["key"],), "ask": (reading["key"], candidates)}.get(reading["kind"], ())
    return " ".join((reading["kind"], *parts))


def test_the_table_is_read_alike_in_both_languages(facts: dict[str, Definition], tmp_path: Path) -> None:
    assert len(CASES) >= 500
    questions = [case[:3] for case in CASES]
    here = read_here(facts, questions)
    wrong = [(case, shorten(got)) for case, got in zip(CASES, here, strict=True) if shorten(got) != case[3]]
    assert wrong == []
    assert read_in_node(facts, questions, tmp_path) == here


def ask_anything(rng: random.Random, facts: dict[str, Definition], count: int) -> list[tuple[Question, int | None]]:
    """Spellings of numbers with the number, and texts of which only one thing is known: both sides read them alike."""
    asked: list[tuple[Question, int | None]] = []
    while len(asked) < count:
        fact, number, text = spell_number(rng)
        today = rng.choice(("", TODAY))
        others = [(rng.choice(tuple(facts)), make_noise(rng)), (rng.choice((*DATES, "rate")), text)]
        others += [(rng.choice(tuple(UNITS)), broken) for broken in break_spelling(rng)]
        asked.append(((fact, text, today), number))
        asked += [((other, noise, today), None) for other, noise in others]
    return asked


@pytest.mark.parametrize("count", [1_200, pytest.param(100_000, marks=pytest.mark.soak)])
def test_no_spelling_of_a_number_is_read_as_another_one(
    facts: dict[str, Definition], tmp_path: Path, count: int
) -> None:
    asked = ask_anything(random.Random(count), facts, count)  # noqa: S311 - the same texts each time
    questions = [question for question, _ in asked]
    here = read_here(facts, questions)
    kinds: Counter[str] = Counter()
    for (question, number), reading in zip(asked, here, strict=True):
        if number is not None:
            kinds[reading["kind"]] += 1
            assert reading["kind"] != "value" or Decimal(reading["value"]) == number, question
    assert kinds["value"] > sum(kinds.values()) / 10
    assert read_in_node(facts, questions, tmp_path) == here


def test_every_number_that_is_said_back_is_the_one_that_is_stored(facts: dict[str, Definition]) -> None:
    for fact, text, today, _ in CASES:
        reading = read(facts[fact], text, date.fromisoformat(today) if today else None)
        if reading.kind == "value" and facts[fact]["type"] == "whole":
            assert reading.figures["n"] == str(reading.value)
        if reading.kind == "value" and facts[fact]["type"] == "money":
            assert Decimal(reading.figures["n"].replace(",", "")) == Decimal(reading.value)


@pytest.mark.parametrize("lang", SITE.selected)
def test_every_case_is_told_with_all_its_figures(facts: dict[str, Definition], lang: str) -> None:
    words, said = SaidBack(lang), set()
    for name, text, today, _ in CASES:
        fact, reading = facts[name], read(facts[name], text, date.fromisoformat(today) if today else None)
        is_told_back = reading.kind in ("value", "unknown")
        said.add(words.value(reading, fact) if is_told_back else words.fault(reading, fact, text))
    assert len(said) > 200
    assert [sentence for sentence in said if "{" in sentence or not sentence] == []


def test_the_command_prints_a_line_for_each_text() -> None:
    done = mingbai("read", "age", "七十", "66米", "六五", "不知道", "-5")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines == [
        {"text": "七十", "value": 70, "say": "70 岁"},
        {"text": "66米", "fault": "“66米”说的是米，这里要填岁。"},
        {"text": "六五", "ask": "“六五”是不是65 岁？请写清楚。"},
        {"text": "不知道", "value": None, "say": "不清楚，就当不知道"},
        {"text": "-5", "fault": "“-5”是负数。这里不能填负数。"},
    ]
    done = mingbai("read", "--today", TODAY, "--lang", "en", "date", "昨天", "上个月")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines[0] == {"text": "昨天", "value": "2026-11-29", "say": "2026/11/29"}
    assert set(lines[1]) == {"text", "ask"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["agee", "1"], "是不是“age”？"),
        (["chuzhou/serious-illness.rat", "1"], "是不是“chuzhou/serious-illness.rate”？"),
        (["--today", "2016-02-30", "age", "1"], "2016-02-30"),
        (["age"], "TEXT"),
    ],
)
def test_a_wrong_call_of_the_command_is_told(words: list[str], says: str) -> None:
    done = mingbai("read", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


def test_an_input_of_a_place_is_read_as_a_rate() -> None:
    done = mingbai("read", "chuzhou/serious-illness.rate", "1", "八成五")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert "1%" in lines[0]["ask"]
    assert "100%" in lines[0]["ask"]
    assert lines[1] == {"text": "八成五", "value": "0.85", "say": "85%"}


def test_the_calculator_takes_the_same_days_as_plausible() -> None:
    assert tuple(map(date.fromisoformat, RANGES["event"])) == (vocabulary.FIRST_DAY, vocabulary.LAST_DAY)
    assert tuple((int(day[:4]), int(day[5:7])) for day in RANGES["birth"]) == (
        vocabulary.FIRST_BIRTH,
        vocabulary.LAST_BIRTH,
    )


def test_the_rules_are_small() -> None:
    packed = json.dumps(json.loads(TEXT), ensure_ascii=False, separators=(",", ":")).encode()
    assert len(brotli.compress(packed)) <= 2_200
    assert len(brotli.compress(json.dumps(RULES_OF_MONEY).encode())) <= 1_200
