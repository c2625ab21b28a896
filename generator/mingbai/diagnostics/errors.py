"""Errors of a whole call: data apart from its wording."""

from mingbai.diagnostics.problem import Problem, find_nearest
from mingbai.i18n.catalogue import Catalogue
from mingbai_calculator.law.kinds import MissingPartError


class CallError(Exception):
    """A call is invalid. `key` names its sentence in ``catalogues/commands.<lang>.yaml``, `figures` fill it in."""

    def __init__(self, key: str, found: object = "", expected: tuple[str, ...] = (), **figures: object) -> None:
        """Store the value found; the nearest of the `expected` values becomes the suggestion."""
        super().__init__(key)
        self.key = key
        self.figures = {"found": _make_one_line(str(found)), **figures}
        self.nearest = find_nearest(str(found), expected)

    def message(self, lang: str) -> str:
        """Return the error message in a language, as one line."""
        words, figures = Catalogue(lang), dict(self.figures)
        if "why" in figures:
            figures["why"] = words.say(f"problems.why.{figures['why']}")
        text = words.say(f"commands.error.{self.key}", **figures)
        return text if self.nearest is None else text + words.say("commands.error.did_you_mean", nearest=self.nearest)


def describe_missing_part(error: MissingPartError, lang: str) -> str:
    """Return in a language which part a kind of policy lacks, and in which file it is to be written."""
    words = Catalogue(lang)
    part = words.say(f"commands.kind_parts.{error.part}")
    return words.say("commands.error.kind_lacks", kind=error.kind, part=part, file=error.file)


def _make_one_line(text: str, max_length: int = 60) -> str:
    """Return external text made printable and cut to `longest` characters."""
    printable = "".join(character if character.isprintable() else "?" for character in text)
    return printable if len(printable) <= max_length else printable[: max_length - 1] + "…"


class PoliciesError(Exception):
    """The policy files have errors; `problems` holds all problems.

    `advice` names a sentence of ``catalogues/commands.<lang>.yaml`` that says what to do about them.
    """

    def __init__(self, problems: list[Problem], advice: str = "") -> None:
        """Store the problems."""
        super().__init__(f"{len(problems)} problems in the policy files")
        self.problems, self.advice = problems, advice
