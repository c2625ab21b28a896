from fractions import Fraction

import pytest

from mingbai_calculator.core.money import half_up, parse_rate, parse_yuan, part, percent, shown, yuan


@pytest.mark.parametrize(
    ("text", "fen"),
    [("8000", 800_000), ("8000.5", 800_050), ("8000.05", 800_005), ("0", 0), ("0.01", 1), ("007", 700)],
)
def test_yuan_are_read_exactly(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    "text",
    ["", "-5", "+5", "1.234", "1,000", " 5", "5 ", "1e3", ".5", "5.", "８０", "NaN", "Infinity", "0x10", "٣", "1" * 13],
)
def test_what_is_no_amount_of_yuan_is_refused(text: str) -> None:
    assert parse_yuan(text) is None


@pytest.mark.parametrize(
    ("text", "points"),
    [("0.60", 6000), ("0.6", 6000), ("1", 10_000), ("1.0000", 10_000), ("0", 0), ("60%", 6000), ("62.55%", 6255)],
)
def test_rates_are_read_as_basis_points(text: str, points: int) -> None:
    assert parse_rate(text) == points


@pytest.mark.parametrize("text", ["", "60", "1.01", "2", "0.60001", "101%", "-0.1", "60.555%", "60 %", "六成"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    assert parse_rate(text) is None


@pytest.mark.parametrize(
    ("rate", "of", "paid"),
    [(9500, 1, 1), (5000, 1, 1), (4999, 1, 0), (8500, 765_000, 650_250), (0, 10**14, 0), (10_000, 10**14, 10**14)],
)
def test_a_part_is_rounded_half_up_to_the_fen(rate: int, of: int, paid: int) -> None:
    assert part(rate, of) == paid


def test_half_a_fen_goes_up_and_less_goes_down() -> None:
    assert half_up(Fraction(5, 2)) == 3
    assert half_up(Fraction(49, 20)) == 2
    assert half_up(7) == 7


def test_amounts_and_rates_are_written_for_readers() -> None:
    assert yuan(149_750) == "1497.50"
    assert shown(149_750) == "1,497.50"
    assert shown(800_000) == "8,000"
    assert percent(8500) == "85%"
    assert percent(6255) == "62.55%"
    assert percent(0) == "0%"
