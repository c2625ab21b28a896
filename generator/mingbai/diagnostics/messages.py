"""Problems in words, a module for each language; what was found, what is expected, the nearest right word."""

import re

from mingbai.diagnostics import messages_en, messages_zh
from mingbai.diagnostics.problem import Problem

CATALOGUES: dict[str, dict[str, str]] = {"zh": messages_zh.PROBLEMS, "en": messages_en.PROBLEMS}
MOST_WORDS = 14
LONGEST = 120
_NAMED = {"wanted": "type-", "part": "part-", "why": "why-", "parser": "parser-"}
"""Parts of a problem that have words of their own, and how the names of those begin."""
_OF_THE_REPORT = (
    "error",
    "warning",
    "summary",
    "summary-none",
    "did-you-mean",
    "did-you-mean-of",
    "expected",
    "no-policies",
)
_COUNTED = re.compile(r"(\[[^\[\]|]*\|[^\[\]|]*\])")


def message(problem: Problem, lang: str) -> str:
    """Return the sentence of a problem."""
    say = CATALOGUES[lang]
    extra = {name: shown(value) for name, value in problem.extra.items()}
    for name, start in _NAMED.items():
        if name in extra:
            extra[name] = say[f"{start}{extra[name]}"]
    found = extra.pop(f"found_{lang}", shown(problem.found))
    text = say[problem.code].format(path=shown(problem.path), found=found, **extra)
    if not problem.path:  # a problem of the whole file
        text = text.removeprefix(": ").removeprefix("：")
    return text + _meant(problem, say)


def _meant(problem: Problem, say: dict[str, str]) -> str:
    """Return the nearest right word and the words that may stand there."""
    nearest = None if problem.nearest is None else shown(problem.nearest)
    words = problem.expected if len(problem.expected) <= MOST_WORDS else ()
    expected = ", ".join(shown(word) for word in words)
    if nearest is None:
        return say["expected"].format(expected=expected) if words else ""
    if words in {(), (problem.nearest,)}:
        return say["did-you-mean"].format(nearest=nearest)
    return say["did-you-mean-of"].format(nearest=nearest, expected=expected)


def codes() -> list[str]:
    """Return every code that a problem may have; the other words of the catalogues are parts of sentences."""
    parts = ("progress", *_NAMED.values())
    return sorted(word for word in CATALOGUES["en"] if word not in _OF_THE_REPORT and not word.startswith(parts))


def counted(text: str, **counts: int) -> str:
    """Return a sentence with its counts; of the forms ``[place|places]`` the one that goes with the count before it."""
    one = True
    parts = []
    for part in _COUNTED.split(text.format(**counts)):
        forms = part[1:-1].split("|") if part.startswith("[") else None
        if forms is None:
            numbers = re.findall(r"\d+", part)
            one = numbers[-1] == "1" if numbers else one
        parts.append(part if forms is None else forms[0] if one else forms[-1])
    return "".join(parts)


def shown(text: str, *, most: int = LONGEST) -> str:
    """Return a piece of a file as one can print it: not too long, and nothing in it that a terminal would obey."""
    cut = text if len(text) <= most else text[: most - 1] + "…"
    if cut.isprintable():
        return cut
    return "".join(each if each.isprintable() or each == "\u3000" else f"\\u{{{ord(each):x}}}" for each in cut)


def line(problem: Problem, lang: str) -> str:
    """Return a problem as one line: ``file:line:col: severity code: message``."""
    say = CATALOGUES[lang]
    where = f"{shown(str(problem.file), most=4096)}:{problem.line}:{problem.column}"
    return f"{where}: {say[problem.severity]} {problem.code}: {message(problem, lang)}"
