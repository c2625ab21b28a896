"""What is probably meant where a file is no YAML, or YAML of another meaning than its author's.

Chinese input methods write full-width signs, and editors write tabs; YAML's own messages name neither.
"""

import re
import unicodedata

from ruamel.yaml.error import MarkedYAMLError

HALF_WIDTH = {
    "：": ":",
    "，": ",",
    "、": ",",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "－": "-",
    "　": " ",
    "［": "[",
    "］": "]",
    "【": "[",
    "】": "]",
    "｛": "{",
    "｝": "}",
    "＃": "#",
    "％": "%",
}
_KEY = r"[A-Za-z0-9_.-]+"
_STRUCTURE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^\s*(?:- +)*{_KEY}\s*(：)",
        r"^ *(　)",
        r"^\s*([－＃])",
        r"(?:^|[:：,，\[{]|- )\s*([｛［【])",
        rf"[{{,，｛]\s*{_KEY}\s*(：)",
        rf"(，)\s*{_KEY}\s*[:：]",
        r"[:：]\s*([“‘])",
        r"([｝］】])\s*(?:$|[,}\]])",
    )
)
_LIST = re.compile(r"[A-Za-z0-9_.-]+(?:\s*[，、]\s*[A-Za-z0-9_.-]+)+")
_COMMA = re.compile(r"\s*[，、]\s*")
_NUMBER = re.compile(r"[0-9][0-9.,-]*%?")
_SPLIT_KEY = re.compile(rf"({_KEY})\s*：\s*(.*)", re.DOTALL)

_SAID = (
    ("mapping values are not allowed", "mapping"),
    ("could not find expected ':'", "no-colon"),
    ("expected ',' or", "open"),
    ("while parsing a flow", "open"),
    ("expected <block end>", "indent"),
    ("expected '<document start>'", "indent"),
    ("sequence entries are not allowed", "indent"),
    ("escape", "escape"),
    ("while scanning a quoted scalar", "quote"),
    ("cannot start any token", "sign"),
)
"""What the parser says, and the key in ``problems.parser`` of the catalogue of our sentence for it."""

type Mistake = tuple[str, int, int, str]
"""Code, line, column (from 1), what was found."""


def mistake(error: MarkedYAMLError, text: str) -> Mistake:
    """Return what is wrong where YAML stops to be understood: a tab, a full-width sign, or what the parser says."""
    marks = [mark for mark in (error.context_mark, error.problem_mark) if mark is not None]
    last = error.problem_mark or error.context_mark
    line, column = (last.line, last.column) if last else (0, 0)
    lines = re.split(r"\r\n|[\n\r\x85\u2028\u2029]", text)
    near = list(dict.fromkeys([*(mark.line for mark in marks), _line_before(lines, line)]))
    for number in near:
        content = lines[number] if 0 <= number < len(lines) else ""
        indent = re.match(r" *\t", content)
        if indent is not None:
            return "tab", number + 1, indent.end(), ""
        sign = _sign_in_structure(content)
        if sign is not None:
            return "full-width", number + 1, sign + 1, content[sign]
    if "'\\t'" in (error.problem or ""):
        return "tab", line + 1, column + 1, ""
    said = " ".join(str(part) for part in (error.context, error.problem) if part)
    if parser_says(said) == "quote" and error.context_mark is not None:  # where it is opened; it ends with the file
        line, column = error.context_mark.line, error.context_mark.column
    return "yaml-syntax", line + 1, column + 1, said


def parser_says(said: str) -> str:
    """Return which sentence of ours says what the parser says in English and for programmers."""
    return next((ours for piece, ours in _SAID if piece in said), "other")


def full_width_value(text: str, *, in_list: bool) -> tuple[int, list[str]] | None:
    """Return where in a plain value a full-width sign stands that was meant for YAML, and what was meant.

    ``８５％`` is ``85%``, ``[a，b]`` are two entries; of ``［a, b］`` nobody knows (no values).
    """
    if text.isascii():
        return None
    if text[0] in "［【｛":
        return 0, []
    number = unicodedata.normalize("NFKC", text)
    if _NUMBER.fullmatch(number):
        return next(index for index, character in enumerate(text) if not character.isascii()), [number]
    if in_list and _LIST.fullmatch(text):
        return next(index for index, character in enumerate(text) if character in "，、"), _COMMA.split(text)
    return None


def full_width_key(text: str) -> tuple[str, str, int] | None:
    """Return key, value and the place of the sign, where a full-width one belongs to YAML: ``zh：text``."""
    if text.isascii():
        return None
    match = _SPLIT_KEY.fullmatch(text)
    if match is not None:
        return match[1], match[2], text.index("：")
    index = next((index for index, character in enumerate(text) if character in HALF_WIDTH), None)
    return None if index is None else (text.strip(), "", index)


def half_width(sign: str) -> str:
    """Return what YAML needs instead of a full-width sign."""
    return HALF_WIDTH.get(sign) or unicodedata.normalize("NFKC", sign)


def _sign_in_structure(line: str) -> int | None:
    for pattern in _STRUCTURE:
        match = pattern.search(line)
        if match is not None:
            return match.start(1)
    return None


def _line_before(lines: list[str], line: int) -> int:
    return next((number for number in range(min(line, len(lines)) - 1, -1, -1) if lines[number].strip()), 0)
