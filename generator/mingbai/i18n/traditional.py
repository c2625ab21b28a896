"""Conversion from Simplified to Traditional Chinese: OpenCC's table, corrected by our own vocabulary.

The table maps character by character, so a text keeps its length; ASCII (addresses, ids, figures) is unchanged.
"""

import re
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from mingbai.files.program import program_file

VOCABULARY = Path(__file__).parent / "catalogues" / "traditional.yaml"


class _Converter:
    def __init__(self) -> None:
        from opencc import OpenCC  # noqa: PLC0415 - slow to import, and most commands need no Traditional Chinese

        words: dict[str, dict[str, str]] = YAML(typ="safe").load(program_file(VOCABULARY).decode("utf-8"))
        self.terms, self.characters = words["terms"], words["characters"]
        self.counters = words["after_digits"]
        self.forms = str.maketrans(words["forms"])
        self.protected = re.compile("(" + "|".join(sorted(map(re.escape, self.terms), key=len, reverse=True)) + ")")
        self.table = OpenCC("s2t")

    def convert(self, text: str) -> str:
        return "".join(self.terms.get(part) or self._plain(part) for part in self.protected.split(text))

    def _plain(self, text: str) -> str:
        converted = str(self.table.convert(text)).translate(self.forms)
        if len(converted) != len(text):
            return converted
        triples = zip(" " + text, text, converted, strict=False)
        return "".join(self._character(left, before, after) for left, before, after in triples)

    def _character(self, left: str, before: str, after: str) -> str:
        if left.isdigit() and before in self.counters:
            return self.counters[before]
        return self.characters.get(before, after)


@cache
def _converter() -> _Converter:
    return _Converter()


@cache
def to_traditional(text: str) -> str:
    """Return `text` in Traditional Chinese characters."""
    return text if text.isascii() else _converter().convert(text)
