"""Problems in words, a module for each language; what was found, what is expected, the nearest right word."""

from mingbai.problems import Problem
from mingbai.wording import en, zh

CATALOGUES: dict[str, dict[str, str]] = {"zh": zh.PROBLEMS, "en": en.PROBLEMS}
MOST_WORDS = 14
LONGEST = 120


def message(problem: Problem, lang: str) -> str:
    """Return the sentence of a problem."""
    say = CATALOGUES[lang]
    extra = {name: shown(value) for name, value in problem.extra.items()}
    if "wanted" in extra:
        extra["wanted"] = say[f"type-{extra['wanted']}"]
    if "part" in extra:
        extra["part"] = say[f"part-{extra['part']}"]
    text = say[problem.code].format(path=shown(problem.path), found=shown(problem.found), **extra)
    if not problem.path:  # a problem of the whole file
        text = text.removeprefix(": ").removeprefix("：")
    if problem.nearest is not None:
        text += say["did-you-mean"].format(nearest=problem.nearest)
    if problem.expected and len(problem.expected) <= MOST_WORDS:
        text += say["expected"].format(expected=", ".join(problem.expected))
    return text


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
