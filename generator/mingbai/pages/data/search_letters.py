"""Letters for the search: which Traditional characters a query may be typed with, and initials of pinyin."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

from mingbai.core.cache import Cache

_FIRST, _LAST = 0x3400, 0x9FFF
_BRACKETS = re.compile(r"[（(].*?[）)]")
_ENDS_OF_PLACES = re.compile(r"(?<=..)[县区市州省镇乡村]$")


def traditional(texts: Iterable[str]) -> tuple[str, str]:
    """Return Traditional characters, and at the same places the simplified ones of these texts that they stand for."""
    used = set("".join(texts))
    used |= {simplified for character, simplified in _simplified().items() if character in used}
    pairs = [(character, simplified) for character, simplified in _simplified().items() if simplified in used]
    return "".join(character for character, _ in pairs), "".join(simplified for _, simplified in pairs)


@cache
def _simplified() -> dict[str, str]:
    """Return the simplified form of every character that has another one; it takes seconds to find out."""
    kept, name, key = Cache(), "simplified", version("opencc")
    found: dict[str, str] | None = kept.get(name, key)
    if found is None:
        found = _convert()
        kept.put(name, key, found)
    return found


def _convert() -> dict[str, str]:
    characters = [chr(code) for code in range(_FIRST, _LAST + 1)]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {
        character: simplified
        for character, simplified in zip(characters, converted, strict=True)
        if simplified != character and len(simplified) == 1 and ord(simplified) <= _LAST
    }


@cache
def initials(text: str) -> str:
    """Return the first letters of the pinyin of a text: ``zybx`` for 住院报销; Latin letters and digits stay."""
    letters = "".join(lazy_pinyin(_BRACKETS.sub("", text), style=Style.FIRST_LETTER))
    return re.sub(r"[^a-z0-9]", "", letters.lower())


def place_initials(name: str) -> str:
    """Return the initials of a place as people call it: ``gt`` for 高台县."""
    return initials(_ENDS_OF_PLACES.sub("", _BRACKETS.sub("", name)))
