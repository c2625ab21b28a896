"""What a text was taken for, in words (``estimator.*.yaml``): the value said back, the question, the fault."""

from typing import Any

from mingbai.i18n.catalogue import Catalogue
from mingbai_reading import Definition, Reading


class SaidBack:
    """Sentences about readings in one language. `calculator/web/form/said-back.js` makes the same."""

    def __init__(self, lang: str) -> None:
        """Take the language."""
        self.lang, self.words = lang, Catalogue(lang)

    def value(self, reading: Reading, fact: Definition) -> str:
        """Say a value back, with its unit; ``1 year|{n} years`` has a form for one and a form for more."""
        if reading.key == "options":
            return self._options(reading.figures["options"], fact)
        one, _, many = self.words.part("estimator.read.value")[reading.key].partition("|")
        sentence: str = many if many and reading.figures.get("n") != "1" else one
        return sentence.format(**reading.figures)

    def fault(self, reading: Reading, fact: Definition, got: str) -> str:
        """Say what is wrong with a text, or what must be asked again."""
        figures: dict[str, Any] = {"got": got, **reading.figures}
        for key in ("unit", "other"):
            if key in figures:
                figures[key] = self.words.say(f"estimator.read.units.{figures[key] or 'none'}")
        if reading.kind == "ask":
            said = [self.value(each, fact) for each in reading.candidates]
            figures |= {"candidates": self.words.say("estimator.read.or").join(said)} if said else {}
            return self.words.say(f"estimator.read.ask.{reading.key}", **figures)
        key = reading.key or reading.kind
        if key == "choice":
            key = "nearest" if figures["nearest"] else key
            figures["nearest"] = figures["nearest"] and self._options([figures["nearest"]], fact)
            figures["options"] = self._options(figures["options"], fact)
        return self.words.say(f"estimator.read.fault.{key}", **figures)

    def _options(self, options: list[str], fact: Definition) -> str:
        names = [fact["options"][option] for option in options]
        return self.words.say("estimator.comma").join(name.get(self.lang) or name["zh"] for name in names)
