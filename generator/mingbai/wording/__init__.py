"""Problems in words, a module for each language; what was found, what is expected, the nearest right word."""

from mingbai.problems import Problem
from mingbai.wording import en, zh

CATALOGUES: dict[str, dict[str, str]] = {"zh": zh.PROBLEMS, "en": en.PROBLEMS}
MOST_WORDS = 14


def message(problem: Problem, lang: str) -> str:
    """Return the sentence of a problem."""
    say = CATALOGUES[lang]
    extra = dict(problem.extra)
    if "wanted" in extra:
        extra["wanted"] = say[f"type-{extra['wanted']}"]
    text = say[problem.code].format(path=problem.path, found=problem.found, **extra)
    if not problem.path:  # a problem of the whole file
        text = text.removeprefix(": ").removeprefix("：")
    if problem.nearest is not None:
        text += say["did-you-mean"].format(nearest=problem.nearest)
    if problem.expected and len(problem.expected) <= MOST_WORDS:
        text += say["expected"].format(expected=", ".join(problem.expected))
    return text


def line(problem: Problem, lang: str) -> str:
    """Return a problem as one line: ``file:line:col: severity code: message``."""
    say = CATALOGUES[lang]
    severity = say[problem.severity]
    return f"{problem.file}:{problem.line}:{problem.column}: {severity} {problem.code}: {message(problem, lang)}"
