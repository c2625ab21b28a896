from fractions import Fraction

import pytest

from mingbai_calculator.core.money import (
    Exact,
    Rounding,
    apply_rate,
    format_amount,
    format_percent,
    format_yuan,
    parse_rate,
    parse_yuan,
    round_half_up,
)


@pytest.mark.parametrize(
    ("text", "fen"),
    [("8000", 800_000), ("8000.5", 800_050), ("8000.05", 800_005), ("0", 0), ("0.01", 1), ("007", 700)],
)
def test_yuan_are_parsed_exactly(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    "text",
    ["", "-5", "+5", "1.234", "1,000", " 5", "5 ", "1e3", ".5", "5.", "８０", "NaN", "Infinity", "0x10", "٣", "1" * 13],
)
def test_invalid_amounts_are_rejected(text: str) -> None:
    assert parse_yuan(text) is None


@pytest.mark.parametrize(
    ("text", "points"),
    [("0.60", 6000), ("0.6", 6000), ("1", 10_000), ("1.0000", 10_000), ("0", 0), ("60%", 6000), ("62.55%", 6255)],
)
def test_rates_are_parsed_to_basis_points(text: str, points: int) -> None:
    assert parse_rate(text) == points


@pytest.mark.parametrize("text", ["", "60", "1.01", "2", "0.60001", "101%", "-0.1", "60.555%", "60 %", "六成"])
def test_invalid_rates_are_rejected(text: str) -> None:
    assert parse_rate(text) is None


@pytest.mark.parametrize(
    ("rate", "of", "paid"),
    [(9500, 1, 1), (5000, 1, 1), (4999, 1, 0), (8500, 765_000, 650_250), (0, 10**14, 0), (10_000, 10**14, 10**14)],
)
def test_a_rate_of_an_amount_is_rounded_half_up_to_the_fen(rate: int, of: int, paid: int) -> None:
    assert apply_rate(rate, of) == paid


def test_half_a_fen_is_rounded_up_and_less_down() -> None:
    assert round_half_up(Fraction(5, 2)) == 3
    assert round_half_up(Fraction(49, 20)) == 2
    assert round_half_up(7) == 7


def test_formats_of_amounts_and_rates() -> None:
    assert format_yuan(149_750) == "1497.50"
    assert format_amount(149_750) == "1,497.50"
    assert format_amount(800_000) == "8,000"
    assert format_percent(8500) == "85%"
    assert format_percent(6255) == "62.55%"
    assert format_percent(0) == "0%"


@pytest.mark.parametrize(
    ("unit", "how", "product", "fen"),
    [
        (100, "half_up", 103_760 * 100 * 100, 103_800),
        (100, "half_up", 49_9999, 0),
        (100, "half_up", 50_0000, 100),
        (100, "up", 1, 100),
        (100, "down", 199_9999, 100),
        (10, "half_up", 4_9999, 0),
        (10, "half_up", 5_0000, 10),
        (10, "up", 10_0000, 10),
        (1, "down", 1_9999, 1),
        (1, "up", Fraction(1, 3), 1),
        (10, "half_up", Fraction(149_999, 3), 0),
    ],
)
def test_a_product_is_rounded_once_as_the_notice_says(unit: int, how: str, product: Exact, fen: int) -> None:
    assert Rounding(unit, how).round_product(product) == fen
