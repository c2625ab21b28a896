"""Format problems as sentences: what was found, what is expected, the nearest allowed word.

The sentences are in ``i18n/catalogues/problems.<lang>.yaml``.
"""

from mingbai.diagnostics.problem import Problem
from mingbai.i18n.catalogue import Catalogue
from mingbai.i18n.languages import WRITTEN

MAX_EXPECTED = 14
MAX_LENGTH = 120
_WORDED_EXTRAS = {"wanted": "type", "part": "part", "why": "why", "parser": "parser"}
"""Keys of `Problem.extra` whose values are themselves keys of the catalogue, and the part that holds them."""


def format_message(problem: Problem, lang: str) -> str:
    """Return the sentence of a problem in a language."""
    words = Catalogue(lang)
    extra = {name: make_printable(value) for name, value in problem.extra.items()}
    for name, part in _WORDED_EXTRAS.items():
        if name in extra:
            extra[name] = words.say(f"problems.{part}.{extra[name]}")
    found = extra.pop(f"found_{lang}", make_printable(problem.found))
    text = words.say(f"problems.code.{problem.code}", path=make_printable(problem.path), found=found, **extra)
    if not problem.path:  # a problem of the whole file
        text = text.removeprefix(": ").removeprefix("：")
    return text + _format_suggestion(problem, words)


def _format_suggestion(problem: Problem, words: Catalogue) -> str:
    """Return the suggestion at the end of a sentence: nearest allowed word, allowed words; ``""`` if none."""
    nearest = None if problem.nearest is None else make_printable(problem.nearest)
    allowed = problem.expected if len(problem.expected) <= MAX_EXPECTED else ()
    expected = ", ".join(make_printable(word) for word in allowed)
    if nearest is None:
        return words.say("problems.expected", expected=expected) if allowed else ""
    if allowed in {(), (problem.nearest,)}:
        return words.say("problems.did_you_mean", nearest=nearest)
    return words.say("problems.did_you_mean_of", nearest=nearest, expected=expected)


def list_codes() -> list[str]:
    """Return every problem code, sorted."""
    return sorted(Catalogue(WRITTEN.selected[0]).part("problems.code"))


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
    location = f"{make_printable(str(problem.file), most=4096)}:{problem.line}:{problem.column}"
    severity = Catalogue(lang).say(f"problems.severity.{problem.severity}")
    return f"{location}: {severity} {problem.code}: {format_message(problem, lang)}"
