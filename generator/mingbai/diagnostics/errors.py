"""A call that cannot be carried out: which one, apart from how it is worded."""

from mingbai.diagnostics.messages import CATALOGUES
from mingbai.diagnostics.problem import Problem, nearest
from mingbai.i18n.catalogue import written_catalogue


class CallError(Exception):
    """The call is wrong. `key` names the sentence in ``ui/authoring.<lang>.yaml``, `figures` stand in it."""

    def __init__(self, key: str, found: object = "", expected: tuple[str, ...] = (), **figures: object) -> None:
        """Keep what was found and what may be there."""
        super().__init__(key)
        self.key = key
        self.figures = {"found": _one_line(str(found)), **figures}
        self.nearest = nearest(str(found), expected)

    def says(self, lang: str) -> str:
        """Return the error as one line."""
        words = written_catalogue("authoring", lang)
        figures = dict(self.figures)
        if "why" in figures:
            figures["why"] = CATALOGUES[lang][f"why-{figures['why']}"]
        text = words.say(f"error.{self.key}", **figures)
        return text if self.nearest is None else text + words.say("error.did_you_mean", nearest=self.nearest)


def _one_line(text: str, longest: int = 60) -> str:
    """Make a text from outside fit to be printed."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in text)
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


class PoliciesError(Exception):
    """The policy files have errors; `problems` are all of them."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems."""
        super().__init__(f"{len(problems)} problems in the policy files")
        self.problems = problems
