"""What cards need to speak one language: the words of the pages, and a few of their own."""

from dataclasses import dataclass

from mingbai.i18n.catalogue import Catalogue
from mingbai.i18n.languages import SITE, Languages
from mingbai.i18n.site_catalogue import catalogue
from mingbai.pages.wording.language import Json, Language, language


@dataclass(frozen=True, slots=True)
class Voice:
    """A language of the site, and the words of the cards in it."""

    language: Language
    words: Catalogue

    @property
    def tag(self) -> str:
        """The language as documents name it."""
        return self.language.entry.tag

    def say(self, key: str, **figures: object) -> str:
        """Return a sentence of the cards."""
        return self.words.say(key, **figures)

    def page(self, key: str, **figures: object) -> str:
        """Return a sentence of the pages."""
        return self.language.say(key, **figures)


def voice(bundle: Json, lang: str, languages: Languages = SITE) -> Voice:
    """Return the voice of a language; the bundle must speak it (`mingbai.i18n.translate.with_languages`)."""
    return Voice(language(bundle, lang, languages), catalogue("cards", lang, languages))
