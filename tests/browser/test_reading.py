"""What the page understands of typed text: the same as `mingbai read`, at once, and said back below the field."""

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Browser

from mingbai.bundle.reading import list_all_definitions
from mingbai.i18n.said_back import SaidBack
from mingbai_reading import Definition, read
from tests.browser.conftest import Visit, visiting
from tests.reading.test_reading import CASES, TODAY, ask_anything

pytestmark = pytest.mark.browser

type Json = dict[str, Any]

READ_ALL = "(asked) => asked.map(([fact, text]) => window.mingbai.read(fact, text))"


@pytest.fixture(scope="module")
def facts(bundle: Json) -> dict[str, Definition]:
    return {name: fact for name, fact in list_all_definitions(bundle).items() if "/" not in name}


@pytest.fixture(scope="module")
def reading(browser: Browser, server: str) -> Iterator[Visit]:
    with visiting(browser, server) as visit:
        visit.page.clock.set_fixed_time(f"{TODAY}T12:00:00")
        visit.open("zh")
        yield visit


def describe(facts: dict[str, Definition], name: str, text: str) -> Json:
    """What `mingbai read --today` prints."""
    sentences = SaidBack("zh")
    reading = read(facts[name], text, date.fromisoformat(TODAY))
    if reading.kind in ("value", "unknown"):
        return {"text": text, "value": reading.value, "say": sentences.value(reading, facts[name])}
    return {"text": text, "ask" if reading.kind == "ask" else "fault": sentences.fault(reading, facts[name], text)}


def test_the_page_reads_what_the_command_reads(reading: Visit, facts: dict[str, Definition]) -> None:
    asked = [(fact, text) for fact, text, _, _ in CASES if fact in facts]
    assert reading.page.evaluate(READ_ALL, asked) == [describe(facts, *question) for question in asked]


@pytest.mark.soak
def test_a_hundred_thousand_spellings_are_read_alike_and_never_as_another_number(
    reading: Visit, facts: dict[str, Definition]
) -> None:
    asked = ask_anything(random.Random(7), facts, 100_000)  # noqa: S311 - the same texts each time
    known = [((fact, text), number) for (fact, text, _), number in asked if fact in facts]
    told = reading.page.evaluate(READ_ALL, [question for question, _ in known])
    for (question, number), said in zip(known, told, strict=True):
        assert said == describe(facts, *question)
        assert number is None or said.get("value") is None or Decimal(said["value"]) == number, question


@pytest.mark.parametrize(
    ("fact", "typed", "said"),
    [
        ("age", "七十", "就是 70 岁"),
        ("total_cost", "1万2千", "就是 12,000 元"),
        ("date", "2016年3月1号", "就是 2016年3月1日"),
        ("date", "昨天", "就是 2026年11月29日"),
    ],
)
def test_a_field_says_back_what_was_understood(reading: Visit, fact: str, typed: str, said: str) -> None:
    reading.choose(**{fact: typed})
    assert reading.page.inner_text(f"#mbe-field-{fact}-echo") == said


def test_what_may_mean_two_things_is_asked_again_and_chosen_with_a_button(reading: Visit) -> None:
    reading.choose(total_cost="80000000000")
    echo = reading.page.locator("#mbe-field-total_cost-echo")
    assert "真的是80,000,000,000 元吗？" in echo.inner_text()
    echo.locator("button").click()
    assert echo.inner_text() == "就是 80,000,000,000 元"
    reading.choose(age="六五")
    reading.page.locator("#mbe-field-age-echo button").click()
    assert reading.page.input_value("#mbe-field-age") == "65"


def test_another_unit_is_a_fault_of_its_field(reading: Visit) -> None:
    reading.choose(total_cost="8000", age="66米")
    reading.page.click(".mbe-submit")
    assert "“年龄”：“66米”说的是米，这里要填岁。" in reading.page.inner_text(".mbe-errors")


def test_a_number_of_a_policy_is_read_in_its_place(browser: Browser, server: str) -> None:
    with visiting(browser, server) as visit:
        visit.page.goto(f"{server}/estimator/#chuzhou")
        visit.page.locator(".mbe-ways:not([hidden])").wait_for()
        name = "chuzhou/serious-illness.rate"
        told = visit.page.evaluate(READ_ALL, [(name, "1"), (name, "八成五")])
    assert set(told[0]) == {"text", "ask"}
    assert told[1] == {"text": "八成五", "value": "0.85", "say": "85%"}
