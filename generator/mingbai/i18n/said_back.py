"""What a text was taken for, in words (``estimator.*.yaml``): the value said back, the question, the fault."""

from typing import Any

from mingbai.i18n.site_catalogue import load_catalogue
from mingbai_reading import Definition, Reading


class SaidBack:
    """Sentences about readings in one language. `calculator/web/form/said-back.js` makes the same."""

    def __init__(self, lang: str) -> None:
        """Take the language."""
        self.lang = lang
        estimator = load_catalogue("estimator", lang).texts
        self.words: dict[str, Any] = estimator["read"]
        self.comma: str = estimator["comma"]

    def value(self, reading: Reading, fact: Definition) -> str:
        """Say a value back, with its unit."""
        if reading.key == "options":
            return self._options(reading.figures["options"], fact)
        one, _, many = self.words["value"][reading.key].partition("|")
        sentence = many if many and reading.figures.get("n") != "1" else one
        return str(sentence.format(**reading.figures, value=reading.value))

    def fault(self, reading: Reading, fact: Definition, got: str) -> str:
        """Say what is wrong with a text, or what must be asked again."""
        figures: dict[str, Any] = {"got": got, **reading.figures}
        for key in ("unit", "other"):
            if key in figures:
                figures[key] = self.words["units"][figures[key] or "none"]
        if reading.kind == "ask":
            said = [self.value(each, fact) for each in reading.candidates]
            return str(self.words["ask"][reading.key].format(**figures, candidates=self.words["or"].join(said)))
        key = reading.key or reading.kind
        if key == "choice":
            key = "nearest" if figures["nearest"] else key
            figures["nearest"] = figures["nearest"] and self._options([figures["nearest"]], fact)
            figures["options"] = self._options(figures["options"], fact)
        return str(self.words["fault"][key].format(**figures))

    def _options(self, options: list[str], fact: Definition) -> str:
        names = [fact["options"][option] for option in options]
        return self.comma.join(name.get(self.lang) or name["zh"] for name in names)
