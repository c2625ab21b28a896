"""Message catalogues of the calculator, a module for each language: short sentences by key.

A sentence has placeholders for its figures (``{amount}``) and contains no figure itself. `zh` and `en` are built in;
a test checks that they have the same keys and placeholders. A bundle may add languages:
``"languages": {"ug": {"fallback": "en", "sentences": {...}}}``. Sentences that such a language lacks come from its
fallback.
"""

from mingbai_calculator.core.json_value import JsonObject
from mingbai_calculator.sentences import en, zh

CATALOGUES: dict[str, dict[str, str]] = {"zh": zh.SENTENCES, "en": en.SENTENCES}
ORIGINAL_LANGUAGE = "zh"
_OPEN, _CLOSE = "\u2068", "\u2069"


def isolate(text: str) -> str:
    """Enclose text of another language in Unicode isolates: it keeps its direction, and pages can mark its language."""
    return f"{_OPEN}{text}{_CLOSE}"


def list_languages(bundle: JsonObject) -> tuple[str, ...]:
    """Return all languages of results: those of the package, and those of the bundle."""
    return tuple(dict.fromkeys((*CATALOGUES, *_get_bundle_languages(bundle))))


def list_fallbacks(bundle: JsonObject, lang: str) -> tuple[str, ...]:
    """Return the fallback languages of a language, the nearest first; Chinese is the last."""
    bundle_languages, languages = _get_bundle_languages(bundle), []
    while lang in bundle_languages and lang not in CATALOGUES:
        lang = str(bundle_languages[lang].get("fallback") or ORIGINAL_LANGUAGE)
        if lang in languages:
            break
        languages.append(lang)
    return tuple(dict.fromkeys((*languages, ORIGINAL_LANGUAGE)))


def select_catalogue(bundle: JsonObject, lang: str) -> tuple[str, dict[str, str]]:
    """Return the id of a language and its sentences; Chinese for an unknown language."""
    if lang in CATALOGUES:
        return lang, CATALOGUES[lang]
    if lang not in _get_bundle_languages(bundle):
        return ORIGINAL_LANGUAGE, CATALOGUES[ORIGINAL_LANGUAGE]
    fallback = next(language for language in list_fallbacks(bundle, lang) if language in CATALOGUES)
    translated: dict[str, str] = _get_bundle_languages(bundle)[lang].get("sentences") or {}
    return lang, {key: translated.get(key) or isolate(text) for key, text in CATALOGUES[fallback].items()}


def _get_bundle_languages(bundle: JsonObject) -> dict[str, JsonObject]:
    languages: dict[str, JsonObject] = bundle.get("languages") or {}
    return languages
