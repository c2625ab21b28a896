"""Languages beyond those that policies are written in: what they add to a bundle.

Traditional characters are made here; other languages are keys in the policy files. The sentences of the calculator
travel with the bundle, because its package has only those of the languages that people write in full.
"""

from collections.abc import Sequence
from typing import Any

from mingbai.i18n.catalogue import of_texts, own_texts
from mingbai.i18n.languages import WRITTEN, Entry, Languages
from mingbai.i18n.traditional import traditional
from mingbai_calculator.sentences import CATALOGUES, isolated

type Json = dict[str, Any]


def with_languages(bundle: Json, languages: Languages, ids: Sequence[str] | None = None) -> Json:
    """Return a bundle that speaks the further languages of a site (or those of `ids` alone) and those written in full.

    It is the bundle itself where there is nothing to add and nothing to leave out.
    """
    further = [entry for entry in languages.further if ids is None or entry.id in ids]
    kept = {*WRITTEN.chosen, *(entry.id for entry in further)}
    made = [entry for entry in further if entry.made]
    whole: Json = _texts(bundle, made, kept)
    if further:
        whole["languages"] = {
            entry.id: {"fallback": entry.fallback, "sentences": sentences(entry, languages)} for entry in further
        }
    return whole


def sentences(entry: Entry, languages: Languages) -> Json:
    """Return the calculator's sentences in a language, as far as there are any."""
    if entry.made and entry.fallback:
        return of_texts(CATALOGUES[entry.fallback], traditional)
    return own_texts("sentences", entry.id, languages)


def said_in_all(text: Json, languages: Languages) -> Json:
    """Return a text with what stands in for it in each language of a site that it is not written in."""
    said = dict(text)
    for entry in languages.further:
        instead = text.get(entry.fallback or "") or text[WRITTEN.chosen[0]]
        said.setdefault(entry.id, traditional(instead) if entry.made else isolated(instead))
    return said


def is_text(value: object) -> bool:
    """Whether a part of a bundle is a text in several languages."""
    return isinstance(value, dict) and isinstance(value.get(WRITTEN.chosen[0]), str)


def lacks(value: object, lang: str) -> bool:
    """Whether any text inside a part of a bundle is not translated into a language."""
    if isinstance(value, dict):
        return not value.get(lang) if is_text(value) else any(lacks(inner, lang) for inner in value.values())
    return isinstance(value, list) and any(lacks(inner, lang) for inner in value)


def _texts(value: Any, made: list[Entry], kept: set[str]) -> Any:  # noqa: ANN401 - any part of a bundle
    if isinstance(value, list):
        return [_texts(inner, made, kept) for inner in value]
    if not isinstance(value, dict):
        return value
    if not is_text(value):
        return {key: _texts(inner, made, kept) for key, inner in value.items()}
    new = {entry.id: traditional(value[entry.fallback]) for entry in made if entry.fallback}
    return {lang: text for lang, text in {**new, **value}.items() if lang in kept}
