"""Formatting in one language of the site: catalogue texts, dates, money, rates."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from mingbai.i18n.catalogue import Catalogue
from mingbai.i18n.languages import SITE, WRITTEN, LanguageEntry, Languages
from mingbai_calculator.core.money import format_amount, format_percent, parse_yuan
from mingbai_calculator.result.phrases import Speaker, make_speaker

LANGUAGES = WRITTEN.selected
"""The languages that every policy is written in; pages of the first one are at the root of the site."""
PREFIXES = {entry.id: entry.folder for entry in WRITTEN.entries}

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the site: its entry, its catalogue, the calculator's phrases."""

    entry: LanguageEntry
    words: Catalogue
    speaker: Speaker

    @property
    def id(self) -> str:
        """The id of the language, as requests to the calculator use it."""
        return self.entry.id

    @property
    def tag(self) -> str:
        """The BCP 47 tag of the language."""
        return self.entry.tag

    @property
    def prefix(self) -> str:
        """The folder of this language's pages, with a slash at the end; empty at the root of the site."""
        return self.entry.folder

    def say(self, key: str, **figures: object) -> str:
        """Return a sentence of the catalogue, by default one of the pages, with its figures filled in."""
        return self.words.say(key, **figures)

    def part(self, key: str) -> Json:
        """Return a part of the catalogue with its figures left open, for templates and scripts."""
        return self.words.part(key)

    def text(self, texts: Json) -> str:
        """Return a text of the bundle in this language."""
        return self.speaker.text(texts)

    def term(self, group: str, key: str) -> str:
        """Return the name of a payer, a unit, a topic."""
        return self.speaker.term(group, key)

    def listing(self, words: list[str]) -> str:
        """Join words with this language's comma."""
        return self.say("mark.comma").join(words)

    def day(self, iso: str) -> str:
        """Format a date given as ISO text (``2016-12-31``)."""
        day = date.fromisoformat(iso)
        return self.say("mark.day", year=day.year, month=self.say(f"mark.months.{day.month}"), day=day.day)

    def money(self, fen: int) -> str:
        """Format fen with the unit: ``12,345.60 元``."""
        return self.say("money.amount", amount=format_amount(fen))

    def yuan(self, written: str) -> str:
        """Format an amount of a result (yuan as text, ``"1497.50"``) with the unit."""
        return self.money(parse_yuan(written) or 0)

    def span(self, amount: Json) -> str:
        """Format a range of a result (`low` and `high` in yuan as text; high None: no upper bound)."""
        low, high = amount["low"], amount["high"]
        if low == high:
            return self.yuan(low)
        if high is None:
            return self.say("money.at_least", low=self.yuan(low))
        return self.say("money.between", low=format_amount(parse_yuan(low) or 0), high=self.yuan(high))

    def restate_rate(self, points: int, of: str = "") -> str:
        """Restate a rate (basis points) in money: what is paid of 100 yuan, left to pay (``_to_pay``), ``_for_you``."""
        return self.say(f"money.of_hundred{of}", per_hundred=format_amount(points))

    def rate(self, points: int) -> str:
        """Format a rate (basis points) as a percentage."""
        return format_percent(points)


def make_language(bundle: Json, lang: str, languages: Languages = SITE) -> Language:
    """Return the formatting of a language of the site."""
    return Language(languages[lang], Catalogue(lang, languages), make_speaker(bundle, lang))
