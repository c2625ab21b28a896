"""From the bytes of a file to its text, if there is nothing in it that a person would not see or that no editor writes.

A byte order mark and Windows line ends are accepted: Notepad writes them, and they change nothing.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from mingbai.core.os_errors import why
from mingbai.files.source_file import LARGEST_FILE, SourceFile

MOST_HIDDEN = 10

_CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff"
_BREAKS = r"\x85\u2028\u2029"  # YAML ends a line at them, editors do not
_BIDI = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = (
    r"\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
)
_SEEN_BY_NOBODY = re.compile(f"[{_CONTROL}{_BREAKS}{_BIDI}{_INVISIBLE}\U000e0000-\U000e007f]")
_CONTROLS = re.compile(f"[{_CONTROL}]")
_LINE_END = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")

_LOOK_ALIKE = str.maketrans(
    "аеорсухіјѕһԁԛԝкмтвнАВЕКМНОРСТХЅІЈοανικρτυχεΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijshdqwkmtbhABEKMHOPCTXSIJoavikptuxeABEZHIKMNOPTYX",
)
_WORD = re.compile(r"[A-Za-z0-9_./-]+")


class UnreadableError(Exception):
    """A file has no text to look at: the code of the problem, what was found, and where (line, column)."""

    def __init__(self, code: str, found: str = "", at: tuple[int, int] = (1, 1), **extra: str) -> None:
        """Keep them."""
        super().__init__(code)
        self.code, self.found, self.at, self.extra = code, found, at, extra


@dataclass(frozen=True, slots=True)
class Hidden:
    """A character that nobody sees: its code of problem, its name, and its place in the text."""

    code: str
    name: str
    index: int


def decode_text(source: SourceFile) -> str:
    """Return the text of a file, without a byte order mark; raises `UnreadableError`."""
    if isinstance(source.error, OSError):
        raise UnreadableError(code="unreadable", found=source.error.strerror or "", why=why(source.error))
    if source.error is not None:  # a file name with NUL
        raise UnreadableError(code="unreadable", found=str(source.error), why="other")
    if not source.is_file:
        raise UnreadableError(code="not-a-file")
    if source.data is None:
        raise UnreadableError(code="file-too-large", found=f"{source.size}", limit=f"{LARGEST_FILE}")
    try:
        return source.data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = source.data[: error.start].decode("utf-8")
        at = position(before, len(before))
        raise UnreadableError(code="not-utf8", found=f"{error.start + 1}", at=at) from error


def hidden_characters(text: str) -> Iterator[Hidden]:
    """Yield the first few characters of a text that nobody sees."""
    for count, match in enumerate(_SEEN_BY_NOBODY.finditer(text)):
        if count == MOST_HIDDEN:
            break
        code = "control-character" if _CONTROLS.match(match[0]) else "hidden-character"
        yield Hidden(code, named(match[0]), match.start())


def named(character: str) -> str:
    """Return the number and, where it has one, the name of a character: ``U+202E RIGHT-TO-LEFT OVERRIDE``."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def position(text: str, index: int) -> tuple[int, int]:
    """Return line and column (from 1) of a place in a text; lines end where YAML ends them."""
    line, start = 1, 0
    for match in _LINE_END.finditer(text, 0, index):
        line, start = line + 1, match.end()
    return line, index - start + 1


def plain_word(text: str) -> str | None:
    """Return the word of plain letters that `text` looks like (``kınd``: no; Cyrillic ``kіnd``: ``kind``), or None."""
    if text.isascii():
        return None
    word = unicodedata.normalize("NFKC", text).translate(_LOOK_ALIKE)
    return word if _WORD.fullmatch(word) else None
