"""Identity numbers of residents: date of birth and sex. The number itself is returned by nothing here."""

import re
from datetime import date
from typing import NamedTuple

from mingbai_reading.text import joined, plain

_NEW = re.compile(r"[1-9][0-9]{5}([0-9]{4})([0-9]{2})([0-9]{2})[0-9]{2}([0-9])([0-9x])")
"""GB 11643-1999: region, date of birth, sequence (odd: male), check character."""
_OLD = re.compile(r"[1-9][0-9]{5}([0-9]{2})([0-9]{2})([0-9]{2})[0-9]{2}([0-9])")
"""The form of fifteen digits, given out until 1999: the year has two digits, and there is no check character."""
_CHECK_CHARACTERS = "10x98765432"
_OLD_CENTURY = "19"
_LENGTHS = (18, 15)
_ODD = 2


class Identity(NamedTuple):
    """What an identity number says of a person; `sex` is ``female`` or ``male``."""

    birth: date
    sex: str


def read_identity(text: str) -> Identity | str:
    """Return what an identity number says, or the key of its fault.

    Faults: ``not_identity`` (neither 18 characters nor 15 digits), ``identity_birth`` (no such date),
    ``identity_check`` (the last character does not fit the others).
    """
    number = joined(plain(text))
    new = _NEW.fullmatch(number)
    found = new or _OLD.fullmatch(number)
    if found is None:
        return "not_identity"
    year, month, day = found[1] if new else _OLD_CENTURY + found[1], found[2], found[3]
    try:
        birth = date(int(year), int(month), int(day))
    except ValueError:
        return "identity_birth"
    if new and number[-1] != _check_character(number[:-1]):
        return "identity_check"
    return Identity(birth, "male" if int(found[4]) % _ODD else "female")


def holds_identity(text: str) -> bool:
    """Tell whether an identity number stands in a text, a mistyped one too: then it must be printed nowhere."""
    number = joined(plain(text))
    parts = (number[start : start + length] for length in _LENGTHS for start in range(len(number) - length + 1))
    return any(not isinstance(found, str) or found == "identity_check" for found in map(read_identity, parts))


def _check_character(digits: str) -> str:
    """Return the check character of the first seventeen digits (ISO 7064, MOD 11-2)."""
    total = sum(int(digit) * pow(2, len(digits) - place, 11) for place, digit in enumerate(digits))
    return _CHECK_CHARACTERS[total % len(_CHECK_CHARACTERS)]


def age_on(birth: date, day: date) -> tuple[int, int]:
    """Return the age on a day in whole years and in whole months; below 0 before the birth."""
    months = (day.year - birth.year) * 12 + day.month - birth.month - (day.day < birth.day)
    return months // 12, months
