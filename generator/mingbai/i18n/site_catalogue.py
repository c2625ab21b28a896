"""Complete message catalogues for every language of a site.

A missing key is taken from the fallback language and marked as such; Traditional Chinese is converted.
"""

from functools import cache

from mingbai.i18n.catalogue import Catalogue, Texts, map_texts, read_own_texts
from mingbai.i18n.languages import SITE, Languages
from mingbai.i18n.traditional import to_traditional
from mingbai_calculator.result.phrases import isolate


@cache
def load_catalogue(name: str, lang: str, languages: Languages = SITE) -> Catalogue:
    """Return the complete catalogue `name` of a language, gaps filled from its fallback."""
    entry = languages[lang]
    if entry.fallback is None:
        return Catalogue(name, read_own_texts(name, lang, languages))
    fallback = load_catalogue(name, entry.fallback, languages).texts
    if entry.made:
        return Catalogue(name, map_texts(fallback, to_traditional))
    return Catalogue(name, _fill_from_fallback(read_own_texts(name, lang, languages), fallback))


def _fill_from_fallback(own: Texts, fallback: Texts) -> Texts:
    """Return a catalogue with missing texts from its fallback; punctuation alone (``, ``) needs no language mark."""
    completed: Texts = {}
    for key, text in fallback.items():
        if isinstance(text, dict):
            completed[key] = _fill_from_fallback(own.get(key, {}), text)
        else:
            completed[key] = own.get(key) or (isolate(text) if any(map(str.isalpha, text)) else text)
    return completed
