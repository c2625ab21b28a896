"""Additional languages of a bundle: those beyond the ones that policies are written in.

Traditional Chinese is converted here; other languages are keys in the policy files. The sentences of the calculator
are put into the bundle, because its package has only those of the languages that are written in full.
"""

from collections.abc import Sequence
from typing import Any

from mingbai.i18n.catalogue import map_texts, read_own_texts
from mingbai.i18n.languages import WRITTEN, LanguageEntry, Languages
from mingbai.i18n.traditional import to_traditional
from mingbai_calculator.sentences import CATALOGUES, isolate

type Json = dict[str, Any]


def add_languages(bundle: Json, languages: Languages, ids: Sequence[str] | None = None) -> Json:
    """Return the bundle in the languages written in full and the additional ones of a site (of `ids` only, if given).

    Equal to the given bundle where there is nothing to add and nothing to leave out.
    """
    additional = [entry for entry in languages.additional if ids is None or entry.id in ids]
    languages_kept = {*WRITTEN.selected, *(entry.id for entry in additional)}
    converted = [entry for entry in additional if entry.made]
    translated: Json = _translate_texts(bundle, converted, languages_kept)
    if additional:
        translated["languages"] = {
            entry.id: {"fallback": entry.fallback, "sentences": load_sentences(entry, languages)}
            for entry in additional
        }
    return translated


def load_sentences(entry: LanguageEntry, languages: Languages) -> Json:
    """Return the calculator's sentences in a language; a partial catalogue if not all are translated."""
    if entry.made and entry.fallback:
        return map_texts(CATALOGUES[entry.fallback], to_traditional)
    return read_own_texts("sentences", entry.id, languages)


def fill_in_languages(text: Json, languages: Languages) -> Json:
    """Return a text by language, with the marked fallback for each additional language that it lacks."""
    filled = dict(text)
    for entry in languages.additional:
        fallback = text.get(entry.fallback or "") or text[WRITTEN.selected[0]]
        filled.setdefault(entry.id, to_traditional(fallback) if entry.made else isolate(fallback))
    return filled


def is_text(value: object) -> bool:
    """Return whether a part of a bundle is a text by language."""
    return isinstance(value, dict) and isinstance(value.get(WRITTEN.selected[0]), str)


def lacks_translation(value: object, lang: str) -> bool:
    """Return whether any text inside a part of a bundle is not translated into a language."""
    if isinstance(value, dict):
        return (
            not value.get(lang) if is_text(value) else any(lacks_translation(inner, lang) for inner in value.values())
        )
    return isinstance(value, list) and any(lacks_translation(inner, lang) for inner in value)


def _translate_texts(value: Any, converted: list[LanguageEntry], languages_kept: set[str]) -> Any:  # noqa: ANN401 - any part of a bundle
    if isinstance(value, list):
        return [_translate_texts(inner, converted, languages_kept) for inner in value]
    if not isinstance(value, dict):
        return value
    if not is_text(value):
        return {key: _translate_texts(inner, converted, languages_kept) for key, inner in value.items()}
    conversions = {entry.id: to_traditional(value[entry.fallback]) for entry in converted if entry.fallback}
    return {lang: text for lang, text in {**conversions, **value}.items() if lang in languages_kept}
