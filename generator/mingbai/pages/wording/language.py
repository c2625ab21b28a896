"""One language of the site: its words, and how it writes dates, money and shares."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from mingbai.i18n.catalogue import Catalogue
from mingbai.i18n.languages import SITE, WRITTEN, Entry, Languages
from mingbai.i18n.site_catalogue import catalogue
from mingbai_calculator.core.money import parse_yuan, percent, shown
from mingbai_calculator.result.phrases import Speaker, speaker

LANGUAGES = WRITTEN.chosen
"""Those that every policy is written in; the first one lies at the root of the site."""
PREFIXES = {entry.id: entry.folder for entry in WRITTEN.entries}

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Language:
    """What pages need to speak one language."""

    entry: Entry
    words: Catalogue
    speaker: Speaker

    @property
    def id(self) -> str:
        """The language's id, as requests to the calculator name it."""
        return self.entry.id

    @property
    def prefix(self) -> str:
        """The folder of this language's pages."""
        return self.entry.folder

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
        return self.say("mark.day", year=day.year, month=self.say(f"mark.months.{day.month}"), day=day.day)

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

    def rate_again(self, points: int, kind: str) -> str:
        """Say a rate (basis points) of a kind of promise a second time, in money: what is paid back, or left to pay."""
        more = {"ceiling": "_to_pay", "premium": "_for_you"}.get(kind, "")
        return self.say(f"money.of_hundred{more}", per_hundred=shown(points))

    def rate(self, points: int) -> str:
        """Write a rate (basis points)."""
        return percent(points)


def language(bundle: Json, lang: str, languages: Languages = SITE) -> Language:
    """Return a language of the site."""
    return Language(languages[lang], catalogue("pages", lang, languages), speaker(bundle, lang))
