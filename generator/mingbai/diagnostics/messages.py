"""Format problems as sentences: what was found, what is expected, the nearest allowed word.

The sentences of each language are a module of their own.
"""

import re

from mingbai.diagnostics import messages_en, messages_zh
from mingbai.diagnostics.problem import Problem

CATALOGUES: dict[str, dict[str, str]] = {"zh": messages_zh.PROBLEMS, "en": messages_en.PROBLEMS}
MAX_EXPECTED = 14
MAX_LENGTH = 120
_WORDED_EXTRAS = {"wanted": "type-", "part": "part-", "why": "why-", "parser": "parser-"}
"""Keys of `Problem.extra` whose values are themselves catalogue keys, and the prefix of those keys."""
_REPORT_KEYS = (
    "error",
    "warning",
    "summary",
    "summary-none",
    "did-you-mean",
    "did-you-mean-of",
    "expected",
    "no-policies",
)
_PLURAL_FORMS = re.compile(r"(\[[^\[\]|]*\|[^\[\]|]*\])")


def format_message(problem: Problem, lang: str) -> str:
    """Return the sentence of a problem in a language."""
    sentences = CATALOGUES[lang]
    extra = {name: make_printable(value) for name, value in problem.extra.items()}
    for name, prefix in _WORDED_EXTRAS.items():
        if name in extra:
            extra[name] = sentences[f"{prefix}{extra[name]}"]
    found = extra.pop(f"found_{lang}", make_printable(problem.found))
    text = sentences[problem.code].format(path=make_printable(problem.path), found=found, **extra)
    if not problem.path:  # a problem of the whole file
        text = text.removeprefix(": ").removeprefix("：")
    return text + _format_suggestion(problem, sentences)


def _format_suggestion(problem: Problem, sentences: dict[str, str]) -> str:
    """Return the suggestion at the end of a sentence: nearest allowed word, allowed words; ``""`` if none."""
    nearest = None if problem.nearest is None else make_printable(problem.nearest)
    words = problem.expected if len(problem.expected) <= MAX_EXPECTED else ()
    expected = ", ".join(make_printable(word) for word in words)
    if nearest is None:
        return sentences["expected"].format(expected=expected) if words else ""
    if words in {(), (problem.nearest,)}:
        return sentences["did-you-mean"].format(nearest=nearest)
    return sentences["did-you-mean-of"].format(nearest=nearest, expected=expected)


def list_codes() -> list[str]:
    """Return every problem code, sorted; the other keys of the catalogues are parts of sentences."""
    prefixes = ("progress", *_WORDED_EXTRAS.values())
    return sorted(key for key in CATALOGUES["en"] if key not in _REPORT_KEYS and not key.startswith(prefixes))


def format_counts(text: str, **counts: int) -> str:
    """Return a sentence with its counts; ``[place|places]`` becomes the form that agrees with the count before it."""
    singular = True
    parts = []
    for part in _PLURAL_FORMS.split(text.format(**counts)):
        forms = part[1:-1].split("|") if part.startswith("[") else None
        if forms is None:
            numbers = re.findall(r"\d+", part)
            singular = numbers[-1] == "1" if numbers else singular
        parts.append(part if forms is None else forms[0] if singular else forms[-1])
    return "".join(parts)


def make_printable(text: str, *, most: int = MAX_LENGTH) -> str:
    """Return file content made safe to print: cut to `most` characters, control characters escaped for terminals."""
    cut = text if len(text) <= most else text[: most - 1] + "…"
    if cut.isprintable():
        return cut
    return "".join(
        character if character.isprintable() or character == "\u3000" else f"\\u{{{ord(character):x}}}"
        for character in cut
    )


def format_problem(problem: Problem, lang: str) -> str:
    """Return a problem as one line: ``file:line:col: severity code: message``."""
    sentences = CATALOGUES[lang]
    location = f"{make_printable(str(problem.file), most=4096)}:{problem.line}:{problem.column}"
    return f"{location}: {sentences[problem.severity]} {problem.code}: {format_message(problem, lang)}"
