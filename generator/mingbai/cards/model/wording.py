"""Wording of cards in one language: the catalogue of the pages, and that of the cards."""

from dataclasses import dataclass

from mingbai.i18n.catalogue import Catalogue
from mingbai.i18n.languages import SITE, Languages
from mingbai.i18n.site_catalogue import load_catalogue
from mingbai.pages.wording.language import Json, Language, make_language


@dataclass(frozen=True, slots=True)
class CardWording:
    """A language of the site, with the message catalogue of the cards."""

    language: Language
    words: Catalogue

    @property
    def tag(self) -> str:
        """The BCP 47 tag of the language."""
        return self.language.entry.tag

    def say(self, key: str, **figures: object) -> str:
        """Return a message of the card catalogue."""
        return self.words.say(key, **figures)

    def page_text(self, key: str, **figures: object) -> str:
        """Return a message of the page catalogue."""
        return self.language.say(key, **figures)


def make_card_wording(bundle: Json, lang: str, languages: Languages = SITE) -> CardWording:
    """Return the wording in a language; the bundle must have its texts (`mingbai.i18n.translate.add_languages`)."""
    return CardWording(make_language(bundle, lang, languages), load_catalogue("cards", lang, languages))
