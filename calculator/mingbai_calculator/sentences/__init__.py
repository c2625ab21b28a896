"""The calculator's words, a module for each language: one catalogue of short sentences by key.

A sentence has placeholders for its figures (``{amount}``); it never holds a figure of its own. `zh` and `en` are
the originals; a test holds that they have the same keys and placeholders. A bundle may bring further languages:
``"languages": {"ug": {"fallback": "en", "sentences": {...}}}``. What such a language lacks is said in its fallback.
"""

from typing import cast

from mingbai_calculator.core.json_value import Json
from mingbai_calculator.sentences import en, zh

CATALOGUES: dict[str, dict[str, str]] = {"zh": zh.SENTENCES, "en": en.SENTENCES}
ORIGINAL = "zh"
_OPEN, _CLOSE = "\u2068", "\u2069"


def isolated(text: str) -> str:
    """Put a text of another language between Unicode's isolates: it keeps its own direction, and pages can mark it."""
    return f"{_OPEN}{text}{_CLOSE}"


def known_languages(bundle: dict[str, Json]) -> tuple[str, ...]:
    """Return every language in which results can be: the package's own, and those of the bundle."""
    return tuple(dict.fromkeys((*CATALOGUES, *_further(bundle))))


def fallbacks(bundle: dict[str, Json], lang: str) -> tuple[str, ...]:
    """Return the languages that stand in for what a language lacks, the nearest first; Chinese is the last."""
    further, found = _further(bundle), []
    while lang in further and lang not in CATALOGUES:
        lang = str(further[lang].get("fallback") or ORIGINAL)
        if lang in found:
            break
        found.append(lang)
    return tuple(dict.fromkeys((*found, ORIGINAL)))


def catalogue(bundle: dict[str, Json], lang: str) -> tuple[str, dict[str, str]]:
    """Return the sentences of a language and its id: the original's where nobody knows the language."""
    if lang in CATALOGUES:
        return lang, CATALOGUES[lang]
    if lang not in _further(bundle):
        return ORIGINAL, CATALOGUES[ORIGINAL]
    instead = next(each for each in fallbacks(bundle, lang) if each in CATALOGUES)
    own = cast("dict[str, str]", _further(bundle)[lang].get("sentences") or {})
    return lang, {key: own.get(key) or isolated(text) for key, text in CATALOGUES[instead].items()}


def _further(bundle: dict[str, Json]) -> dict[str, dict[str, Json]]:
    return cast("dict[str, dict[str, Json]]", bundle.get("languages") or {})
