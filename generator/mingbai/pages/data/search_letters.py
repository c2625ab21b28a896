"""Characters for the search: mapping from Traditional to Simplified Chinese, and pinyin initials."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

from mingbai.core.cache import Cache

_FIRST, _LAST = 0x3400, 0x9FFF
_BRACKETS = re.compile(r"[（(].*?[）)]")
_AUDIENCE = re.compile(r"^.*?(?:户|家庭)的?(?=.)")
_PLACE_SUFFIX = re.compile(r"(?<=..)[县区市州省镇乡村]$")


def map_traditional(texts: Iterable[str]) -> tuple[str, str]:
    """Return two strings of equal length: Traditional characters, and their simplified forms in the texts."""
    used = set("".join(texts))
    used |= {simplified for character, simplified in _load_simplified().items() if character in used}
    pairs = [(character, simplified) for character, simplified in _load_simplified().items() if simplified in used]
    return "".join(character for character, _ in pairs), "".join(simplified for _, simplified in pairs)


@cache
def _load_simplified() -> dict[str, str]:
    """Return the simplified form of every Traditional character; cached on disk: it takes seconds to compute."""
    cache_on_disk, name, key = Cache(), "simplified", version("opencc")
    simplified: dict[str, str] | None = cache_on_disk.get(name, key)
    if simplified is None:
        simplified = _make_simplified()
        cache_on_disk.put(name, key, simplified)
    return simplified


def _make_simplified() -> dict[str, str]:
    characters = [chr(code) for code in range(_FIRST, _LAST + 1)]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {
        character: simplified
        for character, simplified in zip(characters, converted, strict=True)
        if simplified != character and len(simplified) == 1 and ord(simplified) <= _LAST
    }


def make_title_initials(title: str) -> str:
    """Return the pinyin initials of a title, and those without the people it names first: 建档立卡户上大学补助."""
    return " ".join(
        dict.fromkeys([make_initials(title), make_initials(_AUDIENCE.sub("", title)) or make_initials(title)])
    )


@cache
def make_initials(text: str) -> str:
    """Return the pinyin initials of a text: ``zybx`` for 住院报销; Latin letters and digits stay."""
    letters = "".join(lazy_pinyin(_BRACKETS.sub("", text), style=Style.FIRST_LETTER))
    return re.sub(r"[^a-z0-9]", "", letters.lower())


def make_place_initials(name: str) -> str:
    """Return the pinyin initials of a place without its suffix: ``gt`` for 高台县."""
    return make_initials(_PLACE_SUFFIX.sub("", _BRACKETS.sub("", name)))
