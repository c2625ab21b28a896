"""Chinese words that readers take for something else than what is meant, each with a better word.

They are forbidden in policies (`mingbai.checks.lints.text.misread`) and in the catalogues (a test).
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MisreadWord:
    """A word, what readers take it for, and the word to write."""

    word: str
    reads: str
    better: str


MISREAD_WORDS = (
    MisreadWord("今年以前", "今年开始以前", "今年前几次"),
    MisreadWord("本年以前", "今年开始以前", "今年前几次"),
    MisreadWord("当年以前", "那年开始以前", "当年前几次"),
    MisreadWord("本月以前", "这个月开始以前", "这个月前几次"),
    MisreadWord("这一级", "医院的级别", "这级医院、同一范围内"),
    MisreadWord("降低到一半以下", "不到一半", "减半"),
    MisreadWord("减免到", "免掉这么多", "减到、减掉"),
)
"""The table: one row for each word that a reader once took for something else."""


def find_misread_words(text: str) -> Iterator[MisreadWord]:
    """Yield the words of the table that a Chinese text contains."""
    return (entry for entry in MISREAD_WORDS if entry.word in text)
