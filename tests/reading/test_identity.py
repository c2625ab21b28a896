"""Identity numbers: what they say, and that a mistyped one says nothing."""

import random
from datetime import date, timedelta

import pytest

from mingbai_reading.identity import Identity, age_on, holds_identity, read_identity
from tests.household_lists import make_identity
from tests.quick import cases

KNOWN = "11010519491231002X"
"""The example of GB 11643-1999."""


@pytest.mark.parametrize(
    "text", [KNOWN, KNOWN.lower(), "１１０１０５１９４９１２３１００２Ｘ", "110105 19491231 002X", "110105491231002"]
)
def test_both_forms_say_birth_and_sex(text: str) -> None:
    assert read_identity(text) == Identity(date(1949, 12, 31), "female")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        *(
            (text, "not_identity")
            for text in ("", "1101051949123100", "010105194912310021", "X1010519491231002X", "甲")
        ),
        ("110105194902300021", "identity_birth"),
        ("110105491331002", "identity_birth"),
        ("110105194912310021", "identity_check"),
    ],
)
def test_another_text_has_a_fault(text: str, fault: str) -> None:
    assert read_identity(text) == fault


def test_a_mistyped_number_is_found() -> None:
    """One wrong digit, or two neighbours in the wrong order: the check character finds each of them."""
    rng = random.Random(18)  # noqa: S311 - nothing secret
    for _ in range(cases(200, quick=20)):
        birth = date(1920, 1, 1) + timedelta(days=rng.randrange(36_000))
        number = make_identity(rng, birth)
        assert read_identity(number) == Identity(birth, "male" if int(number[16]) % 2 else "female")
        wrong = [number[:at] + digit + number[at + 1 :] for at in range(17) for digit in "0123456789"]
        wrong += [number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in range(17)]
        assert all(isinstance(read_identity(each), str) for each in wrong if each != number)


def test_a_number_is_found_in_other_text() -> None:
    assert all(
        holds_identity(text) for text in (KNOWN, f"00{KNOWN}", f"张三{KNOWN}", KNOWN[:-1] + "1", "#110105491231002")
    )
    assert not any(holds_identity(text) for text in ("", "张三", "12345678901234", "620724000000000001"))


def test_the_age_grows_on_the_birthday() -> None:
    assert age_on(date(1950, 3, 1), date(2016, 2, 29)) == (65, 791)
    assert age_on(date(1950, 3, 1), date(2016, 3, 1)) == (66, 792)
    assert age_on(date(2016, 2, 29), date(2017, 2, 28)) == (0, 11)
    assert age_on(date(2016, 2, 29), date(2017, 3, 1)) == (1, 12)
    assert age_on(date(2016, 3, 1), date(2016, 2, 29)) == (-1, -1)
