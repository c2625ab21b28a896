"""One language of the site: its words, and how it writes dates, money and shares."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from mingbai.pages.catalogue import Catalogue, catalogue
from mingbai_calculator.explain import Speaker, speaker
from mingbai_calculator.money import parse_yuan, percent, shown

LANGUAGES = ("zh", "en")
"""The first one lies at the root of the site."""
PREFIXES = {lang: "" if lang == LANGUAGES[0] else f"{lang}/" for lang in LANGUAGES}

type Json = dict[str, Any]

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Language:
    """What pages need to speak one language."""

    id: str
    words: Catalogue
    speaker: Speaker

    @property
    def prefix(self) -> str:
        """The folder of this language's pages."""
        return PREFIXES[self.id]

    def say(self, key: str, **figures: object) -> str:
        """Return a sentence of the pages."""
        return self.words.say(key, **figures)

    def text(self, texts: Json) -> str:
        """Return a text of the bundle."""
        return self.speaker.text(texts)

    def term(self, group: str, key: str) -> str:
        """Return the name of a payer, a unit, a topic."""
        return self.speaker.term(group, key)

    def listing(self, words: list[str]) -> str:
        """Put words one after the other."""
        return self.say("mark.comma").join(words)

    def day(self, iso: str) -> str:
        """Write a date such as ``2016-12-31`` as people say it."""
        day = date.fromisoformat(iso)
        if self.id == "zh":
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"

    def money(self, fen: int) -> str:
        """Write fen with the unit: ``12,345.60 元``."""
        return self.say("money.amount", amount=shown(fen))

    def yuan(self, written: str) -> str:
        """Write an amount of a result (``"1497.50"``) with the unit."""
        return self.money(parse_yuan(written) or 0)

    def span(self, amount: Json) -> str:
        """Write a result's range."""
        low, high = amount["low"], amount["high"]
        if low == high:
            return self.yuan(low)
        if high is None:
            return self.say("money.at_least", low=self.yuan(low))
        return self.say("money.between", low=shown(parse_yuan(low) or 0), high=self.yuan(high))

    def rate_again(self, points: int) -> str:
        """Say a rate (basis points) a second time, in money."""
        return self.say("money.of_hundred", per_hundred=shown(points))

    def rate(self, points: int) -> str:
        """Write a rate (basis points)."""
        return percent(points)


def language(bundle: Json, lang: str) -> Language:
    """Return a language of the site."""
    return Language(lang, catalogue("pages", lang), speaker(bundle, lang))
