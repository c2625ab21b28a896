"""Message catalogues of every language of a site.

A language that lacks a key has it from its fallback, marked as such; Traditional characters are made.
"""

from functools import cache

from mingbai.i18n.catalogue import Catalogue, Texts, of_texts, own_texts
from mingbai.i18n.languages import SITE, Languages
from mingbai.i18n.traditional import traditional
from mingbai_calculator.result.phrases import isolated


@cache
def catalogue(name: str, lang: str, languages: Languages = SITE) -> Catalogue:
    """Return the catalogue `name` of a language, whole."""
    entry = languages[lang]
    if entry.fallback is None:
        return Catalogue(name, own_texts(name, lang, languages))
    fallback = catalogue(name, entry.fallback, languages).texts
    if entry.made:
        return Catalogue(name, of_texts(fallback, traditional))
    return Catalogue(name, _completed(own_texts(name, lang, languages), fallback))


def _completed(own: Texts, fallback: Texts) -> Texts:
    """Return a catalogue with what it lacks; a text of marks alone (``, ``) is nobody's language."""
    whole: Texts = {}
    for key, text in fallback.items():
        if isinstance(text, dict):
            whole[key] = _completed(own.get(key, {}), text)
        else:
            whole[key] = own.get(key) or (isolated(text) if any(map(str.isalpha, text)) else text)
    return whole
